# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the tests of the grid guard share, on top of lib.sh: what the guard says,
# its settings, a port that feeds back, moments of the simulated board.

# --- the guard ------------------------------------------------------------------

# grid NAME: an attribute of the grid, empty when absent
grid() {
	./evnl grid-get port="$PORT" 2>/dev/null | sed -n "s/^$1=//p"
}

grid_is() { [ "$(grid "$1")" = "$2" ]; }

# grid_state STATE [MS]: it gets there
grid_state() { until_ms "${2:-1000}" grid_is state "$1"; }

guard_is() {
	./evnl port-get id="$PORT" |
		awk -F= -v want="$1" '
			/^guards.*name=/ { mine = $2 == "grid" }
			mine && /state/ { found = $2 == want }
			END { exit !found }'
}

# set_line ELEMENT [pickup=N] [time-ms=N]
set_line() {
	element=$1
	shift
	./evnl grid-setting-set port="$PORT" element="$element" "$@"
}

line() { # ELEMENT NAME; empty when the profile has none
	./evnl grid-setting-get port="$PORT" element="$1" 2>/dev/null | sed -n "s/^$2=//p"
}

# profile NAME: in force, with an enter service that a test can wait for where
# the standard lets it
profile() {
	./evnl grid-set port="$PORT" profile="$1" || return 1
	case $1 in
	ieee1547-*)
		set_line enter-delay pickup=0 &&
			set_line enter-ramp pickup=1000 time-ms=0
		;;
	esac
}

# Frequency droop as fast as the standard lets it be: power is that soon what it was
# once the frequency is, for tests that move the frequency and look for all of the
# power.
quick_droop() {
	fastest=$(line droop time-min-ms)
	[ -z "$fastest" ] || set_line droop pickup=1 time-ms="$fastest"
}

# --- power ------------------------------------------------------------------------

flows() { # LOW HIGH, mW
	mw=$(sim_state stage_power_mw)
	[ "$mw" -ge "$1" ] && [ "$mw" -le "$2" ]
}

export_mw=5000000

exports() { flows $((-export_mw * 51 / 50)) $((-export_mw * 49 / 50)); }
idles() { flows -1000 1000; }
gates_are() { [ "$(sim_state gates)" = "$1" ]; }
contacts_closed() { [ "$(sim_state contacts)" != 0x0 ]; }

ask_for() { ask power-set id="$PORT" request-mw="$1" >/dev/null; }

# A session, a vehicle that lets itself be discharged, mode v2g.
ready_to_feed() {
	[ -n "$holder" ] || hold >/dev/null || return 1
	plug c
	./evnl port-set id="$PORT" mode=v2g || return 1
	ask vehicle-limits-set id="$PORT" min-mw=-20000000 max-mw=20000000 bpt=1 \
		>/dev/null
}

# feed_back [MW [MS]]: discharging, in service at most so much later
feed_back() {
	export_mw=${1:-$export_mw}
	ready_to_feed || return 1
	grid_state normal "${2:-10000}" || return 1
	if ! in_state energised; then
		asks_on 5000 || return 1
		energise || return 1
	fi
	ask_for "-$export_mw"
	until_ms 3000 exports
}

# --- trips --------------------------------------------------------------------------

grid_trips() { fault_is $GRID_LOSS latched 1; }

# The moments of the latest: ms from the breaker's opening until the gates were
# blocked and a contact opened; us for those that are that short.
ms_to_gates() { echo $((($(sim_state gates_off_ns) - $(sim_state breaker_ns)) / 1000000)); }
us_to_gates() { echo $((($(sim_state gates_off_ns) - $(sim_state breaker_ns)) / 1000)); }
us_to_open() { echo $((($(sim_state opened_ns) - $(sim_state breaker_ns)) / 1000)); }

# recover: mains as they were, the latch gone, power back
mains_again() {
	sim mains/script ""
	sim mains/breaker 1
	sim mains/relay_works 1
	sim mains/rocof_mhz_s 0
	sim mains/phase_mdeg 0
	for mains_knob in voltage 0/voltage 1/voltage 2/voltage; do
		sim mains/$mains_knob 1000
	done
}
