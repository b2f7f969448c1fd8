// SPDX-License-Identifier: GPL-2.0-only
/* Thermometers: codes of the data sheets, times of conversions, ALERT. */
#include <kunit/test.h>

#include "thermometer_bench.h"

static const struct code {
	u32 chip;
	u16 config;
	s32 mdeg;
	u16 reg;
} codes[] = {
	{ TMP102, 0x60a0, 150000, 0x7ff0 },
	{ TMP102, 0x60a0, 127938, 0x7ff0 },
	{ TMP102, 0x60a0, 100000, 0x6400 },
	{ TMP102, 0x60a0, 80000, 0x5000 },
	{ TMP102, 0x60a0, 25000, 0x1900 },
	{ TMP102, 0x60a0, 250, 0x0040 },
	{ TMP102, 0x60a0, 31, 0 },
	{ TMP102, 0x60a0, 32, 0x0010 },
	{ TMP102, 0x60a0, 0, 0 },
	{ TMP102, 0x60a0, -250, 0xffc0 },
	{ TMP102, 0x60a0, -25000, 0xe700 },
	{ TMP102, 0x60a0, -55000, 0xc900 },
	{ TMP102, 0x60b0, 150000, 0x4b01 },
	{ TMP102, 0x60b0, 128000, 0x4001 },
	{ TMP102, 0x60b0, 127938, 0x3ff9 },
	{ TMP102, 0x60b0, 25000, 0x0c81 },
	{ TMP102, 0x60b0, 0, 0x0001 },
	{ TMP102, 0x60b0, -250, 0xffe1 },
	{ TMP102, 0x60b0, -55000, 0xe481 },
	{ TMP75, 0x0000, 25500, 0x1980 },
	{ TMP75, 0x0000, 25300, 0x1980 },
	{ TMP75, 0x2000, 25300, 0x1940 },
	{ TMP75, 0x4000, 25300, 0x1940 },
	{ TMP75, 0x4000, 25350, 0x1960 },
	{ TMP75, 0x6000, 25300, 0x1950 },
	{ TMP75, 0x6000, 127938, 0x7ff0 },
	{ TMP75, 0x6000, 500000, 0x7ff0 },
	{ TMP75, 0x6000, -25000, 0xe700 },
	{ TMP75, 0x6000, -55000, 0xc900 },
	{ LM75, 0, 125000, 0x7d00 },
	{ LM75, 0, 25000, 0x1900 },
	{ LM75, 0, 500, 0x0080 },
	{ LM75, 0, -500, 0xff80 },
	{ LM75, 0, -55000, 0xc900 },
	{ TMP117, 0x0220, 255992, 0x7fff },
	{ TMP117, 0x0220, 300000, 0x7fff },
	{ TMP117, 0x0220, 100000, 0x3200 },
	{ TMP117, 0x0220, 25000, 0x0c80 },
	{ TMP117, 0x0220, 125, 0x0010 },
	{ TMP117, 0x0220, 8, 0x0001 },
	{ TMP117, 0x0220, 0, 0 },
	{ TMP117, 0x0220, -8, 0xffff },
	{ TMP117, 0x0220, -25000, 0xf380 },
	{ TMP117, 0x0220, -256000, 0x8000 },
};

static void has_the_code(struct kunit *test)
{
	struct bench b;
	int i;

	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		power_up(&b, codes[i].chip);
		put(&b, CONFIG, codes[i].config);
		pass(&b, codes[i].mdeg, US(2000000));
		KUNIT_EXPECT_EQ_MSG(test, get(&b, TEMPERATURE), codes[i].reg,
				    "chip %u, config 0x%04x, %d mC",
				    codes[i].chip, codes[i].config,
				    codes[i].mdeg);
	}
}

static const struct rhythm {
	u32 chip;
	u16 config;
	u32 cycle_us;
} rhythms[] = {
	{ TMP102, 0x6020, 4000000 }, { TMP102, 0x6060, 1000000 },
	{ TMP102, 0x60a0, 250000 }, { TMP102, 0x60e0, 125000 },
	{ TMP75, 0x0000, 27500 }, { TMP75, 0x2000, 55000 },
	{ TMP105, 0x4000, 110000 }, { TMP105, 0x6000, 220000 },
	{ LM75, 0x0000, 100000 },
	/* AVG and CONV: a cycle is as long as its conversions at least. */
	{ TMP117, 0x0000, 15500 }, { TMP117, 0x0080, 125000 },
	{ TMP117, 0x0100, 250000 }, { TMP117, 0x0180, 500000 },
	{ TMP117, 0x0200, 1000000 }, { TMP117, 0x0280, 4000000 },
	{ TMP117, 0x0300, 8000000 }, { TMP117, 0x0380, 16000000 },
	{ TMP117, 0x0020, 124000 }, { TMP117, 0x0040, 496000 },
	{ TMP117, 0x0060, 992000 }, { TMP117, 0x01e0, 992000 },
	{ TMP117, 0x03e0, 16000000 },
};

static void keeps_its_rhythm(struct kunit *test)
{
	struct bench b;
	s64 first;
	int i;

	for (i = 0; i < ARRAY_SIZE(rhythms); i++) {
		power_up(&b, rhythms[i].chip);
		put(&b, CONFIG, rhythms[i].config);
		first = b.t.due;
		evse_sim_thermometer_convert(&b.t, 0);
		KUNIT_EXPECT_EQ_MSG(test, b.t.due - first,
				    US(rhythms[i].cycle_us),
				    "chip %u, config 0x%04x", rhythms[i].chip,
				    rhythms[i].config);
		KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_goes_on(&b.t));
	}
}

/* Shut down, and one conversion at a time. */
static void sleeps_75(struct kunit *test)
{
	struct bench b;

	power_up(&b, TMP102);
	pass(&b, 20000, US(30000));
	/* The next conversion has not begun, and does not. */
	put(&b, CONFIG, 0x61a0);
	KUNIT_EXPECT_EQ(test, b.t.due, EVSE_SIM_NEVER);
	pass(&b, 30000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 20 << 8);
	put(&b, CONFIG, 0xe1a0);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x61a0);
	pass(&b, 30000, US(26000) - 1);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 20 << 8);
	pass(&b, 30000, 1);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0xe1a0);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 30 << 8);
	pass(&b, 40000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 30 << 8);
	put(&b, CONFIG, 0x60a0);
	pass(&b, 40000, US(26000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 40 << 8);

	/* One that is under way is ended. */
	power_up(&b, TMP75);
	pass(&b, 20000, US(30000));
	put(&b, CONFIG, 0x0100);
	pass(&b, 30000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 30 << 8);
	KUNIT_EXPECT_EQ(test, b.t.due, EVSE_SIM_NEVER);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_goes_on(&b.t));
	put(&b, CONFIG, 0x8100);
	pass(&b, 40000, US(27500));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 40 << 8);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x01ff);
}

static void sleeps_117(struct kunit *test)
{
	struct bench b;

	power_up(&b, TMP117);
	pass(&b, 20000, US(200000));
	put(&b, CONFIG, 0x0620);
	KUNIT_EXPECT_EQ(test, b.t.due, EVSE_SIM_NEVER);
	pass(&b, 30000, US(9000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 20 << 7);
	put(&b, CONFIG, 0x0e20);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x0e20);
	pass(&b, 30000, US(124000) - 1);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 20 << 7);
	pass(&b, 30000, 1);
	/* Shut down again, and there is something new. */
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x2620);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x0620);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 30 << 7);
	/* Said again, it measures again. */
	put(&b, CONFIG, 0x0c00);
	pass(&b, 40000, US(15500));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 40 << 7);
	put(&b, CONFIG, 0x0c00);
	pass(&b, 50000, US(15500));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 50 << 7);
}

/* Of 75 and 80 degrees: between them nothing changes. */
static void compares(struct kunit *test)
{
	static const struct { s32 mdeg; bool active; } course[] = {
		{ 79900, false }, { 80000, true }, { 79000, true },
		{ 75000, true }, { 74900, false }, { 79000, false },
	};
	struct bench b;
	int i;

	power_up(&b, TMP102);
	for (i = 0; i < ARRAY_SIZE(course); i++) {
		pass(&b, course[i].mdeg, US(250000));
		KUNIT_EXPECT_EQ_MSG(test, evse_sim_thermometer_active(&b.t),
				    course[i].active, "%d mC", course[i].mdeg);
		KUNIT_EXPECT_EQ(test, evse_sim_thermometer_pin(&b.t),
				!course[i].active);
		/* AL is like the pin, and reading changes nothing. */
		KUNIT_EXPECT_EQ(test, !(get(&b, CONFIG) & BIT(5)),
				course[i].active);
		put(&b, CONFIG, 0x64a0);
		KUNIT_EXPECT_EQ(test, evse_sim_thermometer_pin(&b.t),
				course[i].active);
		KUNIT_EXPECT_EQ(test, !!(get(&b, CONFIG) & BIT(5)),
				course[i].active);
		put(&b, CONFIG, 0x60a0);
	}
}

static void counts_faults(struct kunit *test)
{
	static const u8 queue[] = { 1, 2, 4, 6 };
	struct bench b;
	int i, n;

	for (i = 0; i < 4; i++) {
		power_up(&b, LM75);
		put(&b, CONFIG, i << 11);
		/* One that is not in a row begins anew. */
		pass(&b, 90000, US(100000) * (queue[i] - 1));
		pass(&b, 70000, US(100000));
		for (n = 1; n <= queue[i]; n++) {
			KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
			pass(&b, 90000, US(100000));
		}
		for (n = 1; n <= queue[i]; n++) {
			KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
			pass(&b, 70000, US(100000));
		}
		KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	}
}

static void interrupts(struct kunit *test)
{
	struct bench b;

	power_up(&b, TMP75);
	put(&b, CONFIG, 0x0200);
	pass(&b, 70000, US(100000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	pass(&b, 90000, US(100000));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	/* Cool again, it still waits for somebody to look. */
	pass(&b, 78000, US(100000));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	get(&b, 3);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	/* The other way is next, and only that. */
	pass(&b, 90000, US(100000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	pass(&b, 70000, US(100000));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	get(&b, TEMPERATURE);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	pass(&b, 60000, US(100000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	pass(&b, 90000, US(100000));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	/* Shut down is an answer, too. */
	put(&b, CONFIG, 0x0300);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
}

/* Limits of 40 and 10 degrees */
static void alerts_117(struct kunit *test)
{
	struct bench b;

	power_up(&b, TMP117);
	put(&b, 2, 40 << 7);
	put(&b, 3, 10 << 7);
	pass(&b, 40000, US(1000000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x2220);
	pass(&b, 40008, US(1000000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_pin(&b.t));
	/* Other registers do not answer to it. */
	get(&b, TEMPERATURE);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x8220);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x0220);
	/* As long as it lasts, each conversion says it. */
	pass(&b, 40008, US(1000000));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	pass(&b, 9992, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0xe220);
	pass(&b, 10000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x2220);

	/* Data ready on the pin, of the other polarity */
	put(&b, CONFIG, 0x022c);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_pin(&b.t));
	pass(&b, 20000, US(1000000));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_pin(&b.t));
	get(&b, TEMPERATURE);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_pin(&b.t));
}

static void therm_117(struct kunit *test)
{
	struct bench b;

	power_up(&b, TMP117);
	put(&b, 2, 40 << 7);
	put(&b, 3, 30 << 7);
	put(&b, CONFIG, 0x0230);
	pass(&b, 20000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x2230);
	pass(&b, 41000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0xa230);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	pass(&b, 30000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0xa230);
	pass(&b, 29992, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x2230);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
}

/* Whoever waits for the pin has to look at conversions that move it. */
static void stirs(struct kunit *test)
{
	struct bench b;

	power_up(&b, TMP102);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_stirs(&b.t, 79900));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_stirs(&b.t, 80000));
	pass(&b, 90000, US(100000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_stirs(&b.t, 90000));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_stirs(&b.t, 74900));
	b.t.frozen = 1;
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_stirs(&b.t, 20000));
	b.t.frozen = 0;
	put(&b, CONFIG, 0x61a0);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_stirs(&b.t, 20000));

	power_up(&b, TMP117);
	put(&b, 2, 40 << 7);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_stirs(&b.t, 41000));
	pass(&b, 41000, US(1000000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_stirs(&b.t, 41000));
	put(&b, CONFIG, 0x0230);
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_stirs(&b.t, -50000));
	put(&b, 3, 10 << 7);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_stirs(&b.t, 9000));
	put(&b, CONFIG, 0x0224);
	get(&b, TEMPERATURE);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_stirs(&b.t, 20000));
}

static struct kunit_case thermometer_convert_cases[] = {
	KUNIT_CASE(has_the_code),
	KUNIT_CASE(keeps_its_rhythm),
	KUNIT_CASE(sleeps_75),
	KUNIT_CASE(sleeps_117),
	KUNIT_CASE(compares),
	KUNIT_CASE(counts_faults),
	KUNIT_CASE(interrupts),
	KUNIT_CASE(alerts_117),
	KUNIT_CASE(therm_117),
	KUNIT_CASE(stirs),
	{}
};

static struct kunit_suite thermometer_convert_suite = {
	.name = "evse_sim_thermometer_convert",
	.test_cases = thermometer_convert_cases,
};

kunit_test_suite(thermometer_convert_suite);
