# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the tests of the sensors share, besides lib.sh: a guard that trips, one
# that holds, and the way back. For the board sensors.
. ./lib.sh

INSULATION=0x2c EARTH_LOSS=0x2d OVERCURRENT=0x2e DISCHARGE=0x31

guard_state() {
	./evnl port-get id="$PORT" | awk -F= -v name="$1" '
		/^guards.*name=/ { mine = $2 == name } mine && /state/ { print $2 }'
}

guard_is() { [ "$(guard_state "$1")" = "$2" ]; }

zero_energy() { read -r zero <"$SYS/zero_energy" && [ "$zero" = "${1:-1}" ]; }

latched() { fault_is "$1" latched 1; }

# stopped: power has ended, the vehicle asks for more
stopped() {
	stop_and_open && until_ms 8000 zero_energy &&
		until_ms 8000 in_state requesting
}

# trips WHAT GUARD CODE WITHIN_MS: it does, and everything is off
trips() {
	check "$1: latched" until_ms "$4" latched "$3"
	edge=$(fault "$3" edge-ns)
	gates=$(fault "$3" gates-off-ns)
	coil=$(fault "$3" coil-off-ns)
	within "$1: gates off after the edge" 0 "$((gates - edge))" 1000000
	within "$1: coils off after the gates" 0 "$((coil - gates))" 1000000
	check "$1: everything is off" until_ms 100 board_off
	is "$1: the guard says trip" trip "$(guard_state "$2")"
	refused "$1: no clear while the cause stands" EBUSY clear_fault "$3"
	refused "$1: no power" EIO ask energise id="$PORT"
}

# returns WHAT GUARD CODE: after the cause is gone, by a clear alone
returns() {
	check "$1: the cause goes" until_ms 8000 guard_is "$2" permit
	check "$1: stays latched" stays 1000 latched "$3"
	check "$1: cleared" clear_fault "$3"
	until_ms 8000 in_rest
	check "$1: power flows again" charge
}

# holds WHAT GUARD ADC: a channel that says nothing ends power without a fault
holds() {
	for way in error frozen; do
		check "$1, $way: power flows" charge
		sim "adc/$3/fail" "$way"
		check "$1, $way: the guard holds" until_ms 8000 guard_is "$2" hold
		check "$1, $way: the contacts open" until_ms 8000 board_off
		check "$1, $way: without energy" until_ms 8000 zero_energy
		refused "$1, $way: no power" EAGAIN ask energise id="$PORT"
		sim "adc/$3/fail" none
		check "$1, $way: heard again" until_ms 1000 guard_is "$2" permit
		is "$1, $way: no fault" 0 "$(attr fault-count)"
		until_ms 8000 in_rest
	done
}

# flickers WHAT GUARD ADC: a channel that comes and goes does not fill the log
flickers() {
	until_ms 8000 in_rest
	stays 5500 guard_is "$2" permit
	dmesg -c >/dev/null
	for _ in 1 2 3 4 5; do
		sim "adc/$3/fail" error
		check "$1, comes and goes: the guard holds" until_ms 8000 guard_is "$2" hold
		sim "adc/$3/fail" none
		check "$1, comes and goes: heard" until_ms 1000 guard_is "$2" permit
	done
	check "$1, comes and goes: over" until_ms 7000 sh -c \
		"dmesg | grep -q 'channel \"$1\" is heard again'"
	is "$1, comes and goes: the log has two lines of it" 2 \
		"$(dmesg | grep -c "channel \"$1\" is")"
}

# unheard WHAT GUARD ADC CHILD: a channel that fails from the first reading on
unheard() {
	until_ms 8000 in_rest
	driver=$(readlink -f "$SYS/device"/*":$4/driver")
	device=$(basename "$SYS/device"/*":$4")
	echo "$device" >"$driver/unbind"
	sim "adc/$3/fail" error
	dmesg -c >/dev/null
	echo "$device" >"$driver/bind"
	check "$1, never heard: the log says so" until_ms 8000 sh -c \
		"dmesg | grep -q 'channel \"$1\" is silent, reads fail with'"
	is "$1, never heard: the guard holds" hold "$(guard_state "$2")"
	sim "adc/$3/fail" none
	check "$1, never heard: heard after all" until_ms 1000 guard_is "$2" permit
	check "$1, never heard: cleared" until_ms 8000 cleared
}

# fails WHAT CODE VALUE: energise ends in a failed check
fails() {
	asks_on 8000
	ask energise id="$PORT" >/dev/null
	check "$1: latched" until_ms 60000 latched "$2"
	is "$1: says why" "$3" "$(fault "$2" value)"
	check "$1: nothing was closed" board_off
}
