#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Status lights, read off the board's lines as somebody reads them who stands before
# them: what the port does, and the code of the first cause of a stop.
#
# board: ../tests/selftests/evse/lights
# worlds: stock-6.12 debug-6.12
# modules: leds_gpio
# timeout: 600
. ./lib.sh

# Shorter than any flash
STEP_MS=50
DRIVER=/sys/bus/platform/drivers/leds-gpio
LEDS=/sys/class/leds
PLC_FAILURE=0x05 PACKET_LOSS=502
STATE_LINE=26 FAULT_LINE=27

# lamp LINE: level and time of a light, in $level and $now_ms; of both in $lamps
lamp() {
	while read -r key value; do
		case $key in
		time_ns) now_ms=$((value / 1000000)) ;;
		outputs)
			level=$((value >> $1 & 1))
			lamps=$((value >> STATE_LINE & 3))
			break
			;;
		esac
	done <"$SIM/state"
}

# watch LINE MS: its changes from now on, "on MS" and "off MS", those that were seen from
# end to end. It ends early after a second pause between repetitions of a code.
watch() {
	lamp "$1"
	watch_end=$((now_ms + $2)) watch_was=$level watch_since='' watch_pauses=0
	while [ "$now_ms" -lt $watch_end ] && [ $watch_pauses -lt 2 ]; do
		usleep 30000
		lamp "$1"
		[ "$level" != "$watch_was" ] || continue
		[ -z "$watch_since" ] || echo "$watch_was $((now_ms - watch_since))"
		[ "$level$((now_ms - ${watch_since:-now_ms} > 2000))" != 11 ] ||
			watch_pauses=$((watch_pauses + 1))
		watch_was=$level watch_since=$now_ms
	done | sed 's/^1/on/; s/^0/off/'
}

# code MS: what the fault light says: "." is short, "-" long, "=" longest
code() {
	watch $FAULT_LINE "$1" | awk '
		$1 == "off" && $2 > 2000 { if (seen++) exit; said = ""; next }
		$1 == "off" && $2 > 600 { said = said " " }
		$1 == "on" { said = said ($2 < 500 ? "." : $2 < 1400 ? "-" : "=") }
		END { print seen ? said : "no pause: " said }'
}

# glance: the parts that the state light has within five seconds, to 200 ms
glance() {
	watch $STATE_LINE 5000 | awk '{ printf "%s %d\n", $1, int(($2 + 100) / 200) * 200 }' |
		sort -u | tr '\n' ' ' | sed 's/ $//'
}

is_steady() {
	lamp "$1"
	[ "$level" = "$2" ]
}
# steady LINE 0|1: for three seconds
steady() { until_ms 200 is_steady "$1" "$2" && stays 3000 is_steady "$1" "$2"; }

is_lit() { is_steady $FAULT_LINE 1; }

attached() { [ -d "$LEDS/lamp-state" ] && [ -d "$LEDS/lamp-fault" ]; }

trigger_of() { sed 's/.*\[\(.*\)\].*/\1/' "$LEDS/$1/trigger"; }

raise() { ./evnl fault-raise port="$PORT" code="$1" >/dev/null; }

begin
modprobe leds_gpio 2>/dev/null
check "there are LEDs" until_ms 2000 attached
is "the device tree attaches them" "evse0-state evse0-fault" \
	"$(trigger_of lamp-state) $(trigger_of lamp-fault)"

# --- no fault, and one -------------------------------------------------------------

check "no vehicle: dark" steady $STATE_LINE 0
check "no fault: dark" steady $FAULT_LINE 0
check "a fault" raise $PLC_FAILURE
is "0x05" "= -" "$(code 25000)"
check "cleared" until_ms 1000 cleared
check "cleared: dark" steady $FAULT_LINE 0

# --- the state -----------------------------------------------------------------------

./evnl port-set id="$PORT" mode=v2g
hold >/dev/null
plug b
until_ms 3000 in_state connected
is "connected: a short flash, a long pause" "off 1800 on 200" "$(glance)"
sim vehicle/want c
ask vehicle-limits-set id="$PORT" min-mw=-6000000 max-mw=6000000 bpt=1 >/dev/null
check "requesting" asks_on 5000
check "energised" energise
check "no power yet: steady" steady $STATE_LINE 1
ask power-set id="$PORT" request-mw=5000000 >/dev/null
is "charging: slow and even" "off 1000 on 1000" "$(glance)"
ask power-set id="$PORT" request-mw=-5000000 >/dev/null
is "feeding: two short flashes" "off 1400 off 200 on 200" "$(glance)"
check "no fault all the while" is_steady $FAULT_LINE 0

# --- two faults: the first cause -----------------------------------------------------------

sim inputs/emergency_stop 1
until_ms 1000 in_state fault
raise $PLC_FAILURE
is "the first cause" 1 "$(fault $EMERGENCY_STOP first)"
is "0x2b" ".. --." "$(code 25000)"
check "fault: the other light is dark" is_steady $STATE_LINE 0

# --- lights that come and go -------------------------------------------------------------

echo none >"$LEDS/lamp-fault/trigger"
check "detached: dark" steady $FAULT_LINE 0
echo evse0-fault >"$LEDS/lamp-fault/trigger"
is "attached again: begins anew" ".. --." "$(code 25000)"
echo evse0-fault >"$LEDS/lamp-state/trigger"
both() {
	lamp $STATE_LINE
	[ "$lamps" = 0 ] || [ "$lamps" = 3 ]
}
check "two LEDs on one trigger" stays 2000 both
echo evse0-state >"$LEDS/lamp-state/trigger"

sim inputs/emergency_stop 0
let_go
unplug
clear_fault $EMERGENCY_STOP
is "the first cause cleared: the next" "= -" "$(code 25000)"

# --- the port goes ------------------------------------------------------------------------

echo evse-port-0 >/sys/bus/platform/drivers/evse-port/unbind
check "the port unbound: dark" stays 3000 is_steady $FAULT_LINE 0
is "and no trigger" "none none" "$(trigger_of lamp-state) $(trigger_of lamp-fault)"
echo evse-port-0 >/sys/bus/platform/drivers/evse-port/bind
check "bound again" until_ms 3000 in_state available
is "attached by itself" "evse0-state evse0-fault" \
	"$(trigger_of lamp-state) $(trigger_of lamp-fault)"
raise $PACKET_LOSS
is "0x1f6" ". --- -." "$(code 35000)"

# --- sleep ---------------------------------------------------------------------------------

if [ -w /sys/power/pm_test ]; then
	echo 0 >/sys/module/suspend/parameters/pm_test_delay
	echo devices >/sys/power/pm_test
	check "sleeps and wakes while a light flashes" sh -c "echo freeze >/sys/power/state"
	echo none >/sys/power/pm_test
	check "and it goes on" until_ms 5000 is_lit
else
	skip "sleep and wake" "this kernel has no pm_test"
fi

# --- the driver of the lights goes first, and the board that has their lines can go -----------

echo evse-leds >"$DRIVER/unbind"
check "the LEDs unbound while they flash" stays 2000 is_steady $FAULT_LINE 0
check "bound" sh -c "echo evse-leds >$DRIVER/bind"
is "and attached" evse0-fault "$(trigger_of lamp-fault)"
check "and flash" until_ms 5000 is_lit
echo evse-leds >"$DRIVER/unbind"
check "cleared in the end" until_ms 1000 cleared
finish
