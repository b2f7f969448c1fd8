#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Hot days of a charger, each from the load to its end by the model of heat alone: it
# begins near to where it leads, and then no temperature is set or held. A fan that stands
# while the grid is fed costs half the power, and then all of it until it is cool; a
# heat sink that was cooled ahead of a load keeps all of it; a loose pin is found by its drop
# long before it is hot.
#
# board: evse-virt-heat
# worlds: stock-6.12
# modules: pwm_fan
# timeout: 9000
. ./heatlib.sh

# Minutes are waited for here.
STEP_MS=1000

THERMAL_TRIP=0x09 THERM_OVERLOAD=0x28
HALF_MW=10000000

# follow WHAT SECONDS: the course of a load, a line each 20 seconds while it flows, in
# $TMP.course: second, junction's sensor, effective power, milliampere, limiter.
follow() {
	lib_left=$(($2 / 20))
	say "$1: second, junction, effective mW, mA, limiter"
	: >"$TMP.course"
	began=$(cut -d. -f1 /proc/uptime)
	STEP_MS=5000
	while [ $lib_left -gt 0 ] && ! until_ms 20000 in_state fault; do
		line="$(($(cut -d. -f1 /proc/uptime) - began)) $(sensor igbt temp-mc)"
		line="$line $(attr effective-mw) $(sim_state current_ma) $(attr limiter)"
		# Of the middle of a trip it would be neither the one nor the other.
		! in_state energised || echo "$line" >>"$TMP.course"
		lib_left=$((lib_left - 1))
	done
	STEP_MS=1000
	awk 'NR % 6 == 1 || $5 != before { print "# ", $0 } { before = $5 }' "$TMP.course"
}

# course AWK-CONDITION: how many lines of the course meet it; before is what limited in the
# line before
course() { awk "$1 { n++ } { before = \$5 } END { print n + 0 }" "$TMP.course"; }

# by_the_rule WHAT HALF_MW FULL_MW: half from 85 degrees on, all of it below 80, and in
# between as it was. A sensor is seen twice before it counts.
by_the_rule() {
	is "$1: what limits is the junction, to half the rating" 0 \
		"$(course "\$5 != \"\" && (\$5 != \"thermal-igbt\" || \$3 != $2)")"
	is "$1: and nothing else does" 0 "$(course "\$5 == \"\" && \$3 != $3")"
	is "$1: the current follows" 0 "$(course '$5 != "" && $5 == before && ($4 > 26000 || $4 < -26000)')"
	is "$1: from 85 degrees on" 0 "$(course '$2 >= 86000 && $5 == ""')"
	is "$1: until it is below 80" 0 "$(course '$2 < 79000 && $5 != ""')"
}

# reset_refused: the sentence has the temperature, $TMP.refused a line of each
reset_refused() {
	evsectl -p "evse$PORT" thermal reset >"$TMP.said" 2>&1 && return 1
	sed -n 's/.*; igbt is at \([0-9.]*\) C; to be cleared below 60 C$/\1/p' "$TMP.said" |
		tee -a "$TMP.refused" | grep -q .
}

begin
fan_begin

# --- The fan stands, on a day of 40 degrees: half the power is still too much ----------
sim fan/blocked 1
check "mode v2g" ./evnl port-set id="$PORT" mode=v2g
plug c
hold >/dev/null
ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 >/dev/null
settle 40000 84000 69000 55000 75000 70000
check "16 kW into the grid" load -$FULL_MW
check "nothing limits below 85 degrees" limited_by "" -$FULL_MW
follow "the fan stands" 3600
within "it was all the power at first" 1 "$(course "\$5 == \"\" && \$4 < -38000")" 20
by_the_rule "the fan stands" -$HALF_MW -$FULL_MW
is "the zone asks for all the air" 255 "$(fan_duty)"
is "and there is none" 0 "$(fan_rpm)"
within "the junction went on to 95 degrees" 94500 \
	"$(tail -n 1 "$TMP.course" | cut -d' ' -f2)" 95000
say "the fan stands: tripped after $(($(cut -d. -f1 /proc/uptime) - began)) s"
check "there it trips" in_state fault
is "that is 0x09" 1 "$(fault $THERMAL_TRIP latched)"
is "seen by the junction's sensor" thermal-igbt "$(fault $THERMAL_TRIP source)"
check "the contactor is open" until_ms 1000 board_off
refused "no clear while it is so hot" EBUSY clear_fault $THERMAL_TRIP
check "nor by evsectl, which says how hot it is" reset_refused
is "no power either" 1 "$(ask energise id="$PORT" 2>&1 | grep -c 'error EIO')"

# --- The fan turns again: it cools down, and only then can it be cleared ----------------
sim fan/blocked 0
check "it turns" until_ms 15000 fan_turns 1800
check "the cause goes" until_ms 300000 fault_is $THERMAL_TRIP active 0
refused "but the latch stays" EBUSY clear_fault $THERMAL_TRIP
: >"$TMP.refused"
lib_left=80
while [ $lib_left -gt 0 ] && reset_refused; do
	sleep 30
	lib_left=$((lib_left - 1))
done
within "evsectl refused all the while" 10 "$(wc -l <"$TMP.refused")" 79
is "at 60 degrees or more" 0 "$(awk '$1 < 60' "$TMP.refused" | wc -l)"
is "less and less" 0 "$(awk 'NR > 1 && $1 >= last { n++ } { last = $1 } END { print n + 0 }' "$TMP.refused")"
say "refused from $(head -n 1 "$TMP.refused") to $(tail -n 1 "$TMP.refused") degrees"
check "below it is cleared" grep -q "THERMAL_TRIP cleared" "$TMP.said"
within "just below" 58000 "$(sensor igbt temp-mc)" 60000
check "mode charge" ./evnl port-set id="$PORT" mode=charge
check "power flows again" load
check "all of it" limited_by "" $FULL_MW
check "stopped" stop_and_open

# --- The same load twice: at once, and after eight minutes of air -------------------------
settle 40000 70000 70000 55000 75000 55000
check "at once: 16 kW" load
follow "at once" 420
within "at once: it costs power" 3 "$(course '$5 == "thermal-igbt"')" 18
by_the_rule "at once" $HALF_MW $FULL_MW
check "at once: stopped" stop_and_open

settle 40000 70000 70000 55000 75000 55000
echo 30000 >"$AIR"
echo 36000 >"$STORM"
sleep 480
say "cooled ahead: the sink from 70000 to $(mc sink)"
check "cooled ahead: by the fan" fan_turns 1800
echo 45000 >"$AIR"
echo 65000 >"$STORM"
check "cooled ahead: 16 kW" load
follow "cooled ahead" 420
is "cooled ahead: nothing limits" 0 "$(course "\$3 != $FULL_MW || \$4 < 38000")"
within "cooled ahead: for as long" 20 "$(wc -l <"$TMP.course")" 21
within "cooled ahead: below 85 degrees" 75000 "$(sensor igbt temp-mc)" 84900
check "cooled ahead: stopped" stop_and_open

# --- A pin with ten times the resistance -------------------------------------------------
settle 25000 80000 65000 50000 82000 55000
check "a loose pin: 16 kW" load
sleep 25
check "with good contacts it goes on" in_state energised
sim pin/1/contact_uohm 2000
began=$(sim_state time_ns)
check "a loose pin: found" until_ms 900000 fault_is $THERM_OVERLOAD latched 1
took_ms=$((($(sim_state time_ns) - began) / 1000000))
say "a loose pin: found after $took_ms ms, the pin has $(mc pin_b) thousandths of a degree"
within "a loose pin: within 25 s" 0 "$took_ms" 25000
within "a loose pin: long before 85 degrees" 50000 "$(mc pin_b)" 62000
is "a loose pin: by its drop" contact-resistance "$(fault $THERM_OVERLOAD source)"
within "a loose pin: in micro-ohms" 1960 "$(fault $THERM_OVERLOAD value)" 2040
is "a loose pin: its thermometer sees nothing yet" normal "$(sensor connector-b state)"
check "a loose pin: the contactor is open" until_ms 1000 board_off
sim pin/1/contact_uohm 200
refused "a loose pin: no clear while it is plugged in" EBUSY clear_fault $THERM_OVERLOAD
unplug
check "a loose pin: drawn, it is cleared" until_ms 8000 clear_fault $THERM_OVERLOAD
check "power flows again" load
check "stopped" stop_and_open
let_go
fan_end
finish
