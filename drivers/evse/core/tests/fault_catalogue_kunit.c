// SPDX-License-Identifier: GPL-2.0-only
/* The fault catalogue: numbers and names that users rely on stay. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "../fault_catalogue.h"

struct stable {
	u32 code;
	const char *name;
	enum evse_fault_code in_uapi;
};

/* Numbers and names in print: in manuals, in logs, in the tools of others. */
static const struct stable stables[] = {
	{ 0x01, "GRID_LOSS", EVSE_FAULT_CODE_GRID_LOSS },
	{ 0x05, "PLC_FAILURE", EVSE_FAULT_CODE_PLC_FAILURE },
	{ 0x07, "GRID_INTEGRITY", EVSE_FAULT_CODE_GRID_INTEGRITY },
	{ 0x09, "THERMAL_TRIP", EVSE_FAULT_CODE_THERMAL_TRIP },
	{ 0x12, "HANDSHAKE_DENIED", EVSE_FAULT_CODE_HANDSHAKE_DENIED },
	{ 0x20, "GROUND_FAULT", EVSE_FAULT_CODE_GROUND_FAULT },
	{ 0x21, "CONTACTOR_STUCK", EVSE_FAULT_CODE_CONTACTOR_STUCK },
	{ 0x22, "CONTACTOR_OPEN", EVSE_FAULT_CODE_CONTACTOR_OPEN },
	{ 0x23, "ERR_LOCK_FAIL", EVSE_FAULT_CODE_LOCK_FAIL },
	{ 0x24, "ERR_CP_SIGNAL_LOSS", EVSE_FAULT_CODE_CP_SIGNAL_LOSS },
	{ 0x25, "DIODE_FAULT", EVSE_FAULT_CODE_DIODE_FAULT },
	{ 0x26, "PROXIMITY_FAULT", EVSE_FAULT_CODE_PROXIMITY_FAULT },
	{ 0x27, "VENTILATION", EVSE_FAULT_CODE_VENTILATION },
	{ 0x28, "ERR_THERM_OVERLOAD", EVSE_FAULT_CODE_THERM_OVERLOAD },
	{ 0x29, "ERR_REV_FLOW_TRIP", EVSE_FAULT_CODE_REV_FLOW_TRIP },
	{ 0x2a, "ERR_ISO_HANDSHAKE", EVSE_FAULT_CODE_ISO_HANDSHAKE },
	{ 0x2b, "EMERGENCY_STOP", EVSE_FAULT_CODE_EMERGENCY_STOP },
	{ 0x2c, "INSULATION", EVSE_FAULT_CODE_INSULATION },
	{ 0x2d, "EARTH_LOSS", EVSE_FAULT_CODE_EARTH_LOSS },
	{ 0x2e, "OVERCURRENT", EVSE_FAULT_CODE_OVERCURRENT },
	{ 0x2f, "OVERVOLTAGE", EVSE_FAULT_CODE_OVERVOLTAGE },
	{ 0x30, "PRECHARGE", EVSE_FAULT_CODE_PRECHARGE },
	{ 0x31, "DISCHARGE", EVSE_FAULT_CODE_DISCHARGE },
	{ 0x32, "PROVIDER_LOST", EVSE_FAULT_CODE_PROVIDER_LOST },
	{ 0x33, "STOP_TIMEOUT", EVSE_FAULT_CODE_STOP_TIMEOUT },
	{ 0x34, "STAGE_FAULT", EVSE_FAULT_CODE_STAGE_FAULT },
	{ 0x35, "GROUND_FAULT_TEST", EVSE_FAULT_CODE_GROUND_FAULT_TEST },
	{ 0x36, "ISLANDING_SWITCH", EVSE_FAULT_CODE_ISLANDING_SWITCH },
	{ 0x37, "MODULE_IDENTITY", EVSE_FAULT_CODE_MODULE_IDENTITY },
	{ 0x38, "THERMAL_SENSOR", EVSE_FAULT_CODE_THERMAL_SENSOR },
	{ 0x39, "CONNECTOR_WEAR", EVSE_FAULT_CODE_CONNECTOR_WEAR },
	{ 502, "V2G-502", EVSE_FAULT_CODE_PACKET_LOSS },
	{ 0xdeadc0de, "COMM_TIMEOUT", EVSE_FAULT_CODE_COMM_TIMEOUT },
};

static void stable_name(const struct stable *s, char *desc)
{
	strscpy(desc, s->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(stable, stables, stable_name);

static void number_and_name_stay(struct kunit *test)
{
	const struct stable *s = test->param_value;
	int index = evse_fault_index(s->code);

	KUNIT_EXPECT_EQ(test, (u32)s->in_uapi, s->code);
	KUNIT_ASSERT_GE(test, index, 0);
	KUNIT_ASSERT_LT(test, index, EVSE_FAULTS);
	KUNIT_EXPECT_EQ(test, evse_fault_catalogue[index].code, s->code);
	KUNIT_EXPECT_STREQ(test, evse_fault_catalogue[index].name, s->name);
}

static void holds_nothing_else(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ARRAY_SIZE(stables), (size_t)EVSE_FAULTS);
	KUNIT_EXPECT_EQ(test, evse_fault_index(EVSE_FAULT_CODE_NONE), -ENOENT);
	KUNIT_EXPECT_EQ(test, evse_fault_index(2), -ENOENT);
	KUNIT_EXPECT_EQ(test, evse_fault_index(U32_MAX), -ENOENT);
}

static void no_two_are_alike(struct kunit *test)
{
	const struct evse_fault_info *a, *b;
	int i, j;

	for (i = 0; i < EVSE_FAULTS; i++) {
		a = &evse_fault_catalogue[i];
		KUNIT_EXPECT_EQ_MSG(test, evse_fault_index(a->code), i, "%s",
				    a->name);
		for (j = 0; j < i; j++) {
			b = &evse_fault_catalogue[j];
			KUNIT_EXPECT_NE_MSG(test, a->code, b->code, "%s, %s",
					    a->name, b->name);
			KUNIT_EXPECT_STRNEQ(test, a->name, b->name);
			KUNIT_EXPECT_STRNEQ(test, a->text, b->text);
		}
	}
}

/* A row shows its name where 32 bytes are what the protocol has for it. */
static void names_fit(struct kunit *test)
{
	int i;

	for (i = 0; i < EVSE_FAULTS; i++) {
		const struct evse_fault_info *info = &evse_fault_catalogue[i];

		KUNIT_EXPECT_LT_MSG(test, strlen(info->name),
				    (size_t)EVSE_NAME_MAX, "%s", info->name);
		KUNIT_EXPECT_PTR_EQ_MSG(test, strpbrk(info->name, " \t\n,"),
					(char *)NULL, "%s", info->name);
		KUNIT_EXPECT_GT_MSG(test, strlen(info->text), (size_t)10, "%s",
				    info->name);
	}
}

static void rows_make_sense(struct kunit *test)
{
	int i;

	for (i = 0; i < EVSE_FAULTS; i++) {
		const struct evse_fault_info *info = &evse_fault_catalogue[i];
		bool retry = info->policy == EVSE_FAULT_POLICY_RETRY;
		bool delay = retry ||
			     info->policy == EVSE_FAULT_POLICY_ENTER_SERVICE;

		/* Only a warning ends with its cause. */
		KUNIT_EXPECT_EQ_MSG(test,
				    info->policy == EVSE_FAULT_POLICY_AUTO,
				    info->severity == EVSE_FAULT_SEVERITY_WARN,
				    "%s", info->name);
		KUNIT_EXPECT_EQ_MSG(test, info->retries > 0, retry, "%s",
				    info->name);
		KUNIT_EXPECT_EQ_MSG(test, info->delay_ms > 0, delay, "%s",
				    info->name);
		/* What the kernel sees for itself is not user space's to say. */
		if (info->raisable)
			KUNIT_EXPECT_EQ_MSG(test, info->severity,
					    EVSE_FAULT_SEVERITY_STOP, "%s",
					    info->name);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(number_and_name_stay, stable_gen_params),
	KUNIT_CASE(holds_nothing_else),
	KUNIT_CASE(no_two_are_alike),
	KUNIT_CASE(names_fit),
	KUNIT_CASE(rows_make_sense),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_fault_catalogue",
	.test_cases = cases,
};

kunit_test_suite(suite);
