// SPDX-License-Identifier: GPL-2.0-only
/* How latched faults end: by hand, below a bound, by retry, by a delay (I6). */
#include <kunit/test.h>
#include <linux/limits.h>

#include "../fault_policy.h"

#define GONE		((ktime_t)5 * NSEC_PER_SEC)
#define DELAY_MS	1500

/* One line of a catalogue a policy. */
static const struct evse_fault_info infos[] = {
	[EVSE_FAULT_POLICY_MANUAL] = {
		.name = "manual", .policy = EVSE_FAULT_POLICY_MANUAL,
		.retries = 3, .delay_ms = DELAY_MS,
	},
	[EVSE_FAULT_POLICY_BOUND] = {
		.name = "bound", .policy = EVSE_FAULT_POLICY_BOUND,
		.retries = 3, .delay_ms = DELAY_MS,
	},
	[EVSE_FAULT_POLICY_RETRY] = {
		.name = "retry", .policy = EVSE_FAULT_POLICY_RETRY,
		.retries = 3, .delay_ms = DELAY_MS,
	},
	[EVSE_FAULT_POLICY_ENTER_SERVICE] = {
		.name = "enter-service",
		.policy = EVSE_FAULT_POLICY_ENTER_SERVICE,
		.retries = 3, .delay_ms = DELAY_MS,
	},
	[EVSE_FAULT_POLICY_AUTO] = {
		.name = "auto", .policy = EVSE_FAULT_POLICY_AUTO,
		.retries = 3, .delay_ms = DELAY_MS,
	},
};

static void info_name(const struct evse_fault_info *info, char *desc)
{
	strscpy(desc, info->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(info, infos, info_name);

static bool ends_by_itself(const struct evse_fault_info *info)
{
	return info->policy == EVSE_FAULT_POLICY_RETRY ||
	       info->policy == EVSE_FAULT_POLICY_ENTER_SERVICE;
}

static void stays_while_the_cause_stands(struct kunit *test)
{
	const struct evse_fault_info *info = test->param_value;
	struct evse_fault fault = {
		.active = true, .latched = true, .gone = GONE,
		.value = -1, .bound = 0,
	};

	KUNIT_EXPECT_NOT_NULL(test, evse_fault_refuse_clear(info, &fault));
	KUNIT_EXPECT_EQ(test, evse_fault_ends_at(info, &fault), KTIME_MAX);
}

static void clears_once_the_cause_is_gone(struct kunit *test)
{
	const struct evse_fault_info *info = test->param_value;
	struct evse_fault fault = {
		.latched = true, .gone = GONE, .value = -1, .bound = 0,
	};

	KUNIT_EXPECT_PTR_EQ(test, evse_fault_refuse_clear(info, &fault),
			    (const char *)NULL);
}

static void ends_only_where_a_standard_says(struct kunit *test)
{
	const struct evse_fault_info *info = test->param_value;
	struct evse_fault fault = { .latched = true, .gone = GONE };
	ktime_t ends = evse_fault_ends_at(info, &fault);

	if (ends_by_itself(info))
		KUNIT_EXPECT_EQ(test, ends, ktime_add_ms(GONE, DELAY_MS));
	else
		KUNIT_EXPECT_EQ(test, ends, KTIME_MAX);
}

static void never_ends(struct kunit *test, const struct evse_fault_info *info)
{
	unsigned int bits;

	for (bits = 0; bits < 64; bits++) {
		struct evse_fault fault = {
			.active = bits & 1,
			.latched = bits & 2,
			.first = bits & 4,
			.retries = bits & 8 ? 9 : 0,
			.value = bits & 16 ? S32_MAX : S32_MIN,
			.gone = bits & 32 ? GONE : 0,
		};

		KUNIT_EXPECT_EQ_MSG(test, evse_fault_ends_at(info, &fault),
				    KTIME_MAX, "%s bits %#x", info->name, bits);
	}
}

/* Whatever else is known of it, a fault that is not to end never does. */
static void others_never_end(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(infos); i++)
		if (!ends_by_itself(&infos[i]))
			never_ends(test, &infos[i]);
}

static void unlatched_ones_do_not_end(struct kunit *test)
{
	const struct evse_fault_info *info = test->param_value;
	struct evse_fault fault = { .gone = GONE };

	KUNIT_EXPECT_EQ(test, evse_fault_ends_at(info, &fault), KTIME_MAX);
}

static void bound_is_strict(struct kunit *test)
{
	const struct evse_fault_info *info = &infos[EVSE_FAULT_POLICY_BOUND];
	struct evse_fault fault = { .latched = true, .bound = 60000 };

	fault.value = 59999;
	KUNIT_EXPECT_PTR_EQ(test, evse_fault_refuse_clear(info, &fault),
			    (const char *)NULL);
	fault.value = 60000;
	KUNIT_EXPECT_NOT_NULL(test, evse_fault_refuse_clear(info, &fault));
	fault.value = 95000;
	KUNIT_EXPECT_NOT_NULL(test, evse_fault_refuse_clear(info, &fault));
	fault.active = true;
	fault.value = 20000;
	KUNIT_EXPECT_NOT_NULL(test, evse_fault_refuse_clear(info, &fault));
}

/* Other units: what they say is neither bound, nor does it lift the bound. */
static void own_units_are_not_bound(struct kunit *test)
{
	const struct evse_fault_info *info = &infos[EVSE_FAULT_POLICY_BOUND];
	struct evse_fault fault = {
		.latched = true, .bound = 60000, .own = true, .own_value = 70000,
	};

	KUNIT_EXPECT_PTR_EQ(test, evse_fault_refuse_clear(info, &fault),
			    (const char *)NULL);
	KUNIT_EXPECT_EQ(test, evse_fault_shown(info, &fault), 70000);

	fault.own_value = 2000;
	fault.value = 65000;
	KUNIT_EXPECT_NOT_NULL(test, evse_fault_refuse_clear(info, &fault));
	KUNIT_EXPECT_EQ(test, evse_fault_shown(info, &fault), 65000);

	fault.value = 55000;
	KUNIT_EXPECT_EQ(test, evse_fault_shown(info, &fault), 2000);
	fault.own = false;
	KUNIT_EXPECT_EQ(test, evse_fault_shown(info, &fault), 55000);
}

static void no_bound_binds_nobody(struct kunit *test)
{
	const struct evse_fault_info *info = &infos[EVSE_FAULT_POLICY_BOUND];
	struct evse_fault fault = {
		.latched = true, .value = S32_MAX, .bound = S32_MAX,
	};

	KUNIT_EXPECT_FALSE(test, evse_fault_above(info, &fault));
	KUNIT_EXPECT_PTR_EQ(test, evse_fault_refuse_clear(info, &fault),
			    (const char *)NULL);
}

/* A bound is no matter of the other policies. */
static void bound_binds_nobody_else(struct kunit *test)
{
	const struct evse_fault_info *info = test->param_value;
	struct evse_fault fault = {
		.latched = true, .value = S32_MAX, .bound = S32_MIN,
	};

	KUNIT_EXPECT_EQ(test, !!evse_fault_refuse_clear(info, &fault),
			info->policy == EVSE_FAULT_POLICY_BOUND);
}

static void retries_run_out(struct kunit *test)
{
	const struct evse_fault_info *info = &infos[EVSE_FAULT_POLICY_RETRY];
	struct evse_fault fault = { .latched = true, .gone = GONE };
	unsigned int ended;

	for (ended = 0; ended < 10; ended++) {
		if (evse_fault_ends_at(info, &fault) == KTIME_MAX)
			break;
		KUNIT_EXPECT_EQ(test, evse_fault_retries_left(info, &fault),
				info->retries - ended);
		fault.retries++;
	}
	KUNIT_EXPECT_EQ(test, ended, info->retries);
	KUNIT_EXPECT_EQ(test, evse_fault_retries_left(info, &fault), 0);

	fault.retries = U32_MAX;
	KUNIT_EXPECT_EQ(test, evse_fault_retries_left(info, &fault), 0);
	KUNIT_EXPECT_EQ(test, evse_fault_ends_at(info, &fault), KTIME_MAX);
	/* By hand it ends even then. */
	KUNIT_EXPECT_PTR_EQ(test, evse_fault_refuse_clear(info, &fault),
			    (const char *)NULL);
}

static void only_retry_has_retries(struct kunit *test)
{
	const struct evse_fault_info *info = test->param_value;
	struct evse_fault fault = { .latched = true };

	KUNIT_EXPECT_EQ(test, evse_fault_retries_left(info, &fault),
			info->policy == EVSE_FAULT_POLICY_RETRY ?
			info->retries : 0);
}

/* Service is entered a delay after the cause is gone, however often it came. */
static void enter_service_does_not_wear_out(struct kunit *test)
{
	const struct evse_fault_info *info =
		&infos[EVSE_FAULT_POLICY_ENTER_SERVICE];
	struct evse_fault fault = {
		.latched = true, .gone = GONE, .retries = 1000,
	};

	KUNIT_EXPECT_EQ(test, evse_fault_ends_at(info, &fault),
			ktime_add_ms(GONE, DELAY_MS));
	fault.gone = ktime_add_ms(GONE, 77);
	KUNIT_EXPECT_EQ(test, evse_fault_ends_at(info, &fault),
			ktime_add_ms(GONE, 77 + DELAY_MS));
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(stays_while_the_cause_stands, info_gen_params),
	KUNIT_CASE_PARAM(clears_once_the_cause_is_gone, info_gen_params),
	KUNIT_CASE_PARAM(ends_only_where_a_standard_says, info_gen_params),
	KUNIT_CASE(others_never_end),
	KUNIT_CASE_PARAM(unlatched_ones_do_not_end, info_gen_params),
	KUNIT_CASE(bound_is_strict),
	KUNIT_CASE(own_units_are_not_bound),
	KUNIT_CASE(no_bound_binds_nobody),
	KUNIT_CASE_PARAM(bound_binds_nobody_else, info_gen_params),
	KUNIT_CASE(retries_run_out),
	KUNIT_CASE_PARAM(only_retry_has_retries, info_gen_params),
	KUNIT_CASE(enter_service_does_not_wear_out),
	{ }
};

static struct kunit_suite suite = {
	.name = "evse_fault_policy",
	.test_cases = cases,
};

kunit_test_suite(suite);
