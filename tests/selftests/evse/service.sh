#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A service manager is told what "evsectl session run" does: that vehicles can come, what
# goes on, that it is alive while its loop turns and only then, and that it stops.
#
# board: evse-virt-grid-ac
# worlds: stock-6.1
# modules: dummy
# needs: vehicle
. ./v2glib.sh

told() { grep -qx "$1" "$TMP.told"; }
last_status() { sed -n '/^STATUS=/h; ${x;p}' "$TMP.told"; }
status_is() { [ "$(last_status)" = "STATUS=evse$PORT: $1" ]; }
lives() { grep -cx WATCHDOG=1 "$TMP.told"; }
lives_on() { [ "$before" -lt "$(lives)" ]; }

begin
wire
./manager "$TMP.socket" >"$TMP.told" &
manager=$!
until_ms 2000 test -S "$TMP.socket"
export NOTIFY_SOCKET="$TMP.socket" WATCHDOG_USEC=2000000
charger --tls off <<END
energy_transfer_mode: ac
bench: yes
END
check "ready once it listens" until_ms 1000 told READY=1
is "status" "STATUS=evse$PORT: waits for vehicles on dummy0" "$(last_status)"
before=$(lives)
sleep 6
within "a sign of life each second" 5 $(($(lives) - before)) 8
before=$(lives)
kill -STOP $charger
sleep 4
is "none of one that hangs" "$before" "$(lives)"
kill -CONT $charger
check "told again once it goes on" until_ms 2000 lives_on
check "and has its port again" until_ms 5000 status_is "waits for vehicles on dummy0"

unset NOTIFY_SOCKET
start_vehicle "/evse/scenarios/ac-dynamic.yaml"
check "status with a vehicle" until_ms 5000 status_is "serves a vehicle on dummy0"
vehicle_ends "a vehicle"
check "status behind it" until_ms 5000 status_is "waits for vehicles on dummy0"
check "a fault" ./evnl fault-raise port=$PORT code=0x05
check "status with a fault" until_ms 1000 status_is \
	"waits for vehicles on dummy0; fault 0x05 PLC_FAILURE: evsectl fault show"
check "a fault is cleared" ./evnl fault-clear port=$PORT code=0x05
check "status without it" until_ms 1000 status_is "waits for vehicles on dummy0"
is "it was ready once, and does not stop" 1/0 "$(grep -c READY=1 "$TMP.told")/$(grep -c STOPPING=1 "$TMP.told")"
charger_ends
check "it said that it stops" told STOPPING=1
is "its last status" "STATUS=evse$PORT: stops" "$(last_status)"
kill $manager
finish
