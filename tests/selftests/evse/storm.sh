#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Lines that bounce, storm or contradict each other, channels that fail or
# freeze: the machine goes on, the port is off, the log names what it was once,
# and all is well when it is over.
#
# board: evse-virt-grid-dc
# trip-path: yes
# timeout: 1800
# slow: yes
. ./lib.sh

EARTH_LOSS=0x2d OVERCURRENT=0x2e
CONTRADICTION=128 NO_VOLTAGE=16

at() { echo "$1" >"$SIM/mains/script"; }
latched() { fault_is "$1" latched 1; }
not_latched() { ! latched "$1"; }
told() { dmesg | grep -c "$1"; }
is_told() { [ "$(told "$1")" -ge 1 ]; }

guard_state() {
	./evnl port-get id="$PORT" | awk -F= -v name="$1" '
		/^guards.*name=/ { mine = $2 == name } mine && /state/ { print $2 }'
}
guard_is() { [ "$(guard_state "$1")" = "$2" ]; }

grid() { ./evnl grid-get port="$PORT" 2>/dev/null | sed -n "s/^$1=//p"; }
grid_is() { [ "$(grid "$1")" = "$2" ]; }
outside() { [ $(($(grid outside) & $1)) != 0 ]; }
inside() { ! outside "$1"; }

feeds() {
	mw=$(sim_state stage_power_mw)
	[ "$mw" -ge -5200000 ] && [ "$mw" -le -4800000 ]
}
feeds_not() { [ "$(sim_state stage_power_mw)" -ge -1000 ]; }

# Discharging at 5 kW, in service
feed_back() {
	plug c
	until_ms 12000 grid_is state normal || return 1
	in_state energised || { asks_on 9000 && energise; } || return 1
	ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 >/dev/null
	ask power-set id="$PORT" request-mw=-5000000 >/dev/null
	until_ms 3000 feeds
}

# answers: a shell goes on counting while $storm storms
answers() {
	counted=0
	while kill -0 "$storm" 2>/dev/null; do
		read -r _ _ <"$SYS/state"
		counted=$((counted + 1))
	done
	wait "$storm"
	[ $counted -ge 20 ]
}

# toggles LINE TIMES: as fast as the simulator can
toggles() {
	edge=0
	while [ $edge -lt "$2" ]; do
		echo 1
		echo 0
		edge=$((edge + 1))
	done >"$TMP.levels"
	while read -r level; do
		echo "$level" >"$SIM/line/$1/force"
	done <"$TMP.levels"
}

# storms WHAT LINE CODE MESSAGE: a line trips, is masked, is heard again
storms() {
	check "$1: power flows" feed_back
	dmesg -c >/dev/null
	started=$(sim_state time_ns)
	toggles "$2" 1200 &
	storm=$!
	renice -n -10 -p $storm >/dev/null
	check "$1: the machine answers" answers
	edge_us=$((($(sim_state time_ns) - started) / 2400000))
	check "$1: latched" until_ms 100 latched "$3"
	check "$1: everything is off" until_ms 100 board_off
	if [ $edge_us -lt 500 ]; then
		until_ms 500 is_told "$4"
		is "$1: the log says it once" 1 "$(told "$4")"
	else
		skip "$1: the log says it once" "an edge each $edge_us us is no storm"
	fi
	refused "$1: no power" EIO ask energise id="$PORT"
	sim "line/$2/force" -1
	over "$1" "$3"
}

# over WHAT CODE: quiet again, cleared, power
over() {
	check "$1: over by itself" until_ms 25000 fault_is "$2" active "$([ "$2" = $GRID_LOSS ] || echo 0)"
	until_ms 3000 cleared
	until_ms 8000 in_rest
}

# Tens of kilohertz around each crossing
crossings() {
	check "crossings: power flows" feed_back
	dmesg -c >/dev/null
	sim referee/allow_trip_ms 3000
	sim mains/noise_ns 1000
	sim mains/noise_pulses 100
	sleep 1 &
	storm=$!
	check "crossings: the machine answers" answers
	check "crossings: latched" latched $GRID_LOSS
	check "crossings: everything is off" board_off
	is "crossings: the log says it once" 1 "$(told 'zero-cross-gpios: line 0 changed more than')"
	sim mains/noise_pulses 0
	sim mains/noise_ns 20000
	check "crossings: over by itself" until_ms 25000 fault_is $GRID_LOSS latched ""
	sim referee/allow_trip_ms 0
	until_ms 8000 in_rest
}

# A relay that bounces and stays: no trip; one that bounces and falls: a trip.
bounces() {
	check "bounce: power flows" feed_back
	count=$(attr counters.trips)
	at "0 inputs/relay 0;2 inputs/relay 1;3 inputs/relay 0;6 inputs/relay 1;8 inputs/relay 0;20 inputs/relay 1"
	usleep 100000
	check "bounce: power flows back" until_ms 1000 feeds
	is "bounce: no trip" "$count" "$(attr counters.trips)"
	at "0 inputs/relay 0;2 inputs/relay 1;3 inputs/relay 0;6 inputs/relay 1;8 inputs/relay 0"
	usleep 100000
	check "bounce and fall: latched" latched $GRID_LOSS
	check "bounce and fall: everything is off" board_off
	at "0 inputs/relay 1"
	check "bounce and fall: over by itself" until_ms 3000 fault_is $GRID_LOSS latched ""
	until_ms 8000 in_rest
}

# Relay and crossings that do not agree: no export, whoever is right.
contradicts() { # WHAT KNOB BAD GOOD
	check "$1: power flows" feed_back
	sim "$2" "$3"
	check "$1: nothing is fed back" until_ms 100 feeds_not
	check "$1: latched" until_ms 300 latched $GRID_LOSS
	check "$1: named" until_ms 1500 outside $CONTRADICTION
	refused "$1: no clear" EBUSY clear_fault $GRID_LOSS
	check "$1: off" board_off
	sim "$2" "$4"
	check "$1: over by itself" until_ms 5000 fault_is $GRID_LOSS latched ""
	check "$1: and forgotten" until_ms 3000 inside $CONTRADICTION
	until_ms 8000 in_rest
}

# silent WHAT CHANNEL HOW GUARD NAME MS: no permit in time, no fault, said once
silent() {
	check "$1, $3: power flows" feed_back
	dmesg -c >/dev/null
	sim "adc/$2/fail" "$3"
	check "$1, $3: the guard holds" until_ms "$6" guard_is "$4" hold
	check "$1, $3: nothing is fed back" until_ms 1000 feeds_not
	until_ms 500 is_told "channel \"$5\" is silent"
	is "$1, $3: the log names it once" 1 "$(told "channel \"$5\" is silent")"
	is "$1, $3: no fault" 0 "$(attr fault-count)"
	[ "$4" = grid ] || check "$1, $3: everything is off" until_ms 5000 board_off
	[ "$4" != grid ] || check "$1, $3: named" outside $NO_VOLTAGE
	sim "adc/$2/fail" none
	check "$1, $3: permit again" until_ms 8000 guard_is "$4" permit
	until_ms 6000 is_told "channel \"$5\" is heard again"
	is "$1, $3: heard again, said once" 1 "$(told "channel \"$5\" is heard again")"
	until_ms 8000 in_rest || in_state energised
}

# What the standard does not allow is refused, with what it does allow.
ranges() {
	stop_and_open
	until_ms 8000 in_rest
	for what in uv1=0.9 ov2=1.1 enter-delay=601s island=200ms uv2=0.45/3s of1=59Hz; do
		answer=$(evsectl grid profile set "$what" 2>&1)
		is "range of $what: refused" 1 $?
		case $answer in
		*"allowed "*) pass "range of $what: says what is allowed" ;;
		*)
			fail "range of $what: says what is allowed"
			say "  $answer"
			;;
		esac
	done
	refused "range: the kernel's own sentence" ERANGE \
		./evnl grid-setting-set port="$PORT" element=uv1 pickup=900
}

begin
hold >/dev/null
check "mode v2g" ./evnl port-set id="$PORT" mode=v2g
./evnl grid-setting-set port="$PORT" element=enter-delay pickup=200
./evnl grid-setting-set port="$PORT" element=enter-ramp pickup=1000 time-ms=0
ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 >/dev/null

storms "residual current" 13 $GROUND_FAULT 'fault-gpios: more than'
storms "emergency stop" 12 $EMERGENCY_STOP 'permit-gpios: more than'
storms "interlock loop" 18 $EMERGENCY_STOP 'permit-gpios: more than'
storms "earth" 19 $EARTH_LOSS 'present-gpios: more than'
storms "overcurrent" 20 $OVERCURRENT 'overcurrent-gpios: more than'
storms "relay" 14 $GRID_LOSS 'relay-gpios: line 0 changed more than'
storms "lock status" 11 $LOCK_FAIL 'status-gpios: more than'
storms "auxiliary contact" 8 $CONTACTOR_OPEN 'aux-gpios: more than'
crossings
bounces
contradicts "crossings away, relay good" line/15/force 0 -1
contradicts "relay bad, crossings well" line/14/force 0 -1

silent "mains voltage" 6 error grid voltage-l1 100
silent "mains voltage" 6 frozen grid voltage-l1 2300
silent "leakage" 10 error ground-fault leakage 200
silent "leakage" 10 frozen ground-fault leakage 1300
silent "earth" 12 error earth earth 300
silent "earth" 12 frozen earth earth 1400
silent "current" 4 error overcurrent current 200
silent "insulation" 11 error insulation insulation 3300
silent "insulation" 11 frozen insulation insulation 8500
ranges
let_go
finish
