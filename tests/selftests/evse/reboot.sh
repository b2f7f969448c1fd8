#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Power off while power flows: the last word of the board is that nothing is
# energised (I5).
#
# board: evse-virt-dc
# expect-console: evse-sim-0: last seen: coils 0x0,? gates (0|off)
. ./lib.sh

begin
hold >/dev/null
check "power flows" charge
echo "1..$checks"
# The runner powers the guest off as soon as this ends, with the session held:
# a lease of ten seconds is longer than that.
exit $failures
