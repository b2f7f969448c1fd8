/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of libevse about grid guards. Included by evse-client.h, which says
 * how clients and errors work.
 */
#ifndef EVSE_GRID_H
#define EVSE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/evse.h>

#include "evse-record.h"

#define EVSE_PHASES_MAX		3
#define EVSE_GRID_ELEMENTS	(EVSE_GRID_ELEMENT_VOLT_WATT_P2 + 1)

/**
 * struct evse_grid_info - the grid as a port's grid guard sees it; or a profile
 * @has: attributes present, see evse_has()
 * @port: id of the port
 * @profile: profile in force
 * @title: the standard behind it
 * @state: enum evse_grid_state
 * @nominal_mhz: nominal frequency
 * @nominal_mv: nominal voltage of a phase
 * @voltages_mv: of each phase, RMS; absent when it is not measured
 * @n_voltages_mv: how many
 * @frequency_mhz: frequency; absent when it is not known
 * @rocof_mhz_s: rate of change of frequency
 * @shift_mdeg: latest jump of the phase angle
 * @relay: the voltage-monitor relay says that the mains is good
 * @active: active islanding detection is at work
 * @outside: enum evse_grid_window bits
 * @running: element whose timer ends first
 * @running_ms: time until it trips
 * @last_trip: element that tripped last
 * @wait_ms: time until export may return
 * @ramp_permille: part of the rated export that is allowed by now
 */
struct evse_grid_info {
	uint64_t has;
	uint32_t port;
	char profile[EVSE_NAME_SIZE];
	char title[EVSE_TEXT_SIZE];
	uint32_t state;
	uint32_t nominal_mhz;
	uint32_t nominal_mv;
	uint32_t voltages_mv[EVSE_PHASES_MAX];
	unsigned int n_voltages_mv;
	uint32_t frequency_mhz;
	int32_t rocof_mhz_s;
	int32_t shift_mdeg;
	uint8_t relay;
	uint8_t active;
	uint32_t outside;
	uint32_t running;
	uint32_t running_ms;
	uint32_t last_trip;
	uint32_t wait_ms;
	uint32_t ramp_permille;
};

/**
 * struct evse_grid_setting_info - a line of the profile in force
 * @has: attributes present
 * @port: id of the port
 * @element: enum evse_grid_element
 * @unit: enum evse_grid_unit of the pick-ups
 * @pickup: threshold, or the value of a setting that is none
 * @pickup_min: lowest that the standard allows
 * @pickup_max: highest that the standard allows
 * @time_ms: clearing time
 * @time_min_ms: shortest that the standard allows
 * @time_max_ms: longest that the standard allows
 */
struct evse_grid_setting_info {
	uint64_t has;
	uint32_t port;
	uint32_t element;
	uint32_t unit;
	int32_t pickup;
	int32_t pickup_min;
	int32_t pickup_max;
	uint32_t time_ms;
	uint32_t time_min_ms;
	uint32_t time_max_ms;
};

struct evse_client;

/**
 * evse_grid_get() - read what a grid guard sees and does
 * @client: the client
 * @id: the port
 * @grid: written here
 *
 * Return: 0 or a negative errno.
 */
int evse_grid_get(struct evse_client *client, uint32_t id,
		  struct evse_grid_info *grid);

/**
 * evse_grid_list() - the same of every port that has a grid guard
 * @client: the client
 * @grids: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0 or a negative errno.
 */
int evse_grid_list(struct evse_client *client, struct evse_grid_info **grids,
		   size_t *count);

/**
 * evse_grid_set() - put a profile in force, with the settings of its standard
 * @client: the client
 * @id: the port, de-energised
 * @profile: name of the profile
 *
 * Return: 0 or a negative errno.
 */
int evse_grid_set(struct evse_client *client, uint32_t id, const char *profile);

/**
 * evse_grid_profile_list() - profiles that the ports can have
 * @client: the client
 * @profiles: an array is written here, to be freed with free(): port, profile,
 *	title and nominal_mhz of each
 * @count: its length is written here
 *
 * Return: 0 or a negative errno.
 */
int evse_grid_profile_list(struct evse_client *client,
			   struct evse_grid_info **profiles, size_t *count);

/**
 * evse_grid_setting_get() - a line of the profile in force
 * @client: the client
 * @id: the port
 * @element: enum evse_grid_element
 * @setting: written here
 *
 * Return: 0, -ENOENT when the profile has no such line, or a negative errno.
 */
int evse_grid_setting_get(struct evse_client *client, uint32_t id,
			  uint32_t element,
			  struct evse_grid_setting_info *setting);

/**
 * evse_grid_setting_list() - all lines of the profile in force
 * @client: the client
 * @id: the port
 * @settings: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0 or a negative errno.
 */
int evse_grid_setting_list(struct evse_client *client, uint32_t id,
			   struct evse_grid_setting_info **settings,
			   size_t *count);

/**
 * evse_grid_setting_set() - change a line of the profile in force
 * @client: the client
 * @id: the port, de-energised
 * @setting: its element, and of pickup and time_ms what @setting->has names
 *
 * Return: 0, -ERANGE when the standard does not allow it, or a negative errno.
 */
int evse_grid_setting_set(struct evse_client *client, uint32_t id,
			  const struct evse_grid_setting_info *setting);

/**
 * evse_grid_unit_of() - unit in which an element's pick-up is given
 * @element: the element
 *
 * Return: the unit.
 */
enum evse_grid_unit evse_grid_unit_of(uint32_t element);

#endif /* EVSE_GRID_H */
