// SPDX-License-Identifier: GPL-2.0-only
/* Status lights: patterns as somebody who watches the light would note them. */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "../blink.h"
#include "../fault_catalogue.h"

/* Short, long, longest; what is between flashes, digits and repetitions. */
#define SHORT_MS	500
#define LONG_MS		1400
#define TEXT_MAX	(2 * EVSE_BLINK_FLASHES)

struct code_case {
	u32 code;
	const char *text;
};

/* "." is one, "-" is five, "=" is nought; a space is between digits. */
static const struct code_case code_cases[] = {
	{ EVSE_FAULT_CODE_NONE, "" },
	{ EVSE_FAULT_CODE_GRID_LOSS, "= ." },
	{ EVSE_FAULT_CODE_PLC_FAILURE, "= -" },
	{ EVSE_FAULT_CODE_THERMAL_TRIP, "= -...." },
	{ EVSE_FAULT_CODE_HANDSHAKE_DENIED, ". .." },
	{ EVSE_FAULT_CODE_GROUND_FAULT, ".. =" },
	{ EVSE_FAULT_CODE_EMERGENCY_STOP, ".. --." },
	{ EVSE_FAULT_CODE_OVERVOLTAGE, ".. ---" },
	{ EVSE_FAULT_CODE_PRECHARGE, "... =" },
	{ EVSE_FAULT_CODE_PACKET_LOSS, ". --- -." },
	{ EVSE_FAULT_CODE_COMM_TIMEOUT,
	  "--... --.... -- --... --.. = --... --...." },
	{ U32_MAX, "--- --- --- --- --- --- --- ---" },
	{ 0xeeeeeeee, "--.... --.... --.... --.... --.... --.... --.... --...." },
};

static void code_name(const struct code_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "0x%02x", c->code);
}

KUNIT_ARRAY_PARAM(code, code_cases, code_name);

/* One repetition as it is noted, and the pause after it. */
static u32 note(struct evse_blink *blink, char *text)
{
	size_t len = 0;
	bool lit;
	u32 ms;

	while (len < TEXT_MAX - 2) {
		ms = evse_blink_next(blink, &lit);
		if (!lit)
			break;
		text[len++] = ms < SHORT_MS ? '.' : ms < LONG_MS ? '-' : '=';
		ms = evse_blink_next(blink, &lit);
		if (lit || ms > LONG_MS)
			break;
		if (ms > SHORT_MS)
			text[len++] = ' ';
	}
	text[len] = 0;
	return ms;
}

static void is_noted(struct kunit *test)
{
	const struct code_case *c = test->param_value;
	char first[TEXT_MAX], second[TEXT_MAX];
	struct evse_blink blink;
	u32 pause_ms;

	evse_blink_code(&blink, c->code);
	KUNIT_ASSERT_LE(test, blink.count, (unsigned int)EVSE_BLINK_FLASHES);
	pause_ms = note(&blink, first);
	note(&blink, second);
	KUNIT_EXPECT_STREQ(test, first, c->text);
	KUNIT_EXPECT_STREQ(test, second, c->text);
	/* Longer than any flash and any other pause */
	if (c->code)
		KUNIT_EXPECT_GE(test, pause_ms, 3000U);
}

/* The code that somebody makes of what was noted. */
static u32 read_back(const char *text)
{
	u32 code = 0, digit = 0;

	for (; *text; text++) {
		if (*text == ' ') {
			code = code << 4 | digit;
			digit = 0;
		} else if (*text == '.') {
			digit += 1;
		} else if (*text == '-') {
			digit += 5;
		}
	}
	return code << 4 | digit;
}

static void every_code_is_read_back(struct kunit *test)
{
	struct evse_blink blink;
	char text[TEXT_MAX];
	int i;

	for (i = 0; i < EVSE_FAULTS; i++) {
		const struct evse_fault_info *info = &evse_fault_catalogue[i];

		evse_blink_code(&blink, info->code);
		note(&blink, text);
		KUNIT_EXPECT_EQ_MSG(test, read_back(text), info->code,
				    "%s: %s", info->name, text);
	}
}

struct shows_case {
	enum evse_port_state state;
	s32 power_mw;
	enum evse_shows shows;
};

static const struct shows_case shows_cases[] = {
	{ EVSE_PORT_STATE_UNREADY, 0, EVSE_SHOWS_NOTHING },
	{ EVSE_PORT_STATE_AVAILABLE, 0, EVSE_SHOWS_NOTHING },
	{ EVSE_PORT_STATE_CONNECTED, 0, EVSE_SHOWS_WAITING },
	{ EVSE_PORT_STATE_REQUESTING, 0, EVSE_SHOWS_WAITING },
	{ EVSE_PORT_STATE_LOCKING, 0, EVSE_SHOWS_BUSY },
	{ EVSE_PORT_STATE_CHECKING, 0, EVSE_SHOWS_BUSY },
	{ EVSE_PORT_STATE_CLOSING, 0, EVSE_SHOWS_BUSY },
	{ EVSE_PORT_STATE_ENERGISED, 0, EVSE_SHOWS_READY },
	{ EVSE_PORT_STATE_ENERGISED, 1, EVSE_SHOWS_CHARGING },
	{ EVSE_PORT_STATE_ENERGISED, S32_MAX, EVSE_SHOWS_CHARGING },
	{ EVSE_PORT_STATE_ENERGISED, -1, EVSE_SHOWS_FEEDING },
	{ EVSE_PORT_STATE_ENERGISED, S32_MIN, EVSE_SHOWS_FEEDING },
	{ EVSE_PORT_STATE_STOPPING, -1, EVSE_SHOWS_BUSY },
	{ EVSE_PORT_STATE_OPENING, 0, EVSE_SHOWS_BUSY },
	{ EVSE_PORT_STATE_FAULT, 0, EVSE_SHOWS_NOTHING },
};

static void state_is_shown(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(shows_cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, (int)shows_cases[i].shows,
				    (int)evse_blink_shows(shows_cases[i].state,
							  shows_cases[i].power_mw),
				    "state %d, %d mW", shows_cases[i].state,
				    shows_cases[i].power_mw);
}

/* On and off within the first two seconds, a tenth of a second each. */
static u32 glance(u32 shows)
{
	struct evse_blink blink;
	u32 seen = 0, at_ms = 0, ms;
	bool lit;

	evse_blink_state(&blink, shows);
	while (at_ms < 2000) {
		ms = evse_blink_next(&blink, &lit) ?: 2000;
		for (; ms && at_ms < 2000; ms -= 100, at_ms += 100)
			seen |= (u32)lit << (at_ms / 100);
	}
	return seen;
}

static void states_differ_at_a_glance(struct kunit *test)
{
	u32 i, k;

	KUNIT_EXPECT_EQ(test, glance(EVSE_SHOWS_NOTHING), 0U);
	KUNIT_EXPECT_EQ(test, glance(EVSE_SHOWS_WAITING), 0x3U);
	KUNIT_EXPECT_EQ(test, glance(EVSE_SHOWS_BUSY), 0xc71c7U);
	KUNIT_EXPECT_EQ(test, glance(EVSE_SHOWS_READY), 0xfffffU);
	KUNIT_EXPECT_EQ(test, glance(EVSE_SHOWS_CHARGING), 0x3ffU);
	KUNIT_EXPECT_EQ(test, glance(EVSE_SHOWS_FEEDING), 0x33U);
	for (i = 0; i < EVSE_SHOWS; i++)
		for (k = 0; k < i; k++)
			KUNIT_EXPECT_NE(test, glance(i), glance(k));
}

static void what_has_no_end_stays(struct kunit *test)
{
	struct evse_blink blink;
	bool lit = true;

	evse_blink_state(&blink, EVSE_SHOWS_NOTHING);
	KUNIT_EXPECT_EQ(test, evse_blink_next(&blink, &lit), 0U);
	KUNIT_EXPECT_FALSE(test, lit);
	evse_blink_state(&blink, EVSE_SHOWS_READY);
	KUNIT_EXPECT_EQ(test, evse_blink_next(&blink, &lit), 0U);
	KUNIT_EXPECT_TRUE(test, lit);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(is_noted, code_gen_params),
	KUNIT_CASE(every_code_is_read_back),
	KUNIT_CASE(state_is_shown),
	KUNIT_CASE(states_differ_at_a_glance),
	KUNIT_CASE(what_has_no_end_stays),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_blink",
	.test_cases = cases,
};

kunit_test_suite(suite);
