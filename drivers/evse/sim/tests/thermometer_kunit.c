// SPDX-License-Identifier: GPL-2.0-only
/* Thermometers: what their registers say, and who answers to all; defects. */
#include <kunit/test.h>
#include <linux/unaligned.h>

#include "thermometer_bench.h"

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
	KUNIT_CASE(registers_117),
	KUNIT_CASE(registers_75),
	KUNIT_CASE(responds),
	KUNIT_CASE(defects),
	KUNIT_CASE(has_an_address),
	{}
};

static struct kunit_suite thermometer_suite = {
	.name = "evse_sim_thermometer",
	.test_cases = thermometer_cases,
};

kunit_test_suite(thermometer_suite);
