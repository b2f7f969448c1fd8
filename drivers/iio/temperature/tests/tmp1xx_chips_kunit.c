// SPDX-License-Identifier: GPL-2.0-only
/* Registers of thermometers as numbers: known values, the ends, every register. */
#include <kunit/test.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/limits.h>

#include "../tmp1xx_chips.h"

/* As data sheets print them */
static const struct reading {
	enum tmp1xx_kind kind;
	u16 reg;
	int ret;
	int mdeg;
} readings[] = {
	{ TMP1XX_TMP102, 0x7f00, 0, 127000 },
	{ TMP1XX_TMP102, 0x6400, 0, 100000 },
	{ TMP1XX_TMP102, 0x5000, 0, 80000 },
	{ TMP1XX_TMP102, 0x4b00, 0, 75000 },
	{ TMP1XX_TMP102, 0x3200, 0, 50000 },
	{ TMP1XX_TMP102, 0x1900, 0, 25000 },
	{ TMP1XX_TMP102, 0x0040, 0, 250 },
	{ TMP1XX_TMP102, 0x0000, 0, 0 },
	{ TMP1XX_TMP102, 0xffc0, 0, -250 },
	{ TMP1XX_TMP102, 0xe700, 0, -25000 },
	{ TMP1XX_TMP102, 0xc900, 0, -55000 },
	/* As hot as 12 bits get, or hotter */
	{ TMP1XX_TMP102, 0x7ff0, -ERANGE, 0 },
	{ TMP1XX_TMP102, 0xc8f0, -ERANGE, 0 },
	{ TMP1XX_TMP102, 0x8000, -ERANGE, 0 },
	/* The format of 13 bits, which nobody asked for; a bus that floats */
	{ TMP1XX_TMP102, 0x0c81, -EIO, 0 },
	{ TMP1XX_TMP102, 0xffff, -EIO, 0 },
	{ TMP1XX_TMP112, 0x1910, 0, 25063 },
	{ TMP1XX_TMP105, 0x5500, 0, 85000 },
	{ TMP1XX_TMP75, 0xfff0, 0, -63 },
	{ TMP1XX_TMP75, 0x7ff0, -ERANGE, 0 },
	{ TMP1XX_LM75, 0x7d00, 0, 125000 },
	{ TMP1XX_LM75, 0x1900, 0, 25000 },
	{ TMP1XX_LM75, 0x0080, 0, 500 },
	{ TMP1XX_LM75, 0xff80, 0, -500 },
	{ TMP1XX_LM75, 0xe700, 0, -25000 },
	/* What it leaves undefined */
	{ TMP1XX_LM75, 0x197f, 0, 25000 },
	{ TMP1XX_LM75, 0x7f80, -ERANGE, 0 },
	{ TMP1XX_TMP117, 0x4b00, 0, 150000 },
	{ TMP1XX_TMP117, 0x4b01, -ERANGE, 0 },
	{ TMP1XX_TMP117, 0x3200, 0, 100000 },
	{ TMP1XX_TMP117, 0x0c80, 0, 25000 },
	{ TMP1XX_TMP117, 0x0001, 0, 8 },
	{ TMP1XX_TMP117, 0xffff, 0, -8 },
	{ TMP1XX_TMP117, 0xf380, 0, -25000 },
	{ TMP1XX_TMP117, 0xe480, 0, -55000 },
	/* No conversion yet */
	{ TMP1XX_TMP117, 0x8000, -ERANGE, 0 },
};

static void temperatures(struct kunit *test)
{
	int i, raw;

	for (i = 0; i < ARRAY_SIZE(readings); i++) {
		const struct reading *r = &readings[i];
		const struct tmp1xx_chip *chip = &tmp1xx_chips[r->kind];

		raw = INT_MIN;
		KUNIT_EXPECT_EQ_MSG(test, tmp1xx_decode(chip, r->reg, &raw), r->ret,
				    "%s 0x%04x", chip->name, r->reg);
		if (r->ret)
			KUNIT_EXPECT_EQ(test, raw, INT_MIN);
		else
			KUNIT_EXPECT_EQ_MSG(test, tmp1xx_mdeg(chip, raw), r->mdeg,
					    "%s 0x%04x", chip->name, r->reg);
	}
}

/* Whatever can be decoded is encoded as it was, and nothing else is decoded. */
static void all_registers(struct kunit *test)
{
	const struct tmp1xx_chip *chip;
	int kind, raw;
	u32 reg;

	for (kind = 0; kind < TMP1XX_KINDS; kind++) {
		chip = &tmp1xx_chips[kind];
		for (reg = 0; reg <= U16_MAX; reg++) {
			if (tmp1xx_decode(chip, reg, &raw))
				continue;
			KUNIT_ASSERT_GE(test, tmp1xx_mdeg(chip, raw), -55000);
			KUNIT_ASSERT_LE(test, tmp1xx_mdeg(chip, raw), 150000);
			KUNIT_ASSERT_EQ(test, tmp1xx_encode(chip, raw),
					reg & GENMASK(15, 16 - chip->bits));
		}
	}
}

static void scales(struct kunit *test)
{
	static const struct {
		enum tmp1xx_kind kind;
		int mdeg, ndeg;
	} cases[] = {
		{ TMP1XX_TMP102, 62, 500000 },
		{ TMP1XX_TMP105, 62, 500000 },
		{ TMP1XX_LM75, 500, 0 },
		{ TMP1XX_TMP117, 7, 812500 },
	};
	int i, mdeg, ndeg;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		tmp1xx_scale(&tmp1xx_chips[cases[i].kind], &mdeg, &ndeg);
		KUNIT_EXPECT_EQ(test, mdeg, cases[i].mdeg);
		KUNIT_EXPECT_EQ(test, ndeg, cases[i].ndeg);
	}
}

/* Limits stay where the register ends, and do not turn over. */
static void limits(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, tmp1xx_encode(&tmp1xx_chips[TMP1XX_TMP102], S16_MAX), 0x7ff0);
	KUNIT_EXPECT_EQ(test, tmp1xx_encode(&tmp1xx_chips[TMP1XX_TMP102], S16_MIN), 0x8000);
	KUNIT_EXPECT_EQ(test, tmp1xx_encode(&tmp1xx_chips[TMP1XX_LM75], S16_MAX), 0x7f80);
	KUNIT_EXPECT_EQ(test, tmp1xx_encode(&tmp1xx_chips[TMP1XX_TMP117], S16_MAX), 0x7fff);
	KUNIT_EXPECT_EQ(test, tmp1xx_encode(&tmp1xx_chips[TMP1XX_TMP117], S16_MIN), 0x8000);
	KUNIT_EXPECT_EQ(test, tmp1xx_encode(&tmp1xx_chips[TMP1XX_TMP102], -880), 0xc900);
}

static void configurations(struct kunit *test)
{
	static const struct {
		enum tmp1xx_kind kind;
		u8 rate, average;
		u16 config;
	} cases[] = {
		/* 8 Hz, 4 Hz, 1 Hz, one in 4 s */
		{ TMP1XX_TMP102, 0, 0, 0x00c0 },
		{ TMP1XX_TMP102, 1, 0, 0x0080 },
		{ TMP1XX_TMP112, 2, 0, 0x0040 },
		{ TMP1XX_TMP102, 3, 0, 0x0000 },
		/* 12 bit */
		{ TMP1XX_TMP105, 0, 0, 0x60 },
		{ TMP1XX_TMP75, 0, 0, 0x60 },
		{ TMP1XX_LM75, 0, 0, 0x00 },
		/* As after power-on: a reading in a second, of 8 */
		{ TMP1XX_TMP117, 4, 1, 0x0220 },
		{ TMP1XX_TMP117, 0, 0, 0x0000 },
		{ TMP1XX_TMP117, 7, 3, 0x03e0 },
	};
	const struct tmp1xx_chip *chip;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		chip = &tmp1xx_chips[cases[i].kind];
		KUNIT_EXPECT_EQ(test, tmp1xx_config(chip, cases[i].rate, cases[i].average),
				cases[i].config);
	}
	for (i = 0; i < TMP1XX_KINDS; i++) {
		chip = &tmp1xx_chips[i];
		KUNIT_EXPECT_FALSE(test, tmp1xx_config(chip, chip->rate, chip->average) &
					 (chip->shutdown | chip->polarity));
	}
}

/* Averaging takes its time, and leaves only rates that have it. */
static void averaging(struct kunit *test)
{
	static const struct { u8 fastest; u32 first_us; } cases[] = {
		{ 0, 17500 }, { 1, 140000 }, { 3, 560000 }, { 4, 1120000 },
	};
	const struct tmp1xx_chip *chip = &tmp1xx_chips[TMP1XX_TMP117];
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		KUNIT_EXPECT_EQ(test, tmp1xx_fastest(chip, i), cases[i].fastest);
		KUNIT_EXPECT_EQ(test, tmp1xx_first_us(chip, i), cases[i].first_us);
	}
	KUNIT_EXPECT_EQ(test, tmp1xx_fastest(&tmp1xx_chips[TMP1XX_TMP102], 0), 0);
	KUNIT_EXPECT_EQ(test, tmp1xx_first_us(&tmp1xx_chips[TMP1XX_LM75], 0), 300000);
}

static struct kunit_case chips_cases[] = {
	KUNIT_CASE(temperatures),
	KUNIT_CASE(all_registers),
	KUNIT_CASE(scales),
	KUNIT_CASE(limits),
	KUNIT_CASE(configurations),
	KUNIT_CASE(averaging),
	{}
};

static struct kunit_suite chips_suite = {
	.name = "evse_tmp1xx_chips",
	.test_cases = chips_cases,
};

kunit_test_suite(chips_suite);

MODULE_DESCRIPTION("Tests of thermometers on the I2C bus");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_LICENSE("GPL");
