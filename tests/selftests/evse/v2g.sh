#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A vehicle charges and feeds the grid by ISO 15118-20, from the first datagram to open
# contacts: scheduled and dynamic, in both directions, paused and resumed, through the
# loss of the grid and its return.
#
# board: evse-virt-grid-dc evse-virt-grid-ac
# worlds: stock
# modules: dummy
# needs: vehicle
# timeout: 3000
# slow: yes
. ./v2glib.sh


# 5 kW out of the vehicle, at 400 V or 230 V
feeding() {
	if [ "$kind" = dc ]; then
		current_is -13100 -12200
	else
		current_is -22500 -21000
	fi
}

# session CONTROL: charge, then discharge. A schedule that the vehicle follows was told before
# the cable check, and has begun when power does.
session() {
	import=$(counter import) export=$(counter export)
	charger --tls off <<-END
		energy_transfer_mode: bidirectional_$kind
		control_modes: [$1]
		bench: yes
		schedule:
		  - after: 0s
		    power: 5 kW
		  - after: 8s
		    power: -5 kW
	END
	sed '/^steps:/,$d' "/evse/scenarios/$kind-bpt-$1.yaml" >"$TMP.scenario"
	cat >>"$TMP.scenario" <<-END
		steps:
		  - loop: 16s
		  - stop
	END
	start_vehicle "$TMP.scenario"
	vehicle_ends "$1"
	check "$1: it comes to rest" until_ms 3000 at_rest
	within "$1: it has charged, mWh" 6000 $(($(counter import) - import)) 13000
	within "$1: and fed the grid, mWh" 6000 $(($(counter export) - export)) 15000
	is "$1: not opened under load" 0 "$(attr counters.loaded-openings)"
	is "$1: the port refused nothing" "" "$(grep 'port: refuses' "$LOG")"
	charger_ends
}

# A pause of the vehicle's, the same session goes on
paused() {
	charger --tls off <<-END
		energy_transfer_mode: bidirectional_$kind
		bench: yes
	END
	start_vehicle "/evse/scenarios/$kind-bpt-dynamic.yaml"
	vehicle_ends "paused"
	check "paused: the same session goes on" seen OK_OldSessionJoined
	charger_ends
}

# The breaker opens while the grid is fed; it closes, and the vehicle comes back.
grid_lost() {
	charger --tls off <<-END
		energy_transfer_mode: bidirectional_$kind
		bench: yes
		schedule:
		  - after: 0s
		    power: -5 kW
	END
	start_vehicle "$(scenario obey)"
	check "grid: it is fed" until_ms 10000 feeding
	sim mains/breaker 0
	check "grid: lost, the contactor opens" until_ms 500 board_off
	check "grid: the fault is named" until_ms 500 fault_is $GRID_LOSS latched 1
	check "grid: the vehicle is told to pause" until_ms 1000 seen "Pause"
	sleep 2
	sim mains/breaker 1
	STEP_MS=500
	check "grid: the vehicle comes back" until_ms 60000 seen OK_OldSessionJoined
	check "grid: and feeds it, once that is allowed" until_ms 900000 feeding
	STEP_MS=20
	kill -TERM $charger
	vehicle_ends "a charger that stops"
	check "a charger that stops: the vehicle is told" seen "Terminate"
	check "a charger that stops: it is gone" until_ms 3000 charger_gone
	check "a charger that stops: nothing is under power" until_ms 3000 at_rest
	is "not opened under load, not even by the trip" 0 "$(attr counters.loaded-openings)"
}

kind=$(supply)
begin
wire
export_soon
session dynamic
session scheduled
paused
grid_lost
finish
