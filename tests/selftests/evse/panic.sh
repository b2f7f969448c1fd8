#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A panic while power flows: the last word of the board is that nothing is
# energised (I5).
#
# board: evse-virt-dc
# worlds: stock
# expect-panic: yes
# expect-console: evse-sim-0: last seen: coils 0x0,? gates (0|off)
. ./lib.sh

begin
hold >/dev/null
check "power flows" charge
echo "1..$checks"
[ $failures = 0 ] || exit 1
usleep 100000
echo c >/proc/sysrq-trigger
