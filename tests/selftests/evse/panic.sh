#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A panic while power flows: after its message every coil's line is written 0,
# which the console shows by the tracepoint of GPIO lines (I5).
#
# board: evse-virt-dc
# worlds: stock
# append: tp_printk trace_event=gpio:gpio_value
# expect-panic: yes
# expect-console: (?s)evse-test: power flows.*Kernel panic(?:(?!set 1).)*gpio_value: \d+ set 0(?:(?!set 1).)*gpio_value: \d+ set 0
. ./lib.sh

begin
hold >/dev/null
check "power flows" charge
echo "1..$checks"
[ $failures = 0 ] || exit 1
echo "evse-test: power flows" >/dev/kmsg
usleep 100000
echo c >/proc/sysrq-trigger
