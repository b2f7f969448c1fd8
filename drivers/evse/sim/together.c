// SPDX-License-Identifier: GPL-2.0-only
/*
 * One moment for all boards: their emergency stops change as if one wire went to
 * all of them. Their interrupts wait while the boards compute what follows, and
 * are then handed out one after the other in one real interrupt, with nothing
 * of any plant in between.
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/mutex.h>

#include "board.h"

static LIST_HEAD(boards);
static DEFINE_MUTEX(boards_lock);

static bool waits(const struct evse_sim *b)
{
	return b->pending & b->unmasked & BIT(EVSE_SIM_EMERGENCY_STOP);
}

static void hand_all(struct irq_work *work)
{
	s64 edge = ktime_get();
	struct evse_sim *b;

	list_for_each_entry(b, &boards, node) {
		raw_spin_lock(&b->lock);
		if (waits(b))
			evse_sim_plant_hand(b, EVSE_SIM_EMERGENCY_STOP, edge);
		raw_spin_unlock(&b->lock);
	}
	list_for_each_entry(b, &boards, node) {
		raw_spin_lock(&b->lock);
		b->delivering = false;
		if (b->latency.edge == edge)
			evse_sim_plant_handed(b, EVSE_SIM_EMERGENCY_STOP);
		evse_sim_plant_wake(b);
		raw_spin_unlock(&b->lock);
	}
}

static struct irq_work hand_work = IRQ_WORK_INIT_HARD(hand_all);

static int stop_set(void *data, u64 value)
{
	struct evse_sim *b;
	unsigned long flags;

	if (value > 1)
		return -EINVAL;
	mutex_lock(&boards_lock);
	local_irq_save(flags);
	list_for_each_entry(b, &boards, node) {
		raw_spin_lock(&b->lock);
		evse_sim_plant_run(b);
		b->emergency_stop = value;
		b->delivering = true;
		evse_sim_plant_changed(b);
		raw_spin_unlock(&b->lock);
	}
	irq_work_queue(&hand_work);
	local_irq_restore(flags);
	/* The list is the interrupt's until it has been through. */
	irq_work_sync(&hand_work);
	mutex_unlock(&boards_lock);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(stop_fops, NULL, stop_set, "%llu\n");

static void together_remove(void *data)
{
	struct evse_sim *b = data;

	mutex_lock(&boards_lock);
	list_del(&b->node);
	mutex_unlock(&boards_lock);
}

int evse_sim_together_init(struct evse_sim *b)
{
	mutex_lock(&boards_lock);
	list_add_tail(&b->node, &boards);
	mutex_unlock(&boards_lock);
	return devm_add_action_or_reset(b->dev, together_remove, b);
}

void evse_sim_together_file(struct dentry *dir)
{
	debugfs_create_file("emergency_stop", 0200, dir, NULL, &stop_fops);
}
