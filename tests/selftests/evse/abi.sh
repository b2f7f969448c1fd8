#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every attribute of /sys/class/evse/evse0 has its text in Documentation/ABI,
# every text has its attribute, and sysfs says what netlink says.
#
# board: evse-virt-ac evse-virt-dc
. ./lib.sh

ABI=${ABI:-/evse/Documentation/ABI/testing/sysfs-class-evse}

documented() {
	sed -n 's/^What:[[:space:]]*\/sys\/class\/evse\/[^/]*\///p' "$ABI" | sort -u
}

# Those of the driver core have texts of their own.
shown() {
	(cd "$SYS/" && find . -type f | sed 's/^\.\///') |
		grep -v -e '^uevent$' -e '^power/' | sort -u
}

agree() { # SYSFS NETLINK
	is "$1 says what $2 says" "$(attr "$2" | tr A-Z a-z)" \
		"$(tr A-Z a-z <"$SYS/$1" | sed 's/^none$//')"
}

begin
check "there is $ABI" [ -s "$ABI" ]
documented >"$TMP.doc"
shown >"$TMP.sys"
is "shown without a text" "" "$(grep -Fxv -f "$TMP.doc" "$TMP.sys" | tr '\n' ' ')"
is "a text without being shown" "" "$(grep -Fxv -f "$TMP.sys" "$TMP.doc" | tr '\n' ' ')"
is "every text is complete" "" "$(awk '
	function ends() { if (what && !(date && desc)) print what; what = date = desc = "" }
	/^What:/ { if (!cont) ends(); what = $2; cont = 1; next }
	{ cont = 0 }
	/^Date:/ { date = 1 } /^Description:/ { desc = 1 }
	END { ends() }' "$ABI")"
is "all of them are to be read only" "" \
	"$(cd "$SYS/" && find . -type f -perm -200 | grep -v -e /uevent -e /power/)"

plug c
hold >/dev/null
until_ms 5000 in_state requesting
usleep 300000
for pair in state:state mode:mode vehicle:vehicle request_mw:request-mw \
	effective_mw:effective-mw limiter:limiter min_mw:min-mw max_mw:max-mw \
	rated_min_mw:rated-min-mw rated_max_mw:rated-max-mw basic:basic \
	supply:supply phases:phases rated_mv:rated-mv rated_ma:rated-ma \
	rated_export_ma:rated-export-ma \
	pilot_output:pilot-output pilot_ma:pilot-ma \
	duty_permyriad:duty-permyriad stage:stage lock:lock \
	update_locked:update-locked \
	waiting_for:waiting-for counters/matings:counters.matings \
	counters/cycles:counters.cycles counters/trips:counters.trips; do
	agree "${pair%%:*}" "${pair#*:}"
done
is "session names its owner" "$(attr session-port)" "$(cut -d ' ' -f 1 "$SYS/session")"
ask energise id=0 >/dev/null
until_ms 5000 in_state energised
is "contacts" "$(attr contacts.0.name) coil on contact closed" "$(head -n 1 "$SYS/contacts")"
sim vehicle/diode short
until_ms 1000 in_state fault
is "fault" "0x25 DIODE_FAULT" "$(cat "$SYS/fault")"
check "faults" grep -q '^0x25 DIODE_FAULT latched active first$' "$SYS/faults"
sim vehicle/diode ok
finish
