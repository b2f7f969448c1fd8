// SPDX-License-Identifier: GPL-2.0-only
/*
 * The board's lines: a GPIO controller that never sleeps and whose interrupts
 * are hard ones. Which lines are outputs says EVSE_SIM_OUTPUTS.
 */

#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/module.h>
#include <linux/property.h>

#include "board.h"

static bool is_output(unsigned int offset)
{
	return BIT(offset) & EVSE_SIM_OUTPUTS;
}

static int sim_get_direction(struct gpio_chip *gc, unsigned int offset)
{
	return is_output(offset) ? GPIO_LINE_DIRECTION_OUT :
				   GPIO_LINE_DIRECTION_IN;
}

static int sim_direction_input(struct gpio_chip *gc, unsigned int offset)
{
	return is_output(offset) ? -EINVAL : 0;
}

/* What moves all the time is asked now, unless somebody waits for its edges. */
static int sim_get_lazy(struct evse_sim *b, unsigned int offset)
{
	unsigned long flags;
	int level;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	if (BIT(offset) & EVSE_SIM_ZERO)
		level = evse_sim_grid_level(b, offset - EVSE_SIM_ZERO_CROSS(0));
	else
		level = evse_sim_thermal_level(b, offset);
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return level;
}

/* Pulses of a fan are interrupts, and no line is moved for them. */
static u32 lazy(const struct evse_sim *b)
{
	return (EVSE_SIM_LAZY & ~READ_ONCE(b->unmasked)) |
	       BIT(EVSE_SIM_FAN_TACH);
}

static int sim_get(struct gpio_chip *gc, unsigned int offset)
{
	struct evse_sim *b = gpiochip_get_data(gc);

	if ((BIT(offset) & lazy(b)) && READ_ONCE(b->force[offset]) < 0)
		return sim_get_lazy(b, offset);
	if (!is_output(offset))
		return !!(READ_ONCE(b->in) & BIT(offset));
	if (READ_ONCE(b->force[offset]) >= 0)
		return READ_ONCE(b->force[offset]);
	return !!(READ_ONCE(b->out) & BIT(offset));
}

static void sim_set(struct gpio_chip *gc, unsigned int offset, int value)
{
	struct evse_sim *b = gpiochip_get_data(gc);
	unsigned long flags;
	u32 bit = BIT(offset);

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_drive(b, value ? b->out | bit : b->out & ~bit, b->gates);
	raw_spin_unlock_irqrestore(&b->lock, flags);
}

static int sim_direction_output(struct gpio_chip *gc, unsigned int offset,
				int value)
{
	if (!is_output(offset))
		return -EINVAL;
	sim_set(gc, offset, value);
	return 0;
}

static void sim_irq_ack(struct irq_data *data)
{
}

static void sim_irq_mask(struct irq_data *data)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(data);
	struct evse_sim *b = gpiochip_get_data(gc);
	unsigned long flags;

	raw_spin_lock_irqsave(&b->lock, flags);
	b->unmasked &= ~BIT(irqd_to_hwirq(data));
	evse_sim_grid_watch(b, b->unmasked);
	evse_sim_thermal_plan(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	gpiochip_disable_irq(gc, irqd_to_hwirq(data));
}

static void sim_irq_unmask(struct irq_data *data)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(data);
	struct evse_sim *b = gpiochip_get_data(gc);
	u32 bit = BIT(irqd_to_hwirq(data));
	unsigned long flags;

	gpiochip_enable_irq(gc, irqd_to_hwirq(data));
	raw_spin_lock_irqsave(&b->lock, flags);
	b->unmasked |= bit;
	if (bit & EVSE_SIM_LAZY)
		evse_sim_plant_run(b);
	if (bit & ((b->in & b->high) | (~b->in & b->low)) &&
	    !b->deaf[irqd_to_hwirq(data)])
		b->pending |= bit;
	evse_sim_grid_watch(b, b->unmasked);
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
}

static int sim_irq_set_type(struct irq_data *data, unsigned int type)
{
	struct gpio_chip *gc = irq_data_get_irq_chip_data(data);
	struct evse_sim *b = gpiochip_get_data(gc);
	u32 bit = BIT(irqd_to_hwirq(data));
	unsigned long flags;

	if (!type || (type & ~IRQ_TYPE_EDGE_BOTH && type & ~IRQ_TYPE_LEVEL_MASK))
		return -EINVAL;

	raw_spin_lock_irqsave(&b->lock, flags);
	b->rise = type & IRQ_TYPE_EDGE_RISING ? b->rise | bit : b->rise & ~bit;
	b->fall = type & IRQ_TYPE_EDGE_FALLING ? b->fall | bit : b->fall & ~bit;
	b->high = type & IRQ_TYPE_LEVEL_HIGH ? b->high | bit : b->high & ~bit;
	b->low = type & IRQ_TYPE_LEVEL_LOW ? b->low | bit : b->low & ~bit;
	b->pending &= ~bit;
	raw_spin_unlock_irqrestore(&b->lock, flags);
	irq_set_handler_locked(data, type & IRQ_TYPE_LEVEL_MASK ?
				     handle_level_irq : handle_edge_irq);
	return 0;
}

static const struct irq_chip sim_irq_chip = {
	.name = "evse-sim",
	.irq_ack = sim_irq_ack,
	.irq_mask = sim_irq_mask,
	.irq_unmask = sim_irq_unmask,
	.irq_set_type = sim_irq_set_type,
	.flags = IRQCHIP_IMMUTABLE,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

static void sim_irq_valid_mask(struct gpio_chip *gc, unsigned long *mask,
			       unsigned int ngpios)
{
	*mask &= ~EVSE_SIM_OUTPUTS;
}

int evse_sim_gpio_init(struct evse_sim *b)
{
	struct gpio_chip *gc = &b->gc;

	*gc = (struct gpio_chip){
		.label = dev_name(b->dev),
		.parent = b->dev,
		.owner = THIS_MODULE,
		.base = -1,
		.ngpio = EVSE_SIM_LINES,
		.get_direction = sim_get_direction,
		.direction_input = sim_direction_input,
		.direction_output = sim_direction_output,
		.get = sim_get,
		.set = sim_set,
		.can_sleep = device_property_read_bool(b->dev,
						       "evse,sleeping-lines"),
	};
	gpio_irq_chip_set_chip(&gc->irq, &sim_irq_chip);
	gc->irq.handler = handle_bad_irq;
	gc->irq.default_type = IRQ_TYPE_NONE;
	gc->irq.init_valid_mask = sim_irq_valid_mask;
	return devm_gpiochip_add_data(b->dev, gc, b);
}
