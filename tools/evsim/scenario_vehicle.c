// SPDX-License-Identifier: GPL-2.0-or-later
/* What a scenario says about the vehicle, from text to numbers. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../libevse/evse-units.h"
#include "scenario-internal.h"

#define CAPACITY_MIN_MWH	1000000

enum value {
	TEXT,
	ENERGY,
	PERCENT,
	POWER,
	VOLTAGE,
	CURRENT,
	TIME,
	CONTROL,
	SWITCH,
};

#define KEY(name, value, member) \
	{ name, value, offsetof(struct scenario, member), \
	  sizeof(((struct scenario *)0)->member) }

static const struct key {
	const char *name;
	enum value value;
	size_t offset;
	size_t size;
} keys[] = {
	KEY("evccid", TEXT, vehicle.evccid),
	KEY("capacity", ENERGY, vehicle.battery.capacity_mwh),
	KEY("soc", PERCENT, soc_permille),
	KEY("min_soc", PERCENT, vehicle.battery.min_soc_permille),
	KEY("target_soc", PERCENT, vehicle.battery.target_soc_permille),
	KEY("max_charge", POWER, vehicle.battery.max_charge_mw),
	KEY("max_discharge", POWER, vehicle.battery.max_discharge_mw),
	KEY("max_voltage", VOLTAGE, vehicle.battery.max_mv),
	KEY("max_current", CURRENT, vehicle.battery.max_ma),
	KEY("departure", TIME, vehicle.departure_s),
	KEY("control", CONTROL, vehicle.control),
	KEY("tls", SWITCH, tls),
	KEY("certificate", TEXT, certificate),
	KEY("key", TEXT, key),
	KEY("trust", TEXT, trust),
};

static const struct {
	const char *name;
	uint16_t service;
} services[] = {
	{ "ac", SERVICE_AC },
	{ "dc", SERVICE_DC },
	{ "ac_bpt", SERVICE_AC_BPT },
	{ "dc_bpt", SERVICE_DC_BPT },
};

void scenario_default(struct scenario *scenario)
{
	*scenario = (struct scenario){
		.vehicle = {
			.evccid = "EVSIM0001",
			.control = CONTROL_DYNAMIC,
			.departure_s = 4 * 3600,
			.battery = {
				.capacity_mwh = 60000000,
				.min_soc_permille = 200,
				.target_soc_permille = 800,
				.max_charge_mw = 11000000,
				.max_discharge_mw = 10000000,
				.max_mv = 450000,
				.max_ma = 30000,
			},
		},
		.soc_permille = 500,
	};
}

static bool set_text(char *to, size_t size, const char *text, const char **why)
{
	size_t length = strlen(text);

	*why = "is empty or too long: write less";
	if (!length || length >= size)
		return false;
	memcpy(to, text, length + 1);
	return true;
}

static bool set_percent(int32_t *permille, const char *text, const char **why)
{
	long whole;
	char *end;

	*why = "is no part: write 0% to 100%";
	if (!isdigit((unsigned char)*text))
		return false;
	whole = strtol(text, &end, 10);
	if (strcmp(end, "%") || whole > 100)
		return false;
	*permille = whole * 10;
	return true;
}

/* Hours and minutes, which no other program here is asked for */
static bool set_time(uint32_t *s, const char *text, const char **why)
{
	static const struct {
		const char *unit;
		uint32_t s;
	} units[] = { { "min", 60 }, { "h", 3600 } };
	size_t length = strlen(text), i;
	uint32_t factor = 1, ms;
	char number[16];

	*why = "is no time: write for example 2h, 30min or 90s";
	if (length >= sizeof(number))
		return false;
	memcpy(number, text, length + 1);
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t n = strlen(units[i].unit);

		if (length <= n || strcmp(text + length - n, units[i].unit))
			continue;
		number[length - n] = '\0';
		if (!isdigit((unsigned char)number[length - n - 1]))
			return false;
		factor = units[i].s;
	}
	if (evse_parse_duration(number, "s", &ms, why))
		return false;
	if ((uint64_t)ms * factor / 1000 > 7 * 24 * 3600) {
		*why = "is too long: write at most a week, 168h";
		return false;
	}
	*s = (uint64_t)ms * factor / 1000;
	return true;
}

static bool set_power(int32_t *mw, const char *text, const char **why)
{
	if (evse_parse_power(text, mw, why))
		return false;
	*why = "is below zero: limits are sizes, write it without a sign";
	return *mw >= 0;
}

static bool set_current(int32_t *ma, const char *text, const char **why)
{
	uint32_t value;

	if (evse_parse_current(text, &value, why))
		return false;
	*why = "is too much: write less";
	*ma = value;
	return value <= INT32_MAX;
}

static bool set_control(enum control_mode *control, const char *text, const char **why)
{
	*why = "is no control mode: write dynamic or scheduled";
	*control = !strcmp(text, "dynamic") ? CONTROL_DYNAMIC : CONTROL_SCHEDULED;
	return *control == CONTROL_DYNAMIC || !strcmp(text, "scheduled");
}

static bool set_switch(bool *on, const char *text, const char **why)
{
	*why = "is neither yes nor no: write one of them";
	*on = !strcmp(text, "yes");
	return *on || !strcmp(text, "no");
}

bool scenario_set(struct scenario *scenario, const char *name, const char *text,
		  const char **why)
{
	const struct key *key = keys, *end = keys + sizeof(keys) / sizeof(keys[0]);
	void *to;

	while (key < end && strcmp(key->name, name))
		key++;
	*why = "is no key of vehicle: see evsim(1) for those that are";
	if (key == end)
		return false;
	to = (char *)scenario + key->offset;
	switch (key->value) {
	case TEXT:
		return set_text(to, key->size, text, why);
	case ENERGY:
		return !evse_parse_energy(text, to, why);
	case PERCENT:
		return set_percent(to, text, why);
	case POWER:
		return set_power(to, text, why);
	case VOLTAGE:
		return !evse_parse_voltage(text, to, why);
	case CURRENT:
		return set_current(to, text, why);
	case TIME:
		return set_time(to, text, why);
	case CONTROL:
		return set_control(to, text, why);
	default:
		return set_switch(to, text, why);
	}
}

bool scenario_add_service(struct scenario *scenario, const char *text, const char **why)
{
	struct vehicle_config *v = &scenario->vehicle;
	unsigned int i, j;

	*why = "is no service: write ac, dc, ac_bpt or dc_bpt";
	for (i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		if (strcmp(services[i].name, text))
			continue;
		*why = "is there already: leave out one of them";
		for (j = 0; j < v->n_service; j++)
			if (v->service[j] == services[i].service)
				return false;
		v->service[v->n_service++] = services[i].service;
		return true;
	}
	return false;
}

const char *scenario_wrong(const struct scenario *scenario)
{
	const struct battery *b = &scenario->vehicle.battery;

	if (!scenario->vehicle.n_service)
		return "service: there is none: write for example 'service: [ac_bpt, ac]'";
	if (b->capacity_mwh < CAPACITY_MIN_MWH)
		return "capacity: no battery is that small: write at least 1kWh";
	if (!b->max_mv || !b->max_ma || !b->max_charge_mw)
		return "vehicle: it takes nothing: write more voltage, current, max_charge";
	if (b->target_soc_permille < b->min_soc_permille)
		return "target_soc: it is below min_soc: write more";
	if (scenario->tls &&
	    (!*scenario->certificate || !*scenario->key || !*scenario->trust))
		return "tls: it needs files: write certificate, key and trust, or 'tls: no'";
	return NULL;
}
