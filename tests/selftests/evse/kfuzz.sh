#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What user space can reach of the modules, fuzzed: netlink alone, with what must
# hold checked after each datagram; then netlink from two processes and all files at
# once, drivers coming and going. After each, all cleared, a normal charge works. See
# Documentation/testing/kfuzz.rst.
#
# board: ../tests/kfuzz/board
# worlds: debug-6.12
# alone: yes
# timeout: 14400
. ./lib.sh

# Of the kernel's command line, as the runner's --append has them
MINUTES=${KFUZZ_MINUTES:-0} SEED=${KFUZZ_SEED:-1}
DATAGRAMS=${KFUZZ_DATAGRAMS:-250}

[ -x kfuzz/netlink ] || skip_all "the fuzzers are built by tests/qemu/selftests.mk"

seconds() { cut -d . -f 1 /proc/uptime; }

# out NAME: what a fuzzer printed; its answers go to the table
out() {
	grep '^tally' "$TMP.$1" >>"$TMP.tally"
	grep -v '^tally' "$TMP.$1" | sed 's/^/# /'
}

# A normal charge of each port, after what anybody would do: vehicles away, faults
# cleared, mode and bounds as they were.
usable() { # AFTER
	for board in 0 1; do
		on_board $board
		check "$1, board $board: at rest" reset_port
		check "$1, board $board: power flows" charge
		check "$1, board $board: it stops" stop_and_open
		let_go
		check "$1, board $board: unplugged, at rest" reset_port
	done
	is "$1: the referee saw no violation" 0 "$(violations)"
	[ "$(violations)" = 0 ] || cat /sys/kernel/debug/evse_sim/*/referee/log | sed 's/^/#   /'
	clear_violations
}

# One round: N is its seed
round() {
	say "round with seed $1, $(seconds) s after boot"
	kfuzz/netlink --seed "$1" --count $DATAGRAMS >"$TMP.alone"
	is "netlink alone, seed $1" 0 $?
	out alone
	kfuzz/sysfs --seed "$1" --count 0 >"$TMP.anew" || fail "all drivers anew"
	usable "netlink alone, seed $1"

	kfuzz/netlink --seed $(($1 + 1)) --count $DATAGRAMS --loose 1 >"$TMP.first" &
	first=$!
	kfuzz/netlink --seed $(($1 + 2)) --count $DATAGRAMS --loose 1 >"$TMP.second" &
	second=$!
	kfuzz/sysfs --seed "$1" --count $((DATAGRAMS * 2)) >"$TMP.files"
	is "files, seed $1" 0 $?
	wait $first
	is "netlink beside, seed $(($1 + 1))" 0 $?
	wait $second
	is "netlink beside, seed $(($1 + 2))" 0 $?
	out first
	out second
	out files
	kfuzz/sysfs --seed "$1" --count 0 >"$TMP.anew" || fail "all drivers anew"
	usable "all at once, seed $1"
}

begin
: >"$TMP.tally"
end=$(($(seconds) + MINUTES * 60))
while :; do
	round "$SEED"
	SEED=$((SEED + 10))
	[ "$(seconds)" -lt $end ] || break
done

# Operation, how often granted, refusals by error
awk '{ if (!($2 in granted)) order[n++] = $2
	granted[$2] += $3 == "granted" ? $4 : 0
	if ($3 != "granted") errors[$2 " " $3] += $4; kinds[$3] }
	END { for (i = 0; i < n; i++) {
		line = sprintf("# %-20s granted %d", order[i], granted[order[i]])
		for (k in kinds) if ((order[i] " " k) in errors)
			line = line sprintf(", %s %d", k, errors[order[i] " " k])
		print line } }' "$TMP.tally"
is "every operation was granted at least once" "" \
	"$(awk '$2 != "none" { all[$2] += 0 } $3 == "granted" { all[$2] += $4 }
		END { for (op in all) if (!all[op]) printf "%s ", op }' "$TMP.tally")"
is "and asked for" 28 "$(awk '$2 != "none" { all[$2] } END { for (op in all) n++; print n }' "$TMP.tally")"
say "$(seconds) s of guest time"
finish
