#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The connector lock: no power without it, and none without its feedback.
#
# board: evse-virt-ac
# trip-path: yes
. ./lib.sh

# broken WHAT FAIL: it never locks, so no coil is ever energised
broken() {
	plug c
	asks_on 4000
	sim lock/fail "$2"
	check "$1: energise is accepted" ask energise id=0
	check "$1: no coil while it moves" stays 500 board_off
	check "$1: LOCK_FAIL" until_ms 3000 fault_is $LOCK_FAIL latched 1
	await fault 500 "after $1"
	check "$1: still no coil" board_off
	sim lock/fail none
	unplug
	check "$1: repaired and cleared" until_ms 4000 cleared
	await available 3000
}

begin
hold >/dev/null
broken "jam" jam
broken "no feedback" nofeedback

check "falls open: power flows" charge
sim lock/fail unlocks
check "falls open: LOCK_FAIL" until_ms 500 fault_is $LOCK_FAIL latched 1
check "falls open: everything is off" until_ms 200 board_off
sim lock/fail none
unplug
check "falls open: repaired and cleared" until_ms 4000 cleared
await available 3000

check "while energised: power flows" charge
refused "while energised: not to be unlocked" EBUSY ask lock-set id=0 locked=0
is "while energised: still locked" locked "$(attr lock)"
check "while energised: stop" stop_and_open
unplug
await available 3000

# A bolt that jams on its way out is sent there again by a person.
check "jams locked: power flows" charge
sim lock/fail jam
check "jams locked: stop" stop_and_open
unplug
check "jams locked: LOCK_FAIL" until_ms 5000 fault_is $LOCK_FAIL latched 1
sim lock/fail none
refused "jams locked: freed, no clear" EBUSY clear_fault $LOCK_FAIL
is "jams locked: says what to do" 1 "$(clear_fault $LOCK_FAIL 2>&1 | grep -c 'evsectl lock')"
check "jams locked: unlock" ask lock-set id=0 locked=0
check "jams locked: unlocked" until_ms 2000 attr_is lock unlocked
check "jams locked: cleared" until_ms 1000 cleared
await available 3000

check "by hand: lock" ask lock-set id=0 locked=1
check "by hand: locked" until_ms 2000 attr_is lock locked
check "by hand: lock again" ask lock-set id=0 locked=1
check "by hand: unlock" ask lock-set id=0 locked=0
check "by hand: unlocked" until_ms 2000 attr_is lock unlocked
finish
