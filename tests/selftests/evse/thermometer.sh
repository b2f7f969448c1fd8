#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The simulated thermometers and fan, judged by the kernel's own drivers of these
# chips: they read what the place has, over its range, and limits that they set move
# ALERT. A defect is an error, or the reading that is said here; never a reading that
# nobody could tell from a good one.
#
# board: ../tests/selftests/evse/thermometers
# worlds: stock-6.12 debug
# modules: lm75 tmp102 tmp117 pwm_fan
# timeout: 600
. ./lib.sh

I2C=

# hwmon ADDRESS: its directory
hwmon() { echo "/sys/bus/i2c/devices/$I2C-00${1#0x}"/hwmon/hwmon*; }

# add NAME ADDRESS
add() {
	echo "$1 $2" >"/sys/bus/i2c/devices/i2c-$I2C/new_device"
	until_ms 1000 test -e "/sys/bus/i2c/devices/$I2C-00${2#0x}/driver"
}

remove() { echo "$1" >"/sys/bus/i2c/devices/i2c-$I2C/delete_device"; }

# mdeg ADDRESS: what the driver says, or its error
mdeg() {
	cat "$(hwmon "$1")/temp1_input" 2>&1 || true
}

# warm PLACE MDEG: it has and keeps this temperature, and all have measured it
warm() {
	[ "$1" = ambient ] || sim "heat/$1_hold" 1
	sim "heat/$1_mc" "$2"
	usleep 600000
}

# reads NAME ADDRESS PLACE MARGIN MDEG...: within the margin of each
reads() {
	name=$1 address=$2 place=$3 margin=$4
	shift 4
	for want in "$@"; do
		warm "$place" "$want"
		within "$name reads $want" $((want - margin)) "$(mdeg "$address")" \
			$((want + margin))
	done
}

# line: 0 while a chip pulls at it
alert() {
	in=$(sed -n 's/^inputs //p' "$SIM/state")
	echo $((in >> 23 & 1))
}

alert_is() { [ "$(alert)" = "$1" ]; }

# errs WHAT ADDRESS KNOB VALUE TEXT: a read is this error, and afterwards right
errs() {
	sim "$3" "$4"
	answer=$(mdeg "$2")
	case $answer in
	*"$5"*) pass "$1: an error" ;;
	*) fail "$1: an error, not '$answer'" ;;
	esac
	sim "$3" 0
	within "$1: right again" 24500 "$(mdeg "$2")" 25500
}

begin
I2C=$(basename "$(ls -d "/sys/bus/platform/devices/evse-sim-0/"i2c-*)")
I2C=${I2C#i2c-}
for module in lm75 tmp102 tmp117 pwm_fan; do modprobe $module 2>/dev/null; done

# --- Readings: to half of the last digit, and what the driver cuts off ---------
check "tmp102 is bound" add tmp102 0x4a
usleep 100000
reads tmp102 0x4a cabinet 63 -55000 -25250 -63 0 63 25000 84937 85000 127937 150000
check "tmp112 is bound" add tmp112 0x49
reads tmp112 0x49 sink 63 -55000 -25250 0 62 25000 85000 127000
check "tmp105 is bound" add tmp105 0x4b
reads tmp105 0x4b inductor 63 -40000 -10125 0 62 25000 85000 125000
check "tmp75 is bound" add tmp75 0x4c
reads tmp75 0x4c ambient 63 -40000 -10125 0 25062 85000 125000
check "lm75 is bound" add lm75 0x4d
reads lm75 0x4d ambient 251 -55000 -10500 0 500 25000 85000 125000
if add tmp117 0x48; then
	iio=$(ls -d "/sys/bus/i2c/devices/$I2C-0048/"iio:device*)
	for want in -55000 -25250 0 8 25000 95000 150000; do
		warm junction $want
		usleep 600000
		within "tmp117 reads $want" $((want - 5)) \
			"$(echo "$(cat "$iio/in_temp_raw") $(cat "$iio/in_temp_scale")" |
				awk '{ printf "%.0f\n", $1 * $2 }')" $((want + 5))
	done
	remove 0x48
else
	remove 0x48
	skip "tmp117 reads" "this kernel has no driver of it"
fi

# --- Limits of the drivers, and the line ---------------------------------------
warm cabinet 25000
warm sink 25000
warm inductor 25000
warm ambient 25000
# What was in interrupt mode meanwhile has been read.
for address in 0x4a 0x49 0x4b 0x4c 0x4d; do mdeg $address >/dev/null; done
check "nobody pulls" until_ms 500 alert_is 1

echo 60000 >"$(hwmon 0x4d)/temp1_max"
echo 55000 >"$(hwmon 0x4d)/temp1_max_hyst"
is "lm75: the limit" 60000 "$(cat "$(hwmon 0x4d)/temp1_max")"
warm ambient 59000
check "lm75: below it nothing" alert_is 1
warm ambient 60000
check "lm75: it pulls" alert_is 0
warm ambient 56000
check "lm75: until it is below the other" alert_is 0
warm ambient 54000
check "lm75: it lets go" alert_is 1
# The ambient air is the other's place as well.
warm ambient 25000

# Interrupt mode, set by this driver: until somebody looks, then the other way
echo 40000 >"$(hwmon 0x4a)/temp1_max"
echo 30000 >"$(hwmon 0x4a)/temp1_max_hyst"
warm cabinet 41000
check "tmp102: it pulls" alert_is 0
warm cabinet 35000
check "tmp102: it still does" alert_is 0
within "tmp102: somebody looks" 34900 "$(mdeg 0x4a)" 35100
check "tmp102: it lets go" alert_is 1
warm cabinet 29000
check "tmp102: it says that it is over" alert_is 0
mdeg 0x4a >/dev/null
check "tmp102: which somebody has seen" alert_is 1

# --- Defects --------------------------------------------------------------------
warm cabinet 25000
mdeg 0x4a >/dev/null
errs "lost arbitration" 0x4a i2c/arbitration -1 "Resource temporarily unavailable"
errs "a stuck bus" 0x4a i2c/stuck 1 "timed out"
errs "a chip that is not there" 0x4a chip/2/nak 1 "No such device or address"
errs "a chip that holds the bus" 0x4a chip/2/stuck 1 "timed out"
within "the others go on" 24900 "$(sim chip/2/nak 1; mdeg 0x49; sim chip/2/nak 0)" 25100
sim i2c/arbitration 2
mdeg 0x4a >/dev/null
mdeg 0x49 >/dev/null
is "two lost transfers are two" 0 "$(cat "$SIM/i2c/arbitration")"
within "two lost transfers: the third is not" 24900 "$(mdeg 0x4a)" 25100

# A wrong bit is a wrong reading: the chips have no checksum. One, and not again.
sim chip/2/noise 16
within "a wrong bit: the sign" -231100 "$(mdeg 0x4a)" -230900
within "a wrong bit: the next one" 152900 "$(mdeg 0x4a)" 153100
sim chip/2/noise 0
within "a wrong bit: gone" 24900 "$(mdeg 0x4a)" 25100
sim chip/2/frozen 1
warm cabinet 70000
within "frozen: says what it said" 24900 "$(mdeg 0x4a)" 25100
sim chip/2/frozen 0
usleep 300000
within "frozen: not any more" 69900 "$(mdeg 0x4a)" 70100
warm cabinet 25000
mdeg 0x4a >/dev/null

# --- The fan ----------------------------------------------------------------------
fan=$(ls -d /sys/bus/platform/devices/evse-fan-0/hwmon/hwmon* 2>/dev/null)
rpm() { cat "$fan/fan1_input"; }
rpm_is() { r=$(rpm) && [ "$r" -ge $(($1 - 60)) ] && [ "$r" -le $(($1 + 60)) ]; }
check "the kernel's driver has the fan" test -n "$fan"
echo 255 >"$fan/pwm1"
check "at full speed" until_ms 10000 rpm_is 1800
echo 128 >"$fan/pwm1"
check "at half" until_ms 10000 rpm_is 900
sim fan/tach_missing 1
check "the tach is gone" until_ms 5000 rpm_is 0
is "the fan is not" 1 "$(($(sed -n 's/^fan_mrpm //p' "$SIM/state") > 800000))"
sim fan/tach_missing 0
check "it is back" until_ms 10000 rpm_is 900
sim fan/blocked 1
check "it is blocked" until_ms 10000 rpm_is 0
sim fan/blocked 0
check "it turns again" until_ms 10000 rpm_is 900
echo 0 >"$fan/pwm1"
check "it is off" until_ms 15000 rpm_is 0

for address in 0x4a 0x49 0x4b 0x4c 0x4d; do remove $address; done
for module in lm75 tmp102 tmp117; do rmmod $module 2>/dev/null; done
echo evse-fan-0 >/sys/bus/platform/drivers/pwm-fan/unbind
rmmod pwm_fan 2>/dev/null
finish
