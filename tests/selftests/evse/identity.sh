#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The identity of the power module: read over I2C, an unknown, mismatched or silent
# one is given no power, and one that was swapped is noticed before the next closing.
# Its driver, the bus below it and its module go away, under power and in the middle
# of a reading.
#
# board: evse-virt-module
# timeout: 600
. ./lib.sh

MODULE_IDENTITY=0x37
DRIVER=/sys/bus/platform/drivers/evse-module-id
ABI=${ABI:-/evse/Documentation/ABI/testing/sysfs-driver-evse-module-id}

dev() { basename "$SYS/device"/*:module; }
shown() { cat "$DRIVER/$(dev)/$1"; }
identity_is() { [ "$(shown identity)" = "$1" ]; }

guard_is() {
	./evnl port-get id="$PORT" | awk -F= -v want="$1" '
		/^guards.*name=/ { mine = $2 == "module-id" }
		mine && /state/ { found = $2 == want }
		END { exit !found }'
}

asks() {
	plug c
	asks_on 8000
}

# told WHAT TEXT: the log has one line of it
told() {
	is "$1: the log has one sentence" 1 "$(dmesg | grep -c "module: $2")"
	[ "$(dmesg | grep -c 'module: ')" = 1 ] || dmesg | grep 'module: ' | sed 's/^/#   /'
}

# fit DEVICE... by driver bound anew: WHAT WORD TEXT KNOB=VALUE...
refuses() {
	what=$1 word=$2 text=$3
	shift 3
	echo "$(dev)" >"$DRIVER/unbind"
	for knob in "$@"; do sim "${knob%=*}" "${knob#*=}"; done
	dmesg -c >/dev/null
	echo "$(dev)" >"$DRIVER/bind"
	check "$what: is $word" identity_is "$word"
	told "$what" "$text"
	check "$what: the guard does not permit" guard_is hold
	check "$what: the lost driver is forgiven" until_ms 3000 cleared
	check "$what: a vehicle asks" asks
	refused "$what: no power" EAGAIN ask energise id="$PORT"
	check "$what: nothing moves" stays 200 board_off
	sim clear 1
	check "$what: the right one is found" until_ms 5000 identity_is ok
	check "$what: the guard permits" guard_is permit
	unplug
	until_ms 5000 in_state available
}

# swapped between two charges: WHAT WORD VALUE KNOB=VALUE
swapped() {
	what=$1 word=$2 value=$3 knob=$4
	check "$what: a vehicle asks" asks
	sim "${knob%=*}" "${knob#*=}"
	check "$what: nobody has looked yet" identity_is ok
	ask energise id="$PORT" >/dev/null
	check "$what: latched" until_ms 5000 fault_is $MODULE_IDENTITY latched 1
	is "$what: and why" "$value" "$(fault $MODULE_IDENTITY value)"
	check "$what: is $word" identity_is "$word"
	check "$what: nothing was closed" board_off
	is "$what: no contact was" "$cycles" "$(attr counters.cycles)"
	check "$what: cleared" until_ms 1000 cleared
	until_ms 8000 in_state requesting
	refused "$what: still no power" EAGAIN ask energise id="$PORT"
	sim "${knob%=*}" "$(default_of "${knob%=*}")"
	check "$what: the right one again" until_ms 5000 identity_is ok
	unplug
	until_ms 5000 in_state available
}

default_of() {
	case $1 in
	module/device) echo 4097 ;;
	module/flip) echo -1 ;;
	module/current_ma) echo 60000 ;;
	*) echo 0 ;;
	esac
}

# Off, unready and latched: WHAT
port_lost() {
	check "$1: everything is off" board_off
	check "$1: unready" until_ms 500 in_state unready
	is "$1: PROVIDER_LOST" 1 "$(fault $PROVIDER_LOST latched)"
	refused "$1: no power" ENODEV ask energise id="$PORT"
	refused "$1: no clear" EBUSY clear_fault $PROVIDER_LOST
}

# WHAT: all drivers are bound again, and power flows
port_back() {
	for device in "$SYS/device"/*:*; do
		[ -e "$device/driver" ] || basename "$device" >/sys/bus/platform/drivers_probe
	done
	sim referee/allow_trip_ms 0
	check "$1: still latched" fault_is $PROVIDER_LOST latched 1
	unplug
	check "$1: cleared" until_ms 5000 cleared
	check "$1: the module is known" until_ms 5000 identity_is ok
	check "$1: power flows" charge
}

driver_goes() {
	sim referee/allow_trip_ms 5000
	dev >"$DRIVER/unbind"
	port_lost "driver unbound"
	port_back "driver bound"
}

# The board is the bus's parent: those who use the bus go first.
bus_goes() {
	sim referee/allow_trip_ms 5000
	echo evse-sim-0 >/sys/bus/platform/drivers/evse-sim/unbind
	is "bus unbound: its user is, too" no "$([ -e "$DRIVER/$(dev)" ] && echo yes || echo no)"
	is "bus unbound: no adapter is left" "" "$(ls /sys/bus/i2c/devices)"
	check "bus unbound: unready" until_ms 500 in_state unready
	is "bus unbound: PROVIDER_LOST" 1 "$(fault $PROVIDER_LOST latched)"
	refused "bus unbound: no power" ENODEV ask energise id="$PORT"
	echo evse-sim-0 >/sys/bus/platform/drivers/evse-sim/bind
	port_back "bus bound"
}

module_goes() {
	sim referee/allow_trip_ms 5000
	check "module taken out" rmmod evse_interlock
	port_lost "module taken out"
	check "module put back" modprobe evse_interlock
	port_back "module put back"
	check "the bus's module stays while it is used" sh -c "! rmmod evse_sim 2>/dev/null"
}

# A reading that goes on for as long as the bus is stuck, and one each second
goes_while_reading() {
	stop_and_open
	unplug
	for knob in i2c/stuck module/nak; do
		round=0
		while [ $round -lt 5 ]; do
			sim $knob 1
			dev >"$DRIVER/unbind"
			dev >"$DRIVER/bind" &
			usleep $((round * 700))
			wait $!
			usleep $((round * 250000))
			dev >"$DRIVER/unbind"
			sim $knob 0
			dev >"$DRIVER/bind"
			round=$((round + 1))
		done
		check "$knob: the module is known in the end" until_ms 5000 identity_is ok
		check "$knob: cleared" until_ms 5000 cleared
	done
	check "and power flows" charge
}

begin
hold 10000 1 >/dev/null
check "the module is known" identity_is ok
is "vendor" 0x0e5e "$(shown vendor)"
is "device" 0x00001001 "$(shown device)"
is "revision" 1.2 "$(shown revision)"
is "serial number" SIM-1 "$(shown serial)"
is "rated" "1000000 60000 60000" \
	"$(shown rated_voltage_mv) $(shown rated_current_ma) $(shown rated_export_ma)"
is "each attribute has a text" "" "$(cd "$DRIVER/$(dev)" &&
	for file in identity vendor device revision serial rated_*; do
		grep -q "What:.*/$file\$" "$ABI" || echo "$file"
		[ ! -w "$file" ] || [ "$(stat -c %a "$file")" = 444 ] || echo "$file writable"
	done)"
is "each text has an attribute" "" "$(sed -n 's/^What:.*\///p' "$ABI" |
	while read -r file; do [ -e "$DRIVER/$(dev)/$file" ] || echo "$file"; done)"
check "power flows" charge
check "stop" stop_and_open
unplug
until_ms 5000 in_state available

refuses "unknown device" unknown \
	'power module 0e5e:00002000 is not allowed here: fit one of 0e5e:00001001, 0e5e:00001002' \
	module/device=8192
refuses "another vendor" unknown \
	'power module 1234:00001001 is not allowed here' module/vendor=4660
refuses "too weak" weak \
	'power module 0e5e:00001002 is rated 1000000 mV, 39999 mA, .* less than the port' \
	module/device=4098 module/current_ma=39999
refuses "no module" unread 'no power module answers at address 0x50' module/nak=1
refuses "a stuck bus" unread 'no power module answers at address 0x50' i2c/stuck=1
refuses "a blank module" foreign '.*no valid identity (foreign)' module/blank=1
refuses "a layout of the future" newer '.*no valid identity (newer)' module/layout=2
refuses "a wrong bit" corrupt '.*no valid identity (corrupt)' module/flip=75

cycles=$(attr counters.cycles)
swapped "swapped" unknown 5 module/device=8192
swapped "pulled" unread 1 module/nak=1
swapped "decayed" corrupt 4 module/flip=100
swapped "bus stuck" unread 1 i2c/stuck=1

# Noise on the bus is not another module.
check "noise: a vehicle asks" asks
sim module/noise 2
dmesg -c >/dev/null
check "noise: two wrong reads are read again" energise
is "noise: they were" 0 "$(cat "$SIM/module/noise")"
is "noise: without a word" 0 "$(dmesg | grep -c 'module: ')"
check "noise: stop" stop_and_open

# Another one that is allowed is taken, and told.
asks_on 8000
sim module/serial 2
sim module/device 4098
check "another one that is allowed: power flows" energise
is "another one that is allowed: is shown" "0x00001002 SIM-2" "$(shown device) $(shown serial)"
told "another one that is allowed" 'power module 0e5e:00001002, revision 1.2, serial SIM-2'
# What happens to a module under load is other protections' concern.
sim module/nak 1
check "nobody looks while power flows" stays 1500 in_state energised
sim module/nak 0
check "stop" stop_and_open

sim clear 1
unplug
check "the first one is back" charge
driver_goes
bus_goes
module_goes
goes_while_reading
check "stop" stop_and_open

let_go
finish
