// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thermometer chips of the LM75 family and the TMP117: what differs from chip to
 * chip, and temperatures as their registers have them.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math.h>

#include "tmp1xx_chips.h"

static const int tmp102_rates[][2] = {
	{ 8, 0 }, { 4, 0 }, { 1, 0 }, { 0, 250000 },
};

static const u32 tmp102_cycles_us[] = {
	125000, 250000, 1000000, 4000000,
};

/* One conversion after the other */
static const int tmp75_rates[][2] = { { 4, 545454 } };
static const u32 tmp75_cycles_us[] = { 220000 };
static const int lm75_rates[][2] = { { 10, 0 } };
static const u32 lm75_cycles_us[] = { 100000 };

static const int tmp117_rates[][2] = {
	{ 64, 516129 }, { 8, 0 }, { 4, 0 }, { 2, 0 },
	{ 1, 0 }, { 0, 250000 }, { 0, 125000 }, { 0, 62500 },
};

static const u32 tmp117_cycles_us[] = {
	15500, 125000, 250000, 500000,
	1000000, 4000000, 8000000, 16000000,
};

static const int tmp117_averages[] = { 1, 8, 32, 64 };

/*
 * The alert of those without a window: comparator mode, a single conversion
 * decides, low while it holds. What 12 bits can tell ends below 128 degrees, where
 * they stay at their highest value however hot it is.
 */
#define TMP102_LIKE(_name)					\
	{							\
		.name = _name,					\
		.wide = true,					\
		.low = 0x02,					\
		.high = 0x03,					\
		.bits = 12,					\
		.lsb = 8,					\
		.min_deg = -55,					\
		.max_deg = 127,					\
		.spare = GENMASK(3, 0),				\
		.known = GENMASK(14, 13) | GENMASK(3, 0),	\
		.reads = GENMASK(14, 13),			\
		.kept = GENMASK(12, 6) | BIT(4),		\
		.shutdown = BIT(8),				\
		.polarity = BIT(10),				\
		.latch = BIT(9),				\
		.rates = tmp102_rates,				\
		.cycles_us = tmp102_cycles_us,			\
		.slow_first = true,				\
		.rate_count = ARRAY_SIZE(tmp102_rates),		\
		.rate_shift = 6,				\
		.rate = 1,					\
		.conversion_us = 35000,				\
	}

#define TMP75_LIKE(_name)					\
	{							\
		.name = _name,					\
		.low = 0x02,					\
		.high = 0x03,					\
		.bits = 12,					\
		.lsb = 8,					\
		.min_deg = -55,					\
		.max_deg = 127,					\
		.spare = GENMASK(3, 0),				\
		.config = GENMASK(6, 5),			\
		.kept = GENMASK(6, 0),				\
		.shutdown = BIT(0),				\
		.polarity = BIT(2),				\
		.latch = BIT(1),				\
		.rates = tmp75_rates,				\
		.cycles_us = tmp75_cycles_us,			\
		.rate_count = ARRAY_SIZE(tmp75_rates),		\
		.conversion_us = 300000,			\
	}

const struct tmp1xx_chip tmp1xx_chips[TMP1XX_KINDS] = {
	[TMP1XX_TMP102] = TMP102_LIKE("tmp102"),
	[TMP1XX_TMP112] = TMP102_LIKE("tmp112"),
	[TMP1XX_TMP105] = TMP75_LIKE("tmp105"),
	[TMP1XX_TMP75] = TMP75_LIKE("tmp75"),
	/* Later ones of that name have more bits in what this one leaves undefined. */
	[TMP1XX_LM75] = {
		.name = "lm75",
		.low = 0x02,
		.high = 0x03,
		.bits = 9,
		.lsb = 64,
		.min_deg = -55,
		.max_deg = 127,
		.kept = GENMASK(4, 0),
		.shutdown = BIT(0),
		.polarity = BIT(2),
		.rates = lm75_rates,
		.cycles_us = lm75_cycles_us,
		.rate_count = ARRAY_SIZE(lm75_rates),
		.conversion_us = 300000,
	},
	/* Limits the other way round. Alert mode, and the pin is the alert's. */
	[TMP1XX_TMP117] = {
		.name = "tmp117",
		.wide = true,
		.low = 0x03,
		.high = 0x02,
		.window = true,
		.bits = 16,
		.lsb = 1,
		.min_deg = -55,
		.max_deg = 150,
		.kept = GENMASK(11, 2),
		.shutdown = BIT(10),
		.polarity = BIT(3),
		.id = 0x0117,
		.rates = tmp117_rates,
		.cycles_us = tmp117_cycles_us,
		.rate_count = ARRAY_SIZE(tmp117_rates),
		.rate_shift = 7,
		.rate = 4,
		.averages = tmp117_averages,
		.average_count = ARRAY_SIZE(tmp117_averages),
		.average_shift = 5,
		.average = 1,
		.conversion_us = 17500,
	},
};
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_chips);

static unsigned int shift(const struct tmp1xx_chip *chip)
{
	return 16 - chip->bits;
}

/**
 * tmp1xx_lowest() - the lowest temperature that a chip can tell
 * @chip: the chip
 *
 * Return: it, in units of the chip.
 */
int tmp1xx_lowest(const struct tmp1xx_chip *chip)
{
	return chip->min_deg * 128 / chip->lsb;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_lowest);

/**
 * tmp1xx_highest() - the highest temperature that a chip can tell
 * @chip: the chip
 *
 * Return: it, in units of the chip.
 */
int tmp1xx_highest(const struct tmp1xx_chip *chip)
{
	return chip->max_deg * 128 / chip->lsb;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_highest);

/**
 * tmp1xx_decode() - a temperature from its register
 * @chip: the chip
 * @reg: the register
 * @raw: the temperature, in units of the chip
 *
 * Return: 0, -EIO for bits that no such chip has, -ERANGE for a temperature that it
 * cannot tell. @raw is set in the first case alone.
 */
int tmp1xx_decode(const struct tmp1xx_chip *chip, u16 reg, int *raw)
{
	int value = (s16)reg >> shift(chip);

	if (reg & chip->spare)
		return -EIO;
	if (value < tmp1xx_lowest(chip) || value > tmp1xx_highest(chip))
		return -ERANGE;
	*raw = value;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_decode);

/**
 * tmp1xx_encode() - a limit as its register has it
 * @chip: the chip
 * @raw: the limit, in units of the chip; what the register cannot hold becomes
 *       the nearest that it can
 *
 * Return: the register.
 */
u16 tmp1xx_encode(const struct tmp1xx_chip *chip, int raw)
{
	int end = 1 << (chip->bits - 1);

	return (u16)(clamp(raw, -end, end - 1) << shift(chip));
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_encode);

/**
 * tmp1xx_mdeg() - a temperature in thousandths of a degree Celsius
 * @chip: the chip
 * @raw: the temperature, in units of the chip
 *
 * Return: it, rounded to the nearest.
 */
int tmp1xx_mdeg(const struct tmp1xx_chip *chip, int raw)
{
	return DIV_ROUND_CLOSEST(raw * chip->lsb * 125, 16);
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_mdeg);

/**
 * tmp1xx_scale() - the unit of a chip
 * @chip: the chip
 * @mdeg: whole thousandths of a degree Celsius
 * @ndeg: and the rest, millionths of a thousandth
 */
void tmp1xx_scale(const struct tmp1xx_chip *chip, int *mdeg, int *ndeg)
{
	u32 scale = chip->lsb * 7812500;

	*mdeg = scale / 1000000;
	*ndeg = scale % 1000000;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_scale);

/**
 * tmp1xx_config() - the configuration for a rate and an average
 * @chip: the chip
 * @rate: index into its rates
 * @average: index into its averages
 *
 * Return: the register, of a chip that is on and whose alert is active low.
 */
u16 tmp1xx_config(const struct tmp1xx_chip *chip, u8 rate, u8 average)
{
	if (chip->slow_first)
		rate = chip->rate_count - 1 - rate;
	return chip->config | rate << chip->rate_shift |
	       average << chip->average_shift;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_config);

/* Conversions that make one reading */
static u32 samples(const struct tmp1xx_chip *chip, u8 average)
{
	return chip->averages ? chip->averages[average] : 1;
}

/**
 * tmp1xx_fastest() - the fastest rate that an average leaves
 * @chip: the chip
 * @average: index into its averages
 *
 * Return: index into the rates.
 */
u8 tmp1xx_fastest(const struct tmp1xx_chip *chip, u8 average)
{
	u32 active_us = samples(chip, average) * chip->cycles_us[0];
	u8 i = 0;

	/* A cycle of 125 ms and its like leave a little after 8 conversions. */
	while (i < chip->rate_count - 1 && chip->cycles_us[i] < active_us)
		i++;
	return i;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_fastest);

/**
 * tmp1xx_first_us() - from switching on to the first reading
 * @chip: the chip
 * @average: index into its averages
 *
 * Return: the longest that it takes, microseconds.
 */
u32 tmp1xx_first_us(const struct tmp1xx_chip *chip, u8 average)
{
	return samples(chip, average) * chip->conversion_us;
}
EXPORT_SYMBOL_IF_KUNIT(tmp1xx_first_us);
