# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034
#
# A charger by "evsectl session run" and a vehicle by evsim, on one interface.

. ./lib.sh
. ./gridlib.sh

LOG=$TMP.log
HANDSHAKE_DENIED=0x12
charger=
vehicle=

address_there() { ip -6 addr show dev dummy0 scope link | grep -v tentative | grep -q inet6; }

# wire: the interface that charger and vehicle share, and the time of the certificates
wire() {
	date -s "@$(cat /evse/pki/made)" >/dev/null
	chmod 600 /evse/pki/*.key
	modprobe dummy 2>/dev/null
	ip link add dummy0 type dummy 2>/dev/null
	ip link set dummy0 up
	check "an interface with an address" until_ms 5000 address_there
}

logged() { grep -qs "$1" "$LOG"; }
# seen PATTERN: the vehicle says so
seen() { grep -q "$1" "$TMP.vehicle"; }

# charger [OPTION]...: one with the configuration on standard input
charger() {
	cat - >"$TMP.yaml"
	printf 'interface: dummy0\nlog: %s\n' "$LOG" >>"$TMP.yaml"
	chmod 600 "$TMP.yaml"
	rm -f "$LOG"
	evsectl -q -p "evse$PORT" session run -c "$TMP.yaml" "$@" >"$TMP.charger" 2>&1 &
	charger=$!
	until_ms 3000 logged "listening" || {
		fail "a charger listens"
		sed 's/^/#   /' "$TMP.charger" "$LOG"
	}
}

charger_gone() { ! kill -0 $charger 2>/dev/null; }

# charger_ends [MS]: in good order
charger_ends() {
	kill -TERM $charger
	check "the charger ends" until_ms "${1:-12000}" charger_gone
	wait $charger
	is "and says so by its exit status" 0 $?
}

# start_vehicle FILE: in the background
start_vehicle() {
	evsim -i dummy0 --sim "$SIM" "$1" >"$TMP.vehicle" 2>&1 &
	vehicle=$!
}

vehicle_done() { ! kill -0 $vehicle 2>/dev/null; }

# vehicle_ends WHAT [MS]: as its scenario says
vehicle_ends() {
	until_ms "${2:-60000}" vehicle_done || kill -KILL $vehicle
	wait $vehicle
	lib_came=$?
	is "$1: the vehicle has seen what it wanted to" 0 $lib_came
	[ $lib_came = 0 ] || {
		tail -n 12 "$TMP.vehicle" | sed 's/^/#   vehicle: /'
		tail -n 12 "$LOG" | sed 's/^/#   charger: /'
	}
}

# scenario NAME [KEY VALUE]...: the file of a scenario, with other values
scenario() {
	lib_from=/evse/scenarios/$1.yaml
	shift
	cp "$lib_from" "$TMP.scenario"
	while [ $# -gt 0 ]; do
		sed -i "s|^  $1:.*|  $1: $2|" "$TMP.scenario"
		shift 2
	done
	echo "$TMP.scenario"
}

# supply: dc or ac, as the configuration has it
supply() { cat "$SYS/supply"; }

# export_soon: the grid guard lets feed the grid as soon as its standard allows; wait
export_soon() {
	profile "$(grid profile)"
	STEP_MS=1000
	check "the grid may be fed" until_ms 900000 export_allowed
	STEP_MS=20
}

export_allowed() { grid_is state normal; }

# Energy in mWh
counter() { attr "counters.energy-$1-mwh"; }

at_rest() { board_off && in_state "${1:-connected}"; }
