// SPDX-License-Identifier: GPL-2.0-only
/* A bridge on modelled modules, for the suites that drive it. */
#include <kunit/test.h>
#include <linux/clk-provider.h>
#include <linux/clkdev.h>
#include <linux/module.h>
#include <linux/property.h>
#include <linux/regmap.h>
#include <linux/slab.h>

#include "../epwm_regs.h"
#include "bridge_rig.h"

#define RIG	"evse-bridge-rig"
#define USER	"evse-bridge-rig-user"
#define BRIDGE	"pwm-evse-bridge"

static struct bridge_rig *the_rig;

u32 bridge_rig_below(struct bridge_rig *rig, u32 limit)
{
	return prandom_u32_state(&rig->rnd) % limit;
}

static void run(struct bridge_rig *rig)
{
	s64 ns = ktime_to_ns(ktime_sub(ktime_get(), rig->start));

	evse_sim_epwms_run(&rig->e, div_s64(ns * RIG_MHZ, 1000) + rig->skew);
}

void bridge_rig_wait(struct bridge_rig *rig, s64 cycles)
{
	rig->skew += cycles;
	run(rig);
}

void bridge_rig_trip_input(struct bridge_rig *rig, bool active)
{
	run(rig);
	evse_sim_epwms_trip_input(&rig->e, active);
}

/* Deliver the interrupts that the modules ask for; returns how many. */
unsigned int bridge_rig_interrupts(struct bridge_rig *rig)
{
	unsigned int i, count = 0;

	rig->depth++;
	for (i = 0; i < RIG_LEGS; i++) {
		if (!evse_sim_epwm_irq(&rig->e.m[i]))
			continue;
		evse_bridge_trip_zone(0, &rig->b->leg[i]);
		count++;
	}
	rig->depth--;
	return count;
}

static unsigned int leg_of(void *context)
{
	return (unsigned long)context;
}

static int rig_read(void *context, unsigned int reg, unsigned int *value)
{
	run(the_rig);
	*value = evse_sim_epwm_read(&the_rig->e.m[leg_of(context)], reg);
	return 0;
}

static int rig_write(void *context, unsigned int reg, unsigned int value)
{
	struct bridge_rig *rig = the_rig;

	run(rig);
	rig->writes++;
	if (rig->between && !rig->depth) {
		rig->depth++;
		rig->between(rig);
		rig->depth--;
	}
	evse_sim_epwms_write(&rig->e, leg_of(context), reg, value);
	return 0;
}

/* Without a lock, so that what comes between two writes can write, too. */
static int add_maps(struct bridge_rig *rig)
{
	static const char * const names[] = { "leg0", "leg1", "leg2" };
	unsigned long i;

	for (i = 0; i < RIG_LEGS; i++) {
		const struct regmap_config config = {
			.name = names[i],
			.reg_bits = 16,
			.reg_stride = 2,
			.val_bits = 16,
			.max_register = EPWM_LAST,
			.reg_read = rig_read,
			.reg_write = rig_write,
			.disable_locking = true,
		};
		struct regmap *map;

		map = devm_regmap_init(&rig->parent->dev, NULL, (void *)i, &config);
		if (IS_ERR(map))
			return PTR_ERR(map);
	}
	return 0;
}

static const struct property_entry rig_properties[] = {
	PROPERTY_ENTRY_U32("evse,dead-time-ns", 2000),
	PROPERTY_ENTRY_U32("evse,minimum-pulse-ns", 1000),
	PROPERTY_ENTRY_U32("evse,carrier-min-hz", 5000),
	PROPERTY_ENTRY_U32("evse,carrier-max-hz", 30000),
	PROPERTY_ENTRY_U32("evse,carrier-hz", 20000),
	{}
};

static const struct software_node rig_node = {
	.name = RIG,
	.properties = rig_properties,
};

static const struct property_entry user_properties[] = {
	PROPERTY_ENTRY_REF("evse,bridge", &rig_node),
	{}
};

static const struct software_node user_node = {
	.name = USER,
	.properties = user_properties,
};

static int user_probe(struct platform_device *pdev)
{
	return PTR_ERR_OR_ZERO(devm_evse_bridge_get(&pdev->dev));
}

static struct platform_driver user_driver = {
	.driver.name = USER,
	.probe = user_probe,
};

static struct platform_device *add_device(const char *name, struct device *parent,
					  const struct software_node *node)
{
	const struct platform_device_info info = {
		.parent = parent,
		.fwnode = software_node_fwnode(node),
		.name = name,
		.id = PLATFORM_DEVID_NONE,
	};

	return platform_device_register_full(&info);
}

int bridge_rig_claim(struct bridge_rig *rig)
{
	rig->user = add_device(USER, NULL, &user_node);
	if (IS_ERR(rig->user))
		return PTR_ERR(rig->user);
	if (rig->user->dev.driver)
		return 0;
	bridge_rig_unclaim(rig);
	return -EBUSY;
}

void bridge_rig_unclaim(struct bridge_rig *rig)
{
	platform_device_unregister(rig->user);
	rig->user = NULL;
}

static bool same(const struct pwm_state *a, const struct pwm_state *b)
{
	return a->period == b->period && a->duty_cycle == b->duty_cycle &&
	       a->polarity == b->polarity && a->enabled == b->enabled;
}

/* What was applied can be read back, and applied again changes nothing. */
static void reapply(struct bridge_rig *rig, struct pwm_device *pwm,
		    const struct pwm_state *asked)
{
	const struct pwm_ops *ops = rig->b->chip->ops;
	struct pwm_state first = {}, second = {};

	KUNIT_EXPECT_EQ(rig->test, ops->get_state(rig->b->chip, pwm, &first), 0);
	KUNIT_EXPECT_EQ(rig->test, first.enabled, asked->enabled);
	if (asked->enabled) {
		KUNIT_EXPECT_LE(rig->test, first.period, asked->period);
		KUNIT_EXPECT_LE(rig->test, first.duty_cycle, asked->duty_cycle);
	}
	KUNIT_EXPECT_EQ(rig->test, ops->apply(rig->b->chip, pwm, &first), 0);
	KUNIT_EXPECT_EQ(rig->test, ops->get_state(rig->b->chip, pwm, &second), 0);
	KUNIT_EXPECT_TRUE(rig->test, same(&first, &second));
}

/* As the PWM core does */
int bridge_rig_apply_state(struct bridge_rig *rig, unsigned int leg,
			   const struct pwm_state *state)
{
	struct pwm_device *pwm = rig->pwm[leg];
	int ret;

	if (state->enabled && (!state->period || state->duty_cycle > state->period))
		return -EINVAL;
	if (same(&pwm->state, state))
		return 0;
	ret = rig->b->chip->ops->apply(rig->b->chip, pwm, state);
	if (ret)
		return ret;
	pwm->state = *state;
	if (!rig->between)
		reapply(rig, pwm, state);
	return 0;
}

int bridge_rig_apply(struct bridge_rig *rig, unsigned int leg, u64 period,
		     u64 duty, bool enabled)
{
	struct pwm_state state = {
		.period = period,
		.duty_cycle = duty,
		.polarity = PWM_POLARITY_NORMAL,
		.enabled = enabled,
	};

	return bridge_rig_apply_state(rig, leg, &state);
}

bool bridge_rig_off(struct bridge_rig *rig, unsigned int leg)
{
	run(rig);
	return evse_sim_epwm_tripped(&rig->e.m[leg]) &&
	       !evse_sim_epwm_out(&rig->e.m[leg], 0) &&
	       !evse_sim_epwm_out(&rig->e.m[leg], 1);
}

/* What must never have been seen at the outputs */
void bridge_rig_judge(struct bridge_rig *rig)
{
	unsigned int i;

	run(rig);
	for (i = 0; i < RIG_LEGS; i++) {
		const struct evse_sim_scope *scope = &rig->e.scope[i];

		KUNIT_ASSERT_EQ(rig->test, scope->both, 0);
		KUNIT_ASSERT_EQ(rig->test, scope->held, 0);
		KUNIT_ASSERT_GE(rig->test, scope->dead, RIG_DEAD);
	}
}

static int add_clocks(struct bridge_rig *rig)
{
	static const char * const names[] = { "fck", "tbclk" };
	unsigned int i;
	int ret;

	rig->clk = clk_hw_register_fixed_rate(NULL, RIG, NULL, 0, RIG_MHZ * 1000000);
	if (IS_ERR(rig->clk))
		return PTR_ERR(rig->clk);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		ret = devm_clk_hw_register_clkdev(&rig->parent->dev, rig->clk,
						  names[i], BRIDGE);
		if (ret)
			return ret;
	}
	return 0;
}

struct bridge_rig *bridge_rig_new(struct kunit *test)
{
	struct bridge_rig *rig = kunit_kzalloc(test, sizeof(*rig), GFP_KERNEL);
	unsigned int i, k;

	KUNIT_ASSERT_NOT_NULL(test, rig);
	rig->test = test;
	the_rig = rig;
	test->priv = rig;
	prandom_seed_state(&rig->rnd, 20261121);
	evse_sim_epwms_init(&rig->e, RIG_LEGS);
	/* As a boot loader may have left them: running, not tripped */
	for (i = 0; i < RIG_LEGS; i++)
		for (k = 0; k <= EPWM_LAST; k += 2)
			if (k != EPWM_TZFRC)
				evse_sim_epwm_write(&rig->e.m[i], k,
						    prandom_u32_state(&rig->rnd));
	rig->start = ktime_get();

	/* Of no module: that of a suite has no place in sysfs yet while it runs. */
	KUNIT_ASSERT_EQ(test, __platform_driver_register(&user_driver, NULL), 0);
	KUNIT_ASSERT_EQ(test, software_node_register(&rig_node), 0);
	KUNIT_ASSERT_EQ(test, software_node_register(&user_node), 0);
	rig->parent = platform_device_register_simple(RIG, PLATFORM_DEVID_NONE,
						      NULL, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(rig->parent));
	KUNIT_ASSERT_EQ(test, add_maps(rig), 0);
	KUNIT_ASSERT_EQ(test, add_clocks(rig), 0);
	rig->device = add_device(BRIDGE, &rig->parent->dev, &rig_node);
	KUNIT_ASSERT_FALSE(test, IS_ERR(rig->device));
	rig->b = platform_get_drvdata(rig->device);
	KUNIT_ASSERT_NOT_NULL(test, rig->b);

	for (i = 0; i < RIG_LEGS; i++) {
		rig->pwm[i] = &rig->b->chip->pwms[i];
		KUNIT_ASSERT_TRUE(test, bridge_rig_off(rig, i));
		evse_sim_scope_clear(&rig->e.scope[i]);
	}
	return rig;
}

void bridge_rig_free(struct bridge_rig *rig)
{
	unsigned int i;

	if (!rig)
		return;
	rig->between = NULL;
	if (!IS_ERR_OR_NULL(rig->user))
		bridge_rig_unclaim(rig);
	if (!IS_ERR_OR_NULL(rig->device))
		platform_device_unregister(rig->device);
	if (!IS_ERR_OR_NULL(rig->parent))
		platform_device_unregister(rig->parent);
	if (!IS_ERR_OR_NULL(rig->clk))
		clk_hw_unregister_fixed_rate(rig->clk);
	software_node_unregister(&user_node);
	software_node_unregister(&rig_node);
	platform_driver_unregister(&user_driver);
	for (i = 0; i < RIG_LEGS; i++)
		KUNIT_EXPECT_TRUE(rig->test, bridge_rig_off(rig, i));
}
