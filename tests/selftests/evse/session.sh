#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The ends of a session: lease, killed owner, closed socket, setpoint deadline.
# Each is a controlled stop with COMM_TIMEOUT latched.
#
# board: evse-virt-ac
. ./lib.sh

charging() { # LEASE KEEP
	plug c
	hold "$1" 0 "$2" >/dev/null || fail "a session can be held"
	until_ms 4000 in_state requesting
	check "power flows" energise
	until_ms 6000 current_is 10000 33000
}

# ended HOW: stopped in good order, latched, refused until cleared, works after
ended() {
	check "$1: the contact opens" until_ms 9000 board_off
	check "$1: COMM_TIMEOUT is latched" until_ms 100 fault_is $COMM_TIMEOUT latched 1
	is "$1: it is the first cause" 1 "$(fault $COMM_TIMEOUT first)"
	is "$1: nobody owns the port" "" "$(attr session-port)"
	is "$1: not opened under load" "$loaded" "$(attr counters.loaded-openings)"
	until_ms 2000 in_state fault || fail "$1: reaches fault"
	kill -CONT "$holder" 2>/dev/null
	let_go
	hold >/dev/null
	refused "$1: no power while it is latched" EIO ask energise id=0
	check "$1: clear" clear_fault $COMM_TIMEOUT
	check "$1: nothing is latched" attr_is fault-count 0
	plug c
	check "$1: asks again" until_ms 5000 in_state requesting
	check "$1: power flows again" energise
	check "$1: stop" stop_and_open
	let_go
	unplug
	check "$1: available" until_ms 3000 in_state available
}

begin
loaded=$(attr counters.loaded-openings)

charging 500 100
check "a renewed lease lasts" stays 1000 in_state energised
# The owner hangs, and its socket stays open.
kill -STOP "$holder"
check "lease over: the stop begins" until_ms 600 in_state stopping
ended "lease over"

charging 500 100
kill -9 "$holder"
ended "owner killed"

charging 10000 1000
# The socket alone is closed: the process ends in good order.
exec 8>&-
ended "socket closed"

charging 10000 1000
check "a setpoint with a deadline" ask power-set id=0 request-mw=5000000 deadline-ms=300
usleep 200000
check "the next one in time" ask power-set id=0 request-mw=5000000 deadline-ms=300
usleep 200000
check "still energised" in_state energised
ended "setpoint deadline"

# A lease that ends while nothing flows is no fault.
hold 100 0 0 >/dev/null
check "an idle lease ends" until_ms 1000 attr_is session-port ""
is "without a fault" 0 "$(attr fault-count)"
let_go

# Exclusive and shared: what an administrator may do beside the owner.
hold 10000 0 1000 >/dev/null
refused "an exclusive session is nobody else's" EBUSY ./evnl power-set id=0 request-mw=1000000
refused "nor to be taken over" EBUSY ./evnl session-open id=0 lease-ms=1000
check "the owner may share it" ask session-open id=0 lease-ms=10000 session-shared=1
check "then an administrator may drive" \
	sh -c "./evnl power-set id=0 request-mw=1000000 >/dev/null"
check "and anybody may read" attr_is request-mw 1000000
let_go
check "closing the last socket ends it" until_ms 1000 attr_is session-port ""
finish
