#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The machine goes to sleep as far as its devices do, and wakes: thermometers convert
# no more meanwhile, watch their thresholds again afterwards, and a port is permitted
# once its sensors were read again.
#
# board: evse-virt-heat
# needs: iio-tools
# timeout: 600
. ./lib.sh
. ./iiolib.sh

# Events of what gets hot reach a monitor that slept as well.
SOON_MS=3000

# sleep_and_wake: all devices, and no further
sleep_and_wake() {
	echo devices >/sys/power/pm_test
	echo freeze >/sys/power/state
}

permits() { ! grep "^thermal-" "$SYS/guards" | grep -qv " permit "; }

# What the kernel says of devices that would not
complaints() { dmesg | grep -c 'evse.*\(failed to \(suspend\|resume\)\|PM: .*returns\)'; }

begin
[ -w /sys/power/pm_test ] || {
	skip "sleep and wake" "this kernel has no pm_test"
	finish
}
# A second by default, which the processor counts.
echo 0 >/sys/module/suspend/parameters/pm_test_delay
sim heat/cabinet_hold 1
sim heat/cabinet_mc 25000
cabinet=$(device cabinet)
echo 1280 >"$cabinet/events/in_temp_thresh_rising_value"
watch "$cabinet"
echo 1 >"$cabinet/events/in_temp_thresh_rising_en"
check "before: permitted" until_ms $SOON_MS permits
for round in 1 2 3; do
	check "$round: sleeps and wakes" sleep_and_wake
	check "$round: permitted again" until_ms $SOON_MS permits
	sim heat/cabinet_mc 86000
	check "$round: the threshold is watched" until_ms $SOON_MS told_is rising $round
	sim heat/cabinet_mc 25000
	usleep 1500000
done
is "nobody refused to" 0 "$(complaints)"

# Hot while asleep: told when awake
sim heat/cabinet_mc 86000
check "4: sleeps and wakes" sleep_and_wake
check "4: what got hot meanwhile is told" until_ms $SOON_MS told_is rising 4
unwatch
echo 0 >"$cabinet/events/in_temp_thresh_rising_en"
sim heat/cabinet_mc 25000
check "4: permitted again" until_ms $SOON_MS permits
echo none >/sys/power/pm_test
finish
