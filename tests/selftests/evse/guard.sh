#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Guards that are lines: the edge itself turns everything off (I4), a latched
# fault ends only as its policy says (I6).
#
# board: ../tests/selftests/evse/mixed
# trip-path: yes
# timeout: 900
. ./lib.sh

guard_state() {
	./evnl port-get id="$PORT" | awk -F= -v name="$1" '
		/^guards.*name=/ { mine = $2 == name } mine && /state/ { print $2 }'
}

tripped() { # WHAT CODE
	edge=$(fault "$2" edge-ns)
	gates=$(fault "$2" gates-off-ns)
	coil=$(fault "$2" coil-off-ns)
	within "$1: gates off after the edge" 0 "$((gates - edge))" 1000000
	within "$1: coils off after the gates" 0 "$((coil - gates))" 1000000
	check "$1: everything is off" until_ms 100 board_off
}

estop() {
	check "board ${SIM##*-}, emergency stop: power flows" charge
	sim inputs/emergency_stop 1
	check "board ${SIM##*-}, emergency stop: latched" until_ms 50 fault_is $EMERGENCY_STOP latched 1
	tripped "board ${SIM##*-}, emergency stop" $EMERGENCY_STOP
	is "board ${SIM##*-}, emergency stop: the guard says trip" trip "$(guard_state emergency-stop)"
	refused "board ${SIM##*-}, emergency stop: no clear while it is pressed" EBUSY \
		clear_fault $EMERGENCY_STOP
	refused "board ${SIM##*-}, emergency stop: no power" EIO ask energise id="$PORT"
	sim inputs/emergency_stop 0
	check "board ${SIM##*-}, emergency stop: released, stays latched" \
		stays 1000 fault_is $EMERGENCY_STOP latched 1
	check "board ${SIM##*-}, emergency stop: cleared" clear_fault $EMERGENCY_STOP
	until_ms 3000 in_rest
	check "board ${SIM##*-}, emergency stop: power flows again" charge
	check "board ${SIM##*-}, emergency stop: stop" stop_and_open
	unplug
}

# A press during the closing sequence: nothing is closed afterwards.
early() {
	plug c
	asks_on 5000
	ask energise id="$PORT" >/dev/null
	until_ms 3000 in_state closing
	sim inputs/emergency_stop 1
	check "board ${SIM##*-}, pressed while closing: off" until_ms 100 board_off
	check "board ${SIM##*-}, pressed while closing: stays off" stays 500 board_off
	sim inputs/emergency_stop 0
	check "board ${SIM##*-}, pressed while closing: cleared" until_ms 1000 cleared
	unplug
}

# pressed before: the guard blocks, no command closes anything
before() {
	sim inputs/emergency_stop 1
	plug c
	until_ms 1000 fault_is $EMERGENCY_STOP latched 1
	refused "board ${SIM##*-}, pressed before: no power" EIO ask energise id="$PORT"
	check "board ${SIM##*-}, pressed before: off" stays 200 board_off
	sim inputs/emergency_stop 0
	check "board ${SIM##*-}, pressed before: cleared" until_ms 1000 cleared
	unplug
	until_ms 3000 in_state available
}

begin
on_board 1
reset_port
for board in 0 1; do
	on_board $board
	hold >/dev/null
	estop
	early
	before
	let_go
done

# The grid comes back: service is entered by itself after 300 s, and only then.
on_board 0
hold >/dev/null
check "grid: power flows" charge
sim inputs/relay 0
check "grid: latched" until_ms 50 fault_is $GRID_LOSS latched 1
tripped "grid" $GRID_LOSS
sim inputs/relay 1
until_ms 100 fault_is $GRID_LOSS active 0
within "grid: says how long it takes" 290000 "$(fault $GRID_LOSS retry-in-ms)" 300000
refused "grid: no power meanwhile" EIO ask energise id="$PORT"
sleep 200
check "grid: still latched after 200 s" fault_is $GRID_LOSS latched 1
sim inputs/relay 0
usleep 100000
sim inputs/relay 1
sleep 200
check "grid: another loss starts the delay again" fault_is $GRID_LOSS latched 1
# A long timer of the kernel may be an eighth late.
seconds=200
while [ $seconds -lt 340 ] && ! fault_is $GRID_LOSS latched ""; do
	sleep 5
	seconds=$((seconds + 5))
done
within "grid: ends by itself, 300 s after the second loss" 300 $seconds 339
check "grid: nothing closes by itself" board_off
let_go

on_board 1
check "both are left at rest" reset_port
on_board 0
finish
