/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of libevse about the bridge of a power stage. Included by
 * evse-client.h, which says how clients and errors work.
 */
#ifndef EVSE_BRIDGE_H
#define EVSE_BRIDGE_H

#include <stdint.h>
#include <linux/evse.h>

/**
 * struct evse_bridge_info - the bridge of a port's power stage
 * @has: attributes present, see evse_has()
 * @port: id of the port
 * @state: enum evse_bridge_state
 * @carrier_hz: carrier in force
 * @carrier_min_hz: lowest that the board allows
 * @carrier_max_hz: highest that the board allows
 * @dead_time_ns: between one switch of a leg off and the other on
 * @minimum_pulse_ns: shortest pulse of a switch
 * @locked: the phase of the grid is followed
 * @phase_error_mdeg: how far the grid was ahead at its latest crossing; absent
 *	when nothing is followed
 * @forming: the grid of a house is formed, none is followed
 * @link_mv: voltage of the DC link; absent when it cannot be measured
 * @power_mw: what the ramp asks for now
 * @control_hz: control steps a second
 * @steps: control steps since the gates were armed
 */
struct evse_bridge_info {
	uint64_t has;
	uint32_t port;
	uint32_t state;
	uint32_t carrier_hz;
	uint32_t carrier_min_hz;
	uint32_t carrier_max_hz;
	uint32_t dead_time_ns;
	uint32_t minimum_pulse_ns;
	uint8_t locked;
	int32_t phase_error_mdeg;
	uint8_t forming;
	int32_t link_mv;
	int32_t power_mw;
	uint32_t control_hz;
	uint64_t steps;
};

struct evse_client;

/**
 * evse_bridge_get() - read what the bridge of a port does
 * @client: the client
 * @id: the port
 * @bridge: written here
 *
 * Return: 0, -EOPNOTSUPP when the port has none, or a negative errno.
 */
int evse_bridge_get(struct evse_client *client, uint32_t id,
		    struct evse_bridge_info *bridge);

/**
 * evse_bridge_set() - change the carrier
 * @client: the client
 * @id: the port, de-energised
 * @carrier_hz: the carrier
 *
 * Return: 0, -ERANGE when the board does not allow it, or a negative errno.
 */
int evse_bridge_set(struct evse_client *client, uint32_t id,
		    uint32_t carrier_hz);

#endif /* EVSE_BRIDGE_H */
