#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The heat of the simulated board under a real load: where it settles, what a worn
# contact, a fan that stands and secondary cooling do to it, what the channels of the
# connector's pins show. Each begins near to where it leads: figures of an hour and
# more are those of the KUnit suite.
#
# board: ../tests/selftests/evse/thermometers
# worlds: stock-6.12
# modules: pwm_fan
# timeout: 900
. ./lib.sh

mc() { cat "$SIM/heat/$1_mc"; }

# channel N: what the board's IIO device measures
channel() { cat /sys/bus/iio/devices/iio:device*/"$1"; }

# rest JUNCTION SINK CABINET INDUCTOR: as if it had been so for long
rest() {
	sim heat/junction_mc "$1"
	sim heat/sink_mc "$2"
	sim heat/cabinet_mc "$3"
	sim heat/inductor_mc "$4"
}

# stays_so WHAT JUNCTION SINK CABINET INDUCTOR: a minute later it still is
stays_so() {
	sleep 60
	within "$1: junction" $(($2 - 100)) "$(mc junction)" $(($2 + 100))
	within "$1: sink" $(($3 - 100)) "$(mc sink)" $(($3 + 100))
	within "$1: cabinet" $(($4 - 100)) "$(mc cabinet)" $(($4 + 100))
	within "$1: inductor" $(($5 - 100)) "$(mc inductor)" $(($5 + 100))
}

power() {
	ask power-set id="$PORT" request-mw="$1" >/dev/null
	until_ms 6000 current_is "$2" "$3"
}

begin
modprobe pwm_fan 2>/dev/null
fan=$(ls -d /sys/bus/platform/devices/evse-fan-0/hwmon/hwmon*)
echo 255 >"$fan/pwm1"
check "power flows" charge
check "16 kW" power 16000000 39900 40100
sleep 5

# --- Where it settles ----------------------------------------------------------------
sim heat/pin_a_mc 55000
sim heat/pin_b_mc 25000
rest 80000 65000 50000 82000
stays_so "at rest" 80000 65000 50000 82000
within "pin A stays" 54900 "$(mc pin_a)" 55100
# 30 degrees in the end, of which a time constant of 420 s makes 4.0 in 60 s
within "pin B gets warmer" 28800 "$(mc pin_b)" 29300
is "the ambient air stays" 25000 "$(mc ambient)"
# 2978 ohm at 55 degrees
within "NTC of pin A" 754 "$(channel in_voltage13_input)" 761
within "drop across contact A" 7960 "$(channel in_voltage15_raw)" 8040

# --- A worn contact: 75 degrees above ambient in the end ------------------------------
sim pin/1/contact_uohm 2000
sim heat/pin_b_mc 80000
within "drop across contact B" 79600 "$(channel in_voltage16_raw)" 80400
sleep 120
within "a worn contact gets warmer" 84800 "$(mc pin_b)" 85150
within "the other does not" 54900 "$(mc pin_a)" 55100
within "NTC of the warm pin" 318 "$(channel in_voltage14_input)" 328
sim pin/1/ntc open
is "an open NTC" 3300 "$(channel in_voltage14_input)"
sim pin/1/ntc short
is "a shorted NTC" 0 "$(channel in_voltage14_input)"
sim pin/1/ntc none
sim pin/1/contact_uohm 200

# --- The fan stands --------------------------------------------------------------------
rest 80000 65000 50000 82000
sim fan/blocked 1
sleep 120
# 175 W too much for the sink's 6.5 kJ/K
within "the fan blocked: the junction gets warmer" 82000 "$(mc junction)" 83200
check "half the power" power 8000000 19900 20100
rest 82925 76675 41268 49268
stays_so "half the power" 82925 76675 41268 49268
sim heat/ambient_mc 40000
rest 97925 91675 56268 64268
stays_so "on a warm day" 97925 91675 56268 64268
sim fan/blocked 0
sleep 120
within "with the fan it cools down" 93500 "$(mc junction)" 96000

# --- Held, and back to the beginning ---------------------------------------------------
sim heat/cabinet_hold 1
sim heat/cabinet_mc 90000
sleep 60
is "what is held stays" 90000 "$(mc cabinet)"
check "stop" stop_and_open
sim clear 1
is "clear is cold" "25000 25000" "$(mc cabinet) $(mc junction)"
sim heat/sink_mc 60000
sleep 120
check "what is warm cools down" test "$(mc sink)" -lt 57500
echo 0 >"$fan/pwm1"
echo evse-fan-0 >/sys/bus/platform/drivers/pwm-fan/unbind
rmmod pwm_fan 2>/dev/null
finish
