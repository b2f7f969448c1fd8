#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A charge from plug to unplug on an AC port without a power stage, and every
# command said twice (I8).
#
# board: evse-virt-ac
# trip-path: yes
. ./lib.sh

# twice REQUEST: nothing changes and nobody is told when it is said again
twice() {
	usleep 50000
	before=$(attr state)/$(attr request-mw)/$(attr counters.cycles)/$(attr lock)
	told=$(events)
	if ask "$@" >/dev/null && ask "$@" >/dev/null; then
		usleep 50000
		is "$1 said again changes nothing" "$before" \
			"$(attr state)/$(attr request-mw)/$(attr counters.cycles)/$(attr lock)"
		is "$1 said again tells nobody" "$told" "$(events)"
	else
		fail "$1 can be said again: $REPLY"
	fi
}

begin
matings=$(attr counters.matings)
cycles=$(attr counters.cycles)
listen
check "a session can be held" hold
is "its lease is what was asked for" 10000 "$(reply lease-ms)"
is "nobody is plugged in" available/a "$(state)/$(attr vehicle)"
refused "no vehicle, no power" ENOTCONN ask energise id=0

plug b
await connected 2000 "with a vehicle in B"
is "the mating is counted" $((matings + 1)) "$(attr counters.matings)"
refused "a vehicle in B gets no power" EAGAIN ask energise id=0
is "the pilot states the rated 32 A" 5333 "$(attr duty-permyriad)"

plug c
await requesting 3000 "with a vehicle in C"
check "no coil yet" board_off
check "energise is accepted" ask energise id=0
await energised 5000
is "the connector is locked" locked "$(attr lock)"
is "the contact is closed" 1/1 "$(attr contacts.0.commanded)/$(attr contacts.0.closed)"
is "the switching is counted" $((cycles + 1)) "$(attr counters.cycles)"
check "32 A flow" until_ms 6000 current_is 30000 32500
twice energise id=0

check "a limit can be set" ./evnl port-set id=0 max-mw=3680000
is "the limiter has a name" configured "$(attr limiter)"
check "3.68 kW is 16 A on the pilot" until_ms 5200 attr_is pilot-ma 16000
is "26.66 % duty" 2666 "$(attr duty-permyriad)"
check "the vehicle follows to 16 A" until_ms 6000 current_is 15000 16200
twice port-set id=0 max-mw=3680000

check "a setpoint below the limit" ask power-set id=0 request-mw=2300000
is "is not limited" 2300000/ "$(reply effective-mw)/$(reply limiter)"
check "the vehicle follows to 10 A" until_ms 6000 current_is 9000 10200
twice power-set id=0 request-mw=2300000
is "the meter sees it" 1 "$(./evnl meter-get port=0 |
	awk -F= '/current-ma/ { print ($2 > 9000 && $2 < 10200) }')"

check "stop is accepted" ask de-energise id=0
check "the contact opens" until_ms 8000 board_off
check "the connector is unlocked" until_ms 2000 attr_is lock unlocked
is "it was not opened under load" 0 "$(attr counters.loaded-openings)"
sim vehicle/want b
await connected 3000 "after the stop"
twice de-energise id=0
unplug
await available 2000 "without a vehicle"

told=$(told_states)
check "the session ends" ask session-close id=0
is "nobody owns the port" "" "$(attr session-port)"
hush
say "told: $told"
# The vehicle may ask again while it waits for the end of the test.
case " $told " in
*" connected requesting locking closing energised stopping opening "*" connected available "*)
	pass "the events told every state in order" ;;
*)	fail "the events told every state in order" ;;
esac
finish
