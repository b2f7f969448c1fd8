# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the tests of thermometers share: devices by their label, events by the
# kernel's own monitor. Sourced after lib.sh.

# device LABEL: its directory
device() {
	for candidate in /sys/bus/iio/devices/iio:device*; do
		[ "$(cat "$candidate/label" 2>/dev/null)" != "$1" ] || echo "$candidate"
	done
}

watches() {
	for lib_fd in /proc/"$watcher"/fd/*; do
		case $(readlink "$lib_fd") in
		*iio:event*) return 0 ;;
		esac
	done
	return 1
}

# watch DIRECTORY [MS]: collect its events in $TMP.events from now on
watch() {
	iio_event_monitor "/dev/$(basename "$1")" >"$TMP.events" &
	watcher=$!
	check "iio_event_monitor waits" until_ms "${2:-2000}" watches
}

unwatch() {
	kill "$watcher"
	wait "$watcher" 2>/dev/null
}

# told DIRECTION: how many events of a threshold there were
told() { grep -c "type: temp.*evtype: thresh, direction: $1" "$TMP.events"; }

told_is() { [ "$(told "$1")" = "$2" ]; }
