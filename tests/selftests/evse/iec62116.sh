#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Islanding detection as IEC 62116 tests it: a parallel RLC load of quality factor
# 1 that takes nearly what is fed, a relay that sees nothing, trip settings as wide
# as the profile allows. A table of the times from the breaker to blocked gates,
# with active detection and without, and where the methods end.
#
# With IEC62116=full in the environment the matrix has all of its steps; see
# Documentation/safety/islanding.rst.
#
# board: evse-virt-grid-dc evse-virt-grid-50
# worlds: stock-6.12
# timeout: 1800
. ./lib.sh
. ./gridlib.sh

FULL_MW=20000000
LIMIT_MS=2000
# As wide as IEEE 1547 lets it be: the trip may follow the gates so much later.
UV2_MS=2000
worst=0
missed=0
at_work=

case ${IEC62116:-} in
full) powers="100 66 33" actives="-10 -5 0 5 10" reactives="-5 -4 -3 -2 -1 0 1 2 3 4 5" ;;
*) powers="100 33" actives="-10 0 10" reactives="-5 -1 0 2 5" ;;
esac

# UV and OV, and OF and UF, as IEEE 1547.1-2020 Tables 15 to 19 have them for the
# islanding test.
widest() {
	set_line uv2 pickup=0 time-ms=$UV2_MS && set_line uv1 pickup=0 time-ms=21000 &&
		set_line ov1 pickup=1200 time-ms=13000 &&
		set_line of2 pickup=66000 time-ms=1000000 &&
		set_line of1 pickup=66000 time-ms=1000000 &&
		set_line uf2 pickup=50000 time-ms=1000000 &&
		set_line uf1 pickup=50000 time-ms=1000000
}

# Power flows: after enter service where that can be short, else on its ramp.
feeds() { # MW
	export_mw=$1
	case $profile in
	ieee1547-*)
		feed_back "$1" 5000
		return
		;;
	esac
	ready_to_feed || return 1
	until_ms 70000 grid_is state ramping || return 1
	until_ms 5000 in_state requesting || return 1
	energise || return 1
	ask_for "-$1"
	until_ms 80000 exports
}

# The breaker opens, nobody sees it; ms until the gates are blocked for good.
# islands MW P_PERMILLE Q_PERMILLE: $ms and $by; $ms is "-" after two seconds
islands() {
	ms=- by=-
	feeds "$1" || return 1
	sim island/p_permille "$2"
	sim island/q_permille "$3"
	sim mains/relay_works 0
	sim referee/allow_island_ms 10000
	usleep 20000
	at_work=$(grid active)
	sim mains/breaker 0
	if until_ms $((LIMIT_MS + 50)) gates_are 0 && until_ms $UV2_MS grid_trips; then
		ms=$(ms_to_gates)
		by=$(grid last-trip)
	fi
	# The relay ends what nobody found.
	sim mains/relay_works 1
	until_ms 500 grid_trips
	sim mains/breaker 1
	sim referee/allow_island_ms 0
	until_ms 3000 fault_is $GRID_LOSS latched ""
}

# matrix WHAT: rows of active imbalance, columns of reactive, in percent
matrix() {
	for power in $powers; do
		say "iec62116 $profile $1, $power % of the power: ms by reactive imbalance"
		# shellcheck disable=SC2086
		say "$(printf '%8s' 'P \ Q' $reactives)"
		for p in $actives; do
			row=$(printf '%8s' "$p")
			for q in $reactives; do
				islands $((FULL_MW / 100 * power)) $((1000 + p * 10)) $((q * 10)) ||
					fail "$power % $p $q: power flows"
				row="$row$(printf '%8s' "$ms")"
				if [ "$ms" = - ]; then
					missed=$((missed + 1))
				elif [ "$ms" -gt $worst ]; then
					worst=$ms
				fi
			done
			say "$row"
		done
	done
}

# Where the limits of voltage and frequency end, with the defaults of the standard.
zone() {
	for case in "$@"; do
		islands $FULL_MW "${case%/*}" "${case#*/}"
		say "$(printf 'iec62116 %s passive: P %+4d.%d %% Q %+4d.%d %%: %s ms %s' "$profile" \
			$(((${case%/*} - 1000) / 10)) $(((${case%/*} - 1000) % 10)) \
			$((${case#*/} / 10)) $((${case#*/} % 10)) "$ms" "$by" | sed 's/\.-/./')"
		found="$found $ms"
	done
}

with_active() { # [AND COMMAND]
	check "$profile${1:+ $1}" profile "$profile"
	case $profile in
	ieee1547-*) check "settings as wide as they can be" widest ;;
	esac
	[ $# = 0 ] || check "$1" "$2"
	worst=0 missed=0
	matrix "with active detection${1:+ $1}"
	is "active detection was at work" 1 "$at_work"
	is "each island is found" 0 $missed
	within "in less than two seconds" 0 $worst $LIMIT_MS
	[ $# -gt 0 ] || say "iec62116_worst_ms $worst"
	say "iec62116_worst_ms.$profile $worst"
}

# The fastest droop that a standard allows moves power while the island runs away.
with_quick_droop() {
	stop_and_open
	profile=ieee1547-cat3 powers=100 actives="-10 0 10" reactives="-1 0 2"
	with_active "and the fastest droop" quick_droop
}

# A load of a higher quality factor answers the same push with less.
quality() {
	found=
	for factor in 1500 2000 4000; do
		sim island/q_factor_permille $factor
		islands $FULL_MW 1000 0
		say "iec62116 $profile active: quality factor $((factor / 1000)).$((factor % 1000 / 100)): $ms ms $by"
		[ "$ms" = - ] || found="$found $factor"
	done
	sim island/q_factor_permille 1000
	is "found up to quality factor 2, not beyond K = 4 Q / (pi f0)" " 1500 2000" "$found"
}

passive() {
	stop_and_open
	check "defaults" ./evnl grid-set port="$PORT" profile="$profile"
	check "a short enter service" profile "$profile"
	check "without active detection" set_line active pickup=0
	found=
	zone 1000/0 900/-50 1100/50 1000/-120 1000/60
	is "the limits alone see none of the matrix" " - - - - -" "$found"
	found=
	zone 5200/0 1000/-140 1000/70
	case $found in
	*-*) fail "beyond their zone the limits see it" ;;
	*) pass "beyond their zone the limits see it" ;;
	esac
	[ "${IEC62116:-}" != full ] ||
		zone 900/0 800/0 680/0 400/0 1100/0 2300/0 4000/0 1000/-130 1000/65
}

begin
if [ "$(grid nominal-mhz)" = 60000 ]; then
	profile=ieee1547-cat2
	with_active
	quality
	with_quick_droop
	profile=ieee1547-cat2
	passive
else
	profile=vde-ar-n-4105
	powers=10 actives=0 reactives="-5 0 5"
	with_active
fi
mains_again
stop_and_open
let_go
finish
