#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Vehicles that misbehave, certificates that are not to be trusted, a charger that is
# killed at each message: the port is de-energised, and the next vehicle is served.
#
# board: evse-virt-grid-dc evse-virt-grid-ac
# worlds: stock
# modules: dummy
# needs: vehicle
# timeout: 3000
# slow: yes
. ./v2glib.sh

bench() {
	charger <<-END
		energy_transfer_mode: bidirectional_$kind
		bench: yes
		tls:
		  enabled: no
		schedule:
		  - after: 0s
		    power: -5 kW
	END
}

# next_vehicle WHAT: one that does as it should is served
next_vehicle() {
	sed '/^steps:/,$d' "/evse/scenarios/$kind-bpt-dynamic.yaml" >"$TMP.good"
	printf 'steps:\n  - loop: 500ms\n  - stop\n' >>"$TMP.good"
	start_vehicle "$TMP.good"
	vehicle_ends "$1: the next vehicle"
}

misbehaves() {
	for file in /evse/scenarios/bad-*.yaml; do
		name=$(basename "$file" .yaml)
		case $(cat "$file") in
		*"at: DC_"*) [ "$kind" = dc ] || continue ;;
		esac
		start_vehicle "$file"
		vehicle_ends "$name"
		check "$name: the port is de-energised" until_ms 2000 at_rest
		is "$name: without a fault" 0 "$(attr fault-count)"
	done
	next_vehicle "misbehaviour"
	is "misbehaviour: not opened under load" 0 "$(attr counters.loaded-openings)"
}

# Two vehicles at once: the second is not served, the first goes on.
second() {
	start_vehicle "/evse/scenarios/$kind-bpt-dynamic.yaml"
	first=$vehicle
	check "two: the first is served" until_ms 5000 logged "ChargeLoopReq"
	mv "$TMP.vehicle" "$TMP.first"
	sed '/^steps:/,$d' "/evse/scenarios/$kind-bpt-dynamic.yaml" >"$TMP.other"
	printf 'steps:\n  - loop: 100ms\n' >>"$TMP.other"
	timeout 5 evsim -i dummy0 "$TMP.other" >"$TMP.vehicle" 2>&1
	check "two: the second is told so in the log" logged "another vehicle is served"
	vehicle=$first
	vehicle_ends "two: the first"
}

# A port that somebody switches off before it closes: the log has the kernel's sentence, once.
refusal() {
	start_vehicle "$TMP.good"
	STEP_MS=1
	check "refused: a vehicle negotiates" until_ms 20000 logged "rx ScheduleExchangeReq"
	evsectl -q -p "evse$PORT" mode off
	check "refused: the log says why" until_ms 20000 \
		logged "warning port: refuses to energise: the mode is off: set"
	STEP_MS=20
	usleep 600000
	evsectl -q -p "evse$PORT" mode v2g
	vehicle_ends "refused, then not"
	is "refused: it is said once" 1 "$(grep -c 'port: refuses' "$LOG")"
}

# What a session is killed at
messages() {
	cat <<-END
		supportedAppProtocolReq
		SessionSetupReq
		AuthorizationSetupReq
		AuthorizationReq
		ServiceDiscoveryReq
		ServiceDetailReq
		ServiceSelectionReq
		ChargeParameterDiscoveryReq
		ScheduleExchangeReq
		DC_CableCheckReq
		DC_PreChargeReq
		PowerDeliveryReq
		ChargeLoopReq
		DC_WeldingDetectionReq
		SessionStopReq
	END
}

# kill -9 at each message: the kernel ends what was begun, well within the lease of 2 s.
killed() {
	for message in $(messages); do
		case $message in
		DC_*) [ "$kind" = dc ] || continue ;;
		esac
		bench
		start_vehicle "$TMP.good"
		STEP_MS=1
		until_ms 20000 logged "rx [A-Z_]*$message" || fail "$message is heard"
		STEP_MS=20
		kill -KILL $charger
		wait $charger 2>/dev/null
		check "killed at $message: de-energised" until_ms 1500 board_off
		until_ms 20000 vehicle_done || kill $vehicle
		wait $vehicle
		# Where nothing was closed, nothing was cut off.
		case $message in
		DC_PreChargeReq | ChargeLoopReq)
			check "killed at $message: it is told" until_ms 500 \
				fault_is $COMM_TIMEOUT latched 1
			;;
		esac
		check "killed at $message: it can be used again" until_ms 5000 cleared
	done
}

# certified WHAT CHAIN KEY TRUST: the scenario of a vehicle with these certificates
certified() {
	sed -e '/^steps:/,$d' -e 's/^  tls: .*/  tls: yes/' \
		"/evse/scenarios/$kind-bpt-dynamic.yaml" >"$TMP.certified"
	cat >>"$TMP.certified" <<-END
		  certificate: /evse/pki/$2
		  key: /evse/pki/$3
		  trust: /evse/pki/$4
		steps:
		  - loop: 500ms
		  - stop
	END
	start_vehicle "$TMP.certified"
}

# denied WHAT CHAIN KEY REASON: not served, and it is said why
denied() {
	certified "$1" "$2" "$3" trust-of-vehicle
	until_ms 20000 vehicle_done
	wait $vehicle
	check "$1: is denied" [ $? != 0 ]
	check "$1: the log says why" until_ms 1000 logged "$4"
	check "$1: the fault is named" until_ms 500 fault_is $HANDSHAKE_DENIED latched 1
	check "$1: nothing was closed" board_off
}

certificates() {
	charger <<-END
		energy_transfer_mode: bidirectional_$kind
		tls:
		  certificate: /evse/pki/secc-chain.pem
		  key: /evse/pki/secc.key
		  trust_anchors: /evse/pki/trust-of-charger
		schedule:
		  - after: 0s
		    power: -5 kW
	END
	denied "an expired certificate" vehicle-expired-chain.pem vehicle-expired.key "expired"
	denied "a stranger's certificate" vehicle-stranger-chain.pem vehicle-stranger.key \
		"self-signed\|unable to get"
	certified "a good one" vehicle-chain.pem vehicle.key trust-of-vehicle
	vehicle_ends "a good certificate"
	check "a good certificate: by TLS 1.3" logged "TLS 1.3, TLS_AES_256_GCM_SHA384"
	is "a good certificate: nothing is latched any more" 0 "$(attr fault-count)"
	certified "distrust" vehicle-chain.pem vehicle.key trust-of-nobody
	until_ms 20000 vehicle_done
	wait $vehicle
	check "a vehicle that does not trust the charger is not served" [ $? != 0 ]
	charger_ends
}

kind=$(supply)
begin
wire
bench
misbehaves
second
refusal
charger_ends
killed
certificates
finish
