#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The DC link: discharged after every opening, and said so; a fault when not.
#
# worlds: stock
# board: ../tests/selftests/evse/sensors
# timeout: 300
. ./sensors.sh

discharging() { [ $(($(sim_state outputs) >> 6 & 1)) = "$1" ]; }

begin
hold >/dev/null

check "power flows" charge
within "the link is at the battery's voltage" 380000 "$(sim_state dc_link_mv)" 420000
check "not without energy" zero_energy 0
check "the resistor is off" discharging 0
check "stop" stop_and_open
# Until the vehicle asks again, and has its battery at the connector.
check "without energy" until_ms 8000 zero_energy
within "the link is below 60 V" 0 "$(sim_state dc_link_mv)" 60000

until_ms 8000 in_state requesting
sim link/discharge_fails 1
check "power flows again" charge
check "stop, the resistor fails" stop_and_open
check "latched" until_ms 8000 latched $DISCHARGE
check "not without energy" zero_energy 0
refused "no clear while the link is charged" EBUSY clear_fault $DISCHARGE
sim link/discharge_fails 0
check "without energy after all" until_ms 20000 zero_energy
check "cleared" until_ms 1000 cleared
until_ms 8000 in_rest

# A trip is not over before its link is discharged.
until_ms 8000 in_state requesting
check "power flows once more" charge
sim inputs/emergency_stop 1
check "tripped" until_ms 100 board_off
sim inputs/emergency_stop 0
refused "no clear while the link discharges" EBUSY clear_fault $EMERGENCY_STOP
check "cleared when it is" until_ms 8000 clear_fault $EMERGENCY_STOP
check "power flows again in the end" charge
finish
