// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "evse-units.h"

/* A suffix, and 10^digits of the smallest unit in one of it. */
struct suffix {
	const char *text;
	unsigned int digits;
};

/*
 * Where M and m would make a factor of a billion the case counts: MW is
 * megawatt, mW is milliwatt, and no other spelling of these two is taken.
 */
static const struct suffix power_suffix[] = {
	{ "mW", 0 }, { "W", 3 }, { "w", 3 }, { "kW", 6 }, { "KW", 6 },
	{ "kw", 6 }, { "Kw", 6 }, { "MW", 9 }, { NULL, 0 },
};

static const struct suffix current_suffix[] = {
	{ "mA", 0 }, { "A", 3 }, { "a", 3 }, { NULL, 0 },
};

static const struct suffix voltage_suffix[] = {
	{ "mV", 0 }, { "V", 3 }, { "v", 3 }, { "kV", 6 }, { NULL, 0 },
};

static const struct suffix energy_suffix[] = {
	{ "mWh", 0 }, { "Wh", 3 }, { "kWh", 6 }, { NULL, 0 },
};

static const struct suffix duration_suffix[] = {
	{ "ms", 0 }, { "s", 3 }, { NULL, 0 },
};

static const struct suffix pu_suffix[] = {
	{ "p.u.", 3 }, { "pu", 3 }, { "%", 1 }, { NULL, 0 },
};

static const struct suffix frequency_suffix[] = {
	{ "mHz", 0 }, { "Hz", 3 }, { "hz", 3 }, { NULL, 0 },
};

static const struct suffix carrier_suffix[] = {
	{ "Hz", 0 }, { "hz", 0 }, { "kHz", 3 }, { "khz", 3 }, { NULL, 0 },
};

static const struct suffix rocof_suffix[] = {
	{ "mHz/s", 0 }, { "Hz/s", 3 }, { "hz/s", 3 }, { NULL, 0 },
};

static const struct suffix angle_suffix[] = {
	{ "mdeg", 0 }, { "deg", 3 }, { NULL, 0 },
};

static const struct suffix gain_suffix[] = {
	{ "/Hz", 3 }, { "/hz", 3 }, { "/kHz", 0 }, { NULL, 0 },
};

static const struct suffix part_suffix[] = {
	{ "%", 1 }, { NULL, 0 },
};

/* Of one degree, and of one degree a minute; kelvin only where it means the same. */
static const struct suffix temperature_suffix[] = {
	{ "C", 3 }, { "c", 3 }, { "mC", 0 }, { NULL, 0 },
};

static const struct suffix slope_suffix[] = {
	{ "C/min", 3 }, { "c/min", 3 }, { "K/min", 3 }, { "mC/min", 0 },
	{ NULL, 0 },
};

static const struct suffix *find_suffix(const struct suffix *table,
					const char *text, size_t len)
{
	for (; table->text; table++)
		if (strlen(table->text) == len &&
		    !memcmp(table->text, text, len))
			return table;
	return NULL;
}

/* A decimal number: @whole and @frac point to its digits. */
struct number {
	bool negative;
	const char *whole;
	size_t n_whole;
	const char *frac;
	size_t n_frac;
	const char *rest;
	size_t n_rest;
};

static bool split(const char *text, struct number *n)
{
	size_t end;

	memset(n, 0, sizeof(*n));
	while (isspace((unsigned char)*text))
		text++;
	n->negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	n->whole = text;
	while (isdigit((unsigned char)*text))
		text++;
	n->n_whole = (size_t)(text - n->whole);
	n->frac = text;
	if (*text == '.') {
		n->frac = ++text;
		while (isdigit((unsigned char)*text))
			text++;
		n->n_frac = (size_t)(text - n->frac);
	}
	while (isspace((unsigned char)*text))
		text++;
	n->rest = text;
	end = strlen(text);
	while (end && isspace((unsigned char)text[end - 1]))
		end--;
	n->n_rest = end;
	return n->n_whole + n->n_frac > 0;
}

/* Appends a decimal digit; false beyond what any unit here allows. */
static bool append(int64_t *value, char digit)
{
	if (*value > INT64_C(100000000000000))
		return false;
	*value = *value * 10 + (digit - '0');
	return true;
}

/* The number times 10^digits, which has to be whole. */
static int scale(const struct number *n, unsigned int digits, int64_t *value)
{
	size_t i;

	*value = 0;
	for (i = 0; i < n->n_whole; i++)
		if (!append(value, n->whole[i]))
			return -ERANGE;
	for (i = 0; i < digits; i++)
		if (!append(value, i < n->n_frac ? n->frac[i] : '0'))
			return -ERANGE;
	for (; i < n->n_frac; i++)
		if (n->frac[i] != '0')
			return -EDOM;
	if (n->negative)
		*value = -*value;
	return 0;
}

/* What to say about a quantity that is not taken. */
struct complaint {
	const char *number;
	const char *suffix;
	const char *missing;
	const char *fine;
	const char *range;
};

static int parse(const char *text, const struct suffix *table,
		 const char *bare, int64_t min, int64_t max,
		 const struct complaint *say, int64_t *value, const char **why)
{
	const struct suffix *suffix;
	struct number n;
	bool zero;
	int err;

	*why = say->number;
	if (!split(text, &n))
		return -EINVAL;
	if (n.n_rest) {
		suffix = find_suffix(table, n.rest, n.n_rest);
		*why = say->suffix;
	} else {
		zero = !scale(&n, 0, value) && !*value;
		suffix = bare ? find_suffix(table, bare, strlen(bare)) :
			 zero ? table : NULL;
		*why = say->missing;
	}
	if (!suffix)
		return -EINVAL;

	err = scale(&n, suffix->digits, value);
	*why = err == -EDOM ? say->fine : say->range;
	if (err)
		return err == -EDOM ? -EINVAL : err;
	if (*value < min || *value > max)
		return -ERANGE;
	*why = NULL;
	return 0;
}

int evse_parse_power(const char *text, int32_t *mw, const char **why)
{
	static const struct complaint say = {
		.number = "is no power: type a number and a unit, for example -5kW or 7200W",
		.suffix = "has an unknown unit: use W, kW, MW or mW (upper and lower case m differ)",
		.missing = "has no unit: add W or kW",
		.fine = "is finer than a milliwatt: leave out the last digits",
		.range = "is out of range: -2147483.648 W to 2147483.647 W",
	};
	int64_t value;
	int err;

	err = parse(text, power_suffix, NULL, INT32_MIN, INT32_MAX, &say,
		    &value, why);
	if (!err)
		*mw = (int32_t)value;
	return err;
}

int evse_parse_current(const char *text, uint32_t *ma, const char **why)
{
	static const struct complaint say = {
		.number = "is no current: type a number and a unit, for example 16A",
		.suffix = "has an unknown unit: use A or mA",
		.missing = "has no unit: add A",
		.fine = "is finer than a milliampere: leave out the last digits",
		.range = "is out of range: 0 A to 4294967.295 A",
	};
	int64_t value;
	int err;

	err = parse(text, current_suffix, NULL, 0, UINT32_MAX, &say, &value,
		    why);
	if (!err)
		*ma = (uint32_t)value;
	return err;
}

int evse_parse_voltage(const char *text, int32_t *mv, const char **why)
{
	static const struct complaint say = {
		.number = "is no voltage: type a number and a unit, for example 150V",
		.suffix = "has an unknown unit: use V, kV or mV",
		.missing = "has no unit: add V",
		.fine = "is finer than a millivolt: leave out the last digits",
		.range = "is out of range: 0 V to 2147483.647 V",
	};
	int64_t value;
	int err;

	err = parse(text, voltage_suffix, NULL, 0, INT32_MAX, &say, &value, why);
	if (!err)
		*mv = (int32_t)value;
	return err;
}

int evse_parse_energy(const char *text, int64_t *mwh, const char **why)
{
	static const struct complaint say = {
		.number = "is no energy: type a number and a unit, for example 60kWh",
		.suffix = "has an unknown unit: use Wh, kWh or mWh",
		.missing = "has no unit: add kWh",
		.fine = "is finer than a milliwatthour: leave out the last digits",
		.range = "is out of range: 0 kWh to 1000 kWh",
	};
	int64_t value;
	int err;

	err = parse(text, energy_suffix, NULL, 0, 1000000000, &say, &value, why);
	if (!err)
		*mwh = value;
	return err;
}

int evse_parse_duration(const char *text, const char *bare, uint32_t *ms,
			const char **why)
{
	static const struct complaint say = {
		.number = "is no duration: type for example 10s or 500ms",
		.suffix = "has an unknown unit: use s or ms",
		.missing = "has no unit: add s or ms",
		.fine = "is finer than a millisecond: leave out the last digits",
		.range = "is out of range: 0 s to 4294967.295 s",
	};
	int64_t value;
	int err;

	err = parse(text, duration_suffix, bare, 0, UINT32_MAX, &say, &value,
		    why);
	if (!err)
		*ms = (uint32_t)value;
	return err;
}

int evse_parse_carrier(const char *text, uint32_t *hz, const char **why)
{
	static const struct complaint say = {
		.number = "is no frequency: type hertz, for example 16000 or 16kHz",
		.suffix = "has an unknown unit: use Hz or kHz",
		.fine = "is finer than a hertz: leave out the last digits",
		.range = "is out of range: 0 Hz to 4294967.295 kHz",
	};
	int64_t value;
	int err;

	err = parse(text, carrier_suffix, "Hz", 0, UINT32_MAX, &say, &value,
		    why);
	if (!err)
		*hz = (uint32_t)value;
	return err;
}

int evse_parse_threshold(const char *text, uint32_t element, int32_t *value,
			 const char **why)
{
	static const struct complaint temperature = {
		.number = "is no temperature: type degrees Celsius, for example 85 or 85C",
		.suffix = "has an unknown unit: use C",
		.fine = "is finer than 0.001 C: leave out the last digits",
		.range = "is out of range: more than 32 bits",
	};
	static const struct complaint slope = {
		.number = "is no rate of rise: type degrees a minute, for example 5 or 5C/min",
		.suffix = "has an unknown unit: use C/min",
		.fine = "is finer than 0.001 C/min: leave out the last digits",
		.range = "is out of range: more than 32 bits",
	};
	bool rate = element == EVSE_THERMAL_ELEMENT_RISE;
	int64_t number;
	int err;

	err = parse(text, rate ? slope_suffix : temperature_suffix,
		    rate ? "C/min" : "C", INT32_MIN, INT32_MAX,
		    rate ? &slope : &temperature, &number, why);
	if (!err)
		*value = (int32_t)number;
	return err;
}

/* What a person types for a pick-up, by its unit. */
static const struct pickup {
	const struct suffix *suffix;
	const char *bare;
	enum evse_unit shown;
	struct complaint say;
} pickups[] = {
	[EVSE_GRID_UNIT_PERMILLE] = {
		.suffix = pu_suffix,
		.bare = "p.u.",
		.shown = EVSE_U_PU,
		.say = {
			.number = "is no voltage: type a part of nominal, for example 0.88 or 88%",
			.suffix = "has an unknown unit: use p.u. or %",
			.fine = "is finer than 0.001 p.u.: leave out the last digits",
		},
	},
	[EVSE_GRID_UNIT_MHZ] = {
		.suffix = frequency_suffix,
		.shown = EVSE_U_MHZ,
		.say = {
			.number = "is no frequency: type for example 58.5Hz",
			.suffix = "has an unknown unit: use Hz or mHz",
			.missing = "has no unit: add Hz",
			.fine = "is finer than a millihertz: leave out the last digits",
		},
	},
	[EVSE_GRID_UNIT_MHZ_PER_S] = {
		.suffix = rocof_suffix,
		.shown = EVSE_U_MHZ_S,
		.say = {
			.number = "is no rate of change of frequency: type for example 1Hz/s",
			.suffix = "has an unknown unit: use Hz/s or mHz/s",
			.missing = "has no unit: add Hz/s",
			.fine = "is finer than a millihertz a second: leave out the last digits",
		},
	},
	[EVSE_GRID_UNIT_MDEG] = {
		.suffix = angle_suffix,
		.shown = EVSE_U_MDEG,
		.say = {
			.number = "is no angle: type for example 10deg",
			.suffix = "has an unknown unit: use deg or mdeg",
			.missing = "has no unit: add deg",
			.fine = "is finer than a millidegree: leave out the last digits",
		},
	},
	[EVSE_GRID_UNIT_MS] = {
		.suffix = duration_suffix,
		.shown = EVSE_U_MS,
		.say = {
			.number = "is no duration: type for example 300s or 500ms",
			.suffix = "has an unknown unit: use s or ms",
			.missing = "has no unit: add s or ms",
			.fine = "is finer than a millisecond: leave out the last digits",
		},
	},
	[EVSE_GRID_UNIT_PER_KHZ] = {
		.suffix = gain_suffix,
		.bare = "/Hz",
		.shown = EVSE_U_PER_KHZ,
		.say = {
			.number = "is no gain: type half cycles per hertz, for example 0.05",
			.suffix = "has an unknown unit: use /Hz",
			.fine = "is finer than 0.001 /Hz: leave out the last digits",
		},
	},
	[EVSE_GRID_UNIT_PART] = {
		.suffix = part_suffix,
		.shown = EVSE_U_PERMILLE,
		.say = {
			.number = "is no part: type for example 5%",
			.suffix = "has an unknown unit: use %",
			.missing = "has no unit: add %",
			.fine = "is finer than 0.1 %: leave out the last digits",
		},
	},
};

/* What is on or off, by its pick-up. */
static const char *const switches[] = { "off", "on" };

static int parse_switch(const char *text, int32_t *pickup, const char **why)
{
	size_t i, len;

	text += strspn(text, " \t");
	for (len = strlen(text); len && isspace((unsigned char)text[len - 1]); len--)
		;
	for (i = 0; i < 2; i++) {
		if (strlen(switches[i]) != len ||
		    strncasecmp(text, switches[i], len))
			continue;
		*pickup = (int32_t)i;
		*why = NULL;
		return 0;
	}
	*why = "is no switch: type on or off";
	return -EINVAL;
}

#define PICKUPS		(sizeof(pickups) / sizeof(pickups[0]))

int evse_parse_pickup(const char *text, enum evse_grid_unit unit,
		      int32_t *pickup, const char **why)
{
	struct complaint say;
	int64_t value;
	int err;

	if (unit == EVSE_GRID_UNIT_SWITCH)
		return parse_switch(text, pickup, why);
	*why = "has a unit that this program does not know";
	if (unit >= PICKUPS)
		return -EINVAL;
	say = pickups[unit].say;
	say.range = "is out of range: more than 32 bits";
	err = parse(text, pickups[unit].suffix, pickups[unit].bare, INT32_MIN,
		    INT32_MAX, &say, &value, why);
	if (!err)
		*pickup = (int32_t)value;
	return err;
}

/* The '/' before a time: units have one too, but no digit follows it. */
static const char *time_mark(const char *text)
{
	const char *slash, *after;

	for (slash = strchr(text, '/'); slash; slash = strchr(slash + 1, '/')) {
		after = slash + 1;
		while (isspace((unsigned char)*after))
			after++;
		if (*after && !isalpha((unsigned char)*after))
			return slash;
	}
	return NULL;
}

int evse_parse_setting(const char *text, struct evse_grid_setting_info *setting,
		       const char **why)
{
	const char *slash = time_mark(text);
	size_t len = slash ? (size_t)(slash - text) : strlen(text);
	char pickup[64];
	int err;

	*why = "is too long";
	if (len >= sizeof(pickup))
		return -EINVAL;
	memcpy(pickup, text, len);
	pickup[len] = '\0';
	if (!slash || strspn(pickup, " \t") < len) {
		err = evse_parse_pickup(pickup, evse_grid_unit_of(setting->element),
					&setting->pickup, why);
		if (err)
			return err;
		setting->has |= 1ULL << EVSE_A_GRID_SETTING_PICKUP;
	}
	if (slash) {
		err = evse_parse_duration(slash + 1, NULL, &setting->time_ms,
					  why);
		if (err)
			return err;
		setting->has |= 1ULL << EVSE_A_GRID_SETTING_TIME_MS;
	}
	*why = NULL;
	return 0;
}

/* A unit to print in: from @least on, with the point moved by @digits. */
struct step {
	uint64_t least;
	unsigned int digits;
	const char *suffix;
};

static const struct step *const steps[] = {
	[EVSE_U_NONE] = (const struct step[]){ { 0, 0, "" } },
	[EVSE_U_MW] = (const struct step[]){
		{ 1000000, 6, "kW" }, { 1000, 3, "W" }, { 1, 0, "mW" },
		{ 0, 0, "W" } },
	[EVSE_U_MA] = (const struct step[]){ { 0, 3, "A" } },
	[EVSE_U_MV] = (const struct step[]){ { 0, 3, "V" } },
	[EVSE_U_MWH] = (const struct step[]){
		{ 1000000, 6, "kWh" }, { 0, 3, "Wh" } },
	[EVSE_U_MS] = (const struct step[]){ { 10000, 3, "s" }, { 0, 0, "ms" } },
	[EVSE_U_NS] = (const struct step[]){ { 0, 9, "s" } },
	[EVSE_U_PERMYRIAD] = (const struct step[]){ { 0, 2, "%" } },
	[EVSE_U_PERMILLE] = (const struct step[]){ { 0, 1, "%" } },
	[EVSE_U_PU] = (const struct step[]){ { 0, 3, "p.u." } },
	[EVSE_U_HZ] = (const struct step[]){ { 1000, 3, "kHz" }, { 0, 0, "Hz" } },
	[EVSE_U_MHZ] = (const struct step[]){ { 0, 3, "Hz" } },
	[EVSE_U_MHZ_S] = (const struct step[]){ { 0, 3, "Hz/s" } },
	[EVSE_U_MDEG] = (const struct step[]){ { 0, 3, "deg" } },
	[EVSE_U_PER_KHZ] = (const struct step[]){ { 0, 3, "/Hz" } },
	[EVSE_U_MC] = (const struct step[]){ { 0, 3, "C" } },
	[EVSE_U_MC_MIN] = (const struct step[]){ { 0, 3, "C/min" } },
};

static uint64_t power_of_ten(unsigned int digits)
{
	uint64_t value = 1;

	while (digits--)
		value *= 10;
	return value;
}

static char *format(int64_t value, enum evse_unit unit, unsigned int keep,
		    const char *space, char *buf, size_t size)
{
	uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	unsigned int digits, drop, i;
	const struct step *step;
	char frac[24];
	uint64_t unit_size;

	for (step = steps[unit]; magnitude < step->least; step++)
		;
	digits = step->digits;
	drop = digits > keep ? digits - keep : 0;
	magnitude = (magnitude + power_of_ten(drop) / 2) / power_of_ten(drop);
	digits -= drop;
	unit_size = power_of_ten(digits);
	snprintf(frac, sizeof(frac), ".%0*" PRIu64, (int)digits,
		 magnitude % unit_size);
	for (i = digits; i && frac[i] == '0'; i--)
		;
	frac[i ? i + 1 : 0] = '\0';
	snprintf(buf, size, "%s%" PRIu64 "%s%s%s",
		 value < 0 && magnitude ? "-" : "", magnitude / unit_size, frac,
		 *step->suffix ? space : "", step->suffix);
	return buf;
}

char *evse_format(int64_t value, enum evse_unit unit, char *buf, size_t size)
{
	return format(value, unit, unit == EVSE_U_NS ? 9 : 3, " ", buf, size);
}

char *evse_format_exact(int64_t value, enum evse_unit unit, char *buf,
			size_t size)
{
	return format(value, unit, 9, "", buf, size);
}

static char *format_pickup(int32_t pickup, uint32_t unit, char *buf,
			   size_t size,
			   char *(*with)(int64_t, enum evse_unit, char *, size_t))
{
	if (unit == EVSE_GRID_UNIT_SWITCH && (pickup == 0 || pickup == 1)) {
		snprintf(buf, size, "%s", switches[pickup]);
		return buf;
	}
	return with(pickup, unit < PICKUPS ? pickups[unit].shown : EVSE_U_NONE,
		    buf, size);
}

char *evse_format_pickup(int32_t pickup, uint32_t unit, char *buf, size_t size)
{
	return format_pickup(pickup, unit, buf, size, evse_format);
}

char *evse_format_setting(const struct evse_grid_setting_info *setting,
			  char *buf, size_t size)
{
	bool has_time = evse_has(setting, EVSE_A_GRID_SETTING_TIME_MS);
	char pickup[32] = "", when[32] = "";

	if (evse_has(setting, EVSE_A_GRID_SETTING_PICKUP))
		format_pickup(setting->pickup,
			      evse_grid_unit_of(setting->element), pickup,
			      sizeof(pickup), evse_format_exact);
	if (has_time)
		evse_format_exact(setting->time_ms, EVSE_U_MS, when,
				  sizeof(when));
	snprintf(buf, size, "%s%s%s", pickup, has_time ? "/" : "", when);
	return buf;
}
