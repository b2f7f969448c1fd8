#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Frequency droop and volt-watt: what a step of the mains makes of the power, how
# soon, who is named for it, and what they never do: more than another limiter
# allows, anything after a trip, anything before service is entered.
#
# board: evse-virt-grid-dc evse-virt-grid-ac
# worlds: stock-6.12
# timeout: 900
. ./lib.sh
. ./gridlib.sh

TRACE=/sys/kernel/tracing
EVENT=$TRACE/events/evse/evse_power/enable

# power LOW HIGH: the effective one
power() {
	mw=$(attr effective-mw)
	[ "$mw" -ge "$1" ] && [ "$mw" -le "$2" ]
}

near() { power $(($1 - 50000)) $(($1 + 50000)); }

near_by() { near "$1" && attr_is limiter "$2"; }

# settles WHAT MW LIMITER [MS]
settles() {
	check "$1: $2 mW${3:+ by $3}" until_ms "${4:-5000}" near_by "$2" "$3"
}

hertz() { sim mains/frequency_mhz "$1"; }

FREE=-2147483648/2147483647

# --- how soon --------------------------------------------------------------------

# A step, in the trace beside the power that follows from it
traced_step() {
	echo mono >$TRACE/trace_clock
	echo >$TRACE/trace
	echo 1 >$EVENT
	echo step >$TRACE/trace_marker
	echo "$1" >"$SIM/mains/frequency_mhz"
	usleep "$2"000
	echo 0 >$EVENT
}

# reached MW: us from the step until the power is MW or above
reached() {
	sed 's/^.*\] [^ ]* *//' $TRACE/trace | awk -v want="$1" '
		/: step/ { from = $1 + 0 }
		/effective/ && from && !done {
			if ($(NF - 1) + 0 >= want) {
				done = 1
				printf "%d\n", ($1 - from) * 1000000 + 0.5
			}
		}'
}

# respond RESPONSE_MS: from -5 kW to -1 kW, 90 % of it no later than that
respond() {
	stop_and_open
	check "respond in $1 ms: is set" set_line droop pickup=1 time-ms="$1"
	check "respond in $1 ms: power flows back" feed_back 5000000
	if [ ! -e $EVENT ]; then
		skip "respond in $1 ms: how soon" "no tracepoints here"
		return
	fi
	usleep 400000
	traced_step 60636 $(($1 * 2))
	first=$(reached -4999999)
	most=$(reached -1400000)
	say "droop $1 ms: first change after $first us, 90 % after $most us"
	# Five half cycles, in which a step is told from a jump, and the period of the
	# guard; 2 cycles of time accuracy
	within "respond in $1 ms: the first change" 1 "$first" $((41667 + 12000 + $1 * 5))
	within "respond in $1 ms: 90 % of it" $(($1 * 700)) "$most" $(($1 * 1000 + 33333))
	hertz 60000
	check "respond in $1 ms: and back" until_ms $(($1 * 3)) exports
}

# --- frequency droop --------------------------------------------------------------

settings() {
	is "droop is on by default" 1/5000 "$(line droop pickup)/$(line droop time-ms)"
	is "volt-watt is off by default" 0/10000 \
		"$(line volt-watt pickup)/$(line volt-watt time-ms)"
	refused "droop off" ERANGE set_line droop pickup=0
	refused "a response that is too fast" ERANGE set_line droop pickup=1 time-ms=999
	refused "and one that is too slow" ERANGE set_line droop pickup=1 time-ms=10001
	for out in droop-of-band=16 droop-of-band=1001 droop-uf-band=16 \
		droop-of-slope=29 droop-of-slope=51 droop-uf-slope=51 \
		volt-watt-v1=1049 volt-watt-v1=1091 volt-watt-v2=1101 \
		volt-watt-v2=1069 volt-watt-p2=1001 volt-watt-p2=-1 volt-watt=2; do
		refused "$out" ERANGE set_line "${out%=*}" pickup="${out#*=}"
	done
	refused "volt-watt in no time" ERANGE set_line volt-watt pickup=1 time-ms=499
	check "a wider dead band" set_line droop-of-band pickup=40
	check "a steeper slope" set_line droop-uf-slope pickup=30
	check "volt-watt, faster" set_line volt-watt pickup=1 time-ms=700
	check "they are printed" sh -c "evsectl showconf >$TMP.conf"
	for words in "droop-of-band = 0.04Hz" "droop-uf-slope = 3%" "volt-watt = on/700ms"; do
		check "as $words" grep -q "^ *grid-$words$" "$TMP.conf"
	done
	check "the profile anew" profile ieee1547-cat2
	is "with the settings of its standard" 36/50/0 \
		"$(line droop-of-band pickup)/$(line droop-uf-slope pickup)/$(line volt-watt pickup)"
	check "what was printed is taken" evsectl setconf "$TMP.conf"
	is "and is in force" 40/30/1 \
		"$(line droop-of-band pickup)/$(line droop-uf-slope pickup)/$(line volt-watt pickup)"
	check "off and back" evsectl -q grid profile set volt-watt=off/10s \
		droop=on/1s droop-of-band=36mHz droop-uf-slope=5%
	is "by evsectl" 0/1000 "$(line volt-watt pickup)/$(line droop time-ms)"
}

# 1 Hz beyond the dead band is a third of 20 kW.
over() {
	check "over: power flows back" feed_back 5000000
	refused "over: nobody changes it meanwhile" EBUSY set_line droop pickup=1 time-ms=2000
	hertz 60036
	check "over: at the edge of the dead band nothing happens" stays 300 near -5000000
	is "over: nobody is named" "" "$(attr limiter)"
	hertz 60636
	settles "over: export is taken back" -1000000 freq-droop
	check "over: the stage follows" flows -1060000 -940000
	check "over: evsectl names it" sh -c "evsectl power | grep -q freq-droop"
	ask_for -9000000
	settles "over: the power of before counts, not the one that is asked for" \
		-1000000 freq-droop 0
	ask_for 3000000
	settles "over: who asks for less than droop has it" 3000000 ""
	ask_for -5000000
	hertz 61136
	settles "over: export becomes charging" 2333333 freq-droop
	ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=1500000 bpt=1 >/dev/null
	settles "over: not more than the vehicle takes" 1500000 vehicle 0
	ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=0 >/dev/null
	settles "over: none, where nobody negotiated both directions" 0 bpt 0
	ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 >/dev/null
	hertz 60000
	check "over: it ends" until_ms 5000 exports
	check "over: nobody is named any more" until_ms 10000 attr_is limiter ""
	is "over: droop bounds nothing" "$FREE" "$(bounds freq-droop)"
}

under() {
	ask_for 5000000
	check "under: charging" until_ms 1000 near 5000000
	hertz 59364
	settles "under: charging is taken back" 1000000 freq-droop
	hertz 58864
	settles "under: and becomes export" -2333333 freq-droop
	./evnl port-set id="$PORT" mode=v2g min-mw=-2000000
	settles "under: within the bounds of the port" -2000000 configured 0
	./evnl port-set id="$PORT" mode=v2g min-mw=-2147483648
	./evnl port-set id="$PORT" mode=charge
	settles "under: none that the mode does not allow" 0 freq-droop 0
	./evnl port-set id="$PORT" mode=v2g
	hertz 60000
	check "under: it ends" until_ms 5000 near 5000000
}

# A dip that only ceases is no new beginning.
cease() {
	ask_for -5000000
	check "cease: power flows back" until_ms 3000 exports
	hertz 60636
	settles "cease: less of it" -1000000 freq-droop
	sim mains/missing 4
	check "cease: ceased" until_ms 200 grid_is state ceased
	check "cease: and back to what it was" until_ms 1000 near -1000000
	is "cease: no trip" "" "$(fault $GRID_LOSS latched)"
	hertz 60000
	check "cease: it ends" until_ms 5000 exports
}

# After a trip there is no power from before.
trip() {
	check "trip: power flows back" until_ms 3000 exports
	hertz 60636
	settles "trip: less of it" -1000000 freq-droop
	sim mains/voltage 1230
	check "trip: trips" until_ms 500 grid_trips
	is "trip: droop has ended" "$FREE" "$(bounds freq-droop)"
	hertz 60000
	sim mains/voltage 1000
	check "trip: the latch ends by itself" until_ms 3000 fault_is $GRID_LOSS latched ""
	check "trip: power flows back again" feed_back 2000000
	hertz 60636
	settles "trip: from there" 2000000 freq-droop
	hertz 60000
	check "trip: it ends" until_ms 5000 exports
	stop_and_open
}

# 59.9 Hz is inside the window, and asks for 427 W.
enter() {
	check "enter: a delay" set_line enter-delay pickup=3000
	check "enter: a ramp" set_line enter-ramp pickup=100000 time-ms=0
	sim mains/voltage 1230
	check "enter: trips" until_ms 500 grid_trips
	hertz 59900
	sim mains/voltage 1000
	check "enter: waits" grid_state waiting 2000
	ready_to_feed
	until_ms 5000 in_state requesting
	check "enter: charging does not wait" energise
	ask_for 0
	check "enter: nothing is fed before service" stays 1500 power 0 0
	check "enter: then it ramps" grid_state ramping 4000
	usleep 1000000
	# 200 W a second, of 427 W
	check "enter: the ramp holds" power -400000 -1
	is "enter: and is named" enter-service "$(attr limiter)"
	check "enter: until it allows what droop asks for" \
		until_ms 5000 attr_is limiter freq-droop
	within "enter: which is that" -446667 "$(attr effective-mw)" -406667
	hertz 60000
	stop_and_open
	check "enter: no delay" set_line enter-delay pickup=0
	check "enter: a short ramp" set_line enter-ramp pickup=1000 time-ms=0
}

# --- volt-watt --------------------------------------------------------------------

# All of 20 kW at 1.06, none at 1.10; 3 permille are what the channels resolve.
volts() {
	check "volts: off, it does nothing" feed_back 20000000
	sim mains/voltage 1080
	check "volts: for a second" stays 1000 near -20000000
	sim mains/voltage 1000
	stop_and_open
	check "volts: on" set_line volt-watt pickup=1 time-ms=500
	check "volts: power flows back" feed_back 20000000
	sim mains/voltage 1059
	check "volts: below the first voltage nothing happens" stays 600 near -20000000
	sim mains/voltage 1080
	check "volts: half way, half of it" until_ms 3000 power -11500000 -8500000
	is "volts: by" volt-watt "$(attr limiter)"
	usleep 1000000
	mw=$(attr effective-mw)
	say "volts: 1080 permille, $mw mW"
	hertz 59364
	usleep 3000000
	within "volts: droop gets no more than it allows" $((mw - 500000)) \
		"$(attr effective-mw)" $((mw + 500000))
	is "volts: it is named" volt-watt "$(attr limiter)"
	./evnl port-set id="$PORT" mode=v2g min-mw=-4000000
	settles "volts: the lowest limit counts" -4000000 configured 0
	./evnl port-set id="$PORT" mode=v2g min-mw=-2147483648
	hertz 60000
	sim mains/voltage 1000
	check "volts: it ends" until_ms 5000 near -20000000
	check "volts: nobody is named any more" until_ms 5000 attr_is limiter ""
	is "volts: it bounds nothing" "$FREE" "$(bounds volt-watt)"

	stop_and_open
	check "volts: charging at the second voltage" set_line volt-watt-p2 pickup=500
	check "volts: power flows" feed_back 5000000
	sim mains/voltage 1095
	check "volts: it charges" until_ms 3000 power 3000000 9000000
	is "volts: by" volt-watt "$(attr limiter)"
	sim mains/voltage 1000
	check "volts: until it is well" until_ms 5000 exports
	stop_and_open
	set_line volt-watt-p2 pickup=0
	check "volts: off again" set_line volt-watt pickup=0 time-ms=10000
}

# --- without a power stage ----------------------------------------------------------

# G99: 10 % a 5 Hz, from 50.4 Hz and 49.5 Hz on, of 7.36 kW; 5 s between two
# currents on the pilot.
ac() {
	check "ac: the profile" profile g99
	ready_to_feed
	# Fixed at 20 s without a ramp
	usleep 20000000
	check "ac: in service" grid_state normal 5000
	until_ms 5000 in_state requesting
	check "ac: energised" energise
	ask_for -5000000
	check "ac: export" until_ms 1000 near -5000000
	hertz 51400
	settles "ac: the vehicle is told of less" -3528000 freq-droop 8000
	hertz 50000
	settles "ac: and of all of it" -5000000 "" 15000
	stop_and_open
	let_go
	./evnl port-set id="$PORT" mode=charge
	check "ac: charging" charge
	check "ac: by the pilot" until_ms 2000 attr_is pilot-output current
	hertz 48500
	settles "ac: charging is taken back" 5728000 freq-droop 8000
	check "ac: the pilot says so" until_ms 10000 pilot_says 24800 25100
	hertz 50000
	settles "ac: and all of it again" 7200000 "" 15000
	hertz 51000
	check "ac: nobody is made to charge" stays 3000 near 7200000
	hertz 50000
	stop_and_open
}

pilot_says() {
	ma=$(attr pilot-ma)
	[ "${ma:-0}" -ge "$1" ] && [ "$ma" -le "$2" ]
}

begin
if attr_is stage 1; then
	check "the profile" profile ieee1547-cat2
	settings
	over
	under
	cease
	trip
	enter
	volts
	respond 1000
	respond 5000
	stop_and_open
	check "the profile of Category III" profile ieee1547-cat3
	respond 200
else
	ac
fi
mains_again
stop_and_open
let_go
finish
