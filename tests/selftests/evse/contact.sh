#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Contacts that weld, stick, bounce, or are slow; each contact of the board.
#
# board: evse-virt-ac evse-virt-dc
# trip-path: yes
. ./lib.sh

ready() {
	plug c
	asks_on 5000
}

# repaired WHAT INDEX: clear works once the contact does
repaired() {
	sim "contact/$2/fail" none
	unplug
	check "$1: repaired and cleared" until_ms 3000 cleared
	await available 3000
}

welds() { # INDEX
	check "weld $1: power flows" charge
	sim "contact/$1/fail" weld
	ask de-energise id=0 >/dev/null
	check "weld $1: CONTACTOR_STUCK" until_ms 9000 fault_is $CONTACTOR_STUCK latched 1
	is "weld $1: coils off" 0 "$(($(sim_state outputs) & 7))"
	refused "weld $1: no clear while it is closed" EBUSY clear_fault $CONTACTOR_STUCK
	refused "weld $1: no power" EIO ask energise id=0
	is "weld $1: the connector stays locked" locked "$(attr lock)"
	repaired "weld $1" "$1"
}

sticks() { # INDEX
	check "stuck open $1: ready" ready
	sim "contact/$1/fail" stuck-open
	ask energise id=0 >/dev/null
	check "stuck open $1: CONTACTOR_OPEN" until_ms 3000 fault_is $CONTACTOR_OPEN latched 1
	check "stuck open $1: everything is off" until_ms 200 board_off
	repaired "stuck open $1" "$1"
}

begin
hold >/dev/null
contacts=$(./evnl port-get id=0 | grep -c '^contacts.*name=')
main=1
[ "$contacts" = 1 ] || main=2
n=0
while [ $n -lt $main ]; do
	welds $n
	n=$((n + 1))
done
n=0
while [ $n -lt "$contacts" ]; do
	sticks $n
	n=$((n + 1))
done

check "bounce: ready" ready
sim contact/0/fail bounce
ask energise id=0 >/dev/null
check "bounce: energised all the same" until_ms 3000 in_state energised
check "bounce: no fault" attr_is fault-count 0
check "bounce: stop" stop_and_open
sim contact/0/fail none
unplug
await available 3000

check "slow: ready" ready
sim contact/0/fail slow
ask energise id=0 >/dev/null
check "slow: CONTACTOR_OPEN" until_ms 3000 fault_is $CONTACTOR_OPEN latched 1
check "slow: everything is off" until_ms 500 board_off
repaired "slow" 0

# A contact that is closed although nobody asked.
sim line/8/force 1
check "closed at rest: CONTACTOR_STUCK" until_ms 1000 fault_is $CONTACTOR_STUCK latched 1
plug c
refused "closed at rest: no power" EIO ask energise id=0
sim line/8/force -1
unplug
check "closed at rest: cleared" until_ms 3000 cleared
finish
