// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thermometers: what the bus reads and writes. Pure.
 */

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/unaligned.h>

#include <kunit/visibility.h>

#include "thermometer_chip.h"

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
	t->due = now + evse_sim_thermometer_converts_ns(t);
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
		if (!(was & SD) &&
		    t->due - now > evse_sim_thermometer_converts_ns(t))
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
	if (thermometer_shut_down(t))
		t->due = EVSE_SIM_NEVER;
	else if (thermometer_once(t) ||
		 (was ^ t->config) & (MOD | CONV | AVG))
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
	const struct evse_sim_thermometer_chip *kind = evse_sim_thermometer_chip(chip);

	if (!kind)
		return -EINVAL;
	if (address < 0x48 || address >= 0x48 + kind->addresses)
		return -ERANGE;
	t->chip = kind;
	t->address = address;
	evse_sim_thermometer_reset(t, now);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_thermometer_init);
