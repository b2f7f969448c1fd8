#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The bridge's own driver on simulated ePWM modules: a PWM chip with the bridge's
# rules, a trip input that latches, outputs off when it goes. What the outputs do
# is what the modules' oscilloscope saw.
#
# board: evse-virt-bridge
# trip-path: yes
. ./lib.sh

DRIVER=/sys/bus/platform/drivers/pwm-evse-bridge
SIM=/sys/kernel/debug/evse_sim/evse-epwm-0
ABI=${ABI:-/evse/Documentation/ABI/testing/sysfs-driver-evse-bridge}

find_bridge() {
	for BRIDGE in "$DRIVER"/*/legs; do
		BRIDGE=${BRIDGE%/legs}
		[ -e "$BRIDGE/legs" ] && DEVICE=$(basename "$BRIDGE") && return
	done
	return 1
}

find_chip() {
	for CHIP in /sys/class/pwm/pwmchip*; do
		[ "$(readlink -f "$CHIP/device")" != "$(readlink -f "$BRIDGE")" ] || return 0
	done
	return 1
}

export_leg() {
	[ -e "$CHIP/pwm$1" ] || echo "$1" >"$CHIP/export"
	until_ms 1000 [ -e "$CHIP/pwm$1/enable" ]
}

# put LEG NAME VALUE; the error's words are in $said
put() {
	said=$( (echo "$3" >"$CHIP/pwm$1/$2") 2>&1) || return 1
}

get() { cat "$CHIP/pwm$1/$2"; }

# no WORDS LEG NAME VALUE: refused with these words, and nothing changes
no() {
	before=$(get "$2" "$3")
	if put "$2" "$3" "$4"; then
		fail "leg $2: $3 $4 is refused"
		return
	fi
	case $said in
	*"$1"*) is "leg $2: $3 $4 is refused and changes nothing" "$before" "$(get "$2" "$3")" ;;
	*) fail "leg $2: $3 $4 is refused with '$1', not '$said'" ;;
	esac
}

logged() { dmesg | grep -q "$1"; }

bridge_state() { cat "$BRIDGE/state"; }

all_off() {
	[ "$(bridge_state)" = "$1" ] || return 1
	for leg in 0 1 2; do
		[ "$(sim_state a$leg)$(sim_state b$leg)$(sim_state tripped$leg)" = 001 ] || return 1
	done
}

# Nothing rises any more.
quiet() {
	edges=$(sim_state edges0)$(sim_state edges1)$(sim_state edges2)
	usleep 2000
	[ "$edges" = "$(sim_state edges0)$(sim_state edges1)$(sim_state edges2)" ]
}

# seen LEG PERIOD A B: what the oscilloscope sees, in ns
seen() {
	echo 1 >"$SIM/referee/clear"
	usleep 1000
	is "leg $1: period, A and B" "$2 $3 $4" \
		"$(sim_state "period_ns$1") $(sim_state "a_ns$1") $(sim_state "b_ns$1")"
}

echo "KTAP version 1"
dmesg -c >/dev/null
check "the bridge has its driver" find_bridge
check "it is a PWM chip" find_chip
is "a PWM for each leg" 3 "$(cat "$CHIP/npwm")"
is "starts off" "off off off" "$(bridge_state)"
check "and so are the outputs" all_off "off off off"
for pair in legs:3 carrier_hz:20000 carrier_min_hz:5000 carrier_max_hz:30000 \
	dead_time_ns:2000 minimum_pulse_ns:1000 trips:0 owner:; do
	is "${pair%%:*}" "${pair#*:}" "$(cat "$BRIDGE/${pair%%:*}")"
done
is "attributes and their texts" \
	"$(sed -n 's/^What:.*<device>\///p' "$ABI" | sort | tr '\n' ' ')" \
	"$(cd "$BRIDGE/" && find . -maxdepth 1 -type f | sed 's/^\.\///' |
		grep -v -e '^uevent$' -e '^modalias$' -e '^driver_override$' \
			-e '^waiting_for_supplier$' | sort | tr '\n' ' ')"

for leg in 0 1 2; do
	check "leg $leg is exported" export_leg $leg
	is "leg $leg: what the hardware has" "50000 25000 0 normal" \
		"$(get $leg period) $(get $leg duty_cycle) $(get $leg enable) $(get $leg polarity)"
done

# Bounds: refused, not clamped, and the log says them.
no "Invalid argument" 0 period 33339
check "the log says the bounds" logged "leg 0: period is 33339 ns: say 33340 to 200019"
no "Invalid argument" 0 period 200020
no "Invalid argument" 0 duty_cycle 2999
check "of a duty, too" logged "leg 0: duty cycle is 2999 ns: say 3000 to 47019"
no "Invalid argument" 0 duty_cycle 47020
no "Invalid argument" 0 polarity inversed

# On: A and B in turn, the dead time between.
check "leg 0 is enabled" put 0 enable 1
is "one leg is on" "on off off" "$(bridge_state)"
check "leg 1 is enabled" put 1 enable 1
check "leg 2 is enabled" put 2 enable 1
is "all legs are on" "on on on" "$(bridge_state)"
seen 0 50000 23000 23000
check "a duty changes while on" put 0 duty_cycle 10000
seen 0 50000 8000 38000
is "the other legs stay" 23000 "$(sim_state a_ns1)"
check "to the shortest pulse" put 0 duty_cycle 3000
seen 0 50000 1000 45000
is "dead time as asked for" "2000 2000 2000" \
	"$(sim_state dead_ns0) $(sim_state dead_ns1) $(sim_state dead_ns2)"
check "rounded down" put 0 duty_cycle 10019
seen 0 50000 8000 38000

# One period for all
no "busy" 0 period 100000
put 1 enable 0
put 2 enable 0
is "disabled is off" "on off off" "$(bridge_state)"
check "alone, a leg changes the period" put 0 period 100000
seen 0 100000 8000 88000
is "the carrier follows" 10000 "$(cat "$BRIDGE/carrier_hz")"
no "busy" 1 enable 1
check "with the same period, it is enabled" put 1 period 100000
check "leg 1 is enabled again" put 1 enable 1
is "two are on" "on on off" "$(bridge_state)"

# The trip input
echo 1 >"$SIM/trip_input"
check "the trip input turns all legs off" all_off "tripped tripped off"
is "counted once" 1 "$(cat "$BRIDGE/trips")"
check "and nothing moves" quiet
put 0 enable 0
no "output error" 0 enable 1
check "the log says why" logged "not armed: the trip input is active"
check "still off" quiet
echo 0 >"$SIM/trip_input"
usleep 5000
check "the input gone, it stays latched" quiet
no "output error" 1 duty_cycle 20000
check "a duty does not end it" logged "leg 1 is tripped: disable it, then enable it again"
check "still latched" quiet
put 1 enable 0
check "disabled and enabled, it runs" put 1 enable 1
is "one leg" "on" "$(bridge_state | cut -d ' ' -f 2)"
is "counted once still" 1 "$(cat "$BRIDGE/trips")"

# A counter that stands still does not keep it on.
echo 0 >"$SIM/tbclk"
put 1 enable 0
is "trips without the counter's clock" 001 \
	"$(sim_state a1)$(sim_state b1)$(sim_state tripped1)"
echo 1 >"$SIM/tbclk"

# Going
put 1 enable 1
put 0 period 100000
put 0 enable 1
is "two legs on" "on on" "$(bridge_state | cut -d ' ' -f 1,2)"
echo 1 >"$CHIP/unexport"
is "unexport trips" 001 "$(sim_state a1)$(sim_state b1)$(sim_state tripped1)"
echo "$DEVICE" >"$DRIVER/unbind"
for leg in 0 1 2; do
	is "unbound: leg $leg is off" 001 \
		"$(sim_state a$leg)$(sim_state b$leg)$(sim_state tripped$leg)"
done
check "unbound: nothing moves" quiet
echo "$DEVICE" >"$DRIVER/bind"
check "bound again" find_bridge
check "off" all_off "off off off"
is "the first carrier" 20000 "$(cat "$BRIDGE/carrier_hz")"
check "a PWM chip again" find_chip
export_leg 2
check "enabled again" put 2 enable 1
seen 2 50000 23000 23000
echo 2 >"$CHIP/unexport"
check "off in the end" all_off "off off off"
# Of a kernel with CONFIG_PWM_DEBUG
is "the PWM core has nothing to say" "" "$(dmesg | grep -e '\.apply ' -e 'failed to reapply')"
finish
