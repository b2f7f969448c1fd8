#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The thermal guard of a DC port: what gets warm limits, what gets hot trips and
# ends only cold, and a sensor that nobody can rely on is no permit.
#
# board: evse-virt-heat
# timeout: 1200
# slow: yes
. ./lib.sh

# Temperatures take their time; looking takes the guest's.
STEP_MS=200

THERMAL_TRIP=0x09 THERM_OVERLOAD=0x28 THERMAL_SENSOR=0x38
HWMON=
DRIVER=/sys/bus/platform/drivers/evse-thermal-guard
# What is left to threads without a real-time priority, before 6.12 and from then on
SCHED_RT=/proc/sys/kernel/sched_rt_runtime_us
SCHED_FAIR=/sys/kernel/debug/sched/fair_server/cpu0/runtime

# heat PLACE MILLIDEGREE: it stays so
heat() {
	sim "heat/$1_mc" "$2"
	sim "heat/$1_hold" 1
}

# Everything as cool as it is in the beginning, and held there
cool() {
	for place in junction sink pin_a pin_b cabinet inductor; do
		heat $place 25000
	done
}

# sensor NAME ATTRIBUTE: of the netlink dump
sensor() {
	./evnl thermal-get port="$PORT" sensor="$1" 2>/dev/null | tr ' ' '\n' | sed -n "s/^$2=//p"
}

sensor_is() { [ "$(sensor "$1" "$2")" = "$3" ]; }

# limited_by WHO MILLIWATT
limited_by() { attr_is limiter "$1" && attr_is effective-mw "$2"; }

# limited_about WHO MILLIWATT: within a degree of a sensor that counts in millivolt
limited_about() {
	attr_is limiter "$1" || return 1
	mw=$(attr effective-mw)
	[ "$mw" -ge $(($2 * 9 / 10)) ] && [ "$mw" -le $(($2 * 11 / 10)) ]
}

# hwmon LABEL FILE: of the temperature with a label
hwmon() {
	label=$(grep -l "^$1\$" "$HWMON"/temp*_label) || return 1
	cat "${label%_label}_$2"
}

guard_is() { grep -q "^thermal-$1 $2 " "$SYS/guards"; }

# all_is STATE: of each sensor
all_is() {
	for s in igbt heat-sink cabinet inductor; do
		sensor_is $s state "$1" || return 1
	done
}

# alone MS: only the port's own threads run, and interrupts
alone() {
	runtime=$(cat $SCHED_RT)
	fair=$(cat $SCHED_FAIR 2>/dev/null)
	echo -1 >$SCHED_RT
	[ -z "$fair" ] || echo 0 >$SCHED_FAIR
	./hog "$1"
	# The one may be changed only while the other is off.
	[ -z "$fair" ] || echo "$fair" >$SCHED_FAIR
	echo "$runtime" >$SCHED_RT
}

full_power() {
	[ -n "$holder" ] || hold >/dev/null || return 1
	ask power-set id="$PORT" request-mw=20000000 >/dev/null || return 1
	asks_on 5000 && energise
}

begin
for HWMON in /sys/class/hwmon/hwmon*; do
	[ "$(cat "$HWMON/name")" != evse_thermal ] || break
done
cool
check "every sensor is read" until_ms 5000 all_is normal
plug c
hold >/dev/null
check "full power" full_power
check "nothing limits" until_ms 3000 limited_by "" 20000000
is "sensors shows the junction" 25000 "$(hwmon igbt_temp input)"

# A junction that the heat sink does not cool
heat junction 84900
check "below 85 degrees nothing happens" stays 3000 limited_by "" 20000000
heat junction 85100
check "from there half the power is left" until_ms 4000 limited_by thermal-igbt 10000000
is "in both directions" -10000000/10000000 "$(bounds thermal-igbt)"
check "the sensor says so" sensor_is igbt state derating
is "so does hwmon" 1 "$(hwmon igbt_temp max_alarm)"
heat junction 81000
check "it does not return at 81 degrees" stays 3000 limited_by thermal-igbt 10000000
heat junction 79000
check "at 79 it does" until_ms 4000 limited_by "" 20000000
heat junction 95200
await fault 4000 "above 95 degrees"
is "that is 0x09" 1 "$(fault $THERMAL_TRIP latched)"
is "seen by the junction's sensor" thermal-igbt "$(fault $THERMAL_TRIP source)"
check "with its temperature" fault_is $THERMAL_TRIP value 95203
check "the contactor is open" until_ms 1000 board_off
is "hwmon shows the alarm" 1 "$(hwmon igbt_temp crit_alarm)"
refused "no clear while it is so hot" EBUSY clear_fault $THERMAL_TRIP
heat junction 70000
check "the cause goes" until_ms 4000 fault_is $THERMAL_TRIP active 0
check "and the value with it" until_ms 4000 fault_is $THERMAL_TRIP value 70000
refused "but no clear above 60 degrees" EBUSY clear_fault $THERMAL_TRIP
check "the sensor is still tripped" sensor_is igbt state tripped
heat junction 59000
check "below that there is one" until_ms 5000 clear_fault $THERMAL_TRIP
check "and once more" clear_fault $THERMAL_TRIP
check "power flows again" full_power

# A cabinet that gets warm: less and less, and no trip
heat cabinet 86000
check "a cabinet of 86 degrees leaves nine tenths" until_ms 4000 limited_by thermal-cabinet 18000000
heat cabinet 96000
check "one of 96 leaves nothing" until_ms 4000 limited_by thermal-cabinet 0
check "and trips nothing" in_state energised
heat cabinet 25000
check "all of it comes back" until_ms 4000 limited_by "" 20000000

# Six degrees a minute, which is too fast
mc=25000
while [ $mc -lt 33000 ]; do
	mc=$((mc + 100))
	sim heat/cabinet_mc $mc
	usleep 1000000
done
check "what rises too fast takes a tenth" limited_by thermal-cabinet 18000000
is "and says so" rising "$(sensor cabinet state)"
within "with its rate" 5700 "$(sensor cabinet slope-mc-min)" 6300
heat cabinet 25000
check "what falls gives it back" until_ms 10000 limited_by "" 20000000

# A pin of the connector: less and less, then a trip of its own
heat pin_a 80000
check "a pin of 80 degrees leaves half of it" until_ms 4000 limited_about thermal-connector-a 10000000
within "sensors shows the connector" 79500 "$(hwmon connector_temp input)" 80500
heat pin_a 86000
await fault 4000 "from 85 degrees on"
is "that is a connector's" thermal-connector-a "$(fault $THERM_OVERLOAD source)"
heat pin_a 61000
usleep 3000000
refused "no clear above 60 degrees" EBUSY clear_fault $THERM_OVERLOAD
heat pin_a 25000
check "below there is one" until_ms 5000 clear_fault $THERM_OVERLOAD
for what in open short; do
	sim pin/1/ntc $what
	check "an NTC that is $what is no permit" until_ms 8000 guard_is connector-b hold
	is "as what it is" $what "$(sensor connector-b state)"
	sim pin/1/ntc none
	check "it is read again" until_ms 6000 sensor_is connector-b state normal
done
check "power flows again" full_power

# Thresholds
refused "nobody can loosen a threshold" ERANGE \
	./evnl thermal-setting-set port="$PORT" sensor=igbt element=derate value=85001
check "but tighten it" ./evnl thermal-setting-set port="$PORT" sensor=igbt element=derate value=40000
heat junction 41000
check "it counts" until_ms 4000 limited_by thermal-igbt 10000000
./evnl thermal-setting-set port="$PORT" sensor=igbt element=derate value=85000 >/dev/null
heat junction 25000
check "and the old one again" until_ms 4000 limited_by "" 20000000

# The bus, and sensors that are not to be relied on
sim i2c/arbitration 5
usleep 2500000
check "a moment without the bus is ridden through" in_state energised
sim i2c/arbitration -1
check "the bus lost for good: no permit" until_ms 6000 guard_is igbt hold
check "it says why" until_ms 3000 all_is arbitration-lost
check "power ends, without a trip" until_ms 12000 board_off
is "nothing is latched" "" "$(fault $THERMAL_TRIP latched)"
check "a warning names the sensor" fault_is $THERMAL_SENSOR source thermal-igbt
is "hwmon has no temperature" 1 "$(hwmon igbt_temp fault)"
check "no value either" sh -c "! cat $HWMON/temp1_input 2>/dev/null"
sim i2c/arbitration 0
check "it comes back with the bus" until_ms 6000 all_is normal
check "the warning ends" until_ms 3000 fault_is $THERMAL_SENSOR active ""
check "power flows again" full_power

for what in nak stuck; do
	sim chip/1/$what 1
	check "$what: the sensor is a bus error" until_ms 8000 sensor_is heat-sink state bus-error
	check "$what: the others are not" sensor_is cabinet state normal
	sim chip/1/$what 0
	check "$what: it comes back" until_ms 6000 sensor_is heat-sink state normal
	full_power >/dev/null
done

# A round that does not end: nobody is left to tell that nothing is known.
endless_round() {
	check "power flows for the watchdog" until_ms 3000 in_state energised
	dmesg -c >/dev/null
	alone 6000
	check "a round that does not end: power does" until_ms 500 board_off
	is "the log has it" 1 "$(dmesg | grep -c "the sensors do not answer within 4000 ms: no power until they do")"
	is "no trip either" "" "$(fault $THERMAL_TRIP latched)"
	check "the next one ends it" until_ms 6000 all_is normal
	check "and power flows again" full_power
}

if [ -e $SCHED_FAIR ] || ! grep -qw dl_server_start /proc/kallsyms; then
	endless_round
else
	skip "a round that does not end" "this kernel's share for others cannot be switched off"
fi

# A hot one that falls silent is not a cool one.
until_ms 3000 in_state energised
heat junction 96000
await fault 4000 "again"
sim chip/0/nak 1
check "a tripped sensor falls silent" until_ms 6000 sensor_is igbt state bus-error
refused "that is no reason to clear" EBUSY clear_fault $THERMAL_TRIP
heat junction 25000
refused "nor is that it is cold where nobody sees it" EBUSY clear_fault $THERMAL_TRIP
sim chip/0/nak 0
check "it is, and seen" until_ms 8000 clear_fault $THERMAL_TRIP

# A trip survives the driver.
check "power flows" full_power
heat junction 96000
await fault 4000 "once more"
echo "evse-port-$PORT:thermal" >$DRIVER/unbind
refused "nobody watches: no clear" EBUSY clear_fault $THERMAL_TRIP
heat junction 70000
echo "evse-port-$PORT:thermal" >$DRIVER/bind
check "the driver is back" until_ms 6000 all_is normal
refused "what is above 60 degrees is not cleared by that" EBUSY clear_fault $THERMAL_TRIP
heat junction 25000
check "what is below is" until_ms 6000 clear_fault $THERMAL_TRIP
clear_fault $PROVIDER_LOST >/dev/null

# Frozen
check "power flows" full_power
sim chip/2/frozen 1
begin_s=$(cut -d. -f1 /proc/uptime)
for place in junction sink cabinet inductor; do sim heat/${place}_hold 0; done
check "a frozen sensor is found out" until_ms 900000 guard_is cabinet hold
is "as one" frozen "$(sensor cabinet state)"
say "after $(($(cut -d. -f1 /proc/uptime) - begin_s)) s"
check "the others have moved" [ "$(sensor igbt temp-mc)" != 25000 ]
check "power ends" until_ms 12000 board_off
sim chip/2/frozen 0
let_go
finish
