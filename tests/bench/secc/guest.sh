#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# In the guest: how long the charger takes for a response, without TLS, as its log says;
# with everything that it asks of the kernel in between. A minute of charge loop.
set -e

log=/tmp/v2g.log
address_there() { ip -6 addr show dev dummy0 scope link | grep -q inet6; }

modprobe dummy
ip link add dummy0 type dummy 2>/dev/null || true
ip link set dummy0 up
until address_there; do usleep 100000; done
cat >/tmp/v2g_config.yaml <<-END
	interface: dummy0
	energy_transfer_mode: bidirectional_dc
	bench: yes
	tls:
	  enabled: no
	log: $log
END
chmod 600 /tmp/v2g_config.yaml
evsectl -q session run --once -c /tmp/v2g_config.yaml &
until grep -qs listening $log; do usleep 100000; done
{
	sed '/^steps:/,$d' /evse/scenarios/dc-bpt-dynamic.yaml
	printf 'steps:\n  - loop: 60s\n  - stop\n'
} >/tmp/scenario.yaml
evsim -i dummy0 --sim /sys/kernel/debug/evse_sim/evse-sim-0 /tmp/scenario.yaml >/dev/null
wait

# show NAME <MICROSECONDS: median, 99 of 100, most
show() {
	sort -n | awk -v name="$1" '{ us[NR] = $1 } END {
		printf "secc.%s.p50.us\t%d\tus\n", name, us[int((NR + 1) / 2)]
		printf "secc.%s.p99.us\t%d\tus\n", name, us[int((NR * 99 + 99) / 100)]
		printf "secc.%s.max.us\t%d\tus\n", name, us[NR] }'
}

# "TIME tx NAME TYPE N bytes N us CODE"
sed -n 's/^.* tx \([A-Za-z_]*\) .* \([0-9]*\) us .*$/\1 \2/p' $log >/tmp/times
cut -d' ' -f2 /tmp/times | show response
cut -d' ' -f1 /tmp/times | sort -u | while read -r name; do
	sed -n "s/^$name //p" /tmp/times | show "$name"
done
