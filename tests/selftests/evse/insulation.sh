#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Insulation of a DC port: 500 V, so 50 kohm is a fault and 250 kohm a warning;
# the cable check before each closing.
#
# worlds: stock
# board: ../tests/selftests/evse/sensors
# slow: yes
# timeout: 600
. ./sensors.sh

begin
hold >/dev/null

check "power flows" charge
sim insulation/ohm 200000
check "200 kohm: no trip" stays 5000 in_state energised
is "200 kohm: warned" 1 "$(dmesg | grep -c 'insulation resistance is .* below 250000 ohm')"
sim insulation/ohm 51000
check "51 kohm: no trip" stays 5000 in_state energised
sim insulation/ohm 49000
usleep 500000
sim insulation/ohm 60000
check "49 kohm for half a second: no trip" stays 3000 in_state energised
sim insulation/ohm 49000
trips "49 kohm" insulation $INSULATION 2500
sim insulation/ohm 10000000
returns "49 kohm" insulation $INSULATION
check "stop" stopped

sim insulation/dead 1
fails "a monitor that shows one value" $INSULATION 5
sim insulation/dead 0
check "a monitor that shows one value: cleared" until_ms 8000 cleared
check "the cable check passes again" charge
check "stop again" stopped

holds "insulation" insulation 11
unheard "insulation" insulation 11 insulation
finish
