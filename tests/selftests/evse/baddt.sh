#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Device trees with a mistake: the probe fails with one clear message, and
# nothing is half registered. One boot for each board of dts/bad.
#
# board: bad/channel-name bad/contact-twice bad/grid-passive bad/missing-channel bad/missing-line bad/out-of-range bad/rating-missing bad/shared-line bad/sleeping-line bad/stage-on-ac bad/thermal-kind bad/thermal-name bad/thermal-twice
# load: no
# slow: yes
. ./lib.sh

DT=/proc/device-tree
port_dt=$DT/evse-port-0

# Which of them this is, by what is wrong with it: its message (kernels without
# CONFIG_SYMBOLIC_ERRNAME show numbers), the child that the port then waits for,
# and the ports that there are.
mistake() {
	ports=1
	if [ ! -e $port_dt/rated-voltage-microvolt ]; then
		what="rating missing" child="" ports=0
		message='evse-port-0: error -\(EINVAL\|22\): property rated-voltage-microvolt is missing'
	elif [ -e $DT/evse-port-1 ]; then
		what="shared line" child=contactor ports=2
		message='contactor: error -\(EBUSY\|16\): coil-gpios: line of contact "main" is in use already'
	elif [ -e $DT/evse-sim-0/evse,sleeping-lines ]; then
		what="sleeping line" child=contactor
		message='contactor: error -\(EINVAL\|22\): coil-gpios: line of contact "main" can sleep'
	elif [ -e $port_dt/ground-fault ]; then
		what="channel name" child=ground-fault
		message='ground-fault: error -\(EINVAL\|22\): io-channel-names has no "leakage"'
	elif [ -e $port_dt/grid ]; then
		what="grid passive" child=grid
		message='grid: error -\(EOPNOTSUPP\|95\): profile "vde-ar-n-4105" asks for active detection'
	elif grep -q igtb $port_dt/thermal/io-channel-names 2>/dev/null; then
		what="thermal name" child=thermal
		message='thermal: error -\(EINVAL\|22\): io-channel-names has the unknown igtb: name each sensor by its place, once: igbt, '
	elif grep -q connector-a $port_dt/thermal/io-channel-names 2>/dev/null; then
		what="thermal twice" child=thermal
		message='thermal: error -\(EINVAL\|22\): io-channel-names has a second connector-a: name each sensor by its place, once: igbt, '
	elif [ -e $port_dt/contacts ]; then
		what="contact twice" child=contacts
		message='contacts: error -\(EINVAL\|22\): io-channel-names: "drop-a" is there twice'
	elif [ -e $port_dt/thermal ]; then
		what="thermal kind" child=thermal
		message='thermal: error -\(EINVAL\|22\): IIO channel "igbt" does not measure a temperature'
	elif [ -e $port_dt/stage ]; then
		what="stage on AC" child=stage
		message='stage: error -\(EINVAL\|22\): the board has no DC output'
	elif [ -e $port_dt/contactor/close-timeout-ms ]; then
		what="out of range" child=contactor
		message='contactor: error -\(EINVAL\|22\): close-timeout-ms = 5 is not in 10..1000'
	elif [ ! -e $port_dt/contactor/aux-gpios ]; then
		what="missing line" child=contactor
		message='contactor: error -\(EINVAL\|22\): coil-gpios and aux-gpios: .* each contact'
	else
		what="missing channel" child=pilot
		message='pilot: error -\(ENODEV\|19\): no IIO channel "cp-low"'
	fi
}

load() {
	for module in evse evse_sim evse_interlock evse_pilot evse_meter evse_grid \
		evse_ntc evse_thermal; do
		modprobe $module || return 1
	done
}

# Devices of ports that no driver took.
unbound() {
	for device in /sys/devices/platform/evse-port-* /sys/devices/platform/evse-port-*/evse-port-*:*; do
		[ ! -e "$device/of_node" ] || [ -e "$device/driver" ] || echo "$device"
	done
}

# The port that lacks something; which of two it is depends on who came first.
unready() {
	for n in 0 1; do
		on_board $n
		in_state unready && return
	done
}

echo "KTAP version 1"
mistake
say "this board: $what"
dmesg -c >/dev/null
check "$what: modules load" load
until_ms 3000 sh -c "dmesg | grep -q '$message'"
usleep 300000
count=$(dmesg | grep -c "$message")
within "$what: a message says what is wrong" 1 "$count" 2
if [ "$count" != 1 ]; then
	dmesg | tail -n 20 | sed 's/^/#   /'
fi
is "$what: and says it once" 1 "$count"
# Each driver that fails says why, once; the others say nothing.
is "$what: no other complaint" "$(unbound | wc -l)" "$(dmesg | grep -c 'error -[A-Z0-9]*:')"
is "$what: ports" "$ports" "$(find /sys/class/evse -name 'evse[0-9]*' | wc -l)"
if [ -n "$child" ]; then
	check "$what: the port is unready" unready
	check "$what: its $child has no driver" \
		[ ! -e "/sys/devices/platform/evse-port-$n/evse-port-$n:$child/driver" ]
	check "$what: it waits for one of them" sh -c "
		ls -d /sys/devices/platform/evse-port-$n/evse-port-$n:$(cat "$SYS/waiting_for") >/dev/null"
	plug c
	hold >/dev/null
	usleep 500000
	refused "$what: the port gets no power" ENODEV ask energise id="$PORT"
	check "$what: basic signalling does not help" \
		sh -c "./evnl port-set id=$PORT basic=1 >/dev/null; sleep 1; grep -q unready $SYS/state"
	check "$what: nothing is energised" board_off
	let_go
fi
if [ "$ports" = 2 ]; then
	on_board $((1 - n))
	plug c
	check "$what: the other port works" until_ms 1000 in_state connected
fi

# Out again: nothing stays behind.
for module in evse_thermal evse_ntc evse_grid evse_meter evse_pilot evse_interlock evse_sim \
	evse; do
	rmmod $module || fail "$what: rmmod $module"
done
is "$what: no class is left" no "$([ -e /sys/class/evse ] && echo yes || echo no)"
is "$what: no board is left" no "$([ -e /sys/kernel/debug/evse_sim ] && echo yes || echo no)"
echo "1..$checks"
[ $failures = 0 ]
