// SPDX-License-Identifier: GPL-2.0-only
/* Who may run what: the published matrix, cell by cell. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "../access.h"

/* Kinds of caller; the columns of the table below. */
enum {
	READER_IDLE,		/* no session, no capability */
	READER_HELD,		/* the session is another's */
	READER_SHARED,		/* the same, shared */
	OWNER,			/* the caller's own session, no capability */
	OWNER_SHARED,
	ADMIN_IDLE,		/* CAP_NET_ADMIN from here on */
	ADMIN_HELD,
	ADMIN_SHARED,
	ADMIN_OWNER,
	ADMIN_OWNER_SHARED,
	CALLERS
};

static const struct evse_caller callers[CALLERS] = {
	[READER_IDLE] = { },
	[READER_HELD] = { .session = true },
	[READER_SHARED] = { .session = true, .shared = true },
	[OWNER] = { .session = true, .owner = true },
	[OWNER_SHARED] = { .session = true, .owner = true, .shared = true },
	[ADMIN_IDLE] = { .admin = true },
	[ADMIN_HELD] = { .admin = true, .session = true },
	[ADMIN_SHARED] = { .admin = true, .session = true, .shared = true },
	[ADMIN_OWNER] = { .admin = true, .session = true, .owner = true },
	[ADMIN_OWNER_SHARED] = { .admin = true, .session = true,
				 .owner = true, .shared = true },
};

/*
 * A letter a caller, in the order above:
 * y may, P -EPERM, B -EBUSY (the session is another's), N -ENOTCONN (none held)
 */
struct row {
	const char *name;
	enum evse_cmd cmd;
	char cells[CALLERS + 1];
};

#define ROW(_cmd, _readers, _owners, _admins)				\
	{ #_cmd, EVSE_CMD_##_cmd, _readers _owners _admins }

static const struct row rows[] = {
	ROW(PORT_GET,		"yyy", "yy", "yyyyy"),
	ROW(FAULT_GET,		"yyy", "yy", "yyyyy"),
	ROW(CATALOGUE_GET,	"yyy", "yy", "yyyyy"),
	ROW(METER_GET,		"yyy", "yy", "yyyyy"),
	ROW(GRID_GET,		"yyy", "yy", "yyyyy"),
	ROW(GRID_PROFILE_GET,	"yyy", "yy", "yyyyy"),
	ROW(GRID_SETTING_GET,	"yyy", "yy", "yyyyy"),
	ROW(BRIDGE_GET,		"yyy", "yy", "yyyyy"),
	ROW(THERMAL_GET,	"yyy", "yy", "yyyyy"),
	ROW(THERMAL_SETTING_GET, "yyy", "yy", "yyyyy"),
	ROW(GRID_SET,		"PPP", "PP", "yyyyy"),
	ROW(GRID_SETTING_SET,	"PPP", "PP", "yyyyy"),
	ROW(BRIDGE_SET,		"PPP", "PP", "yyyyy"),
	ROW(THERMAL_SETTING_SET, "PPP", "PP", "yyyyy"),
	ROW(PORT_SET,		"PPP", "yy", "yyyyy"),
	ROW(FAULT_CLEAR,	"PPP", "yy", "yyyyy"),
	ROW(FAULT_RAISE,	"PPP", "yy", "yyyyy"),
	ROW(DE_ENERGISE,	"PPP", "yy", "yyyyy"),
	ROW(COUNTERS_SET,	"PPP", "PP", "yyyyy"),
	ROW(UPDATE_LOCK_SET,	"PPP", "PP", "yyyyy"),
	ROW(SESSION_OPEN,	"PPP", "yy", "yBByy"),
	ROW(SESSION_RENEW,	"PPP", "yy", "NBByy"),
	ROW(SESSION_CLOSE,	"PPP", "yy", "NBByy"),
	ROW(ENERGISE,		"PPP", "yy", "NByyy"),
	ROW(POWER_SET,		"PPP", "yy", "NByyy"),
	ROW(VEHICLE_LIMITS_SET,	"PPP", "yy", "NByyy"),
	ROW(PILOT_SET,		"PPP", "yy", "yByyy"),
	ROW(LOCK_SET,		"PPP", "yy", "yByyy"),
};

static void row_name(const struct row *row, char *desc)
{
	strscpy(desc, row->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(row, rows, row_name);

static int meaning(char cell)
{
	switch (cell) {
	case 'P':
		return -EPERM;
	case 'B':
		return -EBUSY;
	case 'N':
		return -ENOTCONN;
	default:
		return 0;
	}
}

static void follows_the_matrix(struct kunit *test)
{
	const struct row *row = test->param_value;
	int i;

	KUNIT_ASSERT_EQ(test, strlen(row->cells), (size_t)CALLERS);
	for (i = 0; i < CALLERS; i++) {
		struct evse_refusal refusal = evse_access(row->cmd, &callers[i]);

		KUNIT_EXPECT_EQ_MSG(test, refusal.error, meaning(row->cells[i]),
				    "caller %d", i);
		KUNIT_EXPECT_EQ_MSG(test, !!refusal.sentence, !!refusal.error,
				    "caller %d", i);
	}
}

/* What is left of a session that ended gives no right. */
static void a_past_session_gives_nothing(struct kunit *test)
{
	const struct row *row = test->param_value;
	unsigned int bits;

	for (bits = 0; bits < 4; bits++) {
		struct evse_caller caller = {
			.owner = bits & 1, .shared = bits & 2,
		};

		KUNIT_EXPECT_EQ(test, evse_access(row->cmd, &caller).error,
				meaning(row->cells[READER_IDLE]));
		caller.admin = true;
		KUNIT_EXPECT_EQ(test, evse_access(row->cmd, &caller).error,
				meaning(row->cells[ADMIN_IDLE]));
	}
}

/* What is no request is nobody's: notifications, and numbers without name. */
static void refuses_what_is_no_request(struct kunit *test)
{
	static const unsigned int cmds[] = {
		0, EVSE_CMD_PORT_NTF, EVSE_CMD_FAULT_NTF, EVSE_CMD_METER_NTF,
		EVSE_CMD_GRID_NTF, EVSE_CMD_THERMAL_NTF, EVSE_CMD_MAX + 1, 255,
	};
	int i, j;

	for (i = 0; i < ARRAY_SIZE(cmds); i++)
		for (j = 0; j < CALLERS; j++)
			KUNIT_EXPECT_LT_MSG(test,
					    evse_access(cmds[i], &callers[j]).error,
					    0, "command %u caller %d", cmds[i], j);
}

static void every_request_has_its_row(struct kunit *test)
{
	unsigned int cmd, i, known = 5; /* the notifications */

	for (cmd = 1; cmd <= EVSE_CMD_MAX; cmd++)
		for (i = 0; i < ARRAY_SIZE(rows); i++)
			known += rows[i].cmd == cmd;
	KUNIT_EXPECT_EQ(test, known, (unsigned int)EVSE_CMD_MAX);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(follows_the_matrix, row_gen_params),
	KUNIT_CASE_PARAM(a_past_session_gives_nothing, row_gen_params),
	KUNIT_CASE(refuses_what_is_no_request),
	KUNIT_CASE(every_request_has_its_row),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_access",
	.test_cases = cases,
};

kunit_test_suite(suite);
