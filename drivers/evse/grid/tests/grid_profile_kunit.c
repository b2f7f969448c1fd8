// SPDX-License-Identifier: GPL-2.0-only
/* Grid profiles: in themselves, and against the figures they were made from. */
#include <linux/string.h>

#include "grid_bench.h"

static void grid_profile_names(struct kunit *test)
{
	/* Order and words of the netlink specification. */
	static const char * const words[EVSE_GRID_ELEMENTS] = {
		"none", "uv1", "uv2", "uv3", "ov1", "ov2", "ov-mean", "uf1", "uf2",
		"of1", "of2", "rocof", "vector-shift", "island", "cease-uv",
		"cease-ov", "warn-uv", "warn-ov", "enter-v-low", "enter-v-high",
		"enter-f-low", "enter-f-high", "enter-delay", "enter-ramp", "active",
		"droop", "droop-of-band", "droop-of-slope", "droop-uf-band",
		"droop-uf-slope", "volt-watt", "volt-watt-v1", "volt-watt-v2",
		"volt-watt-p2",
	};
	static const char * const profiles[] = {
		"ieee1547-cat1", "ieee1547-cat2", "ieee1547-cat3", "rule21",
		"en50549-1", "vde-ar-n-4105", "g99",
	};
	unsigned int i;

	for (i = 0; i < EVSE_GRID_ELEMENTS; i++)
		KUNIT_EXPECT_STREQ(test, evse_grid_element_name(i), words[i]);
	KUNIT_EXPECT_STREQ(test, evse_grid_element_name(EVSE_GRID_ELEMENTS), "?");
	KUNIT_ASSERT_EQ(test, (size_t)evse_grid_profile_count, ARRAY_SIZE(profiles));
	for (i = 0; i < ARRAY_SIZE(profiles); i++) {
		const struct evse_grid_profile *p = evse_grid_profile_find(profiles[i]);

		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_STREQ(test, p->name, profiles[i]);
		KUNIT_EXPECT_GT(test, strlen(p->title), 0UL);
	}
	KUNIT_EXPECT_TRUE(test, !evse_grid_profile_find("ieee1547"));
	KUNIT_EXPECT_TRUE(test, !evse_grid_profile_find(""));
}

static void grid_profile_units(struct kunit *test)
{
	static const struct {
		enum evse_grid_element element;
		enum evse_grid_unit unit;
	} units[] = {
		{ ELEMENT(UV1), EVSE_GRID_UNIT_PERMILLE },
		{ ELEMENT(OV_MEAN), EVSE_GRID_UNIT_PERMILLE },
		{ ELEMENT(UF2), EVSE_GRID_UNIT_MHZ },
		{ ELEMENT(OF1), EVSE_GRID_UNIT_MHZ },
		{ ELEMENT(ROCOF), EVSE_GRID_UNIT_MHZ_PER_S },
		{ ELEMENT(VECTOR_SHIFT), EVSE_GRID_UNIT_MDEG },
		{ ELEMENT(ISLAND), EVSE_GRID_UNIT_MS },
		{ ELEMENT(WARN_OV), EVSE_GRID_UNIT_PERMILLE },
		{ ELEMENT(ENTER_V_HIGH), EVSE_GRID_UNIT_PERMILLE },
		{ ELEMENT(ENTER_F_LOW), EVSE_GRID_UNIT_MHZ },
		{ ELEMENT(ENTER_DELAY), EVSE_GRID_UNIT_MS },
		{ ELEMENT(ENTER_RAMP), EVSE_GRID_UNIT_MS },
		{ ELEMENT(ACTIVE), EVSE_GRID_UNIT_PER_KHZ },
		{ ELEMENT(DROOP), EVSE_GRID_UNIT_SWITCH },
		{ ELEMENT(DROOP_UF_BAND), EVSE_GRID_UNIT_MHZ },
		{ ELEMENT(DROOP_OF_SLOPE), EVSE_GRID_UNIT_PART },
		{ ELEMENT(VOLT_WATT), EVSE_GRID_UNIT_SWITCH },
		{ ELEMENT(VOLT_WATT_V2), EVSE_GRID_UNIT_PERMILLE },
		{ ELEMENT(VOLT_WATT_P2), EVSE_GRID_UNIT_PART },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(units); i++)
		KUNIT_EXPECT_EQ(test, (int)evse_grid_unit_of(units[i].element),
				(int)units[i].unit);
}

/* Pick-up and clearing time, once more, as the standards' tables have them. */
static const struct figure {
	const char *profile;
	enum evse_grid_element element;
	s32 pickup;
	u32 time_ms;
} figures[] = {
	{ "ieee1547-cat1", ELEMENT(UV1), 700, 2000 },
	{ "ieee1547-cat1", ELEMENT(UV2), 450, 160 },
	{ "ieee1547-cat1", ELEMENT(OV1), 1100, 2000 },
	{ "ieee1547-cat1", ELEMENT(OV2), 1200, 160 },
	{ "ieee1547-cat2", ELEMENT(UV1), 700, 10000 },
	{ "ieee1547-cat2", ELEMENT(UV2), 450, 160 },
	{ "ieee1547-cat2", ELEMENT(OV1), 1100, 2000 },
	{ "ieee1547-cat2", ELEMENT(OV2), 1200, 160 },
	{ "ieee1547-cat3", ELEMENT(UV1), 880, 21000 },
	{ "ieee1547-cat3", ELEMENT(UV2), 500, 2000 },
	{ "ieee1547-cat3", ELEMENT(OV1), 1100, 13000 },
	{ "ieee1547-cat3", ELEMENT(OV2), 1200, 160 },
	{ "ieee1547-cat1", ELEMENT(UF1), 58500, 300000 },
	{ "ieee1547-cat2", ELEMENT(UF2), 56500, 160 },
	{ "ieee1547-cat3", ELEMENT(OF1), 61200, 300000 },
	{ "ieee1547-cat3", ELEMENT(OF2), 62000, 160 },
	{ "ieee1547-cat2", ELEMENT(ENTER_V_LOW), 917, 0 },
	{ "ieee1547-cat2", ELEMENT(ENTER_V_HIGH), 1050, 0 },
	{ "ieee1547-cat2", ELEMENT(ENTER_F_LOW), 59500, 0 },
	{ "ieee1547-cat2", ELEMENT(ENTER_F_HIGH), 60100, 0 },
	{ "ieee1547-cat2", ELEMENT(ENTER_DELAY), 300000, 0 },
	{ "ieee1547-cat2", ELEMENT(ENTER_RAMP), 300000, 0 },
	{ "ieee1547-cat1", ELEMENT(DROOP), 1, 5000 },
	{ "ieee1547-cat2", ELEMENT(DROOP_OF_BAND), 36, 0 },
	{ "ieee1547-cat2", ELEMENT(DROOP_OF_SLOPE), 50, 0 },
	{ "ieee1547-cat3", ELEMENT(DROOP), 1, 5000 },
	{ "ieee1547-cat3", ELEMENT(DROOP_UF_BAND), 36, 0 },
	{ "ieee1547-cat3", ELEMENT(DROOP_UF_SLOPE), 50, 0 },
	{ "ieee1547-cat2", ELEMENT(VOLT_WATT), 0, 10000 },
	{ "ieee1547-cat2", ELEMENT(VOLT_WATT_V1), 1060, 0 },
	{ "ieee1547-cat2", ELEMENT(VOLT_WATT_V2), 1100, 0 },
	{ "ieee1547-cat2", ELEMENT(VOLT_WATT_P2), 0, 0 },
	{ "rule21", ELEMENT(DROOP), 0, 0 },
	{ "vde-ar-n-4105", ELEMENT(DROOP_OF_BAND), 200, 0 },
	{ "vde-ar-n-4105", ELEMENT(DROOP_OF_SLOPE), 50, 0 },
	{ "rule21", ELEMENT(UV1), 880, 21000 },
	{ "rule21", ELEMENT(UV2), 700, 11000 },
	{ "rule21", ELEMENT(UV3), 500, 1500 },
	{ "rule21", ELEMENT(OV1), 1100, 13000 },
	{ "rule21", ELEMENT(OV2), 1200, 160 },
	{ "rule21", ELEMENT(UF1), 58500, 300000 },
	{ "rule21", ELEMENT(UF2), 57000, 160 },
	{ "rule21", ELEMENT(OF1), 60500, 300000 },
	{ "rule21", ELEMENT(OF2), 62000, 160 },
	{ "en50549-1", ELEMENT(UV1), 850, 1500 },
	{ "en50549-1", ELEMENT(OV1), 1100, 3000 },
	{ "en50549-1", ELEMENT(UF1), 47500, 2000 },
	{ "en50549-1", ELEMENT(UF2), 47000, 100 },
	{ "en50549-1", ELEMENT(OF1), 51500, 2000 },
	{ "en50549-1", ELEMENT(OF2), 52000, 100 },
	{ "en50549-1", ELEMENT(ENTER_DELAY), 60000, 0 },
	{ "vde-ar-n-4105", ELEMENT(UV1), 800, 3000 },
	{ "vde-ar-n-4105", ELEMENT(UV2), 450, 300 },
	{ "vde-ar-n-4105", ELEMENT(OV2), 1250, 100 },
	{ "vde-ar-n-4105", ELEMENT(OV_MEAN), 1100, 100 },
	{ "vde-ar-n-4105", ELEMENT(UF1), 47500, 100 },
	{ "vde-ar-n-4105", ELEMENT(OF1), 51500, 100 },
	{ "vde-ar-n-4105", ELEMENT(ENTER_DELAY), 60000, 0 },
	{ "g99", ELEMENT(UV1), 800, 2500 },
	{ "g99", ELEMENT(OV1), 1140, 1000 },
	{ "g99", ELEMENT(OV2), 1190, 500 },
	{ "g99", ELEMENT(UF1), 47500, 20000 },
	{ "g99", ELEMENT(UF2), 47000, 500 },
	{ "g99", ELEMENT(OF1), 52000, 500 },
	{ "g99", ELEMENT(ROCOF), 1000, 500 },
	{ "g99", ELEMENT(ENTER_DELAY), 20000, 0 },
};

static void grid_profile_figures(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(figures); i++) {
		const struct figure *f = &figures[i];
		const struct evse_grid_profile *p = evse_grid_profile_find(f->profile);

		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_EQ(test, p->line[f->element].pickup, f->pickup);
		KUNIT_EXPECT_EQ(test, p->line[f->element].time_ms, f->time_ms);
	}
}

/* Ranges of IEEE 1547-2018; the other standards have none here, or few. */
static const struct range {
	const char *profile;
	enum evse_grid_element element;
	s32 min;
	s32 max;
	u32 time_min_ms;
	u32 time_max_ms;
} ranges[] = {
	{ "ieee1547-cat1", ELEMENT(UV1), 0, 880, 2000, 21000 },
	{ "ieee1547-cat1", ELEMENT(UV2), 0, 500, 160, 2000 },
	{ "ieee1547-cat1", ELEMENT(OV1), 1100, 1200, 1000, 13000 },
	{ "ieee1547-cat1", ELEMENT(OV2), 1200, 1200, 160, 160 },
	{ "ieee1547-cat2", ELEMENT(UV1), 0, 880, 2000, 21000 },
	{ "ieee1547-cat2", ELEMENT(UV2), 0, 500, 160, 2000 },
	{ "ieee1547-cat2", ELEMENT(OV1), 1100, 1200, 1000, 13000 },
	{ "ieee1547-cat2", ELEMENT(OV2), 1200, 1200, 160, 160 },
	{ "ieee1547-cat3", ELEMENT(UV1), 0, 880, 21000, 50000 },
	{ "ieee1547-cat3", ELEMENT(UV2), 0, 500, 2000, 21000 },
	{ "ieee1547-cat3", ELEMENT(OV1), 1100, 1200, 1000, 13000 },
	{ "ieee1547-cat3", ELEMENT(OV2), 1200, 1200, 160, 160 },
	{ "ieee1547", ELEMENT(OF2), 61800, 66000, 160, 1000000 },
	{ "ieee1547", ELEMENT(OF1), 61000, 66000, 180000, 1000000 },
	{ "ieee1547", ELEMENT(UF1), 50000, 59000, 180000, 1000000 },
	{ "ieee1547", ELEMENT(UF2), 50000, 57000, 160, 1000000 },
	{ "ieee1547", ELEMENT(ENTER_V_LOW), 880, 950, 0, 0 },
	{ "ieee1547", ELEMENT(ENTER_V_HIGH), 1050, 1060, 0, 0 },
	{ "ieee1547", ELEMENT(ENTER_F_LOW), 59000, 59900, 0, 0 },
	{ "ieee1547", ELEMENT(ENTER_F_HIGH), 60100, 61000, 0, 0 },
	{ "ieee1547", ELEMENT(ENTER_DELAY), 0, 600000, 0, 0 },
	{ "ieee1547", ELEMENT(ENTER_RAMP), 0, 1000000, 0, 1000000 },
	{ "vde-ar-n-4105", ELEMENT(ACTIVE), 51, 100, 0, 0 },
	{ "en50549-1", ELEMENT(UV1), 200, 1000, 100, 100000 },
	{ "en50549-1", ELEMENT(OV1), 1000, 1200, 100, 100000 },
};

static void grid_profile_ranges(struct kunit *test)
{
	unsigned int i, k, found = 0;

	for (i = 0; i < evse_grid_profile_count; i++)
		for (k = 0; k < ARRAY_SIZE(ranges); k++) {
			const struct evse_grid_profile *p = &evse_grid_profiles[i];
			const struct range *r = &ranges[k];
			const struct evse_grid_line *line = &p->line[r->element];

			if (strncmp(p->name, r->profile, strlen(r->profile)))
				continue;
			found++;
			KUNIT_EXPECT_EQ(test, line->pickup_min, r->min);
			KUNIT_EXPECT_EQ(test, line->pickup_max, r->max);
			KUNIT_EXPECT_EQ(test, line->time_min_ms, r->time_min_ms);
			KUNIT_EXPECT_EQ(test, line->time_max_ms, r->time_max_ms);
		}
	KUNIT_EXPECT_EQ(test, found, 12U + 3 * 10 + 1 + 2);
}

/* Defaults are inside their ranges, and could be set. */
static void grid_profile_sound(struct kunit *test)
{
	static const enum evse_grid_element needed[] = {
		ELEMENT(ISLAND), ELEMENT(WARN_UV), ELEMENT(WARN_OV),
		ELEMENT(ENTER_V_LOW), ELEMENT(ENTER_V_HIGH), ELEMENT(ENTER_F_LOW),
		ELEMENT(ENTER_F_HIGH), ELEMENT(ENTER_DELAY), ELEMENT(ACTIVE),
		ELEMENT(UV1), ELEMENT(UF1), ELEMENT(OF1),
	};
	unsigned int i, e;

	for (i = 0; i < evse_grid_profile_count; i++) {
		const struct evse_grid_profile *p = &evse_grid_profiles[i];
		struct grid_bench *b = grid_bench_new(test, p);

		KUNIT_EXPECT_TRUE(test, p->nominal_mhz == 50000 || p->nominal_mhz == 60000);
		KUNIT_EXPECT_FALSE(test, evse_grid_line_exists(&p->line[ELEMENT(NONE)]));
		for (e = 0; e < ARRAY_SIZE(needed); e++)
			KUNIT_EXPECT_TRUE(test, evse_grid_line_exists(&p->line[needed[e]]));
		for (e = 0; e < EVSE_GRID_ELEMENTS; e++) {
			const struct evse_grid_line *line = &p->line[e];

			KUNIT_EXPECT_LE(test, line->pickup_min, line->pickup);
			KUNIT_EXPECT_LE(test, line->pickup, line->pickup_max);
			KUNIT_EXPECT_LE(test, line->time_min_ms, line->time_ms);
			KUNIT_EXPECT_LE(test, line->time_ms, line->time_max_ms);
			KUNIT_EXPECT_EQ(test, evse_grid_judge_set(&b->j, e, line->pickup,
								  line->time_ms),
					evse_grid_line_exists(line) ? 0 : -ENOENT);
		}
		/* The contactor is open 100 ms after the relay, come what may. */
		KUNIT_EXPECT_LE(test, p->line[ELEMENT(ISLAND)].pickup_max + 20, 100);
	}
}

/* Tables of ride-through have no hole, and begin and end where power may stop. */
static void grid_profile_rides(struct kunit *test)
{
	unsigned int i, k, f;

	for (i = 0; i < evse_grid_profile_count; i++) {
		const struct evse_grid_profile *p = &evse_grid_profiles[i];

		for (f = 0; f < 2; f++) {
			const struct evse_grid_ride *rows = f ? p->frequency_ride :
								p->voltage_ride;
			s32 nominal = f ? (s32)p->nominal_mhz : 1000;
			const struct evse_grid_ride *row;

			if (!rows[0].ms)
				continue;
			for (k = 0; k < EVSE_GRID_RIDES && rows[k].ms; k++) {
				KUNIT_EXPECT_LE(test, rows[k].low, rows[k].high);
				if (k)
					KUNIT_EXPECT_EQ(test, rows[k].low,
							rows[k - 1].high + 1);
			}
			row = evse_grid_ride_of(rows, nominal);
			KUNIT_ASSERT_NOT_NULL(test, row);
			KUNIT_EXPECT_EQ(test, row->ms, EVSE_GRID_ALWAYS);
			KUNIT_EXPECT_TRUE(test, !evse_grid_ride_of(rows, rows[0].low - 1));
			KUNIT_EXPECT_TRUE(test, !evse_grid_ride_of(rows, rows[k - 1].high + 1));
		}
		/* Momentary cessation and the elements that bring it are one. */
		for (k = 0; k < EVSE_GRID_RIDES && p->voltage_ride[k].ms; k++) {
			const struct evse_grid_ride *row = &p->voltage_ride[k];

			KUNIT_EXPECT_EQ(test, row->mode == EVSE_GRID_MOMENTARY,
					row->high < p->line[ELEMENT(CEASE_UV)].pickup ||
					row->low > p->line[ELEMENT(CEASE_OV)].pickup);
		}
	}
}

/* The one slope of Table 15 and that of Table 14. */
static void grid_profile_slope(struct kunit *test)
{
	const struct evse_grid_profile *p = evse_grid_profile_find("ieee1547-cat2");
	const struct evse_grid_ride *row = evse_grid_ride_of(p->voltage_ride, 700);

	KUNIT_EXPECT_EQ(test, evse_grid_ride_ms(row, 650), 3000U);
	KUNIT_EXPECT_EQ(test, evse_grid_ride_ms(row, 750), 3870U);
	KUNIT_EXPECT_EQ(test, evse_grid_ride_ms(row, 879), 4992U);
	p = evse_grid_profile_find("ieee1547-cat1");
	row = evse_grid_ride_of(p->voltage_ride, 700);
	KUNIT_EXPECT_EQ(test, evse_grid_ride_ms(row, 700), 700U);
	KUNIT_EXPECT_EQ(test, evse_grid_ride_ms(row, 800), 1100U);
	row = evse_grid_ride_of(p->voltage_ride, 1000);
	KUNIT_EXPECT_EQ(test, evse_grid_ride_ms(row, 1050), EVSE_GRID_ALWAYS);
}

static struct kunit_case grid_profile_cases[] = {
	KUNIT_CASE(grid_profile_names),
	KUNIT_CASE(grid_profile_units),
	KUNIT_CASE(grid_profile_figures),
	KUNIT_CASE(grid_profile_ranges),
	KUNIT_CASE(grid_profile_sound),
	KUNIT_CASE(grid_profile_rides),
	KUNIT_CASE(grid_profile_slope),
	{}
};

static struct kunit_suite grid_profile_suite = {
	.name = "evse_grid_profile",
	.test_cases = grid_profile_cases,
};

kunit_test_suite(grid_profile_suite);
