#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The automatic retries of a ground fault: seen while they count, four of them,
# fifteen minutes each, and then only a person's clear.
#
# board: ../tests/selftests/evse/residual
# worlds: stock-6.12
# timeout: 7200
. ./lib.sh

latched() { fault_is $GROUND_FAULT latched 1; }
leaks() {
	sim inputs/residual_current 1
	check "$1: latched" until_ms 100 latched
	check "$1: off" until_ms 100 board_off
	is "$1: does not count while the cause stands" "" "$(fault $GROUND_FAULT retry-in-ms)"
	sim inputs/residual_current 0
	until_ms 500 fault_is $GROUND_FAULT active 0
}

# counts WHAT LEFT: visible, and down with time
counts() {
	is "$1: retries that are left" "$2" "$(fault $GROUND_FAULT retries-left)"
	within "$1: fifteen minutes" 899000 "$(fault $GROUND_FAULT retry-in-ms)" 900000
	refused "$1: no power meanwhile" EIO ask energise id="$PORT"
	sleep 600
	within "$1: five of them left" 290000 "$(fault $GROUND_FAULT retry-in-ms)" 300000
	check "$1: still latched" latched
	sleep 290
	check "$1: still latched just before" latched
	# A long timer of the kernel may be an eighth late.
	seconds=890
	while [ $seconds -lt 1020 ] && latched; do
		sleep 2
		seconds=$((seconds + 2))
	done
	within "$1: ends by itself" 900 $seconds 1019
	check "$1: nothing closes by itself" board_off
}

begin
hold >/dev/null
plug c
round=1
left=4
while [ $left -gt 0 ]; do
	check "retry $round: power flows" charge
	leaks "retry $round"
	counts "retry $round" $left
	left=$((left - 1))
	round=$((round + 1))
done

check "after the last: power flows" charge
leaks "after the last"
is "after the last: no retry" 0 "$(fault $GROUND_FAULT retries-left)"
is "after the last: none in sight" "" "$(fault $GROUND_FAULT retry-in-ms)"
sleep 1800
check "after the last: latched for good" latched
refused "after the last: no power" EIO ask energise id="$PORT"
check "after the last: a person clears" clear_fault $GROUND_FAULT
check "after the last: power flows again" charge
leaks "a clear gives the retries back"
is "a clear gives the retries back" 4 "$(fault $GROUND_FAULT retries-left)"
check "cleared" clear_fault $GROUND_FAULT
let_go
finish
