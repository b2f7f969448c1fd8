#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Overcurrent: a comparator at 100 A, and the curve over 40 A.
#
# worlds: stock
# board: ../tests/selftests/evse/sensors
# timeout: 600
. ./sensors.sh

begin
hold >/dev/null

# Of what flows beside the vehicle's current the board says nothing: it stays
# when the contacts have opened.
flow() {
	charge && ask power-set id="$PORT" request-mw=3200000 >/dev/null &&
		until_ms 3000 current_is 7500 8500
}

# over WHAT EXTRA_MA NOT_BEFORE_MS WITHIN_MS
over() {
	began=$(sim_state time_ns)
	sim current/extra_ma "$2"
	trips "$1" overcurrent $OVERCURRENT "$4"
	within "$1: neither sooner nor later" $(($3 * 1000000)) \
		$(($(fault $OVERCURRENT gates-off-ns) - began)) $(($4 * 1000000))
	sim current/extra_ma 0
	returns "$1" overcurrent $OVERCURRENT
	check "$1: stop" stopped
}

# Warm wires trip sooner.
cool() {
	sleep 61
	check "cooled down, power flows" flow
}

check "power flows" flow
sim current/extra_ma 31000
check "within the rating" stays 3000 in_state energised

# With those 8 A: 52 A are 130 %, 10 s; 66 A are 165 %, 1 s; 90 A are 225 %, 20 ms
over "130 %" 44000 9000 10500
cool
over "165 %" 58000 700 1200
cool
over "225 %" 82000 0 60
cool
# At once; the shell takes the rest.
over "comparator" 95000 0 40

sim adc/4/fail error
check "a current that is not measured: hold" until_ms 1000 guard_is overcurrent hold
refused "a current that is not measured: no power" EAGAIN ask energise id="$PORT"
sim adc/4/fail none
check "heard again" until_ms 1000 guard_is overcurrent permit
finish
