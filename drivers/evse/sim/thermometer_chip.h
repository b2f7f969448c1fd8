/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Thermometers, as their own files see them: what differs from chip to chip, and
 * the bits of their configuration.
 */
#ifndef _EVSE_SIM_THERMOMETER_CHIP_H
#define _EVSE_SIM_THERMOMETER_CHIP_H

#include <linux/bitops.h>
#include <linux/bits.h>

#include "thermometer.h"

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

/* thermometer_chip.c; NULL for no such chip */
const struct evse_sim_thermometer_chip *evse_sim_thermometer_chip(u32 chip);

/* thermometer_convert.c */
s64 evse_sim_thermometer_converts_ns(const struct evse_sim_thermometer *t);

static inline unsigned int thermometer_field(const struct evse_sim_thermometer *t,
					     u16 mask)
{
	return (t->config & mask) >> __ffs(mask);
}

static inline bool thermometer_shut_down(const struct evse_sim_thermometer *t)
{
	return t->chip->tmp117 ? (t->config & MOD) == MOD_SHUTDOWN :
				 t->config & SD;
}

static inline bool thermometer_once(const struct evse_sim_thermometer *t)
{
	return t->chip->tmp117 ? (t->config & MOD) == MOD_ONE_SHOT :
				 t->config & SD;
}

#endif /* _EVSE_SIM_THERMOMETER_CHIP_H */
