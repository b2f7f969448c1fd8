#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A house as an intended island: fed only behind an islanding switch that is
# confirmed open, with the grid or without; a switch that fails; and where there
# is no switch, or a stage that forms no grid, no v2h.
#
# board: evse-virt-v2h evse-virt-dc ../tests/selftests/evse/follower
# trip-path: yes
# timeout: 600
. ./sensors.sh
. ./gridlib.sh
# gridlib.sh has one of its own, for the grid's guard alone.
guard_is() { [ "$(guard_state "$1")" = "$2" ]; }

ISLANDING_SWITCH=0x36
MW=5000000

parted() { [ "$(sim_state parted)" = "$1" ]; }
coil() { [ $(($(sim_state outputs) >> 21 & 1)) = "$1" ]; }
feeds() { exports; }

ready() {
	plug c
	./evnl port-set id="$PORT" mode=v2h || return 1
	ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 \
		>/dev/null || return 1
	asks_on 5000
}

# The house is fed.
feed() {
	ready || return 1
	energise || return 1
	ask_for -$MW
	until_ms 3000 feeds
}

rests() { until_ms 8000 board_off && until_ms 8000 in_rest && until_ms 1000 parted 0; }

no_v2h() { # WITHOUT WHAT
	refused "no $1: v2h is refused" EOPNOTSUPP ./evnl port-set id="$PORT" mode=v2h
	answer=$(evsectl mode v2h 2>&1)
	case $answer in
	*"$1"*"charge or v2g"*) pass "no $1: with what to do" ;;
	*) fail "no $1: with what to do" && say "  $answer" ;;
	esac
	is "no $1: the mode is what it was" charge "$(attr mode)"
}

in_order() {
	check "at rest the house has the grid" parted 0
	is "and nobody may feed it" hold "$(guard_state islanding-switch)"
	check "in mode v2h, too" ready
	check "while nothing is energised" stays 300 coil 0
	listen
	check "energised" energise
	check "the switch is open" parted 1
	is "it is confirmed" permit "$(guard_state islanding-switch)"
	hush
	check "before a contact closed" sh -c "
		grep '^port-ntf .*state=closing' $TMP.events | head -n 1 |
			grep -q 'name=islanding-switch [a-z.0-9]*state=permit'"
	ask power-set id="$PORT" request-mw=-$MW >/dev/null
	is "the house may be fed" "-$MW/" "$(reply effective-mw)/$(reply limiter)"
	export_mw=$MW
	check "it is fed" until_ms 3000 feeds
	refused "another mode has to wait" EBUSY ./evnl port-set id="$PORT" mode=v2g
	check "and changes nothing" feeds
	check "energise again changes nothing" ask energise id="$PORT"
	check "it is fed on" stays 300 feeds
	ask_for 3000000
	check "charging from the island" until_ms 2000 flows 2900000 3100000
	ask_for -$MW
	check "and back" until_ms 2000 feeds
	check "stop" stop_and_open
	check "the house has the grid again" until_ms 1000 parted 0
	is "and nobody may feed it" hold "$(guard_state islanding-switch)"
	is "without a fault" 0 "$(attr fault-count)"

	until_ms 8000 in_state requesting
	./evnl port-set id="$PORT" mode=charge
	check "mode charge leaves the switch alone" charge
	check "all the while" coil 0
	check "stop" stop_and_open
}

# Lost feedback is a trip in the interrupt; while it stands nothing comes back.
lost() { # WHAT KNOB BAD GOOD
	check "$1: the house is fed" feed
	sim "$2" "$3"
	check "$1: latched" until_ms 300 latched $ISLANDING_SWITCH
	gates=$(($(fault $ISLANDING_SWITCH gates-off-ns) - $(fault $ISLANDING_SWITCH edge-ns)))
	within "$1: gates off in the interrupt" 0 $gates 200000
	check "$1: everything is off" until_ms 200 board_off
	is "$1: closed by itself" 1 "$(fault $ISLANDING_SWITCH value)"
	check "$1: the coil is off, too" until_ms 1000 coil 0
	sim "$2" "$4"
	check "$1: the house has the grid" until_ms 1000 parted 0
	check "$1: stays latched" stays 500 latched $ISLANDING_SWITCH
	check "$1: cleared" until_ms 8000 cleared
	until_ms 8000 in_rest
}

does_not_open() { # WHAT KNOB BAD GOOD
	check "$1: ready" ready
	sim "$2" "$3"
	listen
	ask energise id="$PORT" >/dev/null
	check "$1: latched" until_ms 2000 latched $ISLANDING_SWITCH
	hush
	is "$1: nobody may feed the house meanwhile" 0 "$(grep '^port-ntf' "$TMP.events" |
		grep -c 'name=islanding-switch [a-z.0-9]*state=permit')"
	is "$1: not opened in time" 2 "$(fault $ISLANDING_SWITCH value)"
	check "$1: nothing was closed" board_off
	is "$1: no contact was" "$cycles" "$(attr counters.cycles)"
	sim "$2" "$4"
	check "$1: the house has the grid" until_ms 1000 parted 0
	check "$1: cleared" until_ms 8000 cleared
	until_ms 8000 in_rest
}

does_not_close() {
	check "stuck open: the house is fed" feed
	sim island_switch/fail stuck-open
	stop_and_open
	check "stuck open: latched" until_ms 2000 latched $ISLANDING_SWITCH
	is "stuck open: not closed in time" 3 "$(fault $ISLANDING_SWITCH value)"
	refused "stuck open: no clear while it is open" EBUSY clear_fault $ISLANDING_SWITCH
	sim island_switch/fail none
	check "stuck open: closed after all" until_ms 1000 parted 0
	check "stuck open: cleared" until_ms 8000 cleared
	until_ms 8000 in_rest
}

# What a house is for: the grid goes while it is fed, and before.
no_grid() {
	check "blackout while fed: the house is fed" feed
	sim mains/breaker 0
	check "blackout while fed: it is fed on" stays 1500 feeds
	is "blackout while fed: nothing is latched" 0 "$(attr fault-code)"
	is "blackout while fed: the grid's guard holds" hold "$(guard_state grid)"
	check "blackout while fed: stop" stop_and_open
	check "blackout while fed: the switch closes" until_ms 1000 parted 0
	until_ms 8000 in_state requesting
	check "dark start: the house is fed" feed
	check "dark start: stop" stop_and_open
	until_ms 1000 parted 0

	check "the grid's loss counts in v2g" ./evnl port-set id="$PORT" mode=v2g
	check "as it does there" until_ms 1000 latched $GRID_LOSS
	refused "no power" EIO ask energise id="$PORT"
	check "but not in v2h" ./evnl port-set id="$PORT" mode=v2h
	check "where its latch ends" until_ms 2000 fault_is $GRID_LOSS latched ""
	check "and the house is fed" feed
	check "stop" stop_and_open
	./evnl port-set id="$PORT" mode=charge
	mains_again
	check "the grid is back" until_ms 5000 fault_is $GRID_LOSS latched ""
}

# A trip of another kind, the driver taken out: the switch closes behind it.
others() {
	check "emergency stop: the house is fed" feed
	sim inputs/emergency_stop 1
	check "emergency stop: everything is off" until_ms 100 board_off
	check "emergency stop: the house has the grid" until_ms 1000 parted 0
	sim inputs/emergency_stop 0
	check "emergency stop: cleared" until_ms 8000 cleared

	until_ms 8000 in_rest
	check "driver gone: the house is fed" feed
	driver=/sys/bus/platform/drivers/evse-islanding-switch
	device=$(basename "$SYS/device"/*:islanding-switch)
	sim referee/allow_trip_ms 2000
	echo "$device" >$driver/unbind
	check "driver gone: everything is off" until_ms 100 board_off
	check "driver gone: the coil is off" until_ms 100 coil 0
	echo "$device" >$driver/bind
	check "driver back: cleared" until_ms 8000 cleared
	sim referee/allow_trip_ms 0
	check "driver back: the house is fed" feed
	stop_and_open
}

begin
hold 10000 1 >/dev/null
if [ -z "$(guard_state islanding-switch)" ]; then
	no_v2h "islanding switch"
	finish
fi
if ./evnl bridge-get port="$PORT" >/dev/null 2>&1; then
	no_v2h "form a grid"
	finish
fi
# Nothing is fed back here but to a house, but for what is said.
sim referee/house 1
in_order
lost "switch closes" island_switch/fail weld none
lost "wire of the feedback breaks" line/22/force 0 -1
cycles=$(attr counters.cycles)
does_not_open "welded" island_switch/fail weld none
does_not_open "slow" island_switch/fail slow none
does_not_open "feedback dead" line/22/force 0 -1
does_not_close
sim island_switch/fail bounce
check "a switch that bounces is fed behind all the same" feed
check "stop" stop_and_open
sim island_switch/fail none
others
no_grid
let_go
finish
