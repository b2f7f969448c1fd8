#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The control pilot: states of the vehicle, unplugged while energised, state D
# without ventilation, manual outputs.
#
# board: evse-virt-ac
. ./lib.sh

begin
hold >/dev/null
plug b
check "B" until_ms 1000 attr_is vehicle b
plug c
check "C" until_ms 1000 attr_is vehicle c
plug b
check "B again" until_ms 1000 attr_is vehicle b
unplug
check "A" until_ms 1000 attr_is vehicle a

# IEC 61851-1: contacts open within 100 ms of the unplugging.
check "unplugged: power flows" charge
started=$(sim_state time_ns)
unplug
check "unplugged: everything is off" until_ms 500 board_off
until_ms 500 fault_is $CP_SIGNAL_LOSS latched 1
open=$(fault $CP_SIGNAL_LOSS contact-open-ns)
within "unplugged: contacts open within 100 ms" 1 $(((${open:-0} - started) / 1000)) 100000
check "unplugged: the connector is unlocked" until_ms 2000 attr_is lock unlocked
check "unplugged: clear" clear_fault $CP_SIGNAL_LOSS
await available 1000

# A vehicle that opens S2 by itself ends power without a fault, within 100 ms.
check "S2 opens: power flows" charge
sim vehicle/power_mw 0
until_ms 3000 current_is 0 500
started=$(sim_state time_ns)
sim vehicle/want b
check "S2 opens: everything is off" until_ms 200 board_off
within "S2 opens: contacts open within 100 ms" 1 $((($(sim_state opened_ns) - started) / 1000)) 100000
await connected 2000 "without a fault"
is "S2 opens: no fault" 0 "$(attr fault-count)"
sim vehicle/power_mw 7360000
unplug
await available 2000

# State D asks for ventilation, which this site does not have.
plug d
check "D is seen" until_ms 3000 attr_is vehicle d
check "D: VENTILATION" until_ms 1000 fault_is $VENTILATION active 1
check "D: no coil" board_off
refused "D: no power" EIO ask energise id=0
unplug
until_ms 1000 fault_is $VENTILATION active 0
cleared
check "D while energised: power flows" charge
sim vehicle/want d
check "D while energised: a stop" until_ms 8000 board_off
check "D while energised: VENTILATION" fault_is $VENTILATION latched 1
is "D while energised: not opened under load" 0 "$(attr counters.loaded-openings)"
unplug
check "D while energised: clear" until_ms 2000 cleared
await available 2000

# Noise: whatever it is taken for, nothing is energised in it, and all is well
# after it.
check "noise: power flows" charge
sim pilot/noise_mv 9000
check "noise: everything is off" until_ms 500 board_off
check "noise: and stays off" stays 1000 board_off
sim pilot/noise_mv 0
unplug
check "noise: clear" until_ms 2000 cleared
await available 2000

plug b
await connected 1000
# Out of service shows -12 V; the manual outputs are what was said.
check "out of service" ask pilot-set id=0 pilot-output=unavailable
is "0 % duty" 0/unavailable "$(attr duty-permyriad)/$(attr pilot-output)"
check "5 %" ask pilot-set id=0 pilot-output=hlc
is "500" 500 "$(attr duty-permyriad)"
check "16 A" ask pilot-set id=0 pilot-output=current pilot-ma=16000
is "2666" 2666 "$(attr duty-permyriad)"
check "no more than the rating" ask pilot-set id=0 pilot-output=current pilot-ma=63000
is "a vehicle has 5 s to follow a current" 2666 "$(attr duty-permyriad)"
check "16 A for a while" stays 400 attr_is duty-permyriad 2666
check "5333 after 5 s" until_ms 5200 attr_is duty-permyriad 5333
refused "5 A cannot be stated" ERANGE ask pilot-set id=0 pilot-output=current pilot-ma=5000
check "auto" ask pilot-set id=0 pilot-output=auto
ask power-set id=0 request-mw=7360000 >/dev/null
check "the port decides" until_ms 5200 attr_is duty-permyriad 5333

# The cable's coding limits.
unplug
sim cable/pp_ohm 680
plug b
check "a 20 A cable" until_ms 2000 attr_is cable-ma 20000
is "limits the pilot" 20000 "$(attr pilot-ma)"
is "and says so" 4600000 "$(./evnl port-get id=0 | awk -F= '
	/^limiters.*name=cable/ { mine = 1 } mine && /max-mw/ { print $2; exit }')"
finish
