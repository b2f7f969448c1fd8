# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What the parts share: results on descriptor 3, one a line, for the host to number.

TMP=/tmp/check
unit=evse-mgmt-service
port=/sys/class/evse/evse0
sim=/sys/kernel/debug/evse_sim/evse-sim.0
log=/var/log/evse/v2g_trace.log

# show: what a reader of a failure wants to know besides; a part may have another
show() { :; }

say() { sed 's/^/# /' >&3; }

# check WHAT COMMAND...: its output is shown when it fails
check() {
	lib_what=$1
	shift
	echo "--- $lib_what"
	if "$@" >$TMP.said 2>&1 </dev/null; then
		echo "ok $lib_what" >&3
		return
	fi
	{
		echo "not ok $lib_what"
		echo "#   failed: $*"
		tail -n 30 $TMP.said | sed 's/^/#   /'
		show
	} >&3
}

# is WHAT WANTED GOT
is() {
	if [ "$2" = "$3" ]; then
		echo "ok $1" >&3
		return
	fi
	{
		echo "not ok $1"
		echo "wanted:
$2
got:
$3" | sed 's/^/#   /'
	} >&3
}

# within WHAT LOW VALUE HIGH
within() {
	if [ "${3:-x}" -ge "$2" ] 2>/dev/null && [ "$3" -le "$4" ]; then
		echo "ok $1" >&3
	else
		printf 'not ok %s\n#   wanted %s to %s, got "%s"\n' "$1" "$2" "$4" "$3" >&3
	fi
}

# until_s SECONDS COMMAND...: try until it succeeds
until_s() {
	tries=$(($1 * 5))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.2
	done
}

# fails COMMAND...: and does not say nothing
fails() {
	! "$@" >$TMP.refused 2>&1 || return 1
	cat $TMP.refused
	[ -s $TMP.refused ]
}

# apt_get WORD...: what it says is on the console meanwhile, for whoever waits
apt_get() {
	{
		DEBIAN_FRONTEND=noninteractive apt-get -y "$@" 2>&1
		echo $? >$TMP.apt
	} | tee /dev/console
	return "$(cat $TMP.apt)"
}

shows() { systemctl show -P "$1" $unit; }
shows_that() { [ "$(shows "$1")" = "$2" ]; }
status_is() { shows_that StatusText "evse0: $1"; }
in_state() { [ "$(cat $port/state)" = "$1" ]; }

# modes FILE...: mode, owner, group and name
modes() { stat -c '%a %U:%G %n' "$@"; }

# A thermometer, which its driver and the rule for it find by themselves
thermometer() {
	modprobe i2c-stub chip_addr=0x48
	for bus in /sys/bus/i2c/devices/i2c-*; do
		! grep -q "^SMBus stub" "$bus/name" || echo lm75-alert 0x48 >"$bus/new_device"
	done
	udevadm settle
}

stream() { echo "/dev/$(basename "$(grep -lx lm75 /sys/bus/iio/devices/*/name | xargs -r dirname)")"; }

# Every file, less what the system writes for itself: DKMS keeps its key, and who changes
# /etc/passwd and its like what they were.
files() {
	find / -xdev \( -path /proc -o -path /tmp -o -path /var/tmp -o -path /run -o -path /mnt \
		-o -path /var/cache -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/log \
		-o -path /var/lib/systemd -o -path '/var/lib/dkms/mok.*' -o -path '/etc/*-' \
		-o -path '/usr/lib/modules/*/modules.*' \) -prune -o -print | LC_ALL=C sort
}
