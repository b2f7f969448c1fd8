#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Residual current: the module's line, the measured leakage, and the test before
# each closing.
#
# board: ../tests/selftests/evse/sensors
# slow: yes
# trip-path: yes
# timeout: 600
. ./sensors.sh

LEAKAGE=10

# The module's output falls a moment after the leak has gone.
module_quiet() { [ $(($(sim_state inputs) >> 13 & 1)) = 0 ]; }

begin
hold >/dev/null

check "power flows" charge
sim leakage/ua 4000
check "4 mA do not trip" stays 5000 in_state energised
sim leakage/ua 5200
trips "5.2 mA" ground-fault $GROUND_FAULT 50
sim leakage/ua 0
check "5.2 mA: the cause goes" until_ms 1000 guard_is ground-fault permit
within "5.2 mA: says when it tries again" 890000 "$(fault $GROUND_FAULT retry-in-ms)" 900000
within "5.2 mA: says how often" 1 "$(fault $GROUND_FAULT retries-left)" 4
returns "5.2 mA" ground-fault $GROUND_FAULT

# The module alone, deaf for the leakage that its channel measures
sim inputs/residual_current 1
trips "line" ground-fault $GROUND_FAULT 20
sim inputs/residual_current 0
returns "line" ground-fault $GROUND_FAULT

# The channel alone: the module's limit is too high
sim leakage/limit_ua 1000000
sim leakage/ua 30000
trips "channel" ground-fault $GROUND_FAULT 50
sim leakage/ua 0
sim leakage/limit_ua 5000
returns "channel" ground-fault $GROUND_FAULT
check "stop" stopped

sim leakage/test_fail 1
fails "no answer to the test" $GROUND_FAULT_TEST 4
is "no answer to the test: no leakage is blamed" "" "$(fault $GROUND_FAULT latched)"
is "no answer to the test: no retry" "" "$(fault $GROUND_FAULT_TEST retry-in-ms)"
sim leakage/test_fail 0
check "no answer to the test: cleared" until_ms 1000 cleared
sim line/13/force 0
fails "line stuck at quiet" $GROUND_FAULT_TEST 4
sim line/13/force -1
check "line stuck at quiet: cleared" until_ms 1000 cleared
# The level is there, the edge that would trip is not.
sim line/13/deaf 1
fails "line does not interrupt" $GROUND_FAULT_TEST 4
sim line/13/deaf 0
check "line does not interrupt: cleared" until_ms 1000 cleared
until_ms 3000 in_rest
# The sensor is still being asked when a current begins to leak: the test that
# fails by itself does not hide it.
sim line/13/deaf 1
asks_on 8000
ask energise id="$PORT" >/dev/null
check "a leak in the test: it is under way" until_ms 8000 in_state checking
usleep 300000
sim leakage/ua 30000
check "a leak in the test: the test fails" until_ms 2000 latched $GROUND_FAULT_TEST
check "a leak in the test: the guard trips" until_ms 1000 latched $GROUND_FAULT
refused "a leak in the test: no clear" EBUSY clear_fault $GROUND_FAULT
sim leakage/ua 0
check "a leak in the test: the module is quiet again" until_ms 1000 module_quiet
sim line/13/deaf 0
check "a leak in the test: cleared" until_ms 1000 cleared
until_ms 3000 in_rest
sim line/13/force 1
check "line stuck at fault: latched before the test" until_ms 100 latched $GROUND_FAULT
sim line/13/force -1
check "line stuck at fault: cleared" until_ms 1000 cleared
check "the test passes again" charge
check "stop again" stopped

holds "leakage" ground-fault $LEAKAGE
unheard "leakage" ground-fault $LEAKAGE ground-fault

# A storm: tripped by its first edge, masked, over by itself.
check "storm: power flows" charge
exec 7>"$SIM/line/13/force"
edges=0
while [ $edges -lt 1000 ]; do
	echo 1 >&7
	echo 0 >&7
	edges=$((edges + 2))
done
exec 7>&-
check "storm: latched" until_ms 50 latched $GROUND_FAULT
check "storm: off" until_ms 100 board_off
sim line/13/force -1
check "storm: over by itself" until_ms 5000 guard_is ground-fault permit
is "storm: the log has one line of it" 1 "$(dmesg | grep -c 'fault-gpios: more than')"
returns "storm" ground-fault $GROUND_FAULT
finish
