// SPDX-License-Identifier: GPL-2.0-only
/* Thermometers: registers, times of conversions, ALERT; codes of the data sheets. */
#include <kunit/test.h>
#include <linux/unaligned.h>

#include <dt-bindings/evse/sim.h>

#include "../thermometer.h"

#define US(n)		((s64)(n) * NSEC_PER_USEC)

#define TEMPERATURE	0
#define CONFIG		1

/* A chip on the table, and how late it is. */
struct bench {
	struct evse_sim_thermometer t;
	s64 now;
};

static void power_up(struct bench *b, u32 chip)
{
	*b = (struct bench){ .t.id = -1, .now = US(1000) };
	evse_sim_thermometer_init(&b->t, chip, 0x48, b->now);
}

/* So much time at this temperature. */
static void pass(struct bench *b, s32 mdeg, s64 ns)
{
	b->now += ns;
	while (b->t.due <= b->now)
		evse_sim_thermometer_convert(&b->t, mdeg);
}

static void put(struct bench *b, u8 reg, u16 value)
{
	u8 data[3] = { reg, value >> 8, value };

	evse_sim_thermometer_write(&b->t, data, 3, b->now);
}

static u16 get(struct bench *b, u8 reg)
{
	u8 data[2] = { };

	evse_sim_thermometer_write(&b->t, &reg, 1, b->now);
	evse_sim_thermometer_read(&b->t, data, 2);
	return get_unaligned_be16(data);
}

static const struct wake {
	const char *name;
	u32 chip;
	u16 temperature;
	u16 config;
	u16 low;
	u16 high;
	u32 first_us;
	u32 cycle_us;
	u16 first;
} wakes[] = {
	{ "tmp102", EVSE_SIM_CHIP_TMP102, 0, 0x60a0, 0x4b00, 0x5000, 26000,
	  250000, 0x1980 },
	{ "tmp112", EVSE_SIM_CHIP_TMP112, 0, 0x60a0, 0x4b00, 0x5000, 26000,
	  250000, 0x1980 },
	/* Bytes that nobody drives are ones. */
	{ "tmp105", EVSE_SIM_CHIP_TMP105, 0, 0x80ff, 0x4b00, 0x5000, 27500,
	  27500, 0x1980 },
	{ "tmp75", EVSE_SIM_CHIP_TMP75, 0, 0x00ff, 0x4b00, 0x5000, 27500,
	  27500, 0x1980 },
	{ "lm75", EVSE_SIM_CHIP_LM75, 0, 0x00ff, 0x4b00, 0x5000, 100000,
	  100000, 0x1980 },
	/* Its limits are in other places. */
	{ "tmp117", EVSE_SIM_CHIP_TMP117, 0x8000, 0x0220, 0x6000, 0x8000,
	  124000, 1000000, 0x0cc0 },
};

static void wake_desc(const struct wake *w, char *desc)
{
	strscpy(desc, w->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(wakes, wakes, wake_desc);

static void wakes_up(struct kunit *test)
{
	const struct wake *w = test->param_value;
	struct bench b;

	power_up(&b, w->chip);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), w->config);
	KUNIT_EXPECT_EQ(test, get(&b, 2), w->low);
	KUNIT_EXPECT_EQ(test, get(&b, 3), w->high);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_pin(&b.t));
	pass(&b, 25500, US(w->first_us) - 1);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), w->temperature);
	pass(&b, 25500, 1);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), w->first);
	/* What was measured stays until the next conversion has ended. */
	pass(&b, 0, US(w->cycle_us) - 1);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), w->first);
	pass(&b, 0, 1);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 0);
}

#define TMP102	EVSE_SIM_CHIP_TMP102
#define TMP105	EVSE_SIM_CHIP_TMP105
#define TMP75	EVSE_SIM_CHIP_TMP75
#define LM75	EVSE_SIM_CHIP_LM75
#define TMP117	EVSE_SIM_CHIP_TMP117

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

static void registers_117(struct kunit *test)
{
	static const u8 half[] = { 2, 0x12 };
	struct bench b;

	power_up(&b, TMP117);
	KUNIT_EXPECT_EQ(test, get(&b, 15), 0x0117);
	put(&b, 15, 0x1234);
	KUNIT_EXPECT_EQ(test, get(&b, 15), 0x0117);
	/* Half a register is none. */
	evse_sim_thermometer_write(&b.t, half, 2, b.now);
	KUNIT_EXPECT_EQ(test, get(&b, 2), 0x6000);
	put(&b, 4, 0xffff);
	KUNIT_EXPECT_EQ(test, get(&b, 4), 0x8000);
	put(&b, 8, 0xbeef);
	KUNIT_EXPECT_EQ(test, get(&b, 8), 0xbeef);

	/* An offset of -1.5 degrees, and one that leads out of the range */
	put(&b, 7, -192);
	pass(&b, 20000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 0x0940);
	put(&b, 7, 0x7fff);
	pass(&b, 20000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 0x7fff);
	put(&b, 7, 0);
	pass(&b, 20000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 0x0a00);

	put(&b, 2, 0x1234);
	put(&b, CONFIG, 0x0002);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x0220);
	KUNIT_EXPECT_EQ(test, get(&b, 2), 0x6000);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 0x8000);
}

/* Bits of limits that do not exist, bits of a pointer that do not count */
static void registers_75(struct kunit *test)
{
	static const u8 limit[] = { 3, 0x12 }, config[] = { CONFIG, 0x1a };
	struct bench b;
	u8 data[4];

	power_up(&b, LM75);
	put(&b, 2, 0x12ff);
	KUNIT_EXPECT_EQ(test, get(&b, 0xf2), 0x1280);
	put(&b, TEMPERATURE, 0x1234);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 0);
	power_up(&b, TMP75);
	put(&b, 3, 0xffff);
	KUNIT_EXPECT_EQ(test, get(&b, 3), 0xfff0);
	power_up(&b, TMP102);
	put(&b, 3, 0xffff);
	KUNIT_EXPECT_EQ(test, get(&b, 3), 0xfff0);
	/* Half a register is none, but for the configuration. */
	evse_sim_thermometer_write(&b.t, limit, 2, b.now);
	KUNIT_EXPECT_EQ(test, get(&b, 3), 0xfff0);
	evse_sim_thermometer_write(&b.t, config, 2, b.now);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG), 0x7aa0);
	put(&b, CONFIG, 0xffff);
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG) & ~BIT(15), 0x7fd0);
	put(&b, 3, 0xffff);
	KUNIT_EXPECT_EQ(test, get(&b, 3), 0xfff8);
	/* The pointer stays, and behind the register there is nothing. */
	evse_sim_thermometer_read(&b.t, data, 4);
	KUNIT_EXPECT_EQ(test, get_unaligned_be32(data), 0xfff8ffff);
}

static void responds(struct kunit *test)
{
	static const struct {
		u32 chip;
		u16 config;
		u8 hot;
		u8 cold;
	} chips[] = {
		{ TMP102, 0x62a0, 0x90, 0x91 },
		{ TMP102, 0x66a0, 0x91, 0x90 },
		{ EVSE_SIM_CHIP_TMP112, 0x62a0, 0x91, 0x90 },
		{ TMP75, 0x0200, 0x91, 0x90 },
		{ TMP105, 0x0200, 0x91, 0x90 },
	};
	struct bench b;
	int i;

	for (i = 0; i < ARRAY_SIZE(chips); i++) {
		power_up(&b, chips[i].chip);
		put(&b, CONFIG, chips[i].config);
		pass(&b, 20000, US(250000));
		KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_answers(&b.t));
		pass(&b, 90000, US(250000));
		KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_answers(&b.t));
		KUNIT_EXPECT_EQ(test, evse_sim_thermometer_answer(&b.t),
				chips[i].hot);
		KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
		KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_answers(&b.t));
		pass(&b, 20000, US(250000));
		KUNIT_EXPECT_EQ(test, evse_sim_thermometer_answer(&b.t),
				chips[i].cold);
	}

	power_up(&b, TMP117);
	put(&b, 2, 40 << 7);
	pass(&b, 90000, US(1000000));
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_answer(&b.t), 0x91);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_pin(&b.t));
	/* The flag is there until the register was read. */
	KUNIT_EXPECT_EQ(test, get(&b, CONFIG) & BIT(15), BIT(15));

	/* In comparator mode the pin stays; an LM75 does not know of all that. */
	power_up(&b, TMP75);
	pass(&b, 90000, US(250000));
	evse_sim_thermometer_answer(&b.t);
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_active(&b.t));
	KUNIT_EXPECT_TRUE(test, evse_sim_thermometer_called(&b.t, b.now));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_active(&b.t));
	power_up(&b, LM75);
	pass(&b, 90000, US(250000));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_answers(&b.t));
	KUNIT_EXPECT_FALSE(test, evse_sim_thermometer_called(&b.t, b.now));
}

static void defects(struct kunit *test)
{
	static const u8 pointer = TEMPERATURE;
	struct bench b;
	u16 seen = 0;
	u8 data[2];
	int i;

	power_up(&b, TMP117);
	pass(&b, 20000, US(1000000));
	b.t.noise = 16;
	for (i = 15; i >= 0; i--) {
		u16 wrong = get(&b, TEMPERATURE) ^ (20 << 7);

		KUNIT_EXPECT_EQ(test, wrong, BIT(i));
		seen |= wrong;
	}
	KUNIT_EXPECT_EQ(test, seen, 0xffff);
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 20 << 7);

	b.t.frozen = 1;
	pass(&b, 90000, US(9000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 20 << 7);
	b.t.frozen = 0;
	pass(&b, 90000, US(1000000));
	KUNIT_EXPECT_EQ(test, get(&b, TEMPERATURE), 90 << 7);

	b.t.id = 0x1116;
	KUNIT_EXPECT_EQ(test, get(&b, 15), 0x1116);

	b.t.nak = 1;
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_read(&b.t, data, 2), -ENXIO);
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_write(&b.t, &pointer, 1, 0),
			-ENXIO);
	b.t.stuck = 1;
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_read(&b.t, data, 2),
			-ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_write(&b.t, &pointer, 1, 0),
			-ETIMEDOUT);
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

static void has_an_address(struct kunit *test)
{
	struct evse_sim_thermometer t = { };

	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_init(&t, 6, 0x48, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_init(&t, TMP117, 0x4b, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_init(&t, TMP117, 0x4c, 0),
			-ERANGE);
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_init(&t, TMP102, 0x47, 0),
			-ERANGE);
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_init(&t, LM75, 0x4f, 0), 0);
	KUNIT_EXPECT_EQ(test, evse_sim_thermometer_init(&t, LM75, 0x50, 0),
			-ERANGE);
}

static struct kunit_case thermometer_cases[] = {
	KUNIT_CASE_PARAM(wakes_up, wakes_gen_params),
	KUNIT_CASE(has_the_code),
	KUNIT_CASE(keeps_its_rhythm),
	KUNIT_CASE(sleeps_75),
	KUNIT_CASE(sleeps_117),
	KUNIT_CASE(compares),
	KUNIT_CASE(counts_faults),
	KUNIT_CASE(interrupts),
	KUNIT_CASE(alerts_117),
	KUNIT_CASE(therm_117),
	KUNIT_CASE(registers_117),
	KUNIT_CASE(registers_75),
	KUNIT_CASE(responds),
	KUNIT_CASE(defects),
	KUNIT_CASE(stirs),
	KUNIT_CASE(has_an_address),
	{}
};

static struct kunit_suite thermometer_suite = {
	.name = "evse_sim_thermometer",
	.test_cases = thermometer_cases,
};

kunit_test_suite(thermometer_suite);
