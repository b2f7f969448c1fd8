#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sixteen ports: each is its own, and all of them carry power at once.
#
# board: evse-virt-16
. ./lib.sh

all() { # COMMAND... with PORT, SYS and SIM of each
	for n in $ports; do
		PORT=$n SYS=/sys/class/evse/evse$n SIM=/sys/kernel/debug/evse_sim/evse-sim-$n
		"$@" || {
			say "port $n: $*"
			return 1
		}
	done
}

board_of_port() { [ "$(basename "$(readlink -f "$SYS/device")")" = "evse-port-$PORT" ]; }
all_in() { all in_state "$1"; }
serve() { ./evnl port-set id="$PORT" basic=1; }
back() { ./evnl port-set id="$PORT" basic=0; }
half() { ./evnl port-set id="$PORT" max-mw=$((1500000 + PORT * 100000)); }
lift() { ./evnl port-set id="$PORT" max-mw=2147483647; }
has_half() { attr_is max-mw $((1500000 + PORT * 100000)); }
charging() { current_is $((PORT * 430 + 6000)) $((PORT * 435 + 6700)); }

begin
ports=$(seq 0 15)
is "there are sixteen" 16 "$(find /sys/class/evse -name 'evse*' | wc -l)"
is "a dump has them all" 16 "$(./evnl -d port-get | wc -l)"
check "each is the device tree's" all board_of_port
check "all are available" until_ms 2000 all_in available
check "each takes a bound of its own" all half
check "and keeps it" all has_half
check "all serve" all serve
check "all have a vehicle" all plug c
check "all are energised" until_ms 8000 all_in energised
check "each carries what it may" until_ms 6000 all charging
PORT=7 SYS=/sys/class/evse/evse7 SIM=/sys/kernel/debug/evse_sim/evse-sim-7
sim pilot/short 1
check "one trips" until_ms 1000 in_state fault
ports="0 1 2 3 4 5 6 8 9 10 11 12 13 14 15"
check "and the others go on" all_in energised
PORT=7 SYS=/sys/class/evse/evse7 SIM=/sys/kernel/debug/evse_sim/evse-sim-7
sim pilot/short 0
ports=$(seq 0 15)
check "all stop" all back
check "all are open" until_ms 9000 all board_off
check "all are reset" all reset_port
check "all are lifted" all lift
PORT=0 SYS=/sys/class/evse/evse0 SIM=/sys/kernel/debug/evse_sim/evse-sim-0
finish
