#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Arming, trips by the fault pin and unbinding at the same time on two processors:
# whoever wins, the outputs obey the latch, and what is left over can be armed.
#
# board: evse-virt-bridge
# smp: 2
. ./lib.sh

DRIVER=/sys/bus/platform/drivers/pwm-evse-bridge
SIM=/sys/kernel/debug/evse_sim/evse-epwm-0
DEVICE=evse-epwm-0:pwm
# Enough of both outcomes; what the host's scheduler gives the two processors is not
# known, so the rounds it takes are not either.
ENOUGH=20
ROUNDS=4000

chip() { echo "$DRIVER/$DEVICE"/pwm/pwmchip*; }

trip_and_untrip() {
	while [ ! -e "$TMP.stop" ]; do
		echo 1 >"$SIM/trip_input"
		echo 0 >"$SIM/trip_input"
	done
}

# Count how often leg 0 could be armed, and how often it could not.
arm_and_disarm() {
	armed=0 refused=0 n=0
	while [ $n -lt $ROUNDS ]; do
		[ $armed -lt $ENOUGH ] || [ $refused -lt $ENOUGH ] || break
		n=$((n + 1))
		if (echo 1 >"$(chip)/pwm0/enable") 2>/dev/null; then
			armed=$((armed + 1))
		else
			refused=$((refused + 1))
		fi
		(echo 0 >"$(chip)/pwm0/enable") 2>/dev/null
	done
}

export_legs() {
	for leg in 0 1; do
		echo $leg >"$(chip)/export"
	done
}

echo "KTAP version 1"
check "the bridge has its driver" [ -e "$DRIVER/$DEVICE/legs" ]
export_legs
trip_and_untrip &
arm_and_disarm
say "armed $armed times, refused $refused times"
check "leg 0 could be armed" [ "$armed" -ge $ENOUGH ]
check "and was refused" [ "$refused" -ge $ENOUGH ]
is "disabled, it is off" 001 "$(sim_state a0)$(sim_state b0)$(sim_state tripped0)"

n=0 left=0
while [ $n -lt 8 ]; do
	n=$((n + 1))
	(echo 1 >"$(chip)/pwm0/enable") 2>/dev/null
	echo "$DEVICE" >"$DRIVER/unbind"
	[ "$(sim_state a0)$(sim_state b0)$(sim_state tripped0)" = 001 ] || left=$((left + 1))
	echo "$DEVICE" >"$DRIVER/bind"
	export_legs
done
is "unbound $n times, it was off" 0 $left
: >"$TMP.stop"
wait
rm -f "$TMP.stop"

echo 0 >"$SIM/trip_input"
(echo 0 >"$(chip)/pwm0/enable")
check "in peace, it can be armed" sh -c "echo 1 >$(chip)/pwm0/enable"
is "on" on "$(cut -d ' ' -f 1 "$DRIVER/$DEVICE/state")"
echo 0 >"$(chip)/pwm0/enable"
finish
