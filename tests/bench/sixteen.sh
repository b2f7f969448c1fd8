#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# In the guest with sixteen ports described and nothing loaded: time until they
# are ready, and memory. Prints name, value, unit.

figure() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }
uptime_ms() { awk '{ printf "%d", $1 * 1000 }' /proc/uptime; }

# Kernel memory that ports are made of, bytes.
memory() {
	awk '/^(Slab|KernelStack|Percpu):/ { kb += $2 } END { print kb * 1024 }' /proc/meminfo
}

ready() {
	for file in /sys/class/evse/evse*/waiting_for; do
		[ "$(cat "$file")" = none ] || return 1
	done
}

# The kernel's own modules are not ours to count.
for module in industrialio gpiolib iio; do
	modprobe $module 2>/dev/null
done

start=$(uptime_ms)
before=$(memory)
modprobe evse
ports=$(memory)
modprobe evse_sim
boards=$(memory)
for module in evse_interlock evse_pilot evse_meter; do
	modprobe $module
done
until ready; do
	usleep 1000
done
end=$(uptime_ms)
after=$(memory)

count=$(find /sys/class/evse -name 'evse[0-9]*' | wc -l)
[ "$count" = 16 ] || {
	echo "sixteen: there are $count ports" >&2
	exit 1
}
size=0
for module in evse evse_interlock evse_pilot evse_meter; do
	size=$((size + $(cat /sys/module/$module/coresize)))
done

figure boards16.probe.ms $((end - start)) ms
# With its providers, without the simulated board.
figure port.memory.bytes $(((ports - before + after - boards) / 16)) bytes
figure modules.memory.bytes $size bytes
