#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Thermal zones that read a thermometer and an NTC without a guard: a sensor that has
# no reading leaves their cooling as it is, and neither fills the log nor has its zone
# given up.
#
# A kernel with i2c-smbus built in has the line of the bus's alert for good, and with it
# the simulated board, which then cannot be unloaded: not on debug kernels.
#
# board: ../tests/selftests/evse/smbus
# worlds: stock
# timeout: 1200
# slow: yes
. ./lib.sh

# Longer than the kernel tries to read a zone again whose error is another one
PATIENCE_US=400000000

# zone TYPE: its directory
zone() {
	for candidate in /sys/class/thermal/thermal_zone*; do
		[ "$(cat "$candidate/type")" != "$1" ] || echo "$candidate"
	done
}

# reads ZONE MDEG
reads() {
	mc=$(cat "$1/temp" 2>/dev/null)
	[ "${mc:-x}" -ge $(($2 - 500)) ] 2>/dev/null && [ "$mc" -le $(($2 + 500)) ]
}

# warm PLACE MDEG
warm() {
	sim "heat/$1_hold" 1
	sim "heat/$1_mc" "$2"
}

# told TEXT: how often the kernel's log has it
told() { dmesg | grep -c "$1"; }

# lost WHAT ZONE SENSOR KNOB FAILURE NONE MDEG: while the sensor has this failure, and
# when it has none any more
lost() {
	sim "$4" "$5"
	usleep 5000000
	is "$1: no temperature" "" "$(cat "$2/temp" 2>/dev/null)"
	is "$1: said once" 1 "$(told "$3: no reading")"
	is "$1: and not by the kernel, ever again" 0 \
		"$(told 'failed to read out thermal zone\|Temperature check failed')"
	usleep $PATIENCE_US
	is "$1: nobody gave the zone up" enabled "$(cat "$2/mode")"
	is "$1: still said once" 1 "$(told "$3: no reading")"
	sim "$4" "$6"
	check "$1: it reads again" until_ms 3000 reads "$2" "$7"
	is "$1: which is said, too" 1 "$(told "$3: readings again")"
}

begin
junction=$(zone junction-thermal)
pin=$(zone pin-thermal)
warm junction 40000
warm pin_a 47000
check "a zone reads the junction" until_ms 3000 reads "$junction" 40000
check "another the pin" until_ms 3000 reads "$pin" 47000
lost "a chip that does not answer" "$junction" 0-0048 chip/0/nak 1 0 40000
lost "a broken wire" "$pin" evse-ntc-0a pin/0/ntc open none 47000
finish
