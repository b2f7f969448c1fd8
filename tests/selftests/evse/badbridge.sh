#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bridges with a mistake in the device tree: each is refused with one message that
# says what would do, and the one without works.
#
# board: bad/bridges
. ./lib.sh

DRIVER=/sys/bus/platform/drivers/pwm-evse-bridge

# mistake DEVICE MESSAGE
mistake() {
	message="pwm-evse-bridge $1: error -[A-Z0-9]*: $2"
	check "$1: $2" sh -c "dmesg | grep -q '$message'"
	is "$1: said once" 1 "$(dmesg | grep -c "pwm-evse-bridge $1: error -[A-Z0-9]*:")"
	check "$1: not bound" [ ! -e "$DRIVER/$1" ]
	check "$1: nothing is left of it" [ ! -e "/sys/bus/platform/devices/$1/pwm" ]
}

echo "KTAP version 1"
mistake bad-epwm-0:pwm 'no clock "fck": name it in clocks and clock-names'
mistake bad-epwm-1:pwm 'evse,dead-time-ns is 0: say 1 to 10230'
mistake bad-epwm-2:pwm 'evse,dead-time-ns is 10231: say 1 to 10230'
mistake bad-epwm-3:pwm 'evse,minimum-pulse-ns is 14661: say 1 to 14660'
mistake bad-epwm-4:pwm 'evse,carrier-hz is 30001: say 5000 to 30000'
mistake bad-epwm-5:pwm 'evse,carrier-min-hz is 30001: say 1 to 30000'
mistake bad-epwm-6:pwm 'property evse,dead-time-ns is missing'
mistake bad-epwm-7:pwm 'interrupts has 2 entries: say 1, the trip-zone interrupt of each leg, or none'
mistake 23000000.bad-overlap 'reg: legs 0 and 1 overlap at 0x0*23000080: say one module for each'
mistake 23010000.bad-equal 'reg: legs 0 and 2 overlap at 0x0*23010000: say one module for each'
mistake bad-nowhere 'no reg, and a parent without register maps: say one reg for each leg'
check "the one without a mistake is bound" [ -e "$DRIVER/evse-epwm-0:pwm/legs" ]
# What was refused after its registers were written is tripped.
for n in 1 2 3 4 5 6 7; do
	SIM=/sys/kernel/debug/evse_sim/bad-epwm-$n
	is "bad-epwm-$n: outputs are low" 00 "$(sim_state a0)$(sim_state b0)"
done
finish
