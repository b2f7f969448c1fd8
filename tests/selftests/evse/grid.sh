#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The grid guard from its lines to the open contact: what ceases, what trips,
# what only warns, and how export returns.
#
# board: evse-virt-grid-dc
# worlds: stock
# timeout: 900
# slow: yes
. ./lib.sh
. ./gridlib.sh

GRID_INTEGRITY=0x07
PERMIT=permit

# The grid is well again: the latch ends by itself, and export by enter service.
well_again() {
	check "$1: the latch ends by itself" until_ms 2000 fault_is $GRID_LOSS latched ""
	is "$1: export is held" waiting "$(grid state)"
	check "$1: and the contactor stays open" board_off
	check "$1: service is entered" grid_state normal 10000
	check "$1: power flows back again" feed_back
}

tripped_within() { # WHAT LOW_MS HIGH_MS
	check "$1: latched" until_ms 1000 fault_is $GRID_LOSS latched 1
	check "$1: everything is off" until_ms 200 board_off
	edge=$(fault $GRID_LOSS edge-ns)
	decided=$(fault $GRID_LOSS coil-off-ns)
	open=$(fault $GRID_LOSS contact-open-ns)
	within "$1: the decision falls in time" $(($2 * 1000000)) $((decided - edge)) \
		$(($3 * 1000000))
	within "$1: the contactor is open in time" 0 $((open - edge)) \
		$((($3 + 20) * 1000000))
}

at_start() {
	is "the profile is that of the device tree" ieee1547-cat2 "$(grid profile)"
	check "after the start, export waits" grid_state waiting 3000
	within "for five minutes" 280000 "$(grid wait-ms)" 300000
	check "the guard holds" guard_is hold
	hold >/dev/null
	plug c
	check "mode v2g" ./evnl port-set id="$PORT" mode=v2g
	ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 >/dev/null
	await requesting 4000
	check "charging need not wait" energise
	ask_for 3000000
	check "3 kW flow" until_ms 3000 flows 2900000 3100000
	refused "nobody changes the rules meanwhile" EBUSY set_line enter-delay pickup=1000
	ask_for -5000000
	check "export has to wait" until_ms 1000 idles
	check "and goes on waiting" stays 500 idles
	stop_and_open
}

settings() {
	refused "a delay that the standard does not know" ERANGE \
		set_line enter-delay pickup=700000
	refused "a pick-up out of range" ERANGE set_line uv1 pickup=900
	refused "an element that the profile lacks" ENOENT set_line uv3 pickup=100
	refused "a profile that there is not" ENOENT \
		./evnl grid-set port="$PORT" profile=none
	is "refused, nothing is changed" 300000 "$(line enter-delay pickup)"
	check "a delay that it knows" set_line enter-delay pickup=2000
	is "is in force" 2000 "$(line enter-delay pickup)"
	check "another profile" ./evnl grid-set port="$PORT" profile=ieee1547-cat3
	is "is in force" ieee1547-cat3 "$(grid profile)"
	is "with the settings of its standard" 300000 "$(line enter-delay pickup)"
	check "and back" ./evnl grid-set port="$PORT" profile=ieee1547-cat2
	check "a short delay" set_line enter-delay pickup=2000
	check "a short ramp" set_line enter-ramp pickup=1000 time-ms=0
}

ramp() {
	check "ramp: power flows back" feed_back
	within "ramp: the frequency is known" 59990 "$(grid frequency-mhz)" 60010
	check "ramp: all of the export is allowed" grid_is ramp-permille 1000
	check "ramp: the guard permits" guard_is $PERMIT
}

# The band of the warning: nothing trips, what makes it worse is taken back.
band() {
	sim mains/voltage 890
	check "band: too low is a warning" until_ms 500 fault_is $GRID_INTEGRITY active 1
	is "band: of severity warn" warn "$(fault $GRID_INTEGRITY severity)"
	check "band: export stays" stays 300 exports
	ask_for 20000000
	is "band: import is halved" 10000000/grid-integrity \
		"$(reply effective-mw)/$(reply limiter)"
	ask_for -5000000
	sim mains/voltage 1000
	check "band: it ends by itself" until_ms 500 fault_is $GRID_INTEGRITY active ""
	sim mains/voltage 1110
	check "band: too high is a warning" until_ms 500 fault_is $GRID_INTEGRITY active 1
	check "band: no export" until_ms 500 idles
	sim mains/voltage 1000
	check "band: export returns" until_ms 3000 exports
	is "band: no trip" "" "$(fault $GRID_LOSS latched)"
	check "band: the contacts stayed" contacts_closed
}

# The relay sees the mains go: gates in the interrupt, the contactor after the
# window.
relay() {
	sim inputs/relay 0
	is "relay: gates are blocked at once" 0 "$(sim_state gates)"
	tripped_within "relay" 45 70
	is "relay: an island" island "$(grid last-trip)"
	refused "relay: no clear while it is open" EBUSY clear_fault $GRID_LOSS
	refused "relay: no power" EIO ask energise id="$PORT"
	sim inputs/relay 1
	well_again relay
}

# Back within its window: no trip, no wait.
flicker() {
	count=$(attr counters.trips)
	set -- 1 2 3
	for _ in "$@"; do
		sim inputs/relay 0
		usleep 15000
		sim inputs/relay 1
		until_ms 1000 exports || break
	done
	check "flicker: power flows back" exports
	is "flicker: no trip" "$count" "$(attr counters.trips)"
}

# Half cycles that are missing look like a dip inside the ride-through region.
dip() {
	sim mains/missing 4
	check "dip: ceased" until_ms 200 grid_is state ceased
	check "dip: the contacts stay" contacts_closed
	check "dip: back within 0.4 s" until_ms 500 exports
	is "dip: no trip" "" "$(fault $GRID_LOSS latched)"
}

# Crossings that stay away: gates within two cycles, the contactor by the
# profile's timer.
crossings() {
	sim mains/missing 60
	usleep 34000
	check "crossings: gates are blocked within two cycles" gates_are 0
	tripped_within "crossings" 130 165
	is "crossings: as under-voltage" uv2 "$(grid last-trip)"
	well_again crossings
}

# A load that takes just what is fed: nothing changes when the breaker opens,
# until active detection makes the frequency run away.
island() {
	is "island: active detection is at work" 1 "$(grid active)"
	sim referee/allow_island_ms 2000
	sim mains/relay_works 0
	sim mains/breaker 0
	check "island: latched within two seconds" until_ms 2000 fault_is $GRID_LOSS latched 1
	check "island: everything is off" until_ms 200 board_off
	say "island: by $(grid last-trip)"
	sim mains/breaker 1
	sim mains/relay_works 1
	sim referee/allow_island_ms 0
	well_again island
}

# Sensors that fail: no permit, no trip.
sensor() {
	for how in error frozen; do
		sim adc/6/fail $how
		check "$how: nothing is known" grid_state unknown 4000
		check "$how: the guard holds" until_ms 200 guard_is hold
		check "$how: no export" until_ms 1000 idles
		is "$how: no trip" "" "$(fault $GRID_LOSS latched)"
		sim adc/6/fail none
		check "$how: export waits" grid_state waiting 1000
		check "$how: and returns" until_ms 8000 exports
	done
}

# A line gone wild is masked, and the machine goes on.
storm() {
	dmesg -c >/dev/null
	sim mains/noise_ns 1000
	sim mains/noise_pulses 100
	check "storm: trips" until_ms 500 fault_is $GRID_LOSS latched 1
	check "storm: everything is off" until_ms 200 board_off
	count=$(attr counters.trips)
	until_ms 500 sh -c "dmesg | grep -q 'is masked'"
	sleep 25
	within "storm: it is tried now and then" 2 "$(dmesg | grep -c 'is masked')" 3
	is "storm: one trip, however often" "$count" "$(attr counters.trips)"
	sim mains/noise_pulses 0
	check "storm: the line is heard again" until_ms 13000 fault_is $GRID_LOSS latched ""
	well_again storm
}

# The driver goes, and comes back.
unbind() {
	device=$(cd /sys/bus/platform/drivers/evse-grid-guard && ls -d evse-port*)
	sim referee/allow_trip_ms 5000
	echo "$device" >/sys/bus/platform/drivers/evse-grid-guard/unbind
	check "unbind: off when it returns" board_off
	check "unbind: unready" until_ms 500 in_state unready
	refused "unbind: no grid to ask about" EOPNOTSUPP ./evnl grid-get port="$PORT"
	echo "$device" >/sys/bus/platform/drivers/evse-grid-guard/bind
	sim referee/allow_trip_ms 0
	check "unbind: bound again, cleared" until_ms 3000 cleared
	check "unbind: a new start, a new delay" grid_state waiting 3000
	within "unbind: of five minutes" 280000 "$(grid wait-ms)" 300000
}

begin
at_start
settings
ramp
band
relay
flicker
dip
crossings
island
sensor
storm
unbind
let_go
finish
