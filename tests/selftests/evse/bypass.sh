#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Nothing bypasses a guard: no parameter and no file is there that could, and
# while a guard does not permit, no command closes a contact or enables a gate,
# whoever gives it.
#
# board: evse-virt-grid-dc evse-virt-grid-ac
# worlds: stock
# timeout: 900
# slow: yes
. ./lib.sh

GRID_INTEGRITY=0x07 INSULATION=0x2c EARTH_LOSS=0x2d OVERCURRENT=0x2e

guard_state() {
	./evnl port-get id="$PORT" | awk -F= -v name="$1" '
		/^guards.*name=/ { mine = $2 == name } mine && /state/ { print $2 }'
}

guard_is() { [ "$(guard_state "$1")" = "$2" ]; }
guard_refuses() { ! guard_is "$1" permit; }

# --- files ----------------------------------------------------------------------

# What any device and any driver has, and why it is no way around: uevent only
# says that the device is there, power/ is its runtime power management (none of
# ours has any), driver_override counts at the next probe, unbind trips the port
# (PROVIDER_LOST), bind and new_id add providers. Of the rest nothing may be left.
harmless() {
	grep -v -e '/uevent$' -e '/power/[a-z_]*$' -e '/driver_override$' \
		-e '/unbind$' -e '/bind$' -e '/waiting_for_supplier$' || true
}

# Directories of the port, its providers and their drivers; modules' own.
places() {
	for place in "$SYS" "$SYS/device" "$SYS"/device/*/driver; do
		readlink -f "$place"
	done
	for place in "$SYS"/device/*/driver; do
		(cd "$(dirname "$place")" && pwd -P)
	done
	ls -d /sys/module/evse*
}

writable() {
	places | sort -u | while read -r place; do
		find "$place" -type f -perm -0200 2>/dev/null
	done | sort -u
}

# The simulator's parameter and knobs are the world, not the charger.
parameters() {
	find /sys/module -path '*evse*/parameters' ! -path '*/evse_sim/*'
	find /lib/modules -name '*evse*.ko' ! -name 'evse_sim.ko' -exec grep -la 'parmtype=' {} +
}

debugfs_files() {
	find /sys/kernel/debug -path '*evse*' -type f -perm -0200 2>/dev/null |
		grep -v -e '/evse_sim/' -e '/tracing/' || true
}

files() {
	within "there are places to look at" 12 "$(places | sort -u | wc -l)" 60
	within "with files that can be written" 10 "$(writable | wc -l)" 500
	is "no module but the simulator has a parameter" "" "$(parameters)"
	is "no file of a device, driver or module but the kernel's own can be written" "" \
		"$(writable | harmless)"
	is "nor is there one in debugfs" "" "$(debugfs_files)"
}

# --- lines -----------------------------------------------------------------------

# A line that a driver has is nobody else's.
lines() {
	chip=$(cd /sys/bus/gpio/devices && for c in gpiochip*; do
		case $(readlink -f "$c") in */evse-sim-0/*) echo "$c" ;; esac
	done | head -n 1)
	for name in $1; do
		refused_line "$name"
	done
	pwm=$(ls -d /sys/devices/platform/*evse-sim-0/pwm/pwmchip* 2>/dev/null | head -n 1)
	[ -n "$pwm" ] || say "no sysfs of PWM"
	[ -z "$pwm" ] || check "the pilot's PWM is not to be had" cannot_export "$pwm"
	say "lines of $chip"
}

cannot_export() { ! echo 0 2>/dev/null >"$1/export"; }

refused_line() {
	answer=$(evsectl gpio set "$1=1" 2>&1)
	is "line $1 is not to be had" 1 $?
	case $answer in
	*"$1"*) ;;
	*) say "  $answer" ;;
	esac
	check "line $1: nothing moved" board_off
}

# --- commands ----------------------------------------------------------------------

# Every command of the family, in an order that would lead to power.
family() {
	cat <<-EOF
	session-open id=$PORT lease-ms=10000 session-shared=1
	session-renew id=$PORT
	fault-clear port=$PORT
	fault-clear port=$PORT code=$1
	port-set id=$PORT mode=charge
	port-set id=$PORT mode=v2h
	port-set id=$PORT mode=v2g min-mw=-2147483648 max-mw=2147483647
	port-set id=$PORT basic=1
	vehicle-limits-set id=$PORT min-mw=-20000000 max-mw=20000000 bpt=1
	counters-set id=$PORT counters.trips=0 counters.cycles=0
	grid-set port=$PORT profile=ieee1547-cat3
	grid-set port=$PORT profile=none
	grid-set port=$PORT profile=$PROFILE
	grid-setting-set port=$PORT element=enter-delay pickup=0
	grid-setting-set port=$PORT element=enter-delay pickup=-1
	grid-setting-set port=$PORT element=uv1 pickup=0 time-ms=4294967295
	grid-setting-set port=$PORT element=island pickup=0
	lock-set id=$PORT locked=1
	energise id=$PORT
	power-set id=$PORT request-mw=20000000
	power-set id=$PORT request-mw=-20000000
	lock-set id=$PORT locked=0
	energise id=$PORT
	fault-raise port=$PORT code=0x2b
	fault-clear port=$PORT
	energise id=$PORT
	de-energise id=$PORT
	fault-clear port=$PORT
	energise id=$PORT
	pilot-set id=$PORT pilot-output=hlc
	pilot-set id=$PORT pilot-output=current pilot-ma=32000
	energise id=$PORT
	pilot-set id=$PORT pilot-output=steady
	pilot-set id=$PORT pilot-output=unavailable
	pilot-set id=$PORT pilot-output=auto
	energise id=$PORT
	update-lock-set id=$PORT update-locked=1
	energise id=$PORT
	update-lock-set id=$PORT update-locked=0
	energise id=$PORT
	EOF
}

# By the session's owner, and by an administrator beside it.
by_owner() { ask "$@"; }
by_admin() { ./evnl "$@"; }

# tried WHO CODE: after no command is a coil commanded or a gate on
tried() {
	family "$2" >"$TMP.family"
	came=
	while read -r command; do
		# shellcheck disable=SC2086
		"$1" $command >/dev/null 2>&1
		board_off || came="$came [$command]"
	done <"$TMP.family"
	usleep 300000
	board_off || came="$came [in the end]"
	is "$what: nothing moves, by_${1#by_}" "" "$came"
}

asked() {
	read -r vehicle <"$SYS/vehicle"
	[ "$vehicle" = C ] || [ "$vehicle" = D ]
}

# blocked WHAT GUARD CODE KNOB BAD GOOD [STATE]
blocked() {
	what=$1
	plug c
	until_ms 8000 in_state requesting || fail "$what: a vehicle asks"
	# It goes on asking, whatever the pilot says.
	sim vehicle/follow 0
	sim "$4" "$5"
	check "$what: no permit" until_ms 9000 guard_refuses "$2"
	for who in by_owner by_admin; do
		until_ms 3000 asked || fail "$what: a vehicle asks, $who"
		tried $who "$3"
		check "$what: still no permit" guard_refuses "$2"
	done
	[ "$(fault "$3" latched)" != 1 ] ||
		refused "$what: no clear" EBUSY clear_fault "$3"
	sim "$4" "$6"
	sim vehicle/follow 1
	ready_again
}

ready_again() {
	unplug
	ask port-set id="$PORT" mode=charge basic=0 >/dev/null
	ask pilot-set id="$PORT" pilot-output=auto >/dev/null
	until_ms 9000 cleared || fail "$what: cleared"
	until_ms 5000 in_state available || fail "$what: at rest"
}

# Grid: charging needs no permit of it, feeding back does.
feeds() { [ "$(sim_state stage_power_mw)" -lt -100000 ]; }

no_export() {
	what="grid unknown"
	sim adc/6/fail error
	check "$what: no permit" until_ms 3000 guard_is grid hold
	check "$what: charging is nobody's worry" charge
	by_owner port-set id="$PORT" mode=v2g >/dev/null
	came=
	family $GRID_INTEGRITY | grep -v -e energise -e 'mode=charge' >"$TMP.family"
	while read -r command; do
		# shellcheck disable=SC2086
		by_owner $command >/dev/null 2>&1
		by_owner power-set id="$PORT" request-mw=-5000000 >/dev/null 2>&1
		! feeds || came="$came [$command]"
	done <"$TMP.family"
	usleep 300000
	! feeds || came="$came [in the end]"
	is "$what: nothing is fed back" "" "$came"
	stop_and_open
	sim adc/6/fail none
	ready_again
}

begin
PROFILE=$(./evnl grid-get port=$PORT | sed -n 's/^profile=//p')
hold 10000 1 >/dev/null
files
coils=evse0-coil-main
[ "$(attr stage)" != 1 ] || coils="evse0-coil-dc-plus evse0-coil-dc-minus evse0-coil-precharge"
lines "$coils evse0-rcd-test"

blocked "emergency stop" emergency-stop $EMERGENCY_STOP inputs/emergency_stop 1 0
blocked "interlock loop" interlock-loop $EMERGENCY_STOP inputs/interlock_loop 0 1
blocked "residual current" ground-fault $GROUND_FAULT inputs/residual_current 1 0
blocked "leakage unknown" ground-fault $GROUND_FAULT adc/10/fail error none
blocked "earth lost" earth $EARTH_LOSS earth/lost 1 0
blocked "earth unknown" earth $EARTH_LOSS adc/12/fail error none
blocked "overcurrent" overcurrent $OVERCURRENT current/extra_ma 150000 0
blocked "current unknown" overcurrent $OVERCURRENT adc/4/fail error none
if [ "$(attr stage)" = 1 ]; then
	blocked "insulation" insulation $INSULATION insulation/ohm 10000 10000000
	blocked "insulation unknown" insulation $INSULATION adc/11/fail error none
	no_export
else
	blocked "cable coding" proximity $PROXIMITY_FAULT cable/pp_ohm 1000000 220
	blocked "air" ventilation $VENTILATION vehicle/want d b
fi
let_go
finish
