#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# More than one cause: the one that was seen first is the first, the others are
# kept, none is lost; each has its own timeline.
#
# board: evse-virt-grid-dc
# trip-path: yes
# slow: yes
. ./lib.sh

EARTH_LOSS=0x2d OVERCURRENT=0x2e

# at STEPS: knobs at their times, exact to the nanosecond of the board
at() { echo "$1" >"$SIM/mains/script"; }

latched() { fault_is "$1" latched 1; }
edge() { fault "$1" edge-ns; }

# first_of WHAT CODE: it is the port's, and the only first
first_of() {
	is "$1: is the first" "$(($2))" "$(attr fault-code)"
	is "$1: and the only one" 1 \
		"$(./evnl -d fault-get port="$PORT" | grep -c ' first=1 ')"
}

# timeline WHAT CODE: its own edge, gates, coils, thread and listeners in turn; an
# island is declared only after the relay's window
timeline() {
	was=$(edge "$2")
	most=5000000
	[ "$2" != $GRID_LOSS ] || most=60000000
	for moment in gates-off-ns coil-off-ns thread-ns told-ns; do
		now=$(fault "$2" $moment)
		within "$1: $moment after what comes before" "${was:-1}" "${now:-0}" \
			$((${was:-0} + most))
		was=$now
	done
}

# together WHAT STEPS FIRST SECOND...: all latched
together() {
	what=$1 steps=$2
	shift 2
	check "$what: power flows" charge
	at "$steps"
	for code; do
		check "$what: $code is latched" until_ms 1000 latched "$code"
	done
	check "$what: everything is off" until_ms 100 board_off
	is "$what: so many and no more" $# "$(attr fault-count)"
	first_of "$what" "$1"
	for code; do
		timeline "$what, $code" "$code"
		[ "$code" = "$1" ] ||
			within "$what: $code was seen later" "$(edge "$1")" "$(edge "$code")" \
				$(($(edge "$1") + 100000000))
	done
	refused "$what: no clear while causes stand" EBUSY ./evnl fault-clear port="$PORT"
}

# alone WHAT UNDO CODE...: causes go, latches stay, each is cleared by itself
alone() {
	what=$1
	at "$2"
	shift 2
	for code; do
		check "$what: $code, its cause is gone" until_ms 8000 fault_is "$code" active 0
	done
	for code; do
		check "$what: $code is still latched" latched "$code"
		check "$what: $code, cleared" until_ms 3000 clear_fault "$code"
	done
	is "$what: nothing is latched" 0 "$(attr fault-count)"
	until_ms 8000 in_rest
}

begin
hold >/dev/null

# At the same instant: lines are delivered one after the other.
together "stop and leakage" \
	"0 inputs/emergency_stop 1;0 inputs/residual_current 1" \
	$EMERGENCY_STOP $GROUND_FAULT
alone "stop and leakage" "0 inputs/emergency_stop 0;0 inputs/residual_current 0" \
	$GROUND_FAULT $EMERGENCY_STOP

together "four at once" \
	"0 earth/lost 1;0 current/extra_ma 150000;0 inputs/emergency_stop 1;0 inputs/residual_current 1" \
	$EMERGENCY_STOP $GROUND_FAULT $EARTH_LOSS $OVERCURRENT
alone "four at once" \
	"0 earth/lost 0;0 current/extra_ma 0;0 inputs/emergency_stop 0;0 inputs/residual_current 0" \
	$OVERCURRENT $EMERGENCY_STOP $EARTH_LOSS $GROUND_FAULT

# A millisecond apart, the other way round
together "leakage before stop" \
	"0 inputs/residual_current 1;1 inputs/emergency_stop 1" \
	$GROUND_FAULT $EMERGENCY_STOP
# The first is cleared: the oldest of the others takes its place.
at "0 inputs/residual_current 0"
check "leakage before stop: its cause is gone" until_ms 3000 fault_is $GROUND_FAULT active 0
check "leakage before stop: cleared" until_ms 3000 clear_fault $GROUND_FAULT
is "leakage before stop: the other is the port's" "$((EMERGENCY_STOP))" "$(attr fault-code)"
alone "leakage before stop" "0 inputs/emergency_stop 0" $EMERGENCY_STOP

# Two guards with one code: its cause stands until both are well.
check "button and loop: power flows" charge
at "0 inputs/emergency_stop 1;1 inputs/interlock_loop 0"
check "button and loop: latched" until_ms 1000 latched $EMERGENCY_STOP
until_ms 1000 board_off
at "0 inputs/interlock_loop 1"
# A charged link would refuse a clear, too.
check "button and loop: without energy" until_ms 8000 attr_is zero-energy 1
check "button and loop: the cause still stands" fault_is $EMERGENCY_STOP active 1
refused "button and loop: no clear with the button pressed" EBUSY \
	clear_fault $EMERGENCY_STOP
at "0 inputs/emergency_stop 0"
check "button and loop: cleared" until_ms 8000 clear_fault $EMERGENCY_STOP
until_ms 8000 in_rest

# The mains go with the stop: the relay's window ends later.
together "stop and mains" "0 inputs/emergency_stop 1;0 inputs/relay 0" \
	$EMERGENCY_STOP $GRID_LOSS
at "0 inputs/emergency_stop 0;0 inputs/relay 1"
check "stop and mains: the grid's ends by itself" until_ms 8000 fault_is $GRID_LOSS latched ""
check "stop and mains: the stop's does not" latched $EMERGENCY_STOP
check "stop and mains: cleared" until_ms 3000 clear_fault $EMERGENCY_STOP
until_ms 8000 in_rest
check "power flows again" charge
check "stop" stop_and_open
let_go
finish
