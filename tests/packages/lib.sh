# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What the tests of packages share: KTAP, and the packages built from what git knows of
# this tree. Who sources it has set top, the tree, and work, a directory of its own; and
# keep, where what was made is to stay.

count=0 failed=0

# result STATUS NAME [LOG]
result() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count $2"
		return
	fi
	echo "not ok $count $2"
	failed=1
	[ -z "${3:-}" ] || tail -n 30 "$3" | sed 's/^/# /'
}

# check NAME COMMAND...: its output is shown when it fails
check() {
	local name=$1 status=0
	shift
	"$@" >"$work/log" 2>&1 </dev/null || status=$?
	result "$status" "$name" "$work/log"
}

skip() {
	count=$((count + 1))
	echo "ok $count $1 # SKIP $2"
}

finish() {
	echo "1..$count"
	[ "$keep" = --keep ] || [ "$failed" -ne 0 ] || rm -rf "$work"
	exit "$failed"
}

# --- packages -------------------------------------------------------------------

version=$(sed -n 's/^#define EVSE_CLIENT_VERSION.*"\(.*\)"/\1/p' "$top/tools/libevse/evse-client.h")
sources=$work/evse-$version

export_tree() {
	mkdir -p "$sources"
	# What git lists and somebody has removed is passed over.
	cd "$top" && git ls-files -co --exclude-standard -z |
		(xargs -0 ls -1d --zero -- 2>/dev/null; true) |
		tar --null -T - -c | tar -C "$sources" -x
}

build() {
	cd "$sources" && env -u MAKEFLAGS -u MAKELEVEL \
		DEB_BUILD_OPTIONS="noautodbgsym parallel=$(nproc)" \
		dpkg-buildpackage -us -uc
}

deb() { echo "$work/$1"_*.deb; }
