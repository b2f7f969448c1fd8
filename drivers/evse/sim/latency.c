// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long drivers take, by the board's own stamps: the same ones whoever it is
 * that acts on a line.
 */

#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include "board.h"

#define COILS	GENMASK(EVSE_SIM_CONTACTS - 1, 0)

void evse_sim_latency_breaker(struct evse_sim *b)
{
	b->latency = (struct evse_sim_latency){ .breaker = b->now };
}

void evse_sim_latency_edge(struct evse_sim *b, s64 edge)
{
	s64 breaker = b->latency.breaker;

	b->latency = (struct evse_sim_latency){
		.breaker = breaker, .edge = edge,
	};
}

/* Outputs that were @was and @gates are others since @time. */
void evse_sim_latency_drive(struct evse_sim *b, u32 was, bool gates, s64 time)
{
	struct evse_sim_latency *l = &b->latency;

	if (gates && !b->gates && !l->gates)
		l->gates = time;
	if (was == b->out)
		return;
	if ((was & COILS) && !(b->out & COILS) && !l->coils)
		l->coils = time;
	if (!l->output)
		l->output = time;
}

static int latency_show(struct seq_file *m, void *unused)
{
	struct evse_sim *b = m->private;
	struct evse_sim_latency l;
	unsigned long flags;
	s64 opened;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	l = b->latency;
	opened = b->opened;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);

	seq_printf(m, "breaker_ns %lld\nedge_ns %lld\n", l.breaker, l.edge);
	seq_printf(m, "gates_ns %lld\ncoils_ns %lld\noutput_ns %lld\n",
		   l.gates, l.coils, l.output);
	seq_printf(m, "opened_ns %lld\n", opened);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(latency);

void evse_sim_latency_file(struct evse_sim *b, struct dentry *dir)
{
	debugfs_create_file("latency", 0400, dir, b, &latency_fops);
}
