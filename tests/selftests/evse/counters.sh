#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Wear counters and energy: they count, and they survive a reload by being saved
# and restored.
#
# board: evse-virt-ac
# alone: yes
. ./lib.sh

all() { ./evnl port-get id=0 | grep '^counters'; }

begin
matings=$(attr counters.matings)
cycles=$(attr counters.cycles)
trips=$(attr counters.trips)
hold >/dev/null
check "power flows" charge
started=$(sim_state time_ns)
energy=$(sim_state energy_mj)
sleep 30
counted=$(attr counters.energy-import-mwh)
elapsed=$((($(sim_state time_ns) - started) / 1000000))
drawn=$((($(sim_state energy_mj) - energy) / 3600))
say "in $elapsed ms: counted $counted mWh, the battery has $drawn mWh more"
within "energy is what the vehicle took, within 10 %" $((drawn * 9 / 10)) "$counted" $((drawn * 12 / 10))
check "stop" stop_and_open
unplug
until_ms 3000 in_state available
is "one mating, one cycle, no trip" "1 1 0" \
	"$(($(attr counters.matings) - matings)) $(($(attr counters.cycles) - cycles)) $(($(attr counters.trips) - trips))"
let_go
before=$(all)
check "save" evsectl counters save "$TMP.counters"

for module in evse_thermal evse_stage evse_grid evse_meter evse_pilot evse_interlock evse_sim evse; do
	rmmod $module || fail "rmmod $module"
done
for module in evse evse_sim evse_interlock evse_pilot evse_meter evse_grid evse_stage evse_thermal; do
	modprobe $module || fail "modprobe $module"
done
check "reloaded" until_ms 3000 in_state available
is "the counters begin anew" 0 "$(attr counters.cycles)"
check "restore" evsectl counters restore "$TMP.counters"
is "all of them are back" "$before" "$(all)"
check "restore again" evsectl counters restore "$TMP.counters"
is "changes nothing" "$before" "$(all)"
plug b
check "they go on counting" until_ms 2000 attr_is counters.matings $((matings + 2))
check "beyond 32 bits" ./evnl counters-set id=0 counters.energy-import-mwh=9000000000000
is "is kept" 9000000000000 "$(attr counters.energy-import-mwh)"
finish
