#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Basic signalling: AC charging without a session, which never discharges (I1).
#
# board: evse-virt-ac
. ./lib.sh

begin
plug c
# Without a session nobody serves the vehicle, and with its pilot steady it does
# not ask.
await connected 3000
check "no power is offered" attr_is pilot-output steady
check "no coil" board_off

check "basic signalling can be turned on" ./evnl port-set id=0 basic=1
await energised 6000 "without a session"
is "nobody owns the port" "" "$(attr session-port)"
check "the rated current flows" until_ms 6000 current_is 30000 32500
refused "a session cannot take the port over" EBUSY ./evnl session-open id=0 lease-ms=1000
refused "a setpoint needs a session" ENOTCONN ./evnl power-set id=0 request-mw=-5000000
is "nothing is asked to flow back" 1 "$(attr effective-mw | awk '{ print ($1 >= 0) }')"
check "mode v2g does not discharge" ./evnl port-set id=0 mode=v2g
sim vehicle/power_mw -5000000
check "no current flows back" stays 1500 current_is 0 32500
sim vehicle/power_mw 7360000
check "mode charge" ./evnl port-set id=0 mode=charge

check "a bound is followed" ./evnl port-set id=0 max-mw=2300000
check "10 A flow" until_ms 6000 current_is 9000 10200
check "a bound below 6 A stops" ./evnl port-set id=0 max-mw=1000000
is "which the pilot cannot state" steady "$(attr pilot-output)"
check "the contact opens" until_ms 8000 board_off
check "the bound is lifted" ./evnl port-set id=0 max-mw=2147483647
await energised 6000 "again by itself"

# One command ends it for good.
check "stop" ./evnl de-energise id=0
check "the contact opens" until_ms 8000 board_off
check "and stays open" stays 1500 board_off
is "basic signalling is off" 0 "$(attr basic)"
finish
