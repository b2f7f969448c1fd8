#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every provider is unbound while power flows (I5): off at once, PROVIDER_LOST,
# unready; bound again, cleared, power again.
#
# board: evse-virt-ac evse-virt-dc ../tests/selftests/evse/slow
. ./lib.sh

PORT_DEVICE=/sys/devices/platform/evse-port-0

blocked() { [ "$(($(sim_state outputs) & 7))/$(sim_state gates)" = 0/0 ]; }
driver_of() { basename "$(readlink -f "$1/driver")"; }

lost() { # DEVICE
	dev=$(basename "$1")
	child=${dev#*:}
	driver=/sys/bus/platform/drivers/$(driver_of "$1")
	check "$child: power flows" charge
	# No line shows the referee why this breaks the current.
	sim referee/allow_trip_ms 5000
	echo "$dev" >"$driver/unbind"
	check "$child: coils and gates are off when unbind returns" blocked
	check "$child: and contacts open as soon as they can" until_ms 20 board_off
	check "$child: unready" until_ms 500 in_state unready
	sim referee/allow_trip_ms 0
	is "$child: PROVIDER_LOST" 1 "$(fault $PROVIDER_LOST latched)"
	is "$child: it is waited for" "${child%%.*}" "$(attr waiting-for | sed 's/\..*//')"
	refused "$child: no power" ENODEV ask energise id=0
	refused "$child: no clear" EBUSY clear_fault $PROVIDER_LOST
	check "$child: bound again" sh -c "echo $dev >$driver/bind"
	until_ms 2000 attr_is waiting-for ""
	check "$child: still latched" fault_is $PROVIDER_LOST latched 1
	unplug
	check "$child: cleared" until_ms 3000 cleared
	check "$child: available" until_ms 3000 in_state available
}

# Providers that use the board's lines and channels, and have a driver
left_behind() {
	for provider in "$PORT_DEVICE"/evse-port-0:*; do
		[ ! -e "$provider/driver" ] || echo "${provider##*:}"
	done
}

# Nodes of the port's children that the device tree does not disable.
nodes() {
	count=0
	for node in "$PORT_DEVICE"/of_node/*/; do
		[ -e "$node/compatible" ] || continue
		[ -e "$node/status" ] && ! grep -q '^ok' "$node/status" && continue
		count=$((count + 1))
	done
	echo $count
}

begin
# A kernel that looks for mistakes may keep interrupts off for longer than a bridge can go
# without a step.
[ ! -e /sys/kernel/debug/kmemleak ] || sim current/limit_ma 1000000
hold >/dev/null
count=0
for device in "$PORT_DEVICE"/evse-port-0:*; do
	[ -e "$device/driver" ] || continue
	count=$((count + 1))
	lost "$device"
done
is "every provider was unbound" "$(nodes)" $count
check "which is some" [ $count -gt 0 ]
check "power flows after all that" charge
check "stop" stop_and_open
let_go

# The port itself, and the board under all of them.
hold >/dev/null
check "port: power flows" charge
sim referee/allow_trip_ms 5000
echo evse-port-0 >/sys/bus/platform/drivers/evse-port/unbind
check "port: coils and gates are off when unbind returns" blocked
check "port: and contacts open as soon as they can" until_ms 20 board_off
is "port: gone" no "$([ -e "$SYS" ] && echo yes || echo no)"
refused "port: its owner is told" ENODEV ask session-renew id=0
sim referee/allow_trip_ms 0
sim vehicle/plug 0
echo evse-port-0 >/sys/bus/platform/drivers/evse-port/bind
check "port: back" until_ms 3000 in_state available
let_go
hold >/dev/null
check "port: power flows again" charge
check "port: stop" stop_and_open
let_go

# The board under a port that was bound again: what stands on it goes first.
unplug
echo evse-sim-0 >/sys/bus/platform/drivers/evse-sim/unbind
is "board: nobody is left behind" "" "$(left_behind)"
is "board: PROVIDER_LOST" 1 "$(fault $PROVIDER_LOST latched)"
echo evse-sim-0 >/sys/bus/platform/drivers/evse-sim/bind
# The driver core binds again what it had linked itself; parts of the board are not.
for device in /sys/bus/platform/devices/evse-*; do
	[ -e "$device/driver" ] || echo "${device##*/}" >/sys/bus/platform/drivers_probe
done
check "board: all are back" until_ms 5000 attr_is waiting-for ""
check "board: cleared" until_ms 3000 cleared
hold >/dev/null
check "board: power flows again" charge
check "board: stop" stop_and_open
finish
