# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the scripts of this directory share: KTAP, the simulated board, a session
# that the test drives line by line. For busybox's ash.
#
# A script sources this, calls begin, makes its checks, calls finish. Every
# check is one test; finish adds the referee's verdict and the plan. Nothing
# waits longer than it says, and nothing sleeps where it can look.

PORT=0
SYS=/sys/class/evse/evse0
SIM=/sys/kernel/debug/evse_sim/evse-sim-0
TMP=/tmp/evse-test.$$
# How often something that is waited for is looked at: looking is not free, where
# the guest's time is its instructions.
STEP_MS=20
checks=0
failures=0
holder=

# --- KTAP ---------------------------------------------------------------------

say() { echo "# $*"; }

# on_board N: what follows is about the simulated board N and its port, with a device
# tree or without. Ports have their numbers from the order in which they were found.
on_board() {
	for SIM in /sys/kernel/debug/evse_sim/evse-sim[-.]"$1"; do :; done
	for SYS in /sys/class/evse/evse*; do
		case $(basename "$(readlink -f "$SYS/device")") in
		evse-port[-.]"$1") break ;;
		esac
	done
	PORT=${SYS#/sys/class/evse/evse}
}

# What a reader of a failure wants to know of the port.
show() {
	[ -e "$SYS" ] || return 0
	./evnl port-get id="$PORT" 2>&1 |
		grep -v -e '^limiters' -e '^guards.*\(scope\|code\)' |
		tr '\n' ' ' | sed 's/^/#   /'
	echo
	./evnl -d fault-get port="$PORT" 2>/dev/null | sed 's/^/#   fault: /'
	[ ! -e "$SIM/state" ] || tr '\n' ' ' <"$SIM/state" | sed 's/^/#   sim: /'
	echo
}

pass() {
	checks=$((checks + 1))
	echo "ok $checks $*"
}

fail() {
	checks=$((checks + 1))
	failures=$((failures + 1))
	echo "not ok $checks $*"
	show
}

# check WHAT COMMAND...: the command must succeed
check() {
	lib_what=$1
	shift
	if "$@"; then
		pass "$lib_what"
	else
		fail "$lib_what"
		say "  failed: $*"
	fi
}

# is WHAT WANTED GOT
is() {
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		say "  wanted '$2', got '$3'"
	fi
}

# within WHAT LOW VALUE HIGH
within() {
	if [ "${3:-x}" -ge "$2" ] 2>/dev/null && [ "$3" -le "$4" ]; then
		pass "$1"
	else
		fail "$1"
		say "  wanted $2 to $4, got '$3'"
	fi
}

# refused WHAT ERRNO COMMAND...: the command must fail with errno and a sentence
refused() {
	lib_what=$1 lib_errno=$2
	shift 2
	answer=$("$@" 2>&1)
	case $answer in
	*"error $lib_errno "?*) pass "$lib_what" ;;
	*)
		fail "$lib_what"
		say "  wanted $lib_errno and a sentence, got '$answer'"
		;;
	esac
}

# skip WHAT WHY: what cannot be seen here
skip() {
	checks=$((checks + 1))
	echo "ok $checks $1 # SKIP $2"
}

skip_all() {
	echo "1..0 # SKIP $*"
	exit 4
}

# --- waiting --------------------------------------------------------------------

# until MS COMMAND...: try until it succeeds
until_ms() {
	tries=$(($1 / STEP_MS + 1))
	shift
	while ! "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		usleep ${STEP_MS}000
	done
}

# stays MS COMMAND...: it must succeed all the while
stays() {
	tries=$(($1 / STEP_MS + 1))
	shift
	while [ $tries -gt 0 ]; do
		"$@" || return 1
		tries=$((tries - 1))
		usleep ${STEP_MS}000
	done
}

state() {
	read -r now <"$SYS/state" && echo "$now"
}

in_state() {
	read -r now <"$SYS/state" && [ "$now" = "$1" ]
}

# await STATE [MS]: check that the port gets there
await() {
	if until_ms "${2:-3000}" in_state "$1"; then
		pass "reaches $1${3:+ $3}"
	else
		fail "reaches $1${3:+ $3}"
	fi
}

# --- the port ---------------------------------------------------------------------

# attr NAME: an attribute of the port over netlink, empty when absent
attr() {
	./evnl port-get id="$PORT" 2>/dev/null | sed -n "s/^$1=//p"
}

attr_is() { [ "$(attr "$1")" = "$2" ]; }

# bounds LIMITER: MIN/MAX that it has, milliwatt
bounds() {
	./evnl port-get id="$PORT" | awk -F= -v want="$1" '
		/^limiters.*name=/ { mine = $2 == want }
		mine && /(min|max)-mw/ { printf "%s%s", sep, $2; sep = "/" }'
}

# fault CODE NAME: an attribute of a fault that is latched or active
fault() {
	./evnl -d fault-get port="$PORT" 2>/dev/null |
		tr ' ' '\n' | awk -F= -v code="$(($1))" -v name="$2" '
			$1 == "port" && NF > 1 { mine = 0 }
			$1 == "code" { mine = $2 == code }
			mine && $1 == name { print $2 }'
}

fault_is() { [ "$(fault "$1" "$2")" = "$3" ]; }

# All coils off and all contacts open, as the board has it.
board_off() {
	[ "$(($(sim_state outputs) & 7))" = 0 ] && [ "$(sim_state contacts)" = 0x0 ] &&
		[ "$(sim_state gates)" = 0 ]
}

GRID_LOSS=0x01 GROUND_FAULT=0x20 CONTACTOR_STUCK=0x21 CONTACTOR_OPEN=0x22
LOCK_FAIL=0x23 CP_SIGNAL_LOSS=0x24 DIODE_FAULT=0x25 PROXIMITY_FAULT=0x26
VENTILATION=0x27 EMERGENCY_STOP=0x2b PROVIDER_LOST=0x32 GROUND_FAULT_TEST=0x35
COMM_TIMEOUT=0xDEADC0DE

clear_fault() { ./evnl fault-clear port="$PORT" code="$1"; }

# cleared: every fault of the port is gone
cleared() {
	./evnl fault-clear port="$PORT" >/dev/null 2>&1
	attr_is fault-count 0
}

# --- the board ----------------------------------------------------------------------

# sim KNOB VALUE
sim() { echo "$2" >"$SIM/$1"; }

sim_state() {
	while read -r key value; do
		[ "$key" != "$1" ] || echo "$value"
	done <"$SIM/state"
}

current_is() { # LOW HIGH, mA
	ma=$(sim_state current_ma)
	[ "$ma" -ge "$1" ] && [ "$ma" -le "$2" ]
}

lock_rests() {
	read -r lock <"$SYS/lock"
	[ "$lock" != moving ]
}

# plug [WANT]: a vehicle that wants b, c or d. Nobody plugs in while the bolt moves.
plug() {
	until_ms 2000 lock_rests
	sim vehicle/want "${1:-b}"
	sim vehicle/plug 1
}

# unplug: and wait until the port knows
unplug() {
	sim vehicle/want b
	sim vehicle/plug 0
	until_ms 500 vehicle_gone
}

vehicle_gone() {
	read -r vehicle <"$SYS/vehicle"
	[ "$vehicle" = A ]
}

# --- sessions -------------------------------------------------------------------------

# hold [LEASE_MS [SHARED [KEEP_MS]]]: a session of this test. KEEP_MS 0 leaves
# its lease alone. Requests go through ask.
hold() {
	lease=${1:-10000} shared=${2:-0} keep=${3:-1000}
	rm -f "$TMP.in" "$TMP.out"
	mkfifo "$TMP.in" "$TMP.out"
	options=-i
	[ "$keep" = 0 ] || options="-i -k $keep -p $PORT"
	# shellcheck disable=SC2086
	./evnl $options <"$TMP.in" >"$TMP.out" 2>/dev/null &
	holder=$!
	exec 8>"$TMP.in" 9<"$TMP.out"
	ask session-open id="$PORT" lease-ms="$lease" session-shared="$shared"
}

# ask REQUEST: through the session's socket; the answer is in $REPLY
ask() {
	REPLY=
	echo "$*" >&8 || return 1
	read -r -t 10 REPLY <&9 || return 1
	case $REPLY in
	*error*)
		echo "$REPLY"
		return 1
		;;
	esac
}

# of REPLY's words, that of an attribute
reply() {
	echo "$REPLY" | tr ' ' '\n' | sed -n "s/^$1=//p"
}

let_go() {
	[ -n "$holder" ] || return 0
	exec 8>&- 9<&-
	wait "$holder" 2>/dev/null
	holder=
}

# energise: a held session, a vehicle that asks, power flowing
energise() {
	ask energise id="$PORT" || return 1
	until_ms 5000 in_state energised
}

# asks_on MS: the vehicle asks and goes on asking: one whose pilot went steady
# says B for a moment
asks_on() {
	until_ms "$1" in_state requesting && usleep 600000 &&
		until_ms "$1" in_state requesting
}

# charge: a vehicle, a session, current flowing
charge() {
	plug c
	[ -n "$holder" ] || hold >/dev/null || return 1
	ask power-set id="$PORT" request-mw=7200000 >/dev/null || return 1
	asks_on 5000 || return 1
	energise || return 1
	until_ms 6000 current_is 9000 40000
}

stop_and_open() {
	ask de-energise id="$PORT" >/dev/null ||
		./evnl de-energise id="$PORT" >/dev/null
	until_ms 8000 board_off && until_ms 8000 in_rest
}

# --- events ----------------------------------------------------------------------------

listener=

# Collect the events of a group in $TMP.events from now on.
listen() {
	./evnl -m "${1:-monitor}" >"$TMP.events" &
	listener=$!
	until_ms 2000 grep -qs "^listening" "$TMP.events"
}

hush() {
	[ -n "$listener" ] || return 0
	kill "$listener"
	wait "$listener" 2>/dev/null
	listener=
}

# The states that the events told, in order, each once.
told_states() {
	sed -n "s/^port-ntf id=$PORT .* name=[^ ]* state=\\([a-z]*\\).*/\\1/p" "$TMP.events" |
		uniq | tr '\n' ' ' | sed 's/ $//'
}

events() { grep -c "^${1:-port-ntf}" "$TMP.events"; }

# --- begin and end ---------------------------------------------------------------------

# The port as it was after boot: no vehicle, no fault, its settings the first ones.
reset_port() {
	let_go
	echo 1 >"$SIM/clear"
	./evnl de-energise id="$PORT" >/dev/null 2>&1
	until_ms 8000 in_rest >/dev/null
	until_ms 6000 cleared
	./evnl port-set id="$PORT" mode=charge min-mw=-2147483648 \
		max-mw=2147483647 basic=0 >/dev/null
	./evnl pilot-set id="$PORT" pilot-output=auto >/dev/null 2>&1
	./evnl update-lock-set id="$PORT" update-locked=0 >/dev/null 2>&1
	until_ms 3000 in_state available
}

in_rest() {
	read -r now <"$SYS/state"
	case $now in
	available | connected | requesting | fault | unready) ;;
	*) return 1 ;;
	esac
}

violations() {
	total=0
	for file in /sys/kernel/debug/evse_sim/*/referee/violations; do
		read -r count <"$file" && total=$((total + count))
	done
	echo $total
}

clear_violations() {
	for file in /sys/kernel/debug/evse_sim/*/referee/clear; do
		echo 1 >"$file"
	done
}

begin() {
	echo "KTAP version 1"
	on_board 0
	trap 'rm -f "$TMP".*' EXIT
	# A holder that died must not take the script with it.
	trap '' PIPE
	[ -e "$SYS/state" ] || {
		fail "there is $SYS"
		finish
	}
	reset_port || fail "the port can be brought to rest"
	clear_violations
}

finish() {
	[ ! -e "$SYS/state" ] || [ ! -e "$SIM/clear" ] ||
		reset_port || fail "the port can be brought to rest again"
	count=$(violations)
	if [ "$count" = 0 ]; then
		pass "the referee saw no violation"
	else
		fail "the referee saw no violation"
		cat /sys/kernel/debug/evse_sim/*/referee/log | sed 's/^/#   /'
	fi
	echo "1..$checks"
	[ $failures = 0 ]
	exit
}
