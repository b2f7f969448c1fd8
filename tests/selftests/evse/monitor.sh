#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Events of the group "monitor" and samples of the group "meter".
#
# board: evse-virt-ac
. ./lib.sh

begin
listen
plug b
check "plugging in is told" until_ms 1000 grep -q 'state=connected' "$TMP.events"
./evnl port-set id=0 max-mw=3000000
check "a setting is told" until_ms 1000 grep -q 'max-mw=3000000' "$TMP.events"
./evnl fault-raise port=0 code=0x2a
check "a fault is told" until_ms 1000 grep -q '^fault-ntf.*code=42 .*latched=1' "$TMP.events"
./evnl fault-clear port=0 code=0x2a
check "its end is told" until_ms 1000 grep -q '^fault-ntf.*code=42 .*latched=0' "$TMP.events"
unplug
check "unplugging is told" until_ms 1000 sh -c "tail -n 1 $TMP.events | grep -q state=available"
usleep 100000
count=$(events)
usleep 500000
is "a port at rest tells nothing" "$count" "$(events)"
is "what was told is what is read" "$(attr state)/$(attr max-mw)" \
	"$(tail -n 1 "$TMP.events" | sed 's/.*state=\([a-z]*\).* max-mw=\([0-9]*\).*/\1\/\2/')"
hush
./evnl port-set id=0 max-mw=2147483647

listen meter
charge
check "an energised port is sampled" until_ms 3000 grep -q '^meter-ntf.*current-ma=[1-9]' "$TMP.events"
stop_and_open
usleep 300000
count=$(events meter-ntf)
usleep 700000
is "one at rest is not" "$count" "$(events meter-ntf)"
hush

unplug
until_ms 3000 in_state available
unplug
await available 3000
# poll(2) wakes on sysfs, too: one event in the file's life is enough.
check "poll(2) wakes when the state changes" ./wakeup "$SYS/state" "$SIM/vehicle/plug" 1 0
finish
