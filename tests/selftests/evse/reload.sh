#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modules in and out a hundred times, with a bridge thirty: the ports come back
# with the same numbers, nothing is left over, and no memory is lost.
#
# board: evse-virt-ac ../tests/selftests/evse/slow
# alone: yes
# timeout: 900
# slow: yes
. ./lib.sh

# In the order that the runner loaded them, so that symbols are found.
. /evse/job
modules=
for module in $MODULES; do
	case $module in
	evse* | pwm_evse*) modules="$modules $module" ;;
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

users() { lsmod | awk '/evse/ { print $1 "=" $3 }' | sort | tr '\n' ' '; }

begin
first=$(names)
uses=$(users)
rounds_max=100
./evnl bridge-get port="$PORT" >/dev/null 2>&1 && rounds_max=30
n=0
bad=
while [ $n -lt $rounds_max ]; do
	unload || bad="unload $n"
	[ ! -e /sys/class/evse ] || bad="class left $n"
	[ ! -e /sys/kernel/debug/evse_sim ] || bad="debugfs left $n"
	load || bad="load $n"
	[ "$(names)" = "$first" ] || bad="ports $(names) $n"
	[ -z "$bad" ] || break
	n=$((n + 1))
	# The first rounds fill caches.
	if [ $n = $((rounds_max / 5)) ]; then
		before=$(slab)
	fi
done
is "$rounds_max times out and in" $rounds_max/ "$n/$bad"
within "slab grew by less than 512 kB since the first fifth of them" -100000 $(($(slab) - ${before:-0})) 512
check "ready" until_ms 3000 in_state available
is "no module is used more often than before" "$uses" "$(users)"
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
