#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Protective earth: its line, its resistance; and the loop that is hard-wired.
#
# worlds: stock
# board: ../tests/selftests/evse/sensors
# timeout: 600
. ./sensors.sh

begin
hold >/dev/null

check "power flows" charge
sim earth/milliohm 9800
check "9.8 ohm: no trip" stays 2000 in_state energised
sim earth/lost 1
trips "lost" earth $EARTH_LOSS 20
sim earth/lost 0
sim earth/milliohm 300
returns "lost" earth $EARTH_LOSS

# Each of line and channel alone
sim line/19/force 0
trips "line" earth $EARTH_LOSS 20
sim line/19/force -1
returns "line" earth $EARTH_LOSS
sim line/19/force 1
sim earth/milliohm 10200
trips "10.2 ohm" earth $EARTH_LOSS 100
sim earth/milliohm 300
sim line/19/force -1
returns "10.2 ohm" earth $EARTH_LOSS

# A measurement that has lost its sign
sim line/19/force 1
sim earth/milliohm -9800
check "-9.8 ohm: no trip" stays 2000 in_state energised
sim earth/milliohm -10200
trips "-10.2 ohm" earth $EARTH_LOSS 100
sim earth/milliohm 300
sim line/19/force -1
returns "-10.2 ohm" earth $EARTH_LOSS

sim inputs/interlock_loop 0
trips "loop" interlock-loop $EMERGENCY_STOP 20
sim inputs/interlock_loop 1
returns "loop" interlock-loop $EMERGENCY_STOP
check "stop" stopped

holds "earth" earth 12
flickers "earth" earth 12
unheard "earth" earth 12 earth
finish
