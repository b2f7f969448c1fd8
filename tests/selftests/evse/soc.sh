#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The interlock on lines of a GPIO controller that this project has not written the
# model of: the runner drives its inputs, is the contactor, and reads its output.
#
# board: ../tests/selftests/evse/soc
# worlds: aspeed
# icount: no
# timeout: 900
. ./lib.sh

# Looking takes processes, and here time is the host's.
STEP_MS=100
PORT_DRIVERS=/sys/bus/platform/drivers

# line NAME true|false
line() { outside set gpio "gpio$1" "$2"; }
level() { outside get gpio "gpio$1"; }
level_is() { [ "$(level "$1")" = "$2" ]; }
coil() { level A0; }
contact_is() { level_is A1 "$1"; }

# interrupts NUMBER: of a line of the controller
interrupts() {
	awk -v line="$1" '/1e780000.gpio/ && $5 == line { sum += $2 + $3 } END { print sum + 0 }' \
		/proc/interrupts
}

# power: contacts closed by a session of this test
power() {
	plug c
	[ -n "$holder" ] || hold >/dev/null || return 1
	asks_on 10000 && energise
}

# trips WHAT LINE NUMBER ACTIVE REST CODE: on the line, as it leaves its REST
trips() {
	check "$1: power" power
	is "$1: the coil is on" true "$(coil)"
	check "$1: and its contact closed" contact_is true
	before=$(interrupts "$3")
	outside try gpio "gpio$2" "$4" gpioA0 >"$TMP.seen" &
	trial=$!
	usleep 300000
	# No thread runs on either processor when the line changes, and when it is looked.
	./hog 2500 99 &
	hog=$!
	./hog 2500 99
	wait $hog $trial
	is "$1: interrupts alone switch the coil off" false "$(cat "$TMP.seen")"
	[ "$(interrupts "$3")" -gt "$before" ]
	is "$1: there was one" 0 $?
	check "$1: the contact opens" until_ms 2000 contact_is false
	await fault 3000
	check "$1: latched" fault_is "$6" latched 1
	refused "$1: and power refused" EIO ask energise id=0
	line "$2" "$5"
	usleep 500000
	check "$1: it stays latched" fault_is "$6" latched 1
	is "$1: and the coil off" false "$(coil)"
	check "$1: cleared" until_ms 3000 cleared
}

line B0 true
line C0 true
begin
echo -1 >/proc/sys/kernel/sched_rt_runtime_us
is "at rest the coil is off" false "$(coil)"
trips "emergency stop" B0 8 false true $EMERGENCY_STOP
trips "interlock loop" C0 16 false true $EMERGENCY_STOP
trips "residual current" B1 9 true false $GROUND_FAULT

line B0 false
refused "without the line's permit there is no power" EIO ask energise id=0
is "nor a coil on" false "$(coil)"
line B0 true
check "cleared" until_ms 3000 cleared

# A contactor that does not do what its coil says
check "power" power
outside relay stay
ask de-energise id=0 >/dev/null
check "stuck: the coil is off" until_ms 3000 level_is A0 false
check "stuck: it is noticed" until_ms 5000 fault_is $CONTACTOR_STUCK latched 1
refused "stuck: no power onto it" EIO ask energise id=0
outside relay follow
check "stuck: the contact opens after all" until_ms 2000 contact_is false
check "stuck: cleared" until_ms 3000 cleared

outside relay stay
asks_on 10000
ask energise id=0 >/dev/null
check "does not close: it is noticed" until_ms 5000 fault_is $CONTACTOR_OPEN latched 1
is "does not close: the coil is off" false "$(coil)"
outside relay follow
check "does not close: cleared" until_ms 3000 cleared

check "power" power
outside relay stay
line A1 false
is "opens by itself: the coil is off" false "$(coil)"
check "opens by itself: it is noticed" until_ms 3000 fault_is $CONTACTOR_OPEN latched 1
outside relay follow
check "opens by itself: cleared" until_ms 3000 cleared

# Who holds it goes: a process by force, and a driver
check "power" power
kill -9 "$holder"
check "its owner killed: the coil is off" until_ms 3000 level_is A0 false
let_go
until_ms 3000 cleared
for driver in evse-contactor evse-ground-fault evse-line-guard; do
	check "$driver: power" power
	for device in "$PORT_DRIVERS/$driver"/evse-port-0:*; do :; done
	echo "${device##*/}" >"$PORT_DRIVERS/$driver/unbind"
	is "$driver: unbound, the coil is off" false "$(coil)"
	echo "${device##*/}" >"$PORT_DRIVERS/$driver/bind"
	until_ms 3000 attr_is waiting-for ""
	check "$driver: cleared" until_ms 5000 cleared
done
check "power after all that" power
ask de-energise id=0 >/dev/null
check "and none after" until_ms 3000 level_is A0 false
finish
