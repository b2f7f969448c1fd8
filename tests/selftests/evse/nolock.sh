#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A tethered connector without lock motor and without cable coding.
#
# board: evse-virt-nolock
. ./lib.sh

begin
is "there is no lock" none "$(attr lock)"
is "nor a cable to know" "" "$(attr cable-ma)"
hold >/dev/null
refused "which cannot be moved" EOPNOTSUPP ask lock-set id=0 locked=1
check "power flows without" charge
check "stop" stop_and_open
unplug
await available 3000
finish
