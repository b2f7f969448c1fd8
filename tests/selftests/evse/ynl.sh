#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kernel tree's own netlink client drives the family from our specification.
#
# board: evse-virt-ac
# needs: ynl
. ./lib.sh

quietly() { "$@" >/dev/null; }

# A generic netlink socket (protocol 16) is in a group.
subscribed() { awk '$2 == 16 && $4 != "00000000" { found = 1 } END { exit !found }' /proc/net/netlink; }

begin
check "port-get" sh -c "ynl --do port-get --json '{\"id\": 0}' >$TMP.port"
check "knows the state by its name" grep -q "'state': 'available'" "$TMP.port"
check "and the supply" grep -q "'supply': 'ac'" "$TMP.port"
check "and the contacts" grep -q "'commanded': 0" "$TMP.port"
check "dump" sh -c "ynl --dump port-get | grep -q \"'id': 0\""
check "port-set" quietly ynl --do port-set --json '{"id": 0, "mode": "v2g", "max-mw": 4200000}'
is "was done" v2g/4200000 "$(attr mode)/$(attr max-mw)"
check "session-open" sh -c "ynl --do session-open --json '{\"id\": 0, \"lease-ms\": 2000}' | grep -q \"'lease-ms': 2000\""
check "counters-set" quietly ynl --do counters-set --json '{"id": 0, "counters": {"cycles": 77}}'
is "was done, too" 77 "$(attr counters.cycles)"
check "a dump of what this port has none of" quietly ynl --dump thermal-get
check "and why it has none" sh -c "ynl --do thermal-get --json '{\"port\": 0, \"sensor\": \"igbt\"}' 2>&1 | grep -q 'this port has no thermal guard: add an evse,thermal-guard node to its device tree'"
check "the catalogue" sh -c "ynl --dump catalogue-get | grep -q COMM_TIMEOUT"
check "a refusal has its sentence" sh -c "ynl --do power-set --json '{\"id\": 0, \"request-mw\": 1}' 2>&1 | grep -q 'no session is held'"
ynl --subscribe monitor --sleep 5 >"$TMP.events" 2>&1 &
tries=0
until subscribed || [ $tries -ge 300 ]; do
	tries=$((tries + 1))
	usleep 100000
done
plug b
wait
check "notifications" grep -q "port-ntf" "$TMP.events"
check "with the state by its name" grep -q "'state': 'connected'" "$TMP.events"
finish
