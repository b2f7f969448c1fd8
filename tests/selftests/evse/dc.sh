#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A DC port with a power stage: three contacts, both directions of power, and
# the name of what limits it.
#
# board: evse-virt-dc
# trip-path: yes
. ./lib.sh

# limited WHAT REQUEST EFFECTIVE LIMITER
limited() {
	ask power-set id=0 request-mw="$2" >/dev/null
	is "$1" "$3/$4" "$(reply effective-mw)/$(reply limiter)"
}

flows() { # LOW HIGH, mW
	mw=$(sim_state stage_power_mw)
	[ "$mw" -ge "$1" ] && [ "$mw" -le "$2" ]
}

begin
rated_max=$(attr rated-max-mw)
rated_min=$(attr rated-min-mw)
is "the rating is 500 V 40 A" 20000000 "$rated_max"
is "and backwards as well" -20000000 "$rated_min"
is "there is a stage" 1 "$(attr stage)"
listen
hold
plug c
await requesting 4000
is "the pilot asks for high-level communication" hlc/500 "$(attr pilot-output)/$(attr duty-permyriad)"
check "energise" ask energise id=0
await energised 6000
is "plus and minus are closed, pre-charge is not" "1 1 0" \
	"$(attr contacts.0.closed) $(attr contacts.1.closed) $(attr contacts.2.closed)"
is "the gates are on" 1 "$(sim_state gates)"
within "the link is at the battery's voltage" 380000 "$(sim_state dc_link_mv)" 420000

limited "7.2 kW is what flows" 7200000 7200000 ""
check "7.2 kW flow" until_ms 2000 flows 7100000 7300000
check "the meter sees 18 A" until_ms 2000 current_is 17500 18500

limited "the rating limits" 30000000 "$rated_max" rating
./evnl port-set id=0 max-mw=5000000
limited "bounds limit" 30000000 5000000 configured
check "5 kW flow" until_ms 2000 flows 4900000 5100000
./evnl port-set id=0 max-mw=2147483647
ask vehicle-limits-set id=0 min-mw=-6000000 max-mw=4000000 bpt=0
limited "the vehicle limits" 30000000 4000000 vehicle

limited "mode charge does not discharge" -5000000 0 mode
check "mode v2g" ./evnl port-set id=0 mode=v2g
limited "v2g needs a vehicle that agreed" -5000000 0 bpt
check "the power ends" until_ms 500 flows -1000 1000
check "and none flows back" stays 200 flows -1000 1000
ask vehicle-limits-set id=0 min-mw=-6000000 max-mw=4000000 bpt=1
limited "v2g with one that did" -5000000 -5000000 ""
check "-5 kW flow" until_ms 2000 flows -5100000 -4900000
check "current flows back" until_ms 2000 current_is -13500 -11500
limited "the vehicle limits this way, too" -20000000 -6000000 vehicle
limited "the direction changes at once" 4000000 4000000 ""
check "4 kW flow" until_ms 2000 flows 3900000 4100000

check "mode off takes the power away" ./evnl port-set id=0 mode=off
check "the contacts open" until_ms 8000 board_off
check "mode charge" ./evnl port-set id=0 mode=charge
await requesting 5000
check "energise again" energise
is "without the old setpoint" 0 "$(attr request-mw)"
ask power-set id=0 request-mw=3000000 >/dev/null
check "3 kW flow" until_ms 2000 flows 2900000 3100000
check "stop" ask de-energise id=0
check "the contacts open" until_ms 8000 board_off
is "none was opened under load" 0 "$(attr counters.loaded-openings)"
hush
check "minus closes first, then pre-charge, then plus" sh -c "
	sed -n 's/^port-ntf .*state=closing.*contacts.0.closed=\(.\).*contacts.1.closed=\(.\).*/\1\2/p' \
		$TMP.events | grep -qv '^1[01]$'"
finish
