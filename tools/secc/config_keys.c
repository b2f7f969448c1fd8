// SPDX-License-Identifier: GPL-2.0-or-later
/* Which keys there are, what they default to, and which one was meant. */
#include <string.h>

#include "config_keys.h"

static const struct evse_name transfer_entry[] = {
	{ TRANSFER_AC, "ac" },
	{ TRANSFER_DC, "dc" },
	{ TRANSFER_BIDIRECTIONAL_AC, "bidirectional_ac" },
	{ TRANSFER_BIDIRECTIONAL_DC, "bidirectional_dc" },
};

static const struct evse_names transfer_names = {
	"energy transfer mode", transfer_entry, 4
};

static const struct evse_name control_entry[] = {
	{ CONTROL_SCHEDULED, "scheduled" },
	{ CONTROL_DYNAMIC, "dynamic" },
};

static const struct evse_names control_names = {
	"control mode", control_entry, 2
};

#define AT(member)	.offset = offsetof(struct config, member)

/* The longest name that anything is compared with, and its end */
#define NAME_SIZE	32

const struct config_key config_keys[CONFIG_KEYS] = {
	{ "", "port", CONFIG_PORT, AT(port), .max = CONFIG_PORT_SIZE, .preset = "evse0" },
	{ "", "interface", CONFIG_INTERFACE, AT(interface), .max = IF_NAMESIZE,
	  .preset = "eth1" },
	{ "", "evse_id", CONFIG_TEXT, AT(evse_id), .min = 1, .max = CONFIG_EVSE_ID_SIZE,
	  .preset = "ZZ00000" },
	{ "", "energy_transfer_mode", CONFIG_WORD, AT(transfer),
	  .preset = "bidirectional_ac", .names = &transfer_names },
	{ "", "control_modes", CONFIG_WORDS, AT(control),
	  .preset = "[dynamic, scheduled]", .names = &control_names },
	{ "", "max_charge_rate", CONFIG_RATE, AT(max_charge_mw), .preset = "" },
	{ "", "max_discharge_rate", CONFIG_RATE, AT(max_discharge_mw), .preset = "" },
	{ "", "depth_of_discharge_floor", CONFIG_PERCENT, AT(min_soc_percent),
	  .max = 100, .preset = "20%" },
	{ "", "dc", CONFIG_SECTION, .preset = "" },
	{ "dc", "min_voltage", CONFIG_VOLTAGE, AT(dc_min_voltage_mv),
	  .min = 1000, .max = 1500000, .preset = "150V" },
	{ "", "bench", CONFIG_SWITCH, AT(bench), .preset = "no" },
	{ "", "tls", CONFIG_SECTION, .preset = "" },
	{ "tls", "enabled", CONFIG_SWITCH, AT(tls), .preset = "yes" },
	{ "tls", "certificate", CONFIG_PATH, AT(tls_certificate), .min = 1,
	  .max = CONFIG_PATH_SIZE, .preset = "/etc/evse/pki/secc-chain.pem" },
	{ "tls", "key", CONFIG_STORE, AT(tls_key), .min = 1, .max = CONFIG_PATH_SIZE,
	  .preset = "/etc/evse/pki/secc.key" },
	{ "tls", "trust_anchors", CONFIG_PATH, AT(tls_trust), .min = 1,
	  .max = CONFIG_PATH_SIZE, .preset = "/etc/evse/pki/trust" },
	{ "", "schedule", CONFIG_SCHEDULE, AT(schedule), .preset = "" },
	{ "", "log", CONFIG_PATH, AT(log), .max = CONFIG_PATH_SIZE,
	  .preset = "/var/log/evse/v2g_trace.log" },
};

const struct config_key *config_key_find(const char *section, const char *name)
{
	size_t i;

	for (i = 0; i < CONFIG_KEYS; i++)
		if (!strcmp(config_keys[i].section, section) &&
		    !strcmp(config_keys[i].name, name))
			return &config_keys[i];
	return NULL;
}

static unsigned int least(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Letters to change, add, leave out or swap with their neighbour. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int rows[3][NAME_SIZE];
	unsigned int *row = rows[0], *last = rows[1], *before = rows[2], *rest;
	unsigned int i, j, length = (unsigned int)strlen(b);

	for (j = 0; j <= length; j++)
		last[j] = j;
	for (i = 1; a[i - 1]; i++) {
		row[0] = i;
		for (j = 1; j <= length; j++) {
			row[j] = least(least(last[j], row[j - 1]) + 1,
				       last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		rest = before;
		before = last;
		last = row;
		row = rest;
	}
	return last[length];
}

const struct config_key *config_key_near(const char *section, const char *name)
{
	const struct config_key *best = NULL;
	unsigned int lowest = 3, d;
	size_t i;

	if (strlen(name) >= NAME_SIZE)
		return NULL;
	for (i = 0; i < CONFIG_KEYS; i++) {
		const struct config_key *key = &config_keys[i];

		/* Misspelled in its own place, or misplaced: not both. */
		d = distance(name, key->name);
		if (strcmp(key->section, section) ? d > 0 : 2 * d >= strlen(key->name))
			continue;
		if (d < lowest) {
			lowest = d;
			best = key;
		}
	}
	return best;
}

/* Words of a list, "[dynamic, scheduled]", one after the other. */
static void set_list(struct config *config, const struct config_key *key)
{
	const char *at = key->preset;
	char word[NAME_SIZE], why[8];
	size_t length;

	for (;;) {
		at += strspn(at, "[, ]");
		length = strcspn(at, "[, ]");
		if (!length)
			return;
		snprintf(word, sizeof(word), "%.*s", (int)length, at);
		config_set(config, key, word, why, sizeof(why));
		at += length;
	}
}

void config_default(struct config *config)
{
	char why[8];
	size_t i;

	*config = (struct config){
		.max_charge_mw = INT32_MAX,
		.max_discharge_mw = INT32_MAX,
	};
	for (i = 0; i < CONFIG_KEYS; i++) {
		const struct config_key *key = &config_keys[i];

		if (key->kind == CONFIG_WORDS)
			set_list(config, key);
		else if (*key->preset)
			config_set(config, key, key->preset, why, sizeof(why));
	}
}
