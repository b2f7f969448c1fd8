#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Boards that no device tree describes: made by a parameter of the simulator's, driven
# by evsectl, and gone with it.
#
# board: none
# worlds: stock-6.12 debug amd64
# load: no
. ./lib.sh

drivers="evse_grid evse_meter evse_pilot evse_interlock"
devices=/sys/bus/platform/devices

# What a device manager does for devices that have no driver.
find_drivers() {
	for device in $devices/evse-*; do
		[ -e "$device" ] || continue
		[ -e "$device/driver" ] || modprobe "$(cat "$device/modalias")" || return 1
	done
}

load() { modprobe evse_sim boards="$1" && find_drivers; }

unload() {
	for module in $drivers evse_sim evse; do
		[ ! -e /sys/module/$module ] || rmmod $module || return 1
	done
}

# All that a board could leave behind, as far as the kernel shows it.
things() {
	ls $devices /sys/kernel/software_nodes /sys/class/pwm /sys/bus/gpio/devices \
		/sys/bus/iio/devices /sys/class/i2c-adapter 2>/dev/null
	[ ! -e /sys/class/evse ] || echo class
	[ ! -e /sys/kernel/debug/evse_sim ] || echo debugfs
}

# ready N: the ports of the boards up to N
ready() {
	for n in $(seq 0 $(($1 - 1))); do
		on_board "$n"
		until_ms 3000 in_state available || return 1
	done
}

ctl() { evsectl -p "evse$PORT" "$@" >/dev/null; }

latched() { ctl fault show EMERGENCY_STOP; }

clear_stop() { ctl fault clear EMERGENCY_STOP; }

echo "KTAP version 1"
trap 'rm -f "$TMP".*' EXIT
modprobe evse_sim
is "no board is made that nobody asked for" "" "$(cd $devices && ls -d evse-* 2>/dev/null)"
is "and no port" "" "$(ls /sys/class/evse 2>/dev/null)"
check "out again" unload
before=$(things)

dmesg -c >/dev/null
no_more() { ! modprobe evse_sim boards=17 2>/dev/null; }
check "seventeen are refused" no_more
check "in a sentence" sh -c "dmesg | grep -q 'evse_sim: boards=17: say 0 to 16\$'"
check "out again" unload
is "with nothing left" "$before" "$(things)"

check "two can be made, and their drivers are found by name" load 2
is "there are two ports" 2 "$(find /sys/class/evse -name 'evse[0-9]*' | wc -l)"
check "both get ready" ready 2
is "each child of a port has a driver" "" "$(for device in $devices/evse-*; do
	[ -e "$device/driver" ] || echo "$device"; done)"
in_use() { ! rmmod evse_sim 2>/dev/null; }
check "the board is in use by its drivers" in_use

on_board 1
check "basic signalling can be turned on" ctl port set basic on
plug c
await energised 6000 "by basic signalling"
check "the rated current flows" until_ms 6000 current_is 30000 32500
is "it is measured" 1 "$(evsectl -p "evse$PORT" meter | grep -c ' 3[0-2]\.[0-9]* A$')"
on_board 0
check "the other board has no part in it" board_off

on_board 0
plug c
await connected 3000
evsectl -p "evse$PORT" session hold >/dev/null 2>&1 &
holder=$!
check "a session is held" until_ms 2000 ctl power 3.68kW
await requesting 3000
check "power is let flow" ctl energise --wait
check "16 A flow" until_ms 6000 current_is 15000 16200
check "of the connector that is locked" grep -q '^locked' "$SYS/lock"
check "it can be stopped" ctl stop --wait
check "the contact opens" until_ms 8000 board_off
await requesting 4000 "again"
check "and started again" ctl energise --wait

# One wire to both.
echo 1 >/sys/kernel/debug/evse_sim/emergency_stop
for n in 0 1; do
	on_board $n
	await fault 1000 "by emergency stop, board $n"
	check "all is off, board $n" until_ms 100 board_off
	check "it is latched, board $n" latched
done
echo 0 >/sys/kernel/debug/evse_sim/emergency_stop
kill "$holder"
wait "$holder" 2>/dev/null
for n in 0 1; do
	on_board $n
	ctl port set basic off
	unplug
	check "it is cleared, board $n" until_ms 3000 clear_stop
	await available 6000 "at the end, board $n"
done
is "the referee saw no violation" 0 "$(violations)"
check "the boards go with their module" unload
is "and leave nothing" "$before" "$(things)"

# Sixteen are too much for a kernel that looks for mistakes.
most=16
[ ! -e /sys/kernel/debug/kmemleak ] || most=3
check "$most can be made" load $most
check "all get ready" ready $most
check "out again" unload
is "with nothing left" "$before" "$(things)"

rounds=0
bad=
while [ $rounds -lt 10 ] && [ -z "$bad" ]; do
	load 2 && ready 2 || bad="not ready"
	unload || bad="$bad not unloaded"
	[ "$(things)" = "$before" ] || bad="$bad left"
	rounds=$((rounds + 1))
done
is "ten times in and out" 10/ "$rounds/$bad"
echo "1..$checks"
[ $failures = 0 ]
