#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# evsectl with wrong words and units: 2 and a usage; refused by the kernel: 1 and
# the kernel's sentence. Nothing of it closes a contact.
#
# board: evse-virt-ac
. ./lib.sh

# exits WHAT STATUS TEXT COMMAND...: with TEXT on standard error
exits() {
	said_of=$1 status=$2 text=$3
	shift 3
	said=$("$@" 2>&1 >/dev/null </dev/null)
	got=$?
	case $got:$said in
	$status:*"$text"*) pass "$said_of: $status" ;;
	*)
		fail "$said_of: $status"
		say "  got $got, '$said', wanted '$text' in it"
		;;
	esac
}

wrong() { exits "$*" 2 "" evsectl "$@"; }

begin
cycles=$(attr counters.cycles)
plug c

wrong
wrong frobnicate
wrong power 7200V
wrong power 7,2kW
wrong power 7200
wrong power kW
wrong power 99999999999kW
wrong power 1kW 2kW
wrong power --deadline
wrong power 1kW --deadline soon
wrong mode v3g
wrong mode charge now
wrong port set
wrong port set mode
wrong port set mode v3g
wrong port set colour red
wrong port set max-power 32A
wrong port set basic maybe
wrong -p evse
wrong -p evse0x status
wrong -p "" status
wrong energise now
wrong energise --wait long
wrong fault clear everything
wrong fault list now
wrong fault raise
wrong lock sideways
wrong update sideways
wrong update lock now
wrong pilot 16kW
wrong session
wrong session dance
wrong gpio set
wrong gpio set line=2
wrong counters restore
wrong thermal sideways
wrong thermal set clear
wrong thermal set clear 60F
wrong thermal set igbt hot 85
wrong --frobnicate
exits "a power without unit says which" 2 W evsectl power 7200
exits "usage is shown" 2 usage evsectl mode v3g
exits "another port is named" 1 "no such port" evsectl -p evse7 mode off

exits "energise without a session" 1 "no session is held" evsectl energise
exits "power without a session" 1 "no session is held" evsectl power 7.2kW
exits "v2h without a switch" 1 "islanding switch" evsectl mode v2h
for word in status show "set clear 55" watch; do
	# shellcheck disable=SC2086
	exits "heat without a guard, $word" 1 \
		"this port has no thermal guard: add an evse,thermal-guard node to its device tree" \
		evsectl -p "$PORT" thermal $word
done
exits "a file of thresholds without a section" 2 ":1: 'clear 55' stands before" \
	sh -c "echo clear 55 >$TMP.heat; evsectl thermal restore $TMP.heat"
exits "a fault of the kernel's own" 1 "kernel's own" evsectl fault raise CONTACTOR_STUCK
hold >/dev/null
exits "another process's session" 1 "another process" evsectl power 7.2kW
let_go

printf '[evse0]\nmode = sideways\n' >"$TMP.conf"
exits "a configuration with a wrong word" 2 "sideways" evsectl setconf "$TMP.conf"
exits "a configuration that is not there" 1 "" evsectl setconf "$TMP.none"

check "nothing was closed" board_off
is "nothing was counted" "$cycles" "$(attr counters.cycles)"
check "--help is no mistake" sh -c "evsectl --help >/dev/null"
finish
