// SPDX-License-Identifier: GPL-2.0-only
/* Pre-charge, power and discharge of the DC link. */
#include <kunit/test.h>
#include <linux/minmax.h>

#include "../model.h"

#define BATTERY	400000

static void advance(struct evse_sim_dc *dc, const struct evse_sim_dc_path *path,
		    s64 ns)
{
	while (ns > 0) {
		s64 step = min(ns, evse_sim_dc_step_ns(dc, path));

		evse_sim_dc_step(dc, path, min(step, EVSE_SIM_MS(1000)));
		ns -= step;
	}
}

/* Through 40 ohm: 10 A at first, 63 % after 20 ms, within 20 V after 60 ms. */
static void dc_precharge(struct kunit *test)
{
	struct evse_sim_dc_path path = { BATTERY, false, true };
	struct evse_sim_dc dc = { };

	evse_sim_dc_step(&dc, &path, EVSE_SIM_MS(1));
	KUNIT_EXPECT_EQ(test, dc.current_ma, -10000);
	advance(&dc, &path, EVSE_SIM_MS(19));
	KUNIT_EXPECT_GT(test, dc.link_uv, 250000000LL);
	KUNIT_EXPECT_LT(test, dc.link_uv, 262000000LL);
	advance(&dc, &path, EVSE_SIM_MS(50));
	KUNIT_EXPECT_GT(test, dc.link_uv, 380000000LL);
	advance(&dc, &path, EVSE_SIM_MS(200));
	KUNIT_EXPECT_GT(test, dc.link_uv, 399000000LL);
	KUNIT_EXPECT_LE(test, dc.link_uv, 400000000LL);
}

static void dc_power(struct kunit *test)
{
	struct evse_sim_dc_path path = { BATTERY, true, false };
	struct evse_sim_dc dc = { .gates = true, .setpoint_mw = 8000000 };

	/* 40 kW/s: 8 kW after 200 ms. */
	advance(&dc, &path, EVSE_SIM_MS(100));
	KUNIT_EXPECT_EQ(test, dc.power_mw, 4000000);
	advance(&dc, &path, EVSE_SIM_MS(200));
	KUNIT_EXPECT_EQ(test, dc.power_mw, 8000000);
	KUNIT_EXPECT_EQ(test, dc.current_ma, 20000);
	KUNIT_EXPECT_EQ(test, dc.link_uv, 401000000LL);

	dc.setpoint_mw = -8000000;
	advance(&dc, &path, EVSE_SIM_MS(500));
	KUNIT_EXPECT_EQ(test, dc.current_ma, -20000);
	KUNIT_EXPECT_EQ(test, dc.link_uv, 399000000LL);

	/* Blocked gates end it at once. */
	dc.gates = false;
	advance(&dc, &path, 1);
	KUNIT_EXPECT_EQ(test, dc.current_ma, 0);
	KUNIT_EXPECT_EQ(test, dc.power_mw, 0);
}

/* Power into an open output goes into the capacitor: 4 J raise it by 20 V. */
static void dc_no_load(struct kunit *test)
{
	struct evse_sim_dc_path path = { 0, false, false };
	struct evse_sim_dc dc = {
		.gates = true, .link_uv = 400000000, .setpoint_mw = 8000000,
		.power_mw = 8000000,
	};

	advance(&dc, &path, 500000);
	KUNIT_EXPECT_GT(test, dc.link_uv, 419000000LL);
	KUNIT_EXPECT_LT(test, dc.link_uv, 421000000LL);
	KUNIT_EXPECT_EQ(test, dc.current_ma, 0);
	advance(&dc, &path, EVSE_SIM_MS(10000));
	KUNIT_EXPECT_EQ(test, dc.link_uv, 1200000000LL);
}

/* It bleeds with 10 s, and then nothing moves any more. */
static void dc_bleeds(struct kunit *test)
{
	struct evse_sim_dc_path path = { 0, false, false };
	struct evse_sim_dc dc = { .link_uv = 400000000 };

	KUNIT_EXPECT_EQ(test, evse_sim_dc_step_ns(&dc, &path),
			EVSE_SIM_MS(100));
	advance(&dc, &path, EVSE_SIM_MS(10000));
	KUNIT_EXPECT_GT(test, dc.link_uv, 144000000LL);
	KUNIT_EXPECT_LT(test, dc.link_uv, 150000000LL);
	advance(&dc, &path, EVSE_SIM_MS(60000));
	KUNIT_EXPECT_EQ(test, dc.link_uv, 0);
	KUNIT_EXPECT_EQ(test, evse_sim_dc_step_ns(&dc, &path), EVSE_SIM_NEVER);
}

/* The discharge resistor: from 500 V below 60 V within half a second. */
static void dc_discharges(struct kunit *test)
{
	struct evse_sim_dc_path path = { .discharge = true };
	struct evse_sim_dc dc = { .link_uv = 500000000 };

	advance(&dc, &path, EVSE_SIM_MS(400));
	KUNIT_EXPECT_GT(test, dc.link_uv, 60000000LL);
	advance(&dc, &path, EVSE_SIM_MS(50));
	KUNIT_EXPECT_LT(test, dc.link_uv, 60000000LL);
	advance(&dc, &path, EVSE_SIM_MS(5000));
	KUNIT_EXPECT_EQ(test, dc.link_uv, 0);
	KUNIT_EXPECT_EQ(test, evse_sim_dc_step_ns(&dc, &path), EVSE_SIM_NEVER);

	/* Against the battery it does nothing. */
	path = (struct evse_sim_dc_path){ BATTERY, true, false, true };
	dc = (struct evse_sim_dc){ .link_uv = 400000000 };
	advance(&dc, &path, EVSE_SIM_MS(1000));
	KUNIT_EXPECT_EQ(test, dc.link_uv, 400000000LL);
}

static struct kunit_case dc_cases[] = {
	KUNIT_CASE(dc_precharge),
	KUNIT_CASE(dc_power),
	KUNIT_CASE(dc_no_load),
	KUNIT_CASE(dc_bleeds),
	KUNIT_CASE(dc_discharges),
	{}
};

static struct kunit_suite dc_suite = {
	.name = "evse_sim_dc",
	.test_cases = dc_cases,
};

kunit_test_suite(dc_suite);
