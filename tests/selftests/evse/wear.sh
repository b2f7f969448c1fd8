#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Contacts of a connector: a loose pin is found by its drop long before it is hot, and
# stays found until the plug is drawn; channels that say nothing are no good contact;
# a growing resistance is a trend; and matings make pins due to be cleaned.
#
# worlds: stock
# board: ../tests/selftests/evse/wear
# timeout: 900
# slow: yes
. ./sensors.sh

# Minutes are waited for here.
STEP_MS=200
THERM_OVERLOAD=0x28 CONNECTOR_WEAR=0x39
GUARD=contact-resistance
FULL_MW=16000000

contacts() { cat "$SYS/device"/*":contacts/$1"; }

# of WHAT PIN: the line of a contact
of() { contacts "$1" | sed -n "s/^drop-$2 //p"; }

loose() { sim "pin/$1/contact_uohm" "$2"; }

hottest_mc() { cat "$SIM/heat/pin_a_mc" "$SIM/heat/pin_b_mc" | sort -n | tail -n 1; }

full() { # the load is full, either way
	ma=$(sim_state current_ma)
	[ "${ma#-}" -ge 38000 ]
}

# load [MW]: full load begins; its time is in $began, nanoseconds of the board
load() {
	[ -n "$holder" ] || hold >/dev/null || return 1
	plug c
	ask power-set id="$PORT" request-mw="${1:-$FULL_MW}" >/dev/null || return 1
	asks_on 5000 || return 1
	energise || return 1
	until_ms 8000 full || return 1
	began=$(sim_state time_ns)
}

since_ms() { echo $((($(sim_state time_ns) - began) / 1000000)); }

measured() { [ "$(of resistance_uohm "$1")" != unknown ]; }

# A window of this load was judged: what was measured before is higher.
judged() { [ "$(of resistance_uohm "$1")" -le "$2" ]; }

# near WHAT PIN UOHM: the resistance is known to a fiftieth
near() {
	within "$1" $(($3 * 98 / 100)) "$(of resistance_uohm "$2")" $(($3 * 102 / 100))
}

parted() { unplug && until_ms 8000 guard_is $GUARD permit; }

# drawn WHAT: the plug is, and with it the cause ends
drawn() {
	check "$1: unplugged" unplug
	check "$1: the cause ends with the plug" until_ms 8000 guard_is $GUARD permit
	check "$1: stays latched" latched $THERM_OVERLOAD
	check "$1: cleared" until_ms 3000 clear_fault $THERM_OVERLOAD
}

# found WHAT PIN UOHM WITHIN_MS
found() {
	check "$1: found" until_ms 40000 latched $THERM_OVERLOAD
	took=$(since_ms)
	within "$1: within $4 ms" 0 "$took" "$4"
	hot=$(hottest_mc)
	say "$1: found after $took ms, the pin has $hot thousandths of a degree"
	within "$1: long before it is hot" 0 "$hot" 60000
	check "$1: everything is off" until_ms 500 board_off
	is "$1: seen by" $GUARD "$(fault $THERM_OVERLOAD source)"
	within "$1: says micro-ohms" $(($3 * 98 / 100)) "$(fault $THERM_OVERLOAD value)" $(($3 * 102 / 100))
	is "$1: and no bound, which is of another unit" "" "$(fault $THERM_OVERLOAD bound)"
	is "$1: the guard says trip" trip "$(guard_state $GUARD)"
	near "$1: which pin" "$2" "$3"
}

begin
check "no plug, no load: permit" until_ms 8000 guard_is $GUARD permit
is "nothing measured yet" "unknown unknown" "$(of resistance_uohm a) $(of resistance_uohm b)"
is "no trend" "unknown unknown" "$(of trend_nohm_per_mating a) $(of matings_left a)"

check "full load" load
sleep 25
check "stays, with good contacts" in_state energised
near "good contact a" a 200
near "good contact b" b 200
loose 0 450
sleep 25
check "below the limit: stays" in_state energised
near "below the limit" a 450

# --- a loose pin -----------------------------------------------------------------

loose 0 2000
began=$(sim_state time_ns)
found "loose under load" a 2000 25000
loose 0 200
refused "tightened, plug in: no clear" EBUSY clear_fault $THERM_OVERLOAD
check "evsectl refuses and says what to do" sh -c \
	"! evsectl -p evse$PORT fault clear ERR_THERM_OVERLOAD 2>&1 | tee $TMP.said | grep -q cleared; grep -q 'cause still stands' $TMP.said"
check "restored matings are no drawn plug" ./evnl counters-set id="$PORT" counters.matings=77
check "nor is time" stays 8000 guard_is $GUARD trip
refused "still no clear" EBUSY clear_fault $THERM_OVERLOAD
drawn "loose under load"

loose 1 2000
check "loose from the beginning: full load" load
found "loose from the beginning" b 2000 15000
loose 1 200
drawn "loose from the beginning"

check "mode v2g" ./evnl port-set id="$PORT" mode=v2g
check "discharge: plugged" plug c
ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 >/dev/null
loose 0 1000
check "discharge: full load" load -$FULL_MW
found "loose while discharging" a 1000 15000
loose 0 200
drawn "loose while discharging"
check "mode charge" ./evnl port-set id="$PORT" mode=charge

# --- channels that say nothing ---------------------------------------------------

check "full load for the channels" load
dmesg -c >/dev/null
sim adc/15/fail error
check "unreadable for 4 s: stays" stays 4000 in_state energised
check "unreadable: the guard holds" until_ms 5000 guard_is $GUARD hold
check "unreadable: the contacts open" until_ms 8000 board_off
is "unreadable: its name is told, once" 1 "$(dmesg | grep -c 'channel "drop-a" cannot be read, error -5')"
check "unreadable: stays so" stays 5000 guard_is $GUARD hold
sim adc/15/fail none
check "unreadable: heard again" until_ms 3000 guard_is $GUARD permit
is "unreadable: no fault" 0 "$(attr fault-count)"
until_ms 8000 in_rest

check "full load for the current" load
sim adc/4/fail error
check "unreadable current: the guard holds" until_ms 9000 guard_is $GUARD hold
sim adc/4/fail none
check "unreadable current: heard again" until_ms 3000 guard_is $GUARD permit
until_ms 8000 in_rest

check "full load for a dead channel" load
check "a dead channel: measured before" until_ms 16000 judged a 204
dmesg -c >/dev/null
loose 0 0
check "no drop at all: the guard holds" until_ms 40000 guard_is $GUARD hold
check "no drop at all: power ends" until_ms 8000 board_off
is "no drop at all: told" 1 "$(dmesg | grep -c '"drop-a" sees no drop')"
near "no drop at all: is no resistance" a 200
loose 0 200
check "no drop at all: for this plug" stays 5000 guard_is $GUARD hold
refused "no drop at all: no power" EAGAIN ask energise id="$PORT"
check "no drop at all: over with the plug" parted
is "no drop at all: no fault" 0 "$(attr fault-count)"

# --- trend -----------------------------------------------------------------------

device=$(basename "$SYS/device"/*":contacts")
driver=$(readlink -f "$SYS/device"/*":contacts/driver")
echo "$device" >"$driver/unbind"
check "unbound: the port trips" until_ms 1000 latched $PROVIDER_LOST
echo "$device" >"$driver/bind"
check "bound again: cleared" until_ms 8000 cleared
for uohm in 200 210 220 230 240; do
	loose 0 $uohm
	check "mating at $uohm" load
	check "mating at $uohm: measured" until_ms 16000 measured a
	sleep 12
	check "mating at $uohm: stopped" stop_and_open
	check "mating at $uohm: unplugged" parted
done
within "trend of a, nano-ohm a mating" 9000 "$(of trend_nohm_per_mating a)" 11000
within "matings left of a" 22 "$(of matings_left a)" 30
within "no trend of b" -500 "$(of trend_nohm_per_mating b)" 500
say "b: $(of trend_nohm_per_mating b) nano-ohm a mating, $(of matings_left b) left"
loose 0 200

# --- wear ------------------------------------------------------------------------

is "not due" "0 0" "$(contacts cleaning_due) $(contacts replacement_due)"
check "499 matings" ./evnl counters-set id="$PORT" counters.matings=499 counters.cleaned=0
check "499: not due" stays 5000 fault_is $CONNECTOR_WEAR active ""
plug b
check "500: due" until_ms 5000 fault_is $CONNECTOR_WEAR active 1
is "500: says so" 500 "$(fault $CONNECTOR_WEAR value)"
is "500: only warns" "0 1" "$(fault $CONNECTOR_WEAR latched) $(contacts cleaning_due)"
check "500: power flows all the same" load
check "stopped" stop_and_open
check "cleaned" evsectl -p "evse$PORT" counters cleaned
check "cleaned: not due" until_ms 5000 fault_is $CONNECTOR_WEAR active ""
is "cleaned: neither here" "0 500" "$(contacts cleaning_due) $(cat "$SYS/counters/cleaned")"
check "saved" evsectl counters save "$TMP.counters"
check "forgotten" ./evnl counters-set id="$PORT" counters.cleaned=0
check "forgotten: due" until_ms 5000 fault_is $CONNECTOR_WEAR active 1
check "restored" evsectl counters restore "$TMP.counters"
check "restored: not due" until_ms 5000 fault_is $CONNECTOR_WEAR active ""
parted
check "9999 matings" ./evnl counters-set id="$PORT" counters.matings=9999 counters.cleaned=9999
check "9999: not due" stays 5000 fault_is $CONNECTOR_WEAR active ""
plug b
check "10000: due" until_ms 5000 fault_is $CONNECTOR_WEAR value 10000
is "10000: to be replaced" "0 1" "$(contacts cleaning_due) $(contacts replacement_due)"
parted
check "a new connector" ./evnl counters-set id="$PORT" counters.matings=0
check "a new connector: not due" until_ms 5000 fault_is $CONNECTOR_WEAR active ""
finish
