#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sixteen ports: each is its own, and all of them carry power at once.
#
# board: evse-virt-16
# worlds: stock
# slow: yes
. ./lib.sh

# all COMMAND...: on each board, up to the first that fails
all() {
	for n in $boards; do
		on_board "$n"
		"$@" || return 1
	done
}

numbered() { [ -e "$SYS/state" ] && [ "$(attr name)" = "evse$PORT" ]; }
all_in() { all in_state "$1"; }
serve() { ./evnl port-set id="$PORT" basic=1; }
back() { ./evnl port-set id="$PORT" basic=0; }
# 6.5 A and more, a little more on each.
half() { ./evnl port-set id="$PORT" max-mw=$((1500000 + PORT * 100000)); }
lift() { ./evnl port-set id="$PORT" max-mw=2147483647; }
has_half() { attr_is max-mw $((1500000 + PORT * 100000)); }
# The emergency stop of every board, as one wire.
stop_all() { echo "$1" >/sys/kernel/debug/evse_sim/emergency_stop; }
edge() { sed -n 's/^edge_ns //p' "$SIM/latency"; }
same_edge() { [ "$(edge)" = "$moment" ]; }
coils_since() { [ "$(sed -n 's/^coils_ns //p' "$SIM/latency")" -gt "$moment" ]; }
charging() { current_is $((PORT * 430 + 6000)) $((PORT * 435 + 6700)); }

begin
boards=$(seq 0 15)
is "there are sixteen" 16 "$(find /sys/class/evse -name 'evse[0-9]*' | wc -l)"
is "a dump has them all" 16 "$(./evnl -d port-get | wc -l)"
check "each board has one" all numbered
check "all are available" until_ms 2000 all_in available
check "each takes a bound of its own" all half
check "and keeps it" all has_half
check "all serve" all serve
check "all have a vehicle" all plug c
check "all are energised" until_ms 8000 all_in energised
check "each carries what it may" until_ms 6000 all charging
on_board 7
sim pilot/short 1
check "one trips" until_ms 1000 in_state fault
boards="0 1 2 3 4 5 6 8 9 10 11 12 13 14 15"
check "and the others go on" all_in energised
on_board 7
sim pilot/short 0
stop_all 1
check "one wire stops all of these" until_ms 1000 all_in fault
moment=$(edge)
check "in one moment" all same_edge
check "and their coils are off since" all coils_since
stop_all 0
boards=$(seq 0 15)
check "all stop" all back
check "all are open" until_ms 9000 all board_off
check "all are reset" all reset_port
check "all are lifted" all lift
on_board 0
finish
