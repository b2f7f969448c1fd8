#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the device tree says that a connector is built for is what netlink, sysfs
# and the tool say.
#
# board: evse-virt-ac evse-virt-dc ../tests/selftests/evse/rating
. ./lib.sh

# word PROPERTY DEFAULT
word() {
	if [ -e "$NODE/$1" ]; then tr -d '\0' <"$NODE/$1"; else echo "$2"; fi
}

# number PROPERTY DEFAULT: big-endian, 32 bits
number() {
	if [ -e "$NODE/$1" ]; then
		hexdump -v -e '4/1 "%u "' "$NODE/$1" |
			awk '{ printf "%d\n", (($1 * 256 + $2) * 256 + $3) * 256 + $4 }'
	else
		echo "$2"
	fi
}

# Of thousandths, as the tool writes them
of_milli() { awk -v milli="$1" 'BEGIN { print milli / 1000 }'; }

# What the tool is to say in one line
connector() {
	if [ "$supply" = dc ]; then
		line="dc, up to"
	elif [ "$phases" = 1 ]; then
		line="ac, 1 phase of"
	else
		line="ac, $phases phases of"
	fi
	line="$line $(of_milli "$mv") V, charges with $(of_milli "$ma") A"
	[ "$export_ma" = 0 ] || line="$line, discharges with $(of_milli "$export_ma") A"
	echo "$line"
}

judge() { # N
	on_board "$1"
	NODE=/proc/device-tree/evse-port-$1
	supply=$(word supply ac)
	phases=$(number phases 1)
	mv=$(($(number rated-voltage-microvolt) / 1000))
	ma=$(($(number rated-current-microamp) / 1000))
	export_ma=$(($(number rated-export-current-microamp 0) / 1000))
	wanted="$supply $phases $mv $ma $export_ma"
	is "port $1: netlink" "$wanted" \
		"$(attr supply) $(attr phases) $(attr rated-mv) $(attr rated-ma) $(attr rated-export-ma)"
	is "port $1: sysfs" "$wanted" \
		"$(cd "$SYS/" && cat supply phases rated_mv rated_ma rated_export_ma | tr '\n' ' ' | sed 's/ $//')"
	is "port $1: evsectl status" "$(connector)" \
		"$(evsectl -p "$PORT" status | sed -n 's/^  connector //p')"
	is "port $1: it is the power" \
		"-$((mv * export_ma / 1000 * phases))/$((mv * ma / 1000 * phases))" \
		"$(attr rated-min-mw | sed 's/^0$/-0/')/$(attr rated-max-mw)"
}

begin
judge 0
zero=$wanted
[ ! -e /proc/device-tree/evse-port-1 ] || judge 1
on_board 0
listen
plug b
check "it is told with the port's changes, too" until_ms 2000 grep -q \
	"^port-ntf id=$PORT .*supply=${zero%% *}.* rated-export-ma=${zero##* }" "$TMP.events"
hush
finish
