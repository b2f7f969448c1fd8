#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Thermometers that share the line of the bus's alert, and have no interrupt of their
# own: the kernel asks the bus who it was, the one with the lowest address
# answers first, and events come long before the next poll.
#
# board: ../tests/selftests/evse/smbus
# worlds: stock
# needs: iio-tools
# modules: i2c_smbus
# timeout: 600
. ./lib.sh
. ./iiolib.sh

CONTROL=/sys/kernel/debug/dynamic_debug/control
# Chips convert every 4 s, and so often they are polled.
SOON_MS=300

# heat MDEG: both places, which stay so
heat() {
	for place in sink cabinet; do
		sim heat/${place}_hold 1
		sim heat/${place}_mc "$1"
	done
}

# Who answered, in order
answered() { dmesg | sed -n 's/.*SMBALERT# from dev \(0x..\),.*/\1/p' | tr '\n' ' '; }

# A line of the board: 0 while a chip pulls
line() {
	in=$(sed -n 's/^inputs //p' "$SIM/state")
	echo $((in >> 23 & 1))
}

line_is() { [ "$(line)" = "$1" ]; }

# alerting N: so many of the two have an alert
alerting() { [ "$(grep -c '0x\(49\|4a\) .* alert 1' "$SIM/chips")" = "$1" ]; }

answers_are() { [ "$(answered | wc -w)" = "$1" ]; }

# alerts LABEL: both chips pull while the bus is stuck; events of one are looked at
alerts() {
	device=$(device "$1")
	watch "$device"
	sim i2c/stuck 1
	heat 90000
	check "$1: both have an alert" until_ms 6000 alerting 2
	check "the line is low" line_is 0
	dmesg -c >/dev/null
	sim i2c/stuck 0
	check "$1: once the bus is free there is an event" until_ms $SOON_MS told_is rising 1
	check "the line is high" until_ms $SOON_MS line_is 1
	# Polls that waited for the bus may be an answer to the second one's alert.
	usleep 500000
	case $(answered) in
	"0x49 " | "0x49 0x4a ") pass "$1: the lowest address answered first, each once" ;;
	*) fail "$1: the lowest address answered first, each once, not '$(answered)'" ;;
	esac

	# What the chips wait for now is that it gets cooler.
	dmesg -c >/dev/null
	heat 60000
	check "$1: each tells of that, too" until_ms 6000 answers_are 2
	usleep ${SOON_MS}000
	check "$1: nobody pulls" line_is 1
	is "$1: and nobody told more" 2 "$(answered | wc -w)"
	is "$1: one event" 1/0 "$(told rising)/$(told falling)"
	unwatch
}

begin
modprobe i2c_smbus 2>/dev/null
[ -e /sys/bus/i2c/drivers/smbus_alert/0-000c ] || {
	skip "SMBus alerts" "this kernel has no i2c-smbus"
	finish
}
echo "module i2c_smbus +p" >$CONTROL
heat 25000
for label in heat-sink cabinet; do
	dir=$(device $label)
	echo 0.25 >"$dir/sampling_frequency"
	echo 1280 >"$dir/events/in_temp_thresh_rising_value"
	echo 80 >"$dir/events/in_temp_thresh_rising_hysteresis"
	echo 1 >"$dir/events/in_temp_thresh_rising_en"
done
usleep 100000
alerts heat-sink
alerts cabinet
for label in heat-sink cabinet; do
	echo 0 >"$(device $label)/events/in_temp_thresh_rising_en"
done
rmmod i2c_smbus
finish
