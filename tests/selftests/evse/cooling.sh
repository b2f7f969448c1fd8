#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A charger that gets warm by its own load is cooled by the kernel's own drivers: the fan
# by the heat sink's thermal zone, secondary cooling by that of the rate of rise. The guard
# leaves what rises too fast to secondary cooling for two minutes; then it takes power.
#
# board: ../tests/selftests/evse/cooling
# worlds: stock-6.12
# needs: iio-tools
# modules: pwm_fan gpio_fan
# timeout: 3600
. ./heatlib.sh

STEP_MS=500

# shown CHIP LABEL: its input, by lm-sensors, in whole units
shown() {
	sensors -u "$1" | awk -v label="$2:" '
		$0 == label { here = 1 }
		here && /_input:/ { printf "%.0f\n", $2; exit }'
}

zone_above() { [ "$(cat "$ZONE/temp")" -ge "$1" ]; }

# cooling 0|1: secondary cooling is off or on, to the driver and on its line, which is 25
cooling() {
	[ "$(cat "$PUMP/fan1_input")" = $(($1 * 1000)) ] &&
		[ $(($(sim_state outputs) >> 25 & 1)) = "$1" ]
}

seconds() { cut -d. -f1 /proc/uptime; }

begin
fan_begin
modprobe gpio_fan 2>/dev/null
PUMP=$(ls -d /sys/bus/platform/devices/evse-cooling-0/hwmon/hwmon*)
check "secondary cooling is a device of the kernel's, and off" cooling 0

# --- The fan follows the trip points of the zone as the heat sink gets warm -------------
settle 25000 58000 43500 35000 50000 40000
check "below 45 degrees the fan stands" stays 3000 fan_duty_is 0
check "16 kW" load
is "it stands at first" 0 "$(fan_rpm)"
check "the heat sink gets to 45 degrees" until_ms 120000 zone_above 45000
check "the fan begins" until_ms 3000 fan_duty_is 51
check "and does not stay at that" until_ms 20000 fan_duty_is 153
check "its speed follows" until_ms 8000 fan_turns 1080
check "no more than that below 65 degrees" stays 20000 fan_duty_is 153
within "sensors shows its speed" 1020 "$(shown 'pwmfan-*' fan1)" 1140
is "as the fan has it" 1 "$(($(sim_state fan_mrpm) > 1020000 && $(sim_state fan_mrpm) < 1140000))"
pin=$(($(mc pin_a) / 1000))
within "and the temperature of the connector" $((pin - 1)) \
	"$(shown 'evse_thermal-*' connector_temp)" $((pin + 2))

# What is written to a trip point counts from then on.
near=$(($(cat "$ZONE/temp") + 200))
echo $near >"$STORM"
check "a trip point half way is not yet reached" stays 2000 fan_duty_is 153
check "the heat sink gets there" until_ms 60000 zone_above $near
check "and the fan does all it can" until_ms 30000 fan_duty_is 255
check "at full speed" until_ms 8000 fan_turns 1800
within "not before" $near "$(cat "$ZONE/temp")" $((near + 1000))
# The kernel's governor takes air away while a temperature falls, and not sooner.
check "stopped" stop_and_open
echo 65000 >"$STORM"
check "the trip point as it was: less air" until_ms 120000 fan_duty_is 102
check "its speed follows down" until_ms 8000 fan_turns 720
within "the heat sink is above 45 degrees" 45000 "$(cat "$ZONE/temp")" 55000
echo 60000 >"$AIR"
check "the other one higher: none" until_ms 60000 fan_duty_is 0
check "it stands" until_ms 15000 fan_turns 0
echo 45000 >"$AIR"

# --- What rises too fast is left to secondary cooling ------------------------------------
# The rating's 20 kW are 40 A at this voltage.
sim vehicle/battery_mv 500000
settle 25000 55000 55000 45000 70000 45000
check "20 kW" load 20000000
check "the junction rises too fast" until_ms 60000 sensor_is igbt state rising
began=$(seconds)
check "secondary cooling begins" until_ms 3000 cooling 1
check "no power is taken for it" limited_by "" 20000000
lib_left=0
while sensor_is igbt state rising && [ $lib_left -lt 200 ]; do
	limited_by "" 20000000 || lib_left=1000
	sleep 2
done
is "nor as long as it rises" 0 "$lib_left"
took=$(($(seconds) - began))
say "it rose too fast for $took s"
within "which is less than two minutes" 30 "$took" 118
check "secondary cooling ends" until_ms 300000 cooling 0
check "stopped" stop_and_open

# --- Neither the fan nor secondary cooling helps -------------------------------------------
sim fan/blocked 1
sim cooling/works 0
settle 25000 45000 45000 35000 50000 45000
check "20 kW without air" load 20000000
check "the junction rises too fast, without air" until_ms 60000 sensor_is igbt state rising
began=$(seconds)
check "secondary cooling is asked for" until_ms 3000 cooling 1
check "for a long time no power is taken" stays 110000 limited_by "" 20000000
check "then a tenth is" until_ms 15000 limited_by thermal-igbt 18000000
within "after two minutes" 118 "$(($(seconds) - began))" 126
check "and is all that is" until_ms 1000 current_is 35900 36100
check "until it rises less" until_ms 120000 limited_by "" 20000000
within "which it does" -5000 "$(sensor igbt slope-mc-min)" 2500
is "nothing else came of it" normal "$(sensor igbt state)"
check "stopped" stop_and_open
sim vehicle/battery_mv 400000
let_go
echo evse-cooling-0 >/sys/bus/platform/drivers/gpio-fan/unbind
rmmod gpio_fan 2>/dev/null
fan_end
finish
