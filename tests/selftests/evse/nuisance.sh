#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Disturbances that must not trip, each judged by the profile in force, and their
# neighbours that must. What ceases for a moment is told apart from what trips.
#
# board: evse-virt-grid-dc evse-virt-grid-3ph evse-virt-grid-50
# worlds: stock-6.12
# timeout: 900
. ./lib.sh
. ./gridlib.sh

nominal=
profile=

# Power flows, or the guard waits and counts all the same (G99: 20 s are waited for).
carries() {
	feed_back 5000000 25000
}

calm() {
	mains_again
	sim mains/frequency_mhz "$nominal"
	for knob in noise_pulses noise_at jitter_ns distortion_mdeg missing; do
		sim mains/$knob 0
	done
	sim mains/noise_ns 20000
}

# happens WHAT SCRIPT MS WANTED [BACK_MS]: WANTED is flows (nothing is to be noticed),
# ceases (it may, or has to, cease) or trips. All of the power is back so much later.
happens() {
	if ! carries; then
		fail "$1: power flows"
		return
	fi
	trips=$(attr counters.trips)
	blocked=$(sim_state gates_off_ns)
	echo "$2" >"$SIM/mains/script"
	usleep "$3"000
	got=flows
	[ "$(sim_state gates_off_ns)" = "$blocked" ] || got=ceases
	[ "$(attr counters.trips)" = "$trips" ] || got=trips
	say "nuisance $profile: $1: $got $(grid last-trip)"
	case $4/$got in
	flows/flows | ceases/ceases | ceases/flows | trips/trips) pass "$1: $4" ;;
	*)
		fail "$1: $4"
		say "  but it $got, by $(grid last-trip)"
		;;
	esac
	[ $got = trips ] || check "$1: power flows afterwards" until_ms "${5:-500}" exports
	calm
	until_ms 3000 fault_is $GRID_LOSS latched ""
}

# A square wave of voltage: the worst flicker there is, so many steps
flicker() { # LOW HIGH HALF_MS STEPS
	at=0
	while [ $at -lt $(($4 * $3)) ]; do
		printf '%s voltage %s;%s voltage %s;' $at "$1" $((at + $3)) "$2"
		at=$((at + 2 * $3))
	done
	echo "$at voltage 1000"
}

# Droop moves power meanwhile, and takes its time to bring it back.
droop_ms=3000

ramps() { # MHZ_S LOW HIGH
	happens "ramp of $1 mHz/s down and back" \
		"0 rocof_mhz_s $1;0 frequency_mhz $2;2000 frequency_mhz $nominal" 4000 flows $droop_ms
	happens "ramp of $1 mHz/s up and back" \
		"0 rocof_mhz_s $1;0 frequency_mhz $3;2000 frequency_mhz $nominal" 4000 flows $droop_ms
}

# Comparators, waveform and voltage: the same in every profile.
dirt() {
	happens "three pulses of noise at each crossing" \
		"0 noise_pulses 3;2000 noise_pulses 0" 2200 flows
	happens "ten pulses of noise at each crossing" \
		"0 noise_pulses 10;2000 noise_pulses 0" 2200 flows
	happens "a pulse within each half cycle, for a cycle" \
		"0 noise_at 400;0 noise_pulses 1;17 noise_pulses 0;17 noise_at 0" 500 flows
	happens "jitter of 100 us" "0 jitter_ns 100000;2000 jitter_ns 0" 2200 flows
	happens "jitter of 300 us" "0 jitter_ns 300000;2000 jitter_ns 0" 2200 flows
	happens "5 % of a second harmonic" \
		"0 distortion_mdeg 2866;2000 distortion_mdeg 0" 2200 flows
	happens "flicker of 5 % at 8.8 Hz" "$(flicker 950 1000 57 30)" 2000 flows
	happens "flicker of 5 % at 1 Hz" "$(flicker 950 1000 500 6)" 3200 flows
	happens "a half cycle is missing" "0 missing 1" 500 ceases
	happens "two half cycles are missing" "0 missing 2" 500 ceases
	happens "four half cycles are missing" "0 missing 4" 700 ceases
	happens "half cycles are missing twice a second" \
		"0 missing 1;500 missing 1;1000 missing 1;1500 missing 1" 2200 ceases
}

category3() {
	ramps 3000 57100 61700
	for by in 20000 -20000; do
		happens "all phases jump by $by mdeg" "0 phase_mdeg $by" 700 flows
	done
	happens "a ramp, and a jump in it" \
		"0 rocof_mhz_s 3000;0 frequency_mhz 58000;300 phase_mdeg 15000;1500 frequency_mhz $nominal" \
		2800 flows $droop_ms
}

# What droop makes of a jump that it takes for a frequency is not gone in half a second.
single_phase() {
	for by in 60000 -60000 30000; do
		happens "a jump by $by mdeg" "0 phase_mdeg $by" 700 ceases
	done
	for ms in 4 12 20 29 37; do
		happens "a jump by 60000 mdeg, and after $ms ms another one" \
			"0 phase_mdeg -60000;$ms phase_mdeg -120000" 700 ceases
	done
}

three_phases() {
	for by in 60000 -60000; do
		happens "one phase jumps by $by mdeg" "0 mains/1/phase_mdeg $by" 700 ceases
		happens "the first phase jumps by $by mdeg" "0 mains/0/phase_mdeg $by" 700 ceases
	done
	happens "one phase dips to 0.6 for 5 s" "0 mains/1/voltage 600;5000 mains/1/voltage 1000" \
		5200 flows
}

# 1 Hz/s for 0.5 s trips, and neither less of it nor less long.
g99() {
	happens "ramp of 900 mHz/s for 2 s" \
		"0 rocof_mhz_s 900;0 frequency_mhz 48200;2200 frequency_mhz 50000" 4600 flows $droop_ms
	happens "ramp of 900 mHz/s for 1.8 s up" \
		"0 rocof_mhz_s 900;0 frequency_mhz 51600;2200 frequency_mhz 50000" 4600 flows $droop_ms
	happens "ramp of 1500 mHz/s for 0.3 s" \
		"0 rocof_mhz_s 1500;0 frequency_mhz 49550;2000 rocof_mhz_s 500;2000 frequency_mhz 50000" \
		3200 flows $droop_ms
	happens "ramp of 1150 mHz/s for 1 s" \
		"0 rocof_mhz_s 1150;0 frequency_mhz 48850" 1200 trips
	is "by its rate" rocof "$(grid last-trip)"
	happens "ramp of 1150 mHz/s for 1 s up" \
		"0 rocof_mhz_s 1150;0 frequency_mhz 51150" 1200 trips
	is "by its rate" rocof "$(grid last-trip)"
	for by in 20000 -20000 60000 -60000; do
		happens "a jump by $by mdeg" "0 phase_mdeg $by" 1000 ceases
	done
}

in_force() {
	profile=$1
	check "$1" profile "$1"
	check "$1: droop is quick" quick_droop
}

begin
nominal=$(grid nominal-mhz)
phases=$(./evnl grid-get port="$PORT" | grep -c '^voltages-mv')
case $nominal/$phases in
50000/*)
	in_force g99
	dirt
	g99
	;;
*/3)
	in_force ieee1547-cat3
	dirt
	category3
	three_phases
	;;
*)
	in_force ieee1547-cat3
	category3
	single_phase
	stop_and_open
	in_force ieee1547-cat2
	dirt
	ramps 2000 57100 61700
	single_phase
	;;
esac
stop_and_open
let_go
finish
