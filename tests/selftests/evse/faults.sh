#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each defect that a board can show while power flows: the right code, nothing
# energised, no clear while the cause stands, power again after it.
#
# board: evse-virt-ac evse-virt-dc
# trip-path: yes
. ./lib.sh

# The trip's own timeline: from the edge to coils off, and to open contacts.
timeline() { # WHAT CODE MS
	edge=$(fault "$2" edge-ns)
	coil=$(fault "$2" coil-off-ns)
	open=$(fault "$2" contact-open-ns)
	within "$1: coils off within 1 ms of the edge" 0 \
		"$((${coil:-0} - ${edge:-1}))" 1000000
	# A contact that opened by itself may have been the only one.
	if [ "$2" = $CONTACTOR_OPEN ] && [ -z "$open" ]; then
		return
	fi
	within "$1: contacts open within $3 ms" 1 \
		"$(((${open:-0} - ${edge:-1}) / 1000))" $(($3 * 1000))
}

# injected WHAT KNOB BAD GOOD CODE [stands]: while power flows
injected() {
	what=$1 knob=$2 bad=$3 good=$4 code=$5
	check "$what: power flows" charge
	count=$(fault "$code" count)
	trips=$(attr counters.trips)
	sim "$knob" "$bad"
	if until_ms 1000 fault_is "$code" latched 1; then
		pass "$what: latches $code"
	else
		fail "$what: latches $code"
	fi
	check "$what: everything is off" until_ms 200 board_off
	is "$what: it is the first cause" "$((code))" "$(attr fault-code)"
	is "$what: the trip is counted" $((trips + 1)) "$(attr counters.trips)"
	await fault 1000 "after $what"
	timeline "$what" "$code" 100
	refused "$what: no power" EIO ask energise id=0
	# Some causes are over with the power that they ended.
	case $6 in
	stands) refused "$what: no clear while the cause stands" EBUSY clear_fault "$code" ;;
	esac
	sim "$knob" "$good"
	check "$what: stays latched when the cause is gone" stays 300 fault_is "$code" latched 1
	unplug
	until_ms 2000 fault_is "$code" active 0
	check "$what: clear" clear_fault "$code"
	is "$what: nothing is latched" 0 "$(attr fault-count)"
	check "$what: clear said again" clear_fault "$code"
}

pilot_is_well() { [ "$(attr vehicle)" = b ] || [ "$(attr vehicle)" = c ]; }

begin
hold >/dev/null
injected "diode shorted" vehicle/diode short ok $DIODE_FAULT stands
injected "pilot shorted" pilot/short 1 0 $CP_SIGNAL_LOSS stands
injected "lock falls open" lock/fail unlocks none $LOCK_FAIL
injected "contact opens by itself" contact/0/fail stuck-open none $CONTACTOR_OPEN
if [ "$(attr stage)" != 1 ]; then
	# No line shows the referee why this trip breaks the current.
	sim referee/allow_trip_ms 60000
	injected "cable coding lost" cable/pp_ohm 1000000 220 $PROXIMITY_FAULT stands
	injected "cable shorted" cable/pp_ohm 10 220 $PROXIMITY_FAULT stands
	sim referee/allow_trip_ms 0
fi

# Two causes: the first stays the first, and each has to be cleared.
check "two causes: power flows" charge
matings=$(attr counters.matings)
sim pilot/short 1
until_ms 1000 fault_is $CP_SIGNAL_LOSS latched 1
sim line/8/force 1
check "two causes: both are latched" until_ms 2000 fault_is $CONTACTOR_STUCK latched 1
is "two causes: the first is first" 1/0 \
	"$(fault $CP_SIGNAL_LOSS first)/$(fault $CONTACTOR_STUCK first)"
is "two causes: and is the port's" "$((CP_SIGNAL_LOSS))" "$(attr fault-code)"
sim pilot/short 0
sim line/8/force -1
# Its vehicle asked for power, and waits now in either state.
check "two causes: the pilot is well again" until_ms 2000 pilot_is_well
is "two causes: the plug was not drawn" "$matings" "$(attr counters.matings)"
unplug
until_ms 2000 fault_is $CONTACTOR_STUCK active 0
check "two causes: clear the first" clear_fault $CP_SIGNAL_LOSS
is "two causes: the second still holds" "$((CONTACTOR_STUCK))/fault" "$(attr fault-code)/$(state)"
check "two causes: clear the second" clear_fault $CONTACTOR_STUCK
check "two causes: at rest" until_ms 2000 in_state available

# Faults that only user space can see.
check "user: power flows" charge
refused "user: the kernel's own faults are not to be raised" EPERM \
	./evnl fault-raise port=0 code=$GROUND_FAULT
check "user: ISO_HANDSHAKE can be raised" ./evnl fault-raise port=0 code=0x2a value=7
check "user: a controlled stop" until_ms 8000 board_off
is "user: with the value" 7 "$(fault 0x2a value)"
check "user: clear all at once" ./evnl fault-clear port=0
is "user: nothing is latched" 0 "$(attr fault-count)"
refused "an unknown code" ENOENT ./evnl fault-raise port=0 code=999
finish
