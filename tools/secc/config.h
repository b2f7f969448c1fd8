/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the operator says about sessions: /etc/evse/v2g_config.yaml.
 *
 * What the board is rated for is the kernel's to say; nothing here can widen it.
 */
#ifndef SECC_CONFIG_H
#define SECC_CONFIG_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../libevse/evse-json.h"

#define CONFIG_FILE		"/etc/evse/v2g_config.yaml"
#define CONFIG_FILE_MAX		65536	/* bytes */
#define CONFIG_PORT_SIZE	16
#define CONFIG_PATH_SIZE	256
#define CONFIG_SCHEDULE_MAX	96
#define CONFIG_EVSE_ID_SIZE	256

/**
 * enum transfer_mode - what is offered to vehicles
 * @TRANSFER_AC: charging from an AC connector
 * @TRANSFER_DC: charging from a DC connector
 * @TRANSFER_BIDIRECTIONAL_AC: both directions, AC
 * @TRANSFER_BIDIRECTIONAL_DC: both directions, DC
 */
enum transfer_mode {
	TRANSFER_AC,
	TRANSFER_DC,
	TRANSFER_BIDIRECTIONAL_AC,
	TRANSFER_BIDIRECTIONAL_DC,
};

/**
 * enum control_mode - who plans the power; values of the parameter ControlMode
 * @CONTROL_SCHEDULED: the vehicle, within the schedule of the charger
 * @CONTROL_DYNAMIC: the charger, at any moment
 */
enum control_mode {
	CONTROL_SCHEDULED = 1,
	CONTROL_DYNAMIC = 2,
};

/**
 * struct schedule_entry - power from a moment on
 * @start_s: seconds since midnight (of day), or since power delivery began
 * @power_mw: wanted power, discharging negative
 * @price_level: 0 is cheapest
 */
struct schedule_entry {
	uint32_t start_s;
	int32_t power_mw;
	uint8_t price_level;
};

/**
 * struct config - the configuration
 * @port: "evse0"
 * @interface: network interface that vehicles are on
 * @evse_id: EVSEID told to the vehicle
 * @transfer: what is offered
 * @control: control modes in the order that they are offered
 * @n_control: how many, 1 or 2
 * @max_charge_mw: most charging power, not negative
 * @max_discharge_mw: most discharging power, not negative
 * @min_soc_percent: state of charge below which nothing is discharged
 * @dc_min_voltage_mv: lowest voltage told to a DC vehicle
 * @bench: sessions without TLS are allowed
 * @tls: TLS is offered
 * @tls_certificate: chain of the charger, leaf first, PEM
 * @tls_key: its private key: a PEM file, or an URI of an OpenSSL provider
 * @tls_trust: directory with the anchors of vehicles' certificates, PEM
 * @of_day: the schedule repeats each day at local time; else it runs once
 * @schedule: sorted by time
 * @n_schedule: how many; with 0 the vehicle charges as it likes
 * @log: file of the trace
 */
struct config {
	char port[CONFIG_PORT_SIZE];
	char interface[IF_NAMESIZE];
	char evse_id[CONFIG_EVSE_ID_SIZE];
	enum transfer_mode transfer;
	enum control_mode control[2];
	unsigned int n_control;
	int32_t max_charge_mw;
	int32_t max_discharge_mw;
	uint8_t min_soc_percent;
	int32_t dc_min_voltage_mv;
	bool bench;
	bool tls;
	char tls_certificate[CONFIG_PATH_SIZE];
	char tls_key[CONFIG_PATH_SIZE];
	char tls_trust[CONFIG_PATH_SIZE];
	bool of_day;
	struct schedule_entry schedule[CONFIG_SCHEDULE_MAX];
	unsigned int n_schedule;
	char log[CONFIG_PATH_SIZE];
};

/**
 * config_default() - what holds where the file says nothing
 * @config: written here
 */
void config_default(struct config *config);

/**
 * config_parse() - read YAML
 * @config: defaults before, what the text says after; as it was if that is refused
 * @text: the text
 * @size: its bytes
 * @name: of the file, for messages
 * @report: one line for everything that is wrong: "NAME:LINE: what and what to write"
 *
 * Return: number of things that are wrong.
 */
unsigned int config_parse(struct config *config, const char *text, size_t size,
			  const char *name, FILE *report);

/**
 * config_read() - read a file
 * @config: written here: defaults, and what the file says
 * @path: the file; one that others than its owner may read or write is refused
 * @report: as above
 *
 * Return: number of things that are wrong.
 */
unsigned int config_read(struct config *config, const char *path, FILE *report);

/**
 * config_print() - as YAML that config_parse() reads back
 * @config: the configuration
 * @out: where to write
 */
void config_print(const struct config *config, FILE *out);

/**
 * config_print_json() - as an object; numbers in the unit that their name ends in
 * @config: the configuration
 * @json: where to
 */
void config_print_json(const struct config *config, struct evse_json *json);

/**
 * config_bidirectional() - is discharging offered
 * @config: the configuration
 */
static inline bool config_bidirectional(const struct config *config)
{
	return config->transfer >= TRANSFER_BIDIRECTIONAL_AC;
}

/**
 * config_is_dc() - is it about a DC connector
 * @config: the configuration
 */
static inline bool config_is_dc(const struct config *config)
{
	return config->transfer == TRANSFER_DC ||
	       config->transfer == TRANSFER_BIDIRECTIONAL_DC;
}

#endif /* SECC_CONFIG_H */
