#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Programs that know nothing of this project read its temperatures: libiio's and the
# kernel's own through IIO, lm-sensors through hwmon.
#
# board: evse-virt-heat
# needs: iio-tools
# modules: iio_trig_hrtimer
. ./lib.sh
. ./iiolib.sh

# warm PLACE MDEG: it has and keeps this temperature
warm() {
	sim "heat/$1_hold" 1
	sim "heat/$1_mc" "$2"
	usleep 1500000
}

# attr_of LABEL ATTRIBUTE: of its temperature, by libiio
attr_of() { iio_attr -c "$1" temp "$2"; }

# mdeg LABEL: thousandths of a degree, by libiio
mdeg() {
	echo "$(attr_of "$1" raw) $(attr_of "$1" scale)" |
		awk 'NF == 2 { printf "%.0f\n", $1 * $2 }'
}

# shown LABEL: thousandths of a degree, by lm-sensors
shown() {
	sensors -u 'evse_thermal-*' | awk -v label="$1:" '
		$0 == label { here = 1 }
		here && /_input:/ { printf "%.0f\n", $2 * 1000; exit }'
}

begin
warm junction 71500
warm sink 50250
warm cabinet 40000
warm inductor 61000
warm pin_a 47000

iio_info >"$TMP.info" 2>/dev/null
for name in "tmp117 (label: igbt)" "tmp112 (label: heat-sink)" "tmp102 (label: cabinet)" \
	"tmp105 (label: inductor)"; do
	check "iio_info shows $name" grep -q "iio:device.*: $name" "$TMP.info"
	check "lsiio, too" sh -c "lsiio | grep -q ': ${name% (*}\$'"
done
within "libiio reads the junction" 71400 "$(mdeg igbt)" 71600
within "the sink" 50150 "$(mdeg heat-sink)" 50350
within "the cabinet" 39900 "$(mdeg cabinet)" 40100
within "the inductor" 60900 "$(mdeg inductor)" 61100
is "as the file says" "$(cat "$(device igbt)/in_temp_raw")" "$(attr_of igbt raw)"

# Interrupts of the line that all of them pull low
interrupts() { awk '/ evse-sim +23 Level / { print $2 }' /proc/interrupts; }

cabinet=$(device cabinet)
before=$(interrupts)
watch "$cabinet"
echo 1 >"$cabinet/events/in_temp_thresh_rising_en"
warm cabinet 86000
check "and tells of the threshold" until_ms 2000 told_is rising 1
warm cabinet 40000
unwatch
echo 0 >"$cabinet/events/in_temp_thresh_rising_en"
is "once" 1/1 "$(told rising)/$(grep -c Event "$TMP.events")"
# One for the way up, one for the way down, and those that a conversion is late for
within "by interrupts of a level, and few" 2 "$(($(interrupts) - before))" 20

# permits: power flows, and no guard of a temperature minds
permits() { in_state energised && ! grep "^thermal-" "$SYS/guards" | grep -qv " permit "; }

# readable: each channel, by whoever asks for it
readable() {
	for lib_label in igbt heat-sink cabinet inductor; do
		cat "$(device $lib_label)/in_temp_raw" >/dev/null 2>&1 || return 1
	done
}

if modprobe iio-trig-hrtimer 2>/dev/null; then
	mkdir -p /sys/kernel/config
	[ -d /sys/kernel/config/iio ] || mount -t configfs configfs /sys/kernel/config
	mkdir /sys/kernel/config/iio/triggers/hrtimer/evse
	echo 10 >/sys/bus/iio/devices/trigger0/sampling_frequency
	timeout 30 iio_readdev -t evse -b 4 -s 8 inductor >"$TMP.samples" 2>"$TMP.said"
	is "iio_readdev: eight samples" 128 "$(wc -c <"$TMP.samples")"
	# Each is a temperature and, on the next boundary of 8 bytes, a time: words of 16.
	hexdump -v -e '8/2 "%u " "\n"' "$TMP.samples" |
		awk '{ print $1, $7 * 65536 + $6 }' >"$TMP.table"
	is "of the temperature" 8 "$(awk '$1 >= 975 && $1 <= 977' "$TMP.table" | wc -l)"
	is "one after the other" 7 "$(awk 'NR > 1 && $2 > last { n++ } { last = $2 } END { print n + 0 }' "$TMP.table")"

	# Whoever records temperatures does not stop a vehicle that charges.
	for place in junction sink cabinet inductor; do warm $place 25000; done
	plug c
	hold >/dev/null
	ask power-set id="$PORT" request-mw=7200000 >/dev/null
	check "the vehicle asks" asks_on 5000
	check "power flows" energise
	echo 100 >/sys/bus/iio/devices/trigger0/sampling_frequency
	for label in igbt heat-sink cabinet inductor; do
		iio_readdev -t evse -b 4 -s 100000 $label >/dev/null 2>"$TMP.said" &
		reader=$!
		check "$label is recorded" until_ms 2000 grep -q 1 "$(device $label)/buffer/enable"
		check "and read meanwhile, and power goes on" stays 5000 permits
		check "by users as well" readable
		is "the recorder still runs" 1 "$(cat "$(device $label)/buffer/enable")"
		kill $reader
		wait $reader 2>/dev/null
	done
	stop_and_open
	let_go
	unplug

	for label in igbt heat-sink cabinet inductor; do
		echo >"$(device $label)/trigger/current_trigger"
	done
	rmdir /sys/kernel/config/iio/triggers/hrtimer/evse
	rmmod iio-trig-hrtimer
else
	skip "iio_readdev" "this kernel has no trigger for everybody"
fi

sensors >"$TMP.sensors"
for label in igbt_temp heat_sink_temp connector_temp cabinet_temp inductor_temp; do
	check "sensors shows $label" grep -q "^$label:" "$TMP.sensors"
done
within "of the connector" 46500 "$(shown connector_temp)" 47500
finish
