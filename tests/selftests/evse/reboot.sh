#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Power off while power flows: on the way down every coil's line is written 0,
# which the console shows by the tracepoint of GPIO lines (I5).
#
# board: evse-virt-dc
# worlds: stock
# append: tp_printk trace_event=gpio:gpio_value
# expect-console: (?s)evse-test: power flows(?:(?!set 1).)*gpio_value: \d+ set 0(?:(?!set 1).)*gpio_value: \d+ set 0(?:(?!set 1).)*reboot: Power down
. ./lib.sh

begin
hold >/dev/null
check "power flows" charge
# The session outlives this script: nothing but the way down ends power.
sleep 1000 >"$TMP.in" &
# The referee sees no reason for a trip, and no clock runs after it.
sim referee/allow_trip_ms 600000
echo "evse-test: power flows" >/dev/kmsg
is "the session lives" 1 "$(attr session-port | wc -l)"
is "both poles are closed" 0x3 "$(sim_state contacts)"
echo "1..$checks"
[ $failures = 0 ]
