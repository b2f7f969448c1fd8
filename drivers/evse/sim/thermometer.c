// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thermometers: the table of what chips there are, how a temperature becomes a
 * register, when ALERT is active, and what the bus reads and writes. Pure.
 */

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/unaligned.h>

#include <kunit/visibility.h>

#include <dt-bindings/evse/sim.h>

#include "thermometer.h"

#define US(n)		((s64)(n) * NSEC_PER_USEC)

/* Configuration of the TMP75 class; those of 8 bits are the upper byte. */
#define OS		BIT(15)
#define RESOLUTION	GENMASK(14, 13)
#define FAULTS		GENMASK(12, 11)
#define POL		BIT(10)
#define TM		BIT(9)
#define SD		BIT(8)
#define RATE		GENMASK(7, 6)
#define AL		BIT(5)
#define EM		BIT(4)
/* The lowest bit of the temperature says that the register has 13 bits. */
#define EXTENDED	BIT(0)

/* Configuration of the TMP117 */
#define HIGH_ALERT	BIT(15)
#define LOW_ALERT	BIT(14)
#define DATA_READY	BIT(13)
#define MOD		GENMASK(11, 10)
#define MOD_SHUTDOWN	BIT(10)
#define MOD_ONE_SHOT	GENMASK(11, 10)
#define CONV		GENMASK(9, 7)
#define AVG		GENMASK(6, 5)
#define THERM		BIT(4)
#define POL_117		BIT(3)
#define DR_ALERT	BIT(2)
#define SOFT_RESET	BIT(1)

/* Registers of both kinds have these numbers ... */
#define REG_TEMPERATURE	0
#define REG_CONFIG	1
/* ... and those of the TMP117 these besides. */
#define REG_117_HIGH	2
#define REG_117_LOW	3
#define REG_117_UNLOCK	4
#define REG_117_MEMORY1	5
#define REG_117_MEMORY2	6
#define REG_117_OFFSET	7
#define REG_117_MEMORY3	8
#define REG_117_ID	15
#define REG_75_LOW	2
#define REG_75_HIGH	3

#define EUN		BIT(15)

/**
 * struct evse_sim_thermometer_chip - a kind of chips
 * @name: as on its package
 * @tmp117: it is a TMP117, otherwise of the TMP75 class
 * @addresses: how many it can have, from 0x48 on
 * @pointer: bits of the pointer that count
 * @bits: of the configuration register
 * @config: after power-up
 * @writable: bits of the configuration that can be written
 * @t_high: after power-up
 * @t_low: likewise
 * @temperature: likewise, as long as no conversion has ended
 * @limit: bits of the limits that there are
 * @converts_us: conversion by resolution, or the only one
 * @pauses: TMP102: conversions are started by the bits RATE
 * @extends: it knows EM
 * @resolves: its resolution can be set, 9 to 12 bits; otherwise @digits
 * @digits: bits of a temperature
 * @status: bit of the configuration that shows the comparator, 0 for none
 * @responds: to the SMBus alert response and to a general call
 * @hot_is_low: the last bit of that response is 0 above the limit
 */
struct evse_sim_thermometer_chip {
	const char *name;
	bool tmp117;
	u8 addresses;
	u8 pointer;
	u8 bits;
	u16 config;
	u16 writable;
	u16 t_high;
	u16 t_low;
	u16 temperature;
	u16 limit;
	u32 converts_us[4];
	bool pauses;
	bool extends;
	bool resolves;
	u8 digits;
	u16 status;
	bool responds;
	bool hot_is_low;
};

#define TMP102_KIND							\
	.addresses = 4, .pointer = 3, .bits = 16, .config = 0x60a0,	\
	.writable = FAULTS | POL | TM | SD | RATE | EM,			\
	.t_high = 0x5000, .t_low = 0x4b00, .limit = 0xfff8,		\
	.converts_us = { 26000, 26000, 26000, 26000 },			\
	.pauses = true, .extends = true, .digits = 12, .status = AL,	\
	.responds = true

#define TMP75_KIND							\
	.addresses = 8, .pointer = 3, .bits = 8,			\
	.writable = RESOLUTION | FAULTS | POL | TM | SD,		\
	.t_high = 0x5000, .t_low = 0x4b00, .limit = 0xfff0,		\
	.converts_us = { 27500, 55000, 110000, 220000 },		\
	.resolves = true, .responds = true

static const struct evse_sim_thermometer_chip chips[] = {
	[EVSE_SIM_CHIP_TMP102] = {
		.name = "tmp102", TMP102_KIND, .hot_is_low = true,
	},
	[EVSE_SIM_CHIP_TMP112] = { .name = "tmp112", TMP102_KIND },
	[EVSE_SIM_CHIP_TMP105] = { .name = "tmp105", TMP75_KIND, .status = OS },
	[EVSE_SIM_CHIP_TMP75] = { .name = "tmp75", TMP75_KIND },
	[EVSE_SIM_CHIP_LM75] = {
		.name = "lm75", .addresses = 8, .pointer = 3, .bits = 8,
		.writable = FAULTS | POL | TM | SD,
		.t_high = 0x5000, .t_low = 0x4b00, .limit = 0xff80,
		.converts_us = { 100000, 100000, 100000, 100000 }, .digits = 9,
	},
	/* Conversions by AVG: 1, 8, 32, 64 of 15.5 ms; -256 C is none yet. */
	[EVSE_SIM_CHIP_TMP117] = {
		.name = "tmp117", .tmp117 = true, .addresses = 4,
		.pointer = 15, .bits = 16, .config = 0x0220,
		.writable = MOD | CONV | AVG | THERM | POL_117 | DR_ALERT,
		.t_high = 0x6000, .t_low = 0x8000, .temperature = 0x8000,
		.limit = 0xffff, .digits = 16,
		.converts_us = { 15500, 124000, 496000, 992000 },
		.responds = true,
	},
};

static unsigned int field(const struct evse_sim_thermometer *t, u16 mask)
{
	return (t->config & mask) >> __ffs(mask);
}

static bool shut_down(const struct evse_sim_thermometer *t)
{
	return t->chip->tmp117 ? (t->config & MOD) == MOD_SHUTDOWN :
				 t->config & SD;
}

static bool once(const struct evse_sim_thermometer *t)
{
	return t->chip->tmp117 ? (t->config & MOD) == MOD_ONE_SHOT :
				 t->config & SD;
}

static s64 converts_ns(const struct evse_sim_thermometer *t)
{
	u16 mask = t->chip->tmp117 ? AVG : RESOLUTION;

	return US(t->chip->converts_us[field(t, mask)]);
}

/* Does one conversion follow the other? */
bool evse_sim_thermometer_goes_on(const struct evse_sim_thermometer *t)
{
	return !once(t) && !shut_down(t);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_goes_on);

/* From the end of one conversion to that of the next; only while they go on. */
s64 evse_sim_thermometer_cycle_ns(const struct evse_sim_thermometer *t)
{
	static const u32 pause_us[] = { 4000000, 1000000, 250000, 125000 };
	static const u32 conv_us[] = {
		15500, 125000, 250000, 500000, 1000000, 4000000, 8000000,
		16000000,
	};

	if (t->chip->pauses)
		return US(pause_us[field(t, RATE)]);
	if (t->chip->tmp117)
		return max(converts_ns(t), US(conv_us[field(t, CONV)]));
	return converts_ns(t);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_cycle_ns);

/* Bits of the register that is the temperature, bits behind the point */
static void format(const struct evse_sim_thermometer *t, unsigned int *bits,
		   unsigned int *fraction)
{
	if (t->chip->tmp117) {
		*bits = 16;
		*fraction = 7;
		return;
	}
	*bits = t->chip->resolves ? 9 + field(t, RESOLUTION) : t->chip->digits;
	*fraction = *bits - 8;
	if (t->chip->extends && t->config & EM)
		++*bits;
}

static u16 encode(const struct evse_sim_thermometer *t, s32 mdeg)
{
	unsigned int bits, fraction;
	s64 steps;

	format(t, &bits, &fraction);
	/* To the nearest, halves away from zero */
	steps = div_s64(((s64)mdeg << fraction) + (mdeg < 0 ? -500 : 500),
			1000);
	if (t->chip->tmp117)
		steps += (s16)t->offset;
	steps = clamp_t(s64, steps, -(1LL << (bits - 1)),
			(1LL << (bits - 1)) - 1);
	return ((u16)steps << (16 - bits)) |
	       (t->chip->extends && t->config & EM ? EXTENDED : 0);
}

/* The bit that says the format is not part of the temperature. */
static s16 degrees(const struct evse_sim_thermometer *t, u16 reg)
{
	return t->chip->tmp117 ? reg : reg & ~EXTENDED;
}

static bool hot(const struct evse_sim_thermometer *t, u16 reg)
{
	/* A TMP117 has to be above its limit, the others have to reach it. */
	return t->chip->tmp117 ? degrees(t, reg) > (s16)t->t_high :
				 degrees(t, reg) >= (s16)t->t_high;
}

static bool cold(const struct evse_sim_thermometer *t, u16 reg)
{
	return degrees(t, reg) < (s16)t->t_low;
}

static void judge_75(struct evse_sim_thermometer *t)
{
	static const u8 queue[] = { 1, 2, 4, 6 };

	if (!(t->over ? cold(t, t->temperature) : hot(t, t->temperature))) {
		t->faults = 0;
		return;
	}
	if (++t->faults < queue[field(t, FAULTS)])
		return;
	t->faults = 0;
	t->over = !t->over;
	t->latched = true;
}

static void judge_117(struct evse_sim_thermometer *t)
{
	bool was = t->high;

	t->ready = true;
	if (t->config & THERM) {
		t->low = false;
		t->high = was ? !cold(t, t->temperature) :
				hot(t, t->temperature);
		return;
	}
	if (hot(t, t->temperature)) {
		t->high = true;
		t->latched = true;
	}
	if (cold(t, t->temperature)) {
		t->low = true;
		t->latched = true;
	}
}

/* The conversion that was due has ended; so warm was it. */
void evse_sim_thermometer_convert(struct evse_sim_thermometer *t, s32 mdeg)
{
	if (!t->frozen)
		t->temperature = encode(t, mdeg);
	if (t->chip->tmp117)
		judge_117(t);
	else
		judge_75(t);

	if (once(t)) {
		t->due = EVSE_SIM_NEVER;
		t->done = true;
		if (t->chip->tmp117)
			t->config = (t->config & ~MOD) | MOD_SHUTDOWN;
	} else {
		t->due += evse_sim_thermometer_cycle_ns(t);
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_convert);

/* Is a conversion at this temperature a step towards another level of ALERT? */
bool evse_sim_thermometer_stirs(const struct evse_sim_thermometer *t, s32 mdeg)
{
	u16 reg = t->frozen ? t->temperature : encode(t, mdeg);

	if (t->due == EVSE_SIM_NEVER)
		return false;
	if (!t->chip->tmp117)
		return t->over ? cold(t, reg) : hot(t, reg);
	if (t->config & DR_ALERT)
		return !t->ready;
	if (t->config & THERM)
		return t->high ? cold(t, reg) : hot(t, reg);
	return !t->latched && (hot(t, reg) || cold(t, reg));
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_stirs);

bool evse_sim_thermometer_active(const struct evse_sim_thermometer *t)
{
	if (!t->chip->tmp117)
		return t->config & TM ? t->latched : t->over;
	if (t->config & DR_ALERT)
		return t->ready;
	return t->config & THERM ? t->high : t->latched;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_active);

/* Level of the pin, an open drain. */
bool evse_sim_thermometer_pin(const struct evse_sim_thermometer *t)
{
	u16 pol = t->chip->tmp117 ? POL_117 : POL;

	return evse_sim_thermometer_active(t) == !!(t->config & pol);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_pin);

static u16 read_config(const struct evse_sim_thermometer *t)
{
	u16 value = t->config;

	if (t->chip->tmp117)
		return value | (t->high ? HIGH_ALERT : 0) |
		       (t->low ? LOW_ALERT : 0) | (t->ready ? DATA_READY : 0);
	if (t->chip->status) {
		value &= ~t->chip->status;
		/* Whatever TM says, and the other way round with POL. */
		if (t->over == !!(t->config & POL))
			value |= t->chip->status;
	}
	if (t->chip->pauses && t->config & SD && t->done)
		value |= OS;
	return value;
}

static u16 read_117(struct evse_sim_thermometer *t)
{
	u16 value;

	switch (t->pointer) {
	case REG_TEMPERATURE:
		t->ready = false;
		return t->temperature;
	case REG_CONFIG:
		value = read_config(t);
		t->ready = false;
		if (!(t->config & THERM)) {
			t->high = false;
			t->low = false;
			t->latched = false;
		}
		return value;
	case REG_117_HIGH:
		return t->t_high;
	case REG_117_LOW:
		return t->t_low;
	case REG_117_UNLOCK:
		return t->unlock;
	case REG_117_MEMORY1:
		return t->memory[0];
	case REG_117_MEMORY2:
		return t->memory[1];
	case REG_117_OFFSET:
		return t->offset;
	case REG_117_MEMORY3:
		return t->memory[2];
	case REG_117_ID:
		return t->id >= 0 ? t->id : 0x0117;
	default:
		return 0;
	}
}

static u16 read_75(struct evse_sim_thermometer *t)
{
	/* Whichever register is read, in interrupt mode that is an answer. */
	t->latched = false;
	switch (t->pointer) {
	case REG_TEMPERATURE:
		return t->temperature;
	case REG_CONFIG:
		return read_config(t);
	case REG_75_LOW:
		return t->t_low;
	default:
		return t->t_high;
	}
}

static unsigned int size_of(const struct evse_sim_thermometer *t)
{
	return t->pointer == REG_CONFIG ? t->chip->bits / 8 : 2;
}

int evse_sim_thermometer_read(struct evse_sim_thermometer *t, u8 *data,
			      size_t len)
{
	u8 reg[2];
	size_t i;

	if (t->stuck)
		return -ETIMEDOUT;
	if (t->nak)
		return -ENXIO;
	if (!len)
		return 0;
	put_unaligned_be16(t->chip->tmp117 ? read_117(t) : read_75(t), reg);
	/* Nobody drives the bus behind the last byte. */
	for (i = 0; i < len; i++)
		data[i] = i < size_of(t) ? reg[i] : 0xff;
	if (t->noise) {
		unsigned int bit;

		t->noise--;
		bit = t->noise % (8 * size_of(t));
		i = size_of(t) - 1 - bit / 8;
		if (i < len)
			data[i] ^= BIT(bit % 8);
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_read);

static void start(struct evse_sim_thermometer *t, s64 now)
{
	t->due = now + converts_ns(t);
	t->done = false;
}

void evse_sim_thermometer_reset(struct evse_sim_thermometer *t, s64 now)
{
	const struct evse_sim_thermometer_chip *chip = t->chip;

	t->pointer = REG_TEMPERATURE;
	t->faults = 0;
	t->over = false;
	t->latched = false;
	t->high = false;
	t->low = false;
	t->ready = false;
	t->temperature = chip->temperature;
	t->config = chip->config;
	t->t_high = chip->t_high;
	t->t_low = chip->t_low;
	t->offset = 0;
	t->unlock = 0;
	start(t, now);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_reset);

static void config_75(struct evse_sim_thermometer *t, u16 value, s64 now)
{
	u16 was = t->config;

	t->config = (was & ~t->chip->writable) | (value & t->chip->writable);
	if (t->config & SD) {
		/* The conversion under way is still ended. */
		if (!(was & SD) && t->due - now > converts_ns(t))
			t->due = EVSE_SIM_NEVER;
		if (!(was & SD))
			t->latched = false;
		if (value & OS && was & SD && t->due == EVSE_SIM_NEVER)
			start(t, now);
	} else if ((was ^ t->config) & (SD | RATE | RESOLUTION)) {
		start(t, now);
	}
}

static void config_117(struct evse_sim_thermometer *t, u16 value, s64 now)
{
	u16 was = t->config;

	if (value & SOFT_RESET) {
		evse_sim_thermometer_reset(t, now);
		return;
	}
	t->config = (was & ~t->chip->writable) | (value & t->chip->writable);
	if (t->config & THERM)
		t->low = false;
	if (shut_down(t))
		t->due = EVSE_SIM_NEVER;
	else if (once(t) || (was ^ t->config) & (MOD | CONV | AVG))
		start(t, now);
}

static void write_117(struct evse_sim_thermometer *t, u16 value, s64 now)
{
	switch (t->pointer) {
	case REG_CONFIG:
		config_117(t, value, now);
		break;
	case REG_117_HIGH:
		t->t_high = value;
		break;
	case REG_117_LOW:
		t->t_low = value;
		break;
	case REG_117_UNLOCK:
		t->unlock = value & EUN;
		break;
	case REG_117_MEMORY1:
		t->memory[0] = value;
		break;
	case REG_117_MEMORY2:
		t->memory[1] = value;
		break;
	case REG_117_OFFSET:
		t->offset = value;
		break;
	case REG_117_MEMORY3:
		t->memory[2] = value;
		break;
	}
}

static void write_75(struct evse_sim_thermometer *t, u16 value, s64 now)
{
	u16 limit = t->chip->limit;

	/* What a thirteenth bit is for exists in extended mode only. */
	if (t->chip->extends && !(t->config & EM))
		limit <<= 1;
	switch (t->pointer) {
	case REG_CONFIG:
		config_75(t, value, now);
		break;
	case REG_75_LOW:
		t->t_low = value & limit;
		break;
	case REG_75_HIGH:
		t->t_high = value & limit;
		break;
	}
}

/*
 * The pointer, and a whole register; what follows is not taken. The upper byte of a
 * TMP75 class configuration can be written alone.
 */
int evse_sim_thermometer_write(struct evse_sim_thermometer *t, const u8 *data,
			       size_t len, s64 now)
{
	u16 value;

	if (t->stuck)
		return -ETIMEDOUT;
	if (t->nak)
		return -ENXIO;
	if (!len)
		return 0;
	t->pointer = data[0] & t->chip->pointer;
	if (len < 1 + size_of(t)) {
		if (len < 2 || t->chip->tmp117 || t->pointer != REG_CONFIG)
			return 0;
		value = data[1] << 8 | (t->config & 0xff);
	} else {
		value = size_of(t) == 2 ? get_unaligned_be16(data + 1) :
					  data[1] << 8;
	}
	if (t->chip->tmp117)
		write_117(t, value, now);
	else
		write_75(t, value, now);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_write);

/* Would it answer to a read of the alert response address? */
bool evse_sim_thermometer_answers(const struct evse_sim_thermometer *t)
{
	return t->chip->responds && !t->nak && evse_sim_thermometer_active(t);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_answers);

/* It does, and has won: its address, and which limit it was. */
u8 evse_sim_thermometer_answer(struct evse_sim_thermometer *t)
{
	bool is_hot = t->chip->tmp117 ? t->high : t->over;

	t->latched = false;
	if (t->chip->hot_is_low)
		is_hot = is_hot == !!(t->config & POL);
	return t->address << 1 | is_hot;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_answer);

/* A general call to reset. Returns whether the chip listens to it. */
bool evse_sim_thermometer_called(struct evse_sim_thermometer *t, s64 now)
{
	if (!t->chip->responds || t->nak)
		return false;
	evse_sim_thermometer_reset(t, now);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_called);

const char *evse_sim_thermometer_name(const struct evse_sim_thermometer *t)
{
	return t->chip->name;
}

/**
 * evse_sim_thermometer_init() - power a chip up
 * @t: the chip
 * @chip: EVSE_SIM_CHIP_*
 * @address: on the bus
 * @now: ns; its first conversion begins
 *
 * Return: 0, -EINVAL for no such chip, -ERANGE for an address it cannot have
 */
int evse_sim_thermometer_init(struct evse_sim_thermometer *t, u32 chip,
			      u32 address, s64 now)
{
	if (chip >= ARRAY_SIZE(chips))
		return -EINVAL;
	if (address < 0x48 || address >= 0x48 + chips[chip].addresses)
		return -ERANGE;
	t->chip = &chips[chip];
	t->address = address;
	evse_sim_thermometer_reset(t, now);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_init);
