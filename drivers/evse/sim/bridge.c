// SPDX-License-Identifier: GPL-2.0-only
/*
 * ePWM modules of a simulated board: register maps and trip-zone interrupts for
 * the bridge's own driver, which is bound to a child of this device. The modules
 * are computed when somebody looks at them or writes to them.
 */

#include <linux/clk.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdomain.h>
#include <linux/math64.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/regmap.h>

#include "../../pwm/epwm_regs.h"
#include "bridge.h"

/**
 * evse_sim_bridge_ns() - a time of the modules
 * @s: the modules
 * @time: in cycles of their functional clock
 *
 * Return: nanoseconds, 0 for what was not seen.
 */
u64 evse_sim_bridge_ns(const struct sim_bridge *s, s64 time)
{
	return time == EVSE_SIM_EPWM_NEVER ? 0 :
	       div_u64((u64)time * NSEC_PER_SEC, s->hz);
}

static s64 cycles(const struct sim_bridge *s, s64 ns)
{
	u32 rest;
	u64 sec = div_u64_rem(ns, NSEC_PER_SEC, &rest);

	return sec * s->hz + div_u64((u64)rest * s->hz, NSEC_PER_SEC);
}

/**
 * evse_sim_bridge_run() - compute the modules up to now
 * @s: the modules
 *
 * With a plant that goes by the duties, what was written is written now.
 */
void evse_sim_bridge_run(struct sim_bridge *s)
{
	s64 now = ktime_get();
	unsigned int i;

	for (i = 0; i < s->hurry; i++) {
		const struct sim_bridge_write *w = &s->hurried[i];

		evse_sim_epwms_run(&s->e, cycles(s, s->board ? now : w->time));
		evse_sim_epwms_write(&s->e, w->leg, w->reg, w->value);
	}
	s->hurry = 0;
	evse_sim_epwms_run(&s->e, cycles(s, now));
}

/* Tripped, or as after a reset: nothing makes the outputs move. */
static bool is_off(const struct evse_sim_epwm *m)
{
	return evse_sim_epwm_tripped(m) ||
	       (!evse_sim_epwm_read(m, EPWM_AQCTLA) &&
		!evse_sim_epwm_out(m, 0) && !evse_sim_epwm_out(m, 1));
}

static void look_who_is_off(struct sim_bridge *s)
{
	unsigned int i;

	s->off = 0;
	for (i = 0; i < s->e.count; i++)
		s->off |= is_off(&s->e.m[i]) << i;
}

/**
 * evse_sim_bridge_tell() - tell the plant when the last leg goes off, or the first on
 * @s: the modules; their lock is not held
 * @gates: of evse_sim_bridge_gates()
 */
void evse_sim_bridge_tell(struct sim_bridge *s, bool gates)
{
	struct evse_sim *b = s->board;
	unsigned long flags;

	if (!b)
		return;
	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_drive(b, b->out, gates);
	raw_spin_unlock_irqrestore(&b->lock, flags);
}

static void look_for_interrupts(struct sim_bridge *s)
{
	unsigned int i;
	u32 asked = 0;

	for (i = 0; i < s->e.count; i++)
		asked |= evse_sim_epwm_irq(&s->e.m[i]) << i;
	s->pending |= asked & ~s->asked;
	s->asked = asked;
}

/**
 * evse_sim_bridge_changed() - a register or an input is another
 * @s: the modules, computed up to now
 */
void evse_sim_bridge_changed(struct sim_bridge *s)
{
	look_who_is_off(s);
	look_for_interrupts(s);
	if (s->pending)
		irq_work_queue(&s->work);
}

/**
 * evse_sim_bridge_gates() - is a leg not tripped
 * @s: the modules
 *
 * Return: true when there is one, for evse_sim_bridge_tell().
 */
bool evse_sim_bridge_gates(const struct sim_bridge *s)
{
	return s->off != BIT(s->e.count) - 1;
}

static void deliver(struct irq_work *work)
{
	struct sim_bridge *s = container_of(work, struct sim_bridge, work);
	unsigned int i;
	u32 pending;

	raw_spin_lock(&s->lock);
	evse_sim_bridge_run(s);
	look_for_interrupts(s);
	pending = s->pending;
	s->pending = 0;
	raw_spin_unlock(&s->lock);
	for (i = 0; i < s->e.count; i++)
		if (pending & BIT(i))
			generic_handle_domain_irq(s->domain, i);
}

/* What the plant has to know of the registers that are not written in a hurry. */
static void tell_clock(struct sim_bridge *s)
{
	const struct evse_sim_epwm *m = &s->e.m[0];
	u64 period = evse_sim_bridge_ns(s, evse_sim_epwm_period(m));
	u32 ctr = evse_sim_epwm_read(m, EPWM_TBCTR);
	u32 top = evse_sim_epwm_read(m, EPWM_TBPRD);
	unsigned int i;

	if (!s->board || !period || !top)
		return;
	if (!(evse_sim_epwm_read(m, EPWM_TBSTS) & EPWM_TBSTS_CTRDIR))
		ctr = 2 * top - ctr;
	evse_sim_feed_clock(&s->feed, ktime_get() - div_u64(period * ctr, 2 * top),
			    period,
			    (evse_sim_epwm_read(m, EPWM_DBRED) << 16) / (2 * top));
	for (i = 0; i < s->e.count; i++)
		evse_sim_feed_write(&s->feed, 0, i,
				    (evse_sim_epwm_read(&s->e.m[i], EPWM_CMPA) << 16) / top);
	s->top = top;
}

/* Registers */

/* The time base as the plant sees it, which a control step wants to know. */
static u32 time_base(const struct sim_bridge *s, unsigned int reg)
{
	s64 now = ktime_get();
	s64 part = now - evse_sim_feed_begin(&s->feed, now);
	u32 ticks = div64_s64(part * 2 * s->top, s->feed.period);
	bool up = ticks < s->top;

	if (reg == EPWM_TBSTS)
		return up ? EPWM_TBSTS_CTRDIR : 0;
	return up ? ticks : 2 * s->top - ticks;
}

static int sim_bridge_read(void *context, unsigned int reg, unsigned int *value)
{
	struct sim_bridge_leg *leg = context;
	struct sim_bridge *s = leg->s;
	unsigned long flags;

	raw_spin_lock_irqsave(&s->lock, flags);
	if (s->board && s->top && (reg == EPWM_TBCTR || reg == EPWM_TBSTS)) {
		*value = time_base(s, reg);
	} else {
		evse_sim_bridge_run(s);
		*value = evse_sim_epwm_read(&s->e.m[leg->index], reg);
	}
	raw_spin_unlock_irqrestore(&s->lock, flags);
	return 0;
}

/*
 * With a plant that goes by the duties, nobody needs the edges of all periods:
 * the modules see the latest duty of a leg.
 */
static bool replace(struct sim_bridge *s, unsigned int leg, unsigned int value)
{
	unsigned int i;

	for (i = 0; i < s->hurry; i++) {
		struct sim_bridge_write *w = &s->hurried[i];

		if (w->leg == leg && w->reg == EPWM_CMPA) {
			w->value = value;
			return true;
		}
	}
	return false;
}

/*
 * What a trip and a control step write is looked at later, so that they take no
 * longer than with registers that are hardware.
 */
static bool in_a_hurry(struct sim_bridge *s, unsigned int leg, unsigned int reg,
		       unsigned int value)
{
	bool trips = reg == EPWM_TZFRC && (value & EPWM_TZ_OST);
	s64 now = ktime_get();

	if (!trips && reg != EPWM_CMPA)
		return false;
	if (s->board && s->top && !trips) {
		evse_sim_feed_write(&s->feed, now, leg, (value << 16) / s->top);
		if (replace(s, leg, value))
			return true;
	}
	if (s->hurry == SIM_BRIDGE_HURRIED)
		return false;
	s->hurried[s->hurry++] = (struct sim_bridge_write){
		now, leg, reg, value,
	};
	if (trips) {
		s->off |= BIT(leg);
		irq_work_queue(&s->work);
	}
	return true;
}

static int sim_bridge_write(void *context, unsigned int reg, unsigned int value)
{
	struct sim_bridge_leg *leg = context;
	struct sim_bridge *s = leg->s;
	unsigned long flags;
	bool gates;

	raw_spin_lock_irqsave(&s->lock, flags);
	if (!in_a_hurry(s, leg->index, reg, value)) {
		evse_sim_bridge_run(s);
		evse_sim_epwms_write(&s->e, leg->index, reg, value);
		evse_sim_bridge_changed(s);
		tell_clock(s);
	}
	gates = evse_sim_bridge_gates(s);
	raw_spin_unlock_irqrestore(&s->lock, flags);
	evse_sim_bridge_tell(s, gates);
	return 0;
}

static int add_maps(struct sim_bridge *s)
{
	static const char * const names[] = { "leg0", "leg1", "leg2" };
	struct regmap *map;
	unsigned int i;

	for (i = 0; i < s->e.count; i++) {
		const struct regmap_config config = {
			.name = names[i],
			.reg_bits = 16,
			.reg_stride = 2,
			.val_bits = 16,
			.max_register = EPWM_LAST,
			.reg_read = sim_bridge_read,
			.reg_write = sim_bridge_write,
			.fast_io = true,
			.use_raw_spinlock = true,
		};

		s->leg[i] = (struct sim_bridge_leg){ s, i };
		map = devm_regmap_init(s->dev, NULL, &s->leg[i], &config);
		if (IS_ERR(map))
			return PTR_ERR(map);
	}
	return 0;
}

/* Interrupts */

static void sim_bridge_irq_nop(struct irq_data *data)
{
}

static struct irq_chip sim_bridge_irq_chip = {
	.name = "evse-sim-epwm",
	.irq_ack = sim_bridge_irq_nop,
	.irq_mask = sim_bridge_irq_nop,
	.irq_unmask = sim_bridge_irq_nop,
};

static int sim_bridge_irq_map(struct irq_domain *domain, unsigned int irq,
			      irq_hw_number_t line)
{
	irq_set_chip_and_handler(irq, &sim_bridge_irq_chip, handle_edge_irq);
	return 0;
}

static const struct irq_domain_ops sim_bridge_irq_ops = {
	.map = sim_bridge_irq_map,
	.xlate = irq_domain_xlate_onecell,
};

static void remove_interrupts(void *data)
{
	struct sim_bridge *s = data;
	unsigned int i;

	irq_work_sync(&s->work);
	for (i = 0; i < s->e.count; i++)
		irq_dispose_mapping(irq_find_mapping(s->domain, i));
	irq_domain_remove(s->domain);
}

static int add_interrupts(struct sim_bridge *s)
{
	s->work = IRQ_WORK_INIT_HARD(deliver);
	s->domain = irq_domain_create_linear(dev_fwnode(s->dev), s->e.count,
					     &sim_bridge_irq_ops, s);
	if (!s->domain)
		return -ENOMEM;
	return devm_add_action_or_reset(s->dev, remove_interrupts, s);
}

static void leave_board(void *data)
{
	struct sim_bridge *s = data;
	struct evse_sim *b = s->board;
	unsigned long flags;

	evse_sim_bridge_tell(s, false);
	raw_spin_lock_irqsave(&b->lock, flags);
	b->bridge = NULL;
	b->link.inverter = false;
	raw_spin_unlock_irqrestore(&b->lock, flags);
}

static int join_board(struct sim_bridge *s)
{
	u32 uh = 2000, uohm = 100000;
	struct evse_sim *b;

	if (!device_property_present(s->dev, "evse,board"))
		return 0;
	b = evse_sim_board_get(s->dev);
	if (IS_ERR(b))
		return PTR_ERR(b);
	device_property_read_u32(s->dev, "evse,filter-microhenry", &uh);
	device_property_read_u32(s->dev, "evse,filter-micro-ohms", &uohm);
	if (!uh || s->e.count < 2 || !b->dc || b->bridge)
		return -EINVAL;
	evse_sim_inverter_init(&s->inverter, s->e.count, uh, uohm / 1000);
	s->board = b;
	raw_spin_lock_irq(&b->lock);
	b->link.inverter = true;
	b->bridge = s;
	raw_spin_unlock_irq(&b->lock);
	return devm_add_action_or_reset(s->dev, leave_board, s);
}

static int sim_bridge_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct sim_bridge *s;
	struct clk *clk;
	u32 legs = 1;
	int ret;

	s = devm_kzalloc(dev, sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->dev = dev;
	s->tbclk = true;
	raw_spin_lock_init(&s->lock);

	device_property_read_u32(dev, "evse,legs", &legs);
	if (legs < 1 || legs > EVSE_SIM_EPWMS)
		return dev_err_probe(dev, -EINVAL, "evse,legs is %u: say 1 to 3\n",
				     legs);
	device_property_read_u32(dev, "evse,gate-dead-time-ns", &s->gate_dead_ns);
	clk = devm_clk_get_enabled(dev, NULL);
	if (IS_ERR(clk))
		return dev_err_probe(dev, PTR_ERR(clk), "clocks: no clock\n");
	s->hz = clk_get_rate(clk);
	if (!s->hz)
		return dev_err_probe(dev, -EINVAL, "clocks: the clock has no rate\n");
	evse_sim_epwms_init(&s->e, legs);
	evse_sim_bridge_run(s);

	look_who_is_off(s);

	ret = join_board(s);
	if (ret)
		return dev_err_probe(dev, ret,
				     "evse,board: no board with a DC output for two or three legs\n");
	ret = add_interrupts(s);
	if (ret)
		return dev_err_probe(dev, ret, "cannot add interrupts\n");
	ret = add_maps(s);
	if (ret)
		return dev_err_probe(dev, ret, "cannot add register maps\n");
	ret = evse_sim_bridge_add_files(s);
	if (ret)
		return ret;
	return devm_of_platform_populate(dev);
}

static const struct of_device_id sim_bridge_of_match[] = {
	{ .compatible = "evse,sim-epwm" },
	{ }
};
MODULE_DEVICE_TABLE(of, sim_bridge_of_match);

struct platform_driver evse_sim_bridge_driver = {
	.driver = {
		.name = "evse-sim-epwm",
		.of_match_table = sim_bridge_of_match,
	},
	.probe = sim_bridge_probe,
};
