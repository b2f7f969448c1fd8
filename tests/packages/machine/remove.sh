# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# The packages go: first what runs, then what they left for whoever comes back.

check "remove: the service runs" systemctl start $unit
check "remove: it is ready" until_s 20 waits
check "remove: done" apt_get remove evse-dkms evsectl evsim evsectl-doc
is "remove: the service is stopped" inactive "$(systemctl is-active $unit)"
check "remove: the port is at rest" at_rest
show() { :; }
is "remove: DKMS has none" "" "$(dkms status evse)"
is "remove: no module is left" "" "$(find /lib/modules/ -path '*/updates/*' -type f)"
is "remove: nor their sources" "" "$(ls -d /usr/src/evse* 2>/dev/null)"
is "remove: programs are gone" "" "$(ls /usr/sbin/evsectl /usr/bin/evsim 2>/dev/null)"
is "remove: rotation, configuration, logs stay" "/etc/evse/v2g_config.yaml
/etc/logrotate.d/evse
$log" "$(ls /etc/evse/v2g_config.yaml /etc/logrotate.d/evse $log 2>/dev/null)"
check "remove: what is loaded can be unloaded" rmmod evse_grid evse_meter evse_pilot \
	evse_interlock evse_sim evse

# The others have nothing more to lose.
check "purge: done" apt_get purge --autoremove evsectl
check "purge: systemd reads its units anew" systemctl daemon-reload
is "purge: systemd knows none of it" "" "$(systemctl list-unit-files --no-legend '*evse*' 'v2g*')"
is "purge: logs are gone" "" "$(ls -d /var/log/evse 2>/dev/null)"
is "purge: of the packages nothing is known" "" \
	"$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 'evse*' 'evsim*' 2>/dev/null |
		grep -v not-installed)"
is "purge: user and groups stay" "evse evse-admin evse" \
	"$(getent passwd evse | cut -d: -f1) $(getent group evse-admin evse | cut -d: -f1 | xargs)"
check "purge: the test's users go" sh -c 'userdel -r reader && userdel -r stranger'
files >$TMP.after
# Configuration and keys are the operator's.
is "purge: but for configuration and keys all is as before" "$(cd pki/trust-of-charger &&
	printf '%s\n' /etc/evse /etc/evse/pki /etc/evse/pki/secc-chain.pem \
	/etc/evse/pki/secc.key /etc/evse/pki/trust ./*.pem /etc/evse/v2g_config.yaml |
	sed 's#^\./#/etc/evse/pki/trust/#' | LC_ALL=C sort)" \
	"$(diff /root/files-before $TMP.after | sed -n 's/^[<>] //p')"
