#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The main breaker opens during full discharge: by the relay, by crossings that
# stay away, and without a power stage whose gates could be blocked.
#
# board: evse-virt-grid-dc evse-virt-grid-3ph evse-virt-grid-ac evse-virt-grid-split
# trip-path: yes
# timeout: 600
. ./lib.sh
. ./gridlib.sh

# The relay of the board follows its breaker by this.
RELAY_US=3000
FULL_MW=20000000
CYCLES2_US=33333

has_stage() { attr_is stage 1; }

# A street without voltage: what the port feeds is nothing against its load.
away() {
	sim mains/relay_works 0
	sim island/p_permille 100000
	usleep 20000
	sim mains/breaker 0
}

# What the relay's edge does, by the stamps of board and kernel.
by_relay() {
	sim mains/breaker 0
	check "relay: latched" until_ms 300 grid_trips
	check "relay: everything is off" until_ms 200 board_off
	is "relay: an island" island "$(grid last-trip)"
	within "relay: the contactor is open within 100 ms of the breaker" \
		0 "$(us_to_open)" 100000
	say "island_open_us $(us_to_open)"
	refused "relay: nobody clears it while the breaker is open" EBUSY clear_fault $GRID_LOSS
	refused "relay: nobody gets power" EIO ask energise id="$PORT"
}

relay_gates() {
	check "relay: full discharge" feed_back $FULL_MW
	by_relay
	us=$(($(us_to_gates) - RELAY_US))
	say "island_relay_us $us"
	within "relay: gates are blocked in the interrupt" 0 $us 200
	stamp=$((($(fault $GRID_LOSS gates-off-ns) - $(fault $GRID_LOSS edge-ns)) / 1000))
	within "relay: and the kernel's stamps say so too" 0 $stamp 200
	within "relay: the fault's cause is the edge" -200 \
		$((($(fault $GRID_LOSS edge-ns) - $(sim_state breaker_ns)) / 1000 - RELAY_US)) 200
}

crossings() {
	check "crossings: full discharge" feed_back $FULL_MW
	away
	check "crossings: latched" until_ms 3000 grid_trips
	check "crossings: everything is off" until_ms 200 board_off
	us=$((($(fault $GRID_LOSS gates-off-ns) - $(sim_state breaker_ns)) / 1000))
	say "island_zerocross_us $us"
	within "crossings: gates are blocked in less than two cycles" 0 $us $CYCLES2_US
	time_ms=$(line uv2 time-ms)
	is "crossings: as under-voltage" uv2 "$(grid last-trip)"
	within "crossings: the contactor follows by the profile's timer" \
		$(((time_ms - 20) * 1000)) "$(us_to_open)" $(((time_ms + 50) * 1000))
	sim island/p_permille 1000
}

well_again() {
	mains_again
	check "$1: the latch ends by itself" until_ms 2000 fault_is $GRID_LOSS latched ""
	check "$1: the contactor stays open" board_off
	check "$1: export returns" feed_back $FULL_MW
}

with_stage() {
	check "a profile with a short enter service" profile "$(grid profile)"
	relay_gates
	well_again relay
	crossings
	well_again crossings
}

# Nothing but the contactor can end what the vehicle feeds.
exports_ac() { current_is -40000 -10000; }

vehicle_feeds() {
	ready_to_feed || fail "$1: nobody is ready"
	sim vehicle/power_mw -7000000
	check "$1: service is entered" grid_state normal 25000
	check "$1: ready" until_ms 5000 in_state requesting
	check "$1: energised" energise
	ask_for -7000000
	check "$1: the vehicle feeds back" until_ms 5000 exports_ac
}

without_stage() {
	check "a profile with twenty seconds of enter service" \
		./evnl grid-set port="$PORT" profile=g99
	vehicle_feeds crossings
	away
	check "crossings: latched" until_ms 300 grid_trips
	check "crossings: everything is off" until_ms 200 board_off
	is "crossings: an island" island "$(grid last-trip)"
	within "crossings: the contactor is open within 100 ms of the breaker" \
		0 "$(us_to_open)" 100000
	say "island_open_us $(us_to_open)"
	sim island/p_permille 1000
	mains_again
	check "crossings: the latch ends by itself" until_ms 2000 fault_is $GRID_LOSS latched ""

	vehicle_feeds relay
	by_relay
	us=$((($(sim_state opened_ns) - $(sim_state breaker_ns)) / 1000 - RELAY_US))
	within "relay: the coil is off in the interrupt, the contact opens 8 ms later" \
		8000 $us 8200
}

begin
if has_stage; then
	with_stage
else
	without_stage
fi
stop_and_open
mains_again
let_go
finish
