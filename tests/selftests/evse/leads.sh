#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Active islanding detection through a bridge: the current that it feeds back leads
# where the frequency is high and lags where it is low, as far as the gain says,
# and does neither with a gain of zero. An island is pushed away by that.
#
# board: evse-virt-bridge-dc
# worlds: stock-6.1 stock-6.12
. ./lib.sh
. ./gridlib.sh

MW=8000000

# Mean of what the board measured, millidegree
lead() {
	sum=0
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		sum=$((sum + $(sim_state lead_mdeg)))
		usleep 20000
	done
	echo $((sum / 20))
}

lead_at() { # MILLIHERTZ
	sim mains/frequency_mhz "$1"
	usleep 1500000
	lead
}

# spread: lead at 60.4 Hz before that at 59.6 Hz
spread() {
	high=$(lead_at 60400)
	low=$(lead_at 59600)
	sim mains/frequency_mhz 60000
	usleep 500000
	say "lead $high mdeg at 60.4 Hz, $low mdeg at 59.6 Hz"
	echo $((high - low)) >"$TMP.spread"
}

begin
check "a profile with a short enter service" profile ieee1547-cat3
check "a gain of 10 % a hertz" set_line active pickup=100
check "feeds back" feed_back $MW
spread
# 3.6 degrees for 0.4 Hz, and 0.9 degrees that are always there, both ways
within "it leads and lags" 8000 "$(cat "$TMP.spread")" 10000
check "stop" stop_and_open
until_ms 8000 in_state requesting
is "no current leads" 0 "$(sim_state lead_mdeg)"
check "no gain" set_line active pickup=0
check "feeds back again" feed_back $MW
spread
within "it does neither" -1000 "$(cat "$TMP.spread")" 1000
is "without a fault" 0 "$(attr fault-code)"
stop_and_open
until_ms 8000 in_state requesting
profile ieee1547-cat3
let_go
finish
