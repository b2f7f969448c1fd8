# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the tests share in which a charger gets warm by its own load: where they
# begin, the fan as the kernel drives it, what the thermal guard makes of it.
# Sourced in place of lib.sh.
. ./lib.sh

FAN=
ZONE=
# Where the fan begins to blow, and where it blows with all there is
AIR=
STORM=
# Of the rating of 20 kW, 40 A at the battery's 400 V
FULL_MW=16000000

mc() { cat "$SIM/heat/$1_mc"; }

# sensor NAME ATTRIBUTE: of the netlink dump
sensor() {
	./evnl thermal-get port="$PORT" sensor="$1" 2>/dev/null | tr ' ' '\n' | sed -n "s/^$2=//p"
}

sensor_is() { [ "$(sensor "$1" "$2")" = "$3" ]; }

hotter_than() { [ "$(sensor "$1" temp-mc)" -ge "$2" ]; }

# limited_by WHO MILLIWATT
limited_by() { attr_is limiter "$1" && attr_is effective-mw "$2"; }

# settle AMBIENT JUNCTION SINK CABINET INDUCTOR PINS: as if it had been so for long. No
# sensor has seen a rise when this ends, and nothing is held any more.
settle() {
	sim heat/ambient_mc "$1"
	for place in junction:"$2" sink:"$3" cabinet:"$4" inductor:"$5" pin_a:"$6" pin_b:"$6"; do
		sim "heat/${place%:*}_mc" "${place#*:}"
		sim "heat/${place%:*}_hold" 1
	done
	# As many rounds as a rate of rise is made of, and some
	sleep 70
	for place in junction sink cabinet inductor pin_a pin_b; do
		sim "heat/${place}_hold" 0
	done
}

full() { # the current is full, either way
	ma=$(sim_state current_ma)
	[ "${ma#-}" -ge 38000 ]
}

# load [MW]: it flows
load() {
	plug c
	[ -n "$holder" ] || hold >/dev/null || return 1
	ask power-set id="$PORT" request-mw="${1:-$FULL_MW}" >/dev/null || return 1
	asks_on 5000 || return 1
	energise || return 1
	until_ms 8000 full
}

# fan_begin: the kernel's driver has the fan, and the thermal zone has that
fan_begin() {
	modprobe pwm_fan 2>/dev/null
	FAN=$(ls -d /sys/bus/platform/devices/evse-fan-0/hwmon/hwmon*)
	for ZONE in /sys/class/thermal/thermal_zone*; do
		[ "$(cat "$ZONE/type")" != sink0-thermal ] || break
	done
	AIR=$(trip_point_at 45000)
	STORM=$(trip_point_at 65000)
	check "the kernel's fan is in the thermal zone" test -e "$FAN/pwm1" -a -e "$ZONE/cdev1"
}

fan_end() {
	echo evse-fan-0 >/sys/bus/platform/drivers/pwm-fan/unbind
	rmmod pwm_fan 2>/dev/null
}

fan_duty() { cat "$FAN/pwm1"; }

fan_duty_is() { [ "$(fan_duty)" = "$1" ]; }

fan_rpm() { cat "$FAN/fan1_input"; }

# fan_turns RPM: to what the driver counts in a second
fan_turns() {
	rpm=$(fan_rpm)
	[ "$rpm" -ge $(($1 - 60)) ] && [ "$rpm" -le $(($1 + 60)) ]
}

# trip_point_at MDEG: the file of the trip point that has this temperature: their order
# is not that of the device tree.
trip_point_at() { grep -l "^$1\$" "$ZONE"/trip_point_*_temp; }
