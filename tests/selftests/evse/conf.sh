#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What showconf prints, setconf takes: a round trip of every setting.
#
# board: evse-virt-ac evse-virt-dc
. ./lib.sh

settings() {
	./evnl port-get id=0 | grep -e '^mode' -e '^min-mw' -e '^max-mw' -e '^basic'
}

begin
./evnl port-set id=0 mode=v2g min-mw=-4321000 max-mw=5678901
check "showconf" sh -c "evsectl showconf >$TMP.conf"
sed 's/^/#   /' "$TMP.conf"
set_to=$(settings)
reset_port
check "the settings are others now" [ "$(settings)" != "$set_to" ]
check "setconf" evsectl setconf "$TMP.conf"
is "they are as they were" "$set_to" "$(settings)"
check "setconf again" evsectl setconf "$TMP.conf"
is "changes nothing" "$set_to" "$(settings)"
check "from standard input" sh -c "evsectl showconf | evsectl setconf -"
is "changes nothing either" "$set_to" "$(settings)"
check "what is shown is the same" sh -c "evsectl showconf | cmp - $TMP.conf"
is "JSON has the same" "v2g -4321000 5678901" "$(evsectl --json port show |
	tr ',{' '\n\n' | sed -n 's/^ *"\(mode\|min-mw\|max-mw\|min_mw\|max_mw\)": *"\{0,1\}\([^"]*\).*/\2/p' |
	head -n 3 | tr '\n' ' ' | sed 's/ $//')"
finish
