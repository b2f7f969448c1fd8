#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modules in and out a hundred times: the ports come back with the same
# numbers, nothing is left over, and no memory is lost.
#
# board: evse-virt-ac
# alone: yes
# timeout: 900
. ./lib.sh

# In the order that the runner loaded them, so that symbols are found.
. /evse/job
modules=
for module in $MODULES; do
	case $module in
	evse*) modules="$modules $module" ;;
	esac
done

unload() {
	rounds=0
	while [ $rounds -lt 6 ]; do
		rounds=$((rounds + 1)) left=
		for module in $modules; do
			[ -d "/sys/module/$module" ] || continue
			rmmod "$module" 2>/dev/null || left="$left $module"
		done
		[ -n "$left" ] || return 0
	done
	say "left: $left"
	return 1
}

load() {
	for module in $modules; do
		modprobe "$module" || return 1
	done
}

slab() { awk '/^Slab:/ { print $2 }' /proc/meminfo; }
names() { find /sys/class/evse/ -name 'evse[0-9]*' -exec basename {} \; | tr '\n' ' '; }

begin
first=$(names)
n=0
bad=
while [ $n -lt 100 ]; do
	unload || bad="unload $n"
	[ ! -e /sys/class/evse ] || bad="class left $n"
	[ ! -e /sys/kernel/debug/evse_sim ] || bad="debugfs left $n"
	load || bad="load $n"
	[ "$(names)" = "$first" ] || bad="ports $(names) $n"
	[ -z "$bad" ] || break
	n=$((n + 1))
	# The first rounds fill caches.
	if [ $n = 20 ]; then
		before=$(slab)
	fi
done
is "a hundred times out and in" 100/ "$n/$bad"
within "slab grew by less than 512 kB in eighty rounds" -100000 $(($(slab) - ${before:-0})) 512
check "ready" until_ms 3000 in_state available
is "no module is stuck" "" "$(lsmod | awk '/^evse/ && $3 > 20')"
hold >/dev/null
check "power flows" charge
refused_unload() { ! rmmod evse 2>/dev/null; }
check "the core is in use by its drivers" refused_unload
check "stop" stop_and_open
let_go

# A driver taken out while power flows is the unbinding of its provider.
hold >/dev/null
check "power flows again" charge
sim referee/allow_trip_ms 5000
check "the contactor's driver is taken out" rmmod evse_interlock
check "everything is off" board_off
is "PROVIDER_LOST" 1 "$(fault $PROVIDER_LOST latched)"
check "it is put back" modprobe evse_interlock
sim referee/allow_trip_ms 0
unplug
check "and cleared" until_ms 3000 cleared
finish
