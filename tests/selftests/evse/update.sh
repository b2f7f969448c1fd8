#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The lock for firmware updates: not while power flows, and while it is set
# nothing is energised, whoever asks and whoever has ended.
#
# board: evse-virt-ac evse-virt-dc
. ./lib.sh

lock() { ./evnl update-lock-set id="$PORT" update-locked="${1:-1}"; }
locked() {
	[ "$(attr update-locked)" = "$1" ] && read -r shown <"$SYS/update_locked" &&
		[ "$shown" = "$1" ]
}

# A person's word, and what the tool prints of it
says() { # WHAT WANTED COMMAND...
	said_of=$1 wanted=$2
	shift 2
	said=$("$@" 2>&1)
	case $said in
	*"$wanted"*) pass "$said_of" ;;
	*)
		fail "$said_of"
		say "  wanted '$wanted', got '$said'"
		;;
	esac
}

# Whoever comes first: a port that is locked is at rest.
race() {
	bad="" round=0 won=0
	while [ $round -lt 20 ]; do
		until_ms 5000 in_state requesting || bad="$bad [never asked]"
		lock >/dev/null 2>&1 &
		[ $((round % 2)) = 0 ] || usleep $((round * 500))
		ask energise id="$PORT" >/dev/null
		wait $!
		if locked 1; then
			won=$((won + 1))
			in_state requesting || bad="$bad [$round: locked in $(state)]"
			stays 100 board_off || bad="$bad [$round: locked and energised]"
			lock 0 >/dev/null
		else
			until_ms 5000 in_state energised || bad="$bad [$round: neither]"
			stop_and_open || bad="$bad [$round: no stop]"
			usleep 600000
		fi
		round=$((round + 1))
	done
	is "twenty races with energise: a locked port is at rest" "" "$bad"
	say "the lock came first in $won of them"
}

begin
check "a port begins unlocked" locked 0
hold 10000 1 >/dev/null

check "power flows" charge
refused "no lock while power flows" EBUSY lock
check "which goes on" stays 300 in_state energised
check "and nothing is locked" locked 0
ask de-energise id="$PORT" >/dev/null
refused "no lock while it stops" EBUSY lock
check "stop" stop_and_open
until_ms 8000 in_state requesting

check "locked at rest" lock
check "and says so" locked 1
check "locked twice" lock
check "changes nothing" locked 1
says "status tells it" "update    locked" evsectl -p "$PORT" status
says "update status tells it" "locked for a firmware update" evsectl -p "$PORT" update
refused "no power for the owner" EBUSY ask energise id="$PORT"
says "nor for a person" "evsectl update unlock" evsectl -p "$PORT" energise
check "the pilot offers none" until_ms 500 attr_is pilot-output steady
check "nothing moved" stays 500 board_off
sim inputs/emergency_stop 1
until_ms 500 fault_is $EMERGENCY_STOP latched 1
sim inputs/emergency_stop 0
until_ms 3000 cleared
check "a fault that came and went leaves the lock" locked 1

let_go
check "it outlives every process that has to do with it" locked 1
if ./evnl port-set id="$PORT" basic=1 >/dev/null 2>&1; then
	check "basic signalling waits" stays 1500 board_off
	check "unlocked" lock 0
	check "and goes on when the update is done" until_ms 8000 in_state energised
	./evnl port-set id="$PORT" basic=0 >/dev/null
	until_ms 9000 in_rest
	until_ms 8000 board_off
else
	check "unlocked" lock 0
fi
check "and says so" locked 0
check "unlocked twice" lock 0
hold >/dev/null
check "power flows again" charge
check "stop" stop_and_open

race

unplug
let_go
check "locked once more" lock
echo evse-port-0 >/sys/bus/platform/drivers/evse-port/unbind
echo evse-port-0 >/sys/bus/platform/drivers/evse-port/bind
until_ms 3000 in_state available
check "a port that comes anew begins unlocked" locked 0
finish
