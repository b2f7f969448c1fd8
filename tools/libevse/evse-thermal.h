/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of libevse about thermal guards. Included by evse-client.h, which
 * says how clients and errors work.
 */
#ifndef EVSE_THERMAL_H
#define EVSE_THERMAL_H

#include <stddef.h>
#include <stdint.h>
#include <linux/evse.h>

#include "evse-record.h"

/**
 * struct evse_thermal_info - a temperature that a thermal guard watches
 * @has: attributes present, see evse_has()
 * @port: id of the port
 * @sensor: name of the sensor
 * @state: enum evse_thermal_state
 * @temp_mc: temperature, thousandths of a degree Celsius; absent when it cannot
 *	be believed
 * @slope_mc_min: rate of rise, thousandths of a degree a minute; absent likewise
 * @limit_permille: part of the rated power that it leaves, 1000 without a limit
 */
struct evse_thermal_info {
	uint64_t has;
	uint32_t port;
	char sensor[EVSE_NAME_SIZE];
	uint32_t state;
	int32_t temp_mc;
	int32_t slope_mc_min;
	uint32_t limit_permille;
};

/**
 * struct evse_thermal_setting_info - a threshold of a thermal guard
 * @has: attributes present
 * @port: id of the port
 * @sensor: name of the sensor; absent, and "", for one of the whole guard
 * @element: enum evse_thermal_element
 * @value: value in force; thousandths of a degree Celsius, or for
 *	EVSE_THERMAL_ELEMENT_RISE thousandths of a degree a minute
 * @value_min: lowest that may be set
 * @value_max: highest that may be set
 */
struct evse_thermal_setting_info {
	uint64_t has;
	uint32_t port;
	char sensor[EVSE_NAME_SIZE];
	uint32_t element;
	int32_t value;
	int32_t value_min;
	int32_t value_max;
};

struct evse_client;

/**
 * evse_thermal_get() - read a sensor
 * @client: the client
 * @id: the port
 * @sensor: name of the sensor
 * @thermal: written here
 *
 * Return: 0, -EOPNOTSUPP when the port has no thermal guard, -ENOENT when that
 * has no such sensor, or another negative errno.
 */
int evse_thermal_get(struct evse_client *client, uint32_t id,
		     const char *sensor, struct evse_thermal_info *thermal);

/**
 * evse_thermal_list() - read all sensors
 * @client: the client
 * @id: of this port; NULL for those of every port that has a thermal guard
 * @thermals: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0, -EOPNOTSUPP when port @id has no thermal guard, -ENOENT when that
 * has none, or another negative errno.
 */
int evse_thermal_list(struct evse_client *client, const uint32_t *id,
		      struct evse_thermal_info **thermals, size_t *count);

/**
 * evse_thermal_setting_list() - read all thresholds
 * @client: the client
 * @id: of this port; NULL for those of every port that has a thermal guard
 * @settings: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: as evse_thermal_list().
 */
int evse_thermal_setting_list(struct evse_client *client, const uint32_t *id,
			      struct evse_thermal_setting_info **settings,
			      size_t *count);

/**
 * evse_thermal_setting_set() - change a threshold
 * @client: the client
 * @id: the port
 * @setting: its sensor, "" for one of the whole guard, element and value
 *
 * Return: 0, -ENOENT when there is no such threshold, -ERANGE out of its bounds,
 * or another negative errno.
 */
int evse_thermal_setting_set(struct evse_client *client, uint32_t id,
			     const struct evse_thermal_setting_info *setting);

#endif /* EVSE_THERMAL_H */
