#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Device trees with a mistake: the probe fails with one clear message, and
# nothing is half registered. One boot for each board of dts/bad.
#
# board: bad/missing-channel bad/missing-line bad/out-of-range bad/rating-missing bad/shared-line bad/sleeping-line bad/stage-on-ac
# load: no
. ./lib.sh

DT=/proc/device-tree
port_dt=$DT/evse-port-0

# Which of them this is, by what is wrong with it: its message, the child that
# the port then waits for, and the ports that there are.
mistake() {
	ports=1 rest=evse0
	if [ ! -e $port_dt/rated-voltage-microvolt ]; then
		what="rating missing" child= ports=0
		message='evse-port-0.*rated-voltage-microvolt is missing'
	elif [ -e $DT/evse-port-1 ]; then
		what="shared line" child=contactor ports=2 rest=evse1
		message='coil-gpios: line of contact "main" is in use already'
	elif [ -e $DT/evse-sim-0/evse,sleeping-lines ]; then
		what="sleeping line" child=contactor
		message='coil-gpios: line of contact "main" can sleep'
	elif [ -e $port_dt/stage ]; then
		what="stage on AC" child=stage
		message='stage: the board has no DC output'
	elif [ -e $port_dt/contactor/close-timeout-ms ]; then
		what="out of range" child=contactor
		message='contactor: close-timeout-ms = 5 is not in 10..1000'
	elif [ ! -e $port_dt/contactor/aux-gpios ]; then
		what="missing line" child=contactor
		message='contactor: coil-gpios and aux-gpios: 1 lines each'
	else
		what="missing channel" child=pilot
		message='pilot: no IIO channel "cp-low"'
	fi
}

load() {
	for module in evse evse_sim evse_interlock evse_pilot evse_meter; do
		modprobe $module || return 1
	done
}

# What drivers said about their devices; not what a good probe says.
complaints() { dmesg | grep -E '(evse|sim|pilot|contactor|lock|meter|stage|grid)[^ ]*: (.*error|.*-gpios|.*no |property|.*is not)'; }

ready() { [ "$(cat /sys/class/evse/evse0/waiting_for)" != "" ]; }

echo "KTAP version 1"
mistake
say "this board: $what"
dmesg -c >/dev/null
check "$what: modules load" load
usleep 300000
count=$(dmesg | grep -c "$message")
within "$what: a message says what is wrong" 1 "$count" 2
if [ "$count" != 1 ]; then
	dmesg | tail -n 20 | sed 's/^/#   /'
fi
is "$what: and says it once" 1 "$count"
is "$what: no other complaint" 1 "$(dmesg -r | grep -c '^<[0-4]>')"
is "$what: ports" "$ports" "$(find /sys/class/evse -name 'evse*' | wc -l)"
if [ -n "$child" ]; then
	is "$what: $rest is unready" unready "$(cat /sys/class/evse/$rest/state)"
	is "$what: it waits for its $child" $child "$(cat /sys/class/evse/$rest/waiting_for)"
	PORT=${rest#evse} SYS=/sys/class/evse/$rest SIM=/sys/kernel/debug/evse_sim/evse-sim-${rest#evse}
	plug c
	hold >/dev/null
	usleep 500000
	refused "$what: $rest gets no power" ENODEV ask energise id="$PORT"
	check "$what: basic signalling does not help" \
		sh -c "./evnl port-set id=$PORT basic=1 >/dev/null; sleep 1; grep -q unready $SYS/state"
	check "$what: nothing is energised" board_off
	let_go
fi
if [ "$ports" = 2 ]; then
	PORT=0 SYS=/sys/class/evse/evse0 SIM=/sys/kernel/debug/evse_sim/evse-sim-0
	plug c
	check "$what: the other port works" until_ms 1000 in_state connected
fi

# Out again: nothing stays behind.
for module in evse_meter evse_pilot evse_interlock evse_sim evse; do
	rmmod $module || fail "$what: rmmod $module"
done
is "$what: no class is left" no "$([ -e /sys/class/evse ] && echo yes || echo no)"
is "$what: no board is left" no "$([ -e /sys/kernel/debug/evse_sim ] && echo yes || echo no)"
echo "1..$checks"
[ $failures = 0 ]
