#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The thermometers' driver on chips that this project has not written the model of:
# two TMP105 of QEMU's. What it reads, and events, by the ALERT line of one and
# without a line of the other.
#
# board: none
# worlds: imx aspeed
# icount: no
# needs: iio-tools
# timeout: 900
. ./lib.sh
. ./iiolib.sh

# Looking takes processes, and here time is the host's.
STEP_MS=100
# Many times what the driver takes to see a temperature that it polls for: the machine
# under this one may be busy.
SOON_MS=10000
# Long enough for several conversions, and for interrupts that nobody wanted.
WHILE_MS=1500

# mdeg DIRECTORY: what it reads, thousandths of a degree
mdeg() {
	echo "$(cat "$1/in_temp_raw") $(cat "$1/in_temp_scale")" |
		awk 'NF == 2 { printf "%.0f\n", $1 * $2 }'
}

# near WHAT DIRECTORY MDEG: 12 bits, of which the model drops the rest, downwards
near() { within "$1" $(($3 - 63)) "$(mdeg "$2")" $(($3 + 4)); }

# threshold DIRECTORY DIRECTION MDEG HYSTERESIS_MDEG: enabled, in the chip's units
threshold() {
	unit=$(cat "$1/in_temp_scale")
	events=$1/events/in_temp_thresh_$2
	echo "$4 $unit" | awk '{ printf "%.0f\n", $1 / $2 }' >"${events}_hysteresis" &&
		echo "$3 $unit" | awk '{ printf "%.0f\n", $1 / $2 }' >"${events}_value" &&
		echo 1 >"${events}_en"
}

# no_threshold DIRECTORY DIRECTION
no_threshold() { echo 0 >"$1/events/in_temp_thresh_$2_en"; }

# Interrupts of the line that the runner wired ALERT to
interrupts() { awk '$NF == "0-0048" { for (i = 2; i < NF - 3; i++) sum += $i } END { print sum + 0 }' /proc/interrupts; }

# crosses NAME DIRECTORY: events of a rising threshold and of a falling one
crosses() {
	outside set "$1" temperature 60000
	watch "$2" $SOON_MS
	check "$1: a rising threshold is set" threshold "$2" rising 85000 5000
	outside set "$1" temperature 84900
	check "$1: below it there is no event" stays $WHILE_MS told_is rising 0
	outside set "$1" temperature 85100
	check "$1: above it there is one" until_ms $SOON_MS told_is rising 1
	outside set "$1" temperature 90000
	check "$1: and no other further up" stays $WHILE_MS told_is rising 1
	outside set "$1" temperature 81000
	usleep ${WHILE_MS}000
	outside set "$1" temperature 86000
	check "$1: nor within the hysteresis" stays $WHILE_MS told_is rising 1
	outside set "$1" temperature 79000
	usleep ${WHILE_MS}000
	outside set "$1" temperature 85500
	check "$1: another after that" until_ms $SOON_MS told_is rising 2
	check "$1: disabled" no_threshold "$2" rising
	outside set "$1" temperature 20000
	usleep ${WHILE_MS}000
	outside set "$1" temperature 99000
	check "$1: it is silent" stays $WHILE_MS told_is rising 2

	check "$1: a falling threshold is set" threshold "$2" falling -10500 2000
	check "$1: above it there is no event" stays $WHILE_MS told_is falling 0
	outside set "$1" temperature -10600
	check "$1: below it there is one" until_ms $SOON_MS told_is falling 1
	outside set "$1" temperature -8000
	usleep ${WHILE_MS}000
	outside set "$1" temperature -30000
	check "$1: and another" until_ms $SOON_MS told_is falling 2
	check "$1: disabled, too" no_threshold "$2" falling
	is "$1: no event was of the other direction" 2/2 "$(told rising)/$(told falling)"
	unwatch
}

# What the driver said of a chip, by its address
said() { dmesg | grep "evse-tmp1xx 0-00$1"; }

echo "KTAP version 1"
trap 'rm -f "$TMP".*' EXIT
wired=$(device wired)
polled=$(device polled)
check "both chips are there" [ -n "$wired" -a -n "$polled" ]
is "by their name" "tmp105 tmp105" "$(cat "$wired/name") $(cat "$polled/name")"

for mdeg in -55000 -40062 -25500 -12340 -1000 -63 0 63 500 999 25000 64063 85500 99937 \
	126900; do
	check "outside: $mdeg" outside set polled temperature $mdeg
	near "reads $mdeg" "$polled" $mdeg
done
outside set wired temperature 30000
near "each has its own temperature: wired" "$wired" 30000
near "and polled" "$polled" 126900

outside set polled temperature -60000
case $(cat "$polled/in_temp_raw" 2>&1) in
*"out of range"*) pass "what the chip cannot tell is an error" ;;
*) fail "what the chip cannot tell is an error" ;;
esac
outside set polled temperature 21000
near "after which it reads again" "$polled" 21000

iio_info >"$TMP.info" 2>&1
is "iio_info shows both" 2 "$(grep -c 'iio:device.*tmp105 (label: \(wired\|polled\))' "$TMP.info")"
check "and a temperature" grep -q "raw value: 336\$" "$TMP.info"

before=$(interrupts)
crosses wired "$wired"
after=$(interrupts)
within "one for each thing to see, not many" 6 $((after - before)) 200
check "the driver says that the other has none" [ -n "$(said 49 | grep 'no interrupt')" ]
check "and of that one alone" [ -z "$(said 48 | grep 'no interrupt')" ]
crosses polled "$polled"

# One comparison can not wait for both: the driver looks itself, then.
outside set wired temperature 20000
watch "$wired" $SOON_MS
check "both thresholds at once" threshold "$wired" rising 85000 1000
check "are set" threshold "$wired" falling -20000 1000
outside set wired temperature 86000
check "the upper one is told" until_ms $SOON_MS told_is rising 1
outside set wired temperature -21000
check "and the lower one" until_ms $SOON_MS told_is falling 1
is "each once" 1/1 "$(told rising)/$(told falling)"
no_threshold "$wired" rising
no_threshold "$wired" falling
unwatch

for value in 2048 -2049 -900; do
	(echo $value >"$wired/events/in_temp_thresh_rising_value") 2>/dev/null
	check "a threshold of $value units is refused" [ $? != 0 ]
done

# Nobody answers there.
echo tmp105-alert 0x4a >/sys/bus/i2c/devices/i2c-0/new_device
check "a chip that is not there is not taken for one" \
	[ ! -e /sys/bus/i2c/devices/0-004a/driver ]
check "and it says what to check" [ -n "$(said 4a | grep 'check address and wiring')" ]
echo 0x4a >/sys/bus/i2c/devices/i2c-0/delete_device

echo 0-0048 >/sys/bus/i2c/drivers/evse-tmp1xx/unbind
check "unbound, it is gone" [ -z "$(device wired)" ]
echo 0-0048 >/sys/bus/i2c/drivers/evse-tmp1xx/bind
outside set wired temperature 47000
near "bound again, it reads" "$(device wired)" 47000

echo "1..$checks"
[ $failures = 0 ]
