#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# evsectl bridge: what it shows of a power stage, the carrier within the board's
# bounds and only at rest, by whom; and a port that has no bridge.
#
# board: evse-virt-bridge-dc evse-virt-dc
# worlds: stock
. ./lib.sh
. ./gridlib.sh

DRIVER=/sys/bus/platform/drivers/pwm-evse-bridge
DEVICE=evse-epwm-0:pwm
EPWM=/sys/kernel/debug/evse_sim/evse-epwm-0

bridge() {
	./evnl bridge-get port="$PORT" 2>/dev/null | sed -n "s/^$1=//p"
}

bridge_is() { [ "$(bridge "$1")" = "$2" ]; }

# As a process without any right
as_nobody() {
	program=$(command -v "$1")
	shift
	start-stop-daemon -S -q -c 65534:65534 -x "$program" -- "$@"
}

# says WHAT STATUS TEXT COMMAND...: exits so, with TEXT somewhere
says() {
	said_of=$1 status=$2 text=$3
	shift 3
	said=$("$@" 2>&1 </dev/null)
	got=$?
	case $got:$said in
	$status:*"$text"*) pass "$said_of" ;;
	*)
		fail "$said_of"
		say "  got $got, '$said', wanted $status and '$text' in it"
		;;
	esac
}

set_carrier() { ./evnl bridge-set port="$PORT" carrier-hz="$1"; }

# carrier_is WHAT HZ NS: for the port, the bridge's driver and a PWM consumer
carrier_is() {
	echo 0 >"$CHIP/export"
	is "$1" "$2 $2 $3" \
		"$(bridge carrier-hz) $(cat "$DRIVER/$DEVICE/carrier_hz") $(cat "$CHIP/pwm0/period")"
	echo 0 >"$CHIP/unexport"
}

no_bridge() {
	is "there is a power stage" 1 "$(attr stage)"
	refused "without a bridge to tell of" EOPNOTSUPP ./evnl bridge-get port="$PORT"
	refused "or to set" EOPNOTSUPP set_carrier 10000
	says "evsectl says what is missing" 1 "evse,bridge-stage node" evsectl bridge
	says "for the carrier, too" 1 "evse,bridge-stage node" evsectl bridge carrier 10kHz
}

at_rest() {
	check "the grid is followed" until_ms 3000 bridge_is locked 1
	is "off, as the port asks" off "$(bridge state)"
	is "carrier and its bounds" "20000 5000 30000" \
		"$(bridge carrier-hz) $(bridge carrier-min-hz) $(bridge carrier-max-hz)"
	is "dead time and shortest pulse" "1000 1000" \
		"$(bridge dead-time-ns) $(bridge minimum-pulse-ns)"
	within "the phase is off by little, mdeg" -1000 "$(bridge phase-error-mdeg)" 1000
	within "nothing is on the link, mV" -1000 "$(bridge link-mv)" 60000
	is "no step, no power" "10000 0 0" \
		"$(bridge control-hz) $(bridge steps) $(bridge power-mw)"
	says "shown: state" 0 "evse0: bridge off, as the port asks" evsectl bridge
	says "shown: carrier and bounds" 0 "carrier   20 kHz, allowed 5 kHz to 30 kHz" \
		evsectl bridge show
	says "shown: dead time" 0 "dead time 1000 ns, none shorter than 1000 ns" evsectl bridge
	until_ms 1000 bridge_is locked 1
	says "shown: lock" 0 "phase     locked, off by" evsectl bridge
	says "as JSON" 0 '{"port":0,"state":"off","carrier_hz":20000,' evsectl --json bridge
}

within_bounds() {
	refused "a carrier too low" ERANGE set_carrier 4999
	refused "a carrier too high" ERANGE set_carrier 30001
	refused "a carrier of nothing" ERANGE set_carrier 0
	refused "no carrier at all" EINVAL ./evnl bridge-set port="$PORT"
	says "the bounds are in the sentence" 1 \
		"does not allow that carrier: see its bounds in 'evsectl bridge'; allowed 5 kHz to 30 kHz" \
		evsectl bridge carrier 50kHz
	says "a carrier that is none" 2 "use Hz or kHz" evsectl bridge carrier 16MHz
	carrier_is "nothing of it changed the carrier" 20000 50000

	says "a carrier that is allowed" 0 "evse0: carrier 16 kHz" evsectl bridge carrier 16kHz
	carrier_is "is in force" 16000 62500
	check "said again, it changes nothing" set_carrier 16000
	carrier_is "is still in force" 16000 62500
	says "the next that can be counted" 0 "evse0: carrier 19.992 kHz" evsectl bridge carrier 19999
	says "both bounds are allowed" 0 "carrier 5 kHz" evsectl bridge carrier 5000
	says "the upper as well" 0 "carrier 29.994 kHz" evsectl bridge carrier 30000
}

by_whom() {
	refused "no reader's matter" EPERM as_nobody ./evnl bridge-set port="$PORT" carrier-hz=10000
	says "evsectl says whose" 1 "CAP_NET_ADMIN" as_nobody evsectl bridge carrier 10kHz
	says "a reader may look" 0 "carrier   29.994 kHz" as_nobody evsectl bridge
	says "a carrier to run with" 0 "carrier 12.5 kHz" evsectl bridge carrier 12.5kHz
}

under_power() {
	hold 10000 1 >/dev/null
	plug c
	check "the vehicle asks" asks_on 8000
	check "energised" energise
	check "armed" until_ms 1000 bridge_is state armed
	ask_for 7200000
	check "the ramp gets there" until_ms 1000 bridge_is power-mw 7200000
	# Within what the control is off by before its trim has learnt
	check "so does the power" until_ms 3000 flows 6600000 7800000
	steps=$(bridge steps)
	usleep 100000
	within "control steps in 100 ms and some" 1000 $(($(bridge steps) - steps)) 2000
	within "the link is at the battery's voltage" 380000 "$(bridge link-mv)" 420000
	is "locked" 1 "$(bridge locked)"
	is "the outputs have the carrier that was chosen" 80000 \
		"$(sed -n 's/^period_ns0 *//p' $EPWM/state)"

	refused "no other carrier while power flows" EBUSY set_carrier 16000
	says "evsectl says what to do" 1 "stop it before changing the carrier; state energised" \
		evsectl bridge carrier 16kHz
	is "nothing of it changed the carrier" "12500 armed" "$(bridge carrier-hz) $(bridge state)"
	check "power flows on" flows 6600000 7800000
	check "request, effective and what is measured" sh -c "evsectl power |
		grep -q '^evse0: asked 7.2 kW, effective 7.2 kW, measured [67][.0-9]* kW$'"
	./evnl port-set id="$PORT" max-mw=8000000
	evsectl -q power 50kW
	says "and the limiter" 0 "asked 50 kW, effective 8 kW, limited by configured, measured " \
		evsectl power
	evsectl -q power 7200W
}

# Why the gates are off
why_off() {
	echo 1 >$EPWM/trip_input
	check "the trip input" until_ms 500 bridge_is state tripped
	says "is told" 0 "bridge off: its trip input tripped it" evsectl bridge
	is "no power is asked for" 0 "$(bridge power-mw)"
	echo 0 >$EPWM/trip_input
	check "everything is off" until_ms 8000 board_off
	is "it stays the reason" tripped "$(bridge state)"
	says "off, the carrier may be another" 0 "carrier 20 kHz" evsectl bridge carrier 20kHz
	carrier_is "which is in force" 20000 50000
	check "cleared" until_ms 8000 cleared

	check "energised again" charge
	is "with the new carrier" 50000 "$(sed -n 's/^period_ns0 *//p' $EPWM/state)"
	is "armed" armed "$(bridge state)"
	check "stopped, it is off as the port asks" stopped
}

# A grid whose phase is lost just then takes the port's place as the reason.
stopped() {
	tries=3
	while stop_and_open && ! bridge_is state off; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] && charge && bridge_is state armed || return 1
	done
	bridge_is state off
}

begin
if [ -e "$DRIVER/$DEVICE/pwm" ]; then
	CHIP=$(echo "$DRIVER/$DEVICE"/pwm/pwmchip*)
	at_rest
	within_bounds
	by_whom
	under_power
	why_off
else
	no_bridge
fi
finish
