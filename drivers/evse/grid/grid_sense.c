// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sampling thread of the grid guard: RMS voltages, what limits export and
 * import, and whatever interrupts leave for later.
 */
#include <linux/err.h>
#include <linux/iio/consumer.h>
#include <linux/iio/types.h>
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/property.h>
#include <linux/sched.h>

#include "../evse_property.h"
#include "grid.h"

/* A voltage is believed for so many intervals. */
#define EVSE_GRID_PATIENCE	5
/* How often the ramp of enter service moves on */
#define EVSE_GRID_RAMP_NS	NSEC_PER_SEC
/* Measurement */

static void evse_grid_sample(struct evse_grid *g)
{
	int err[EVSE_GRID_PHASES], mv[EVSE_GRID_PHASES];
	ktime_t now[EVSE_GRID_PHASES];
	unsigned long flags;
	unsigned int i;

	/* An age counts from before the reading: it may take its time. */
	for (i = 0; i < g->voltages; i++) {
		now[i] = ktime_get();
		err[i] = iio_read_channel_processed(g->voltage[i].channel,
						    &mv[i]);
	}

	raw_spin_lock_irqsave(&g->lock, flags);
	/* No reading: the last one gets older. */
	for (i = 0; i < g->voltages; i++) {
		struct evse_grid_voltage *v = &g->voltage[i];

		if (err[i] < 0)
			continue;
		if (!v->at || v->mv != max(mv[i], 0))
			v->moved = now[i];
		v->mv = max(mv[i], 0);
		v->at = now[i];
	}
	/* An edge that got lost, or a line that is heard again */
	evse_grid_relay_look(g);
	evse_grid_step(g, ktime_get());
	raw_spin_unlock_irqrestore(&g->lock, flags);
}

/* Which of the channels it is that takes the permit away */
static void evse_grid_say_silence(struct evse_grid *g)
{
	unsigned long flags;
	unsigned int i;
	bool silent;

	for (i = 0; i < g->voltages; i++) {
		struct evse_grid_voltage *v = &g->voltage[i];

		raw_spin_lock_irqsave(&g->lock, flags);
		silent = !evse_grid_voltage_known(g, v);
		raw_spin_unlock_irqrestore(&g->lock, flags);
		if (silent == v->silent)
			continue;
		v->silent = silent;
		if (silent)
			dev_err(g->dev, "channel \"voltage-l%u\" is silent or frozen: no export until it is heard\n",
				i + 1);
		else
			dev_info(g->dev, "channel \"voltage-l%u\" is heard again\n",
				 i + 1);
	}
}

/* Limits */

/*
 * At once when the ramp is over or begins anew, by the second meanwhile. Before
 * a permit there is no export to be allowed, so that a permit begins with none.
 */
static void evse_grid_limit_service(struct evse_grid *g, ktime_t now,
				    u32 permille)
{
	s32 mw = permille >= 1000 ? S32_MIN :
		 -(s32)div_u64((u64)g->rated_mw * permille, 1000);

	if (mw == g->service_mw)
		return;
	if (mw < g->service_mw && permille < 1000 &&
	    now - g->service_at < EVSE_GRID_RAMP_NS)
		return;
	g->service_mw = mw;
	g->service_at = now;
	evse_limiter_set(g->service, mw, S32_MAX);
}

static void evse_grid_limit_integrity(struct evse_grid *g)
{
	const struct evse_rating *rating = evse_port_rating(g->port);
	u64 half_mw = div_u64((u64)rating->voltage_mv * rating->current_ma *
			      rating->phases, 2000);

	evse_limiter_set(g->integrity, g->band.above ? 0 : S32_MIN,
			 g->band.below ? min_t(u64, half_mw, S32_MAX) : S32_MAX);
}

static void evse_grid_limit(struct evse_grid *g)
{
	ktime_t now = ktime_get();
	unsigned long flags;
	bool changed;
	u32 permille;

	raw_spin_lock_irqsave(&g->lock, flags);
	permille = g->decision.ramp_permille;
	if (g->said == EVSE_GRID_HOLD || g->said == EVSE_GRID_TRIP)
		permille = 0;
	changed = evse_grid_band_step(&g->band, g->judge.line, &g->seen, now);
	raw_spin_unlock_irqrestore(&g->lock, flags);

	evse_grid_limit_service(g, now, permille);
	if (changed)
		evse_grid_limit_integrity(g);
}

static int evse_grid_thread(void *data)
{
	struct evse_grid *g = data;
	ktime_t next = ktime_get();

	sched_set_fifo(current);
	while (!kthread_should_stop()) {
		evse_grid_sample(g);
		evse_grid_say_silence(g);
		evse_grid_limit(g);
		evse_grid_support(g);
		evse_grid_lines_tend(g);

		next = ktime_add(next, g->interval);
		if (ktime_after(ktime_get(), next))
			next = ktime_add(ktime_get(), g->interval);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule_hrtimeout(&next, HRTIMER_MODE_ABS);
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

/* Probe */

static int evse_grid_channel(struct evse_grid *g, unsigned int i)
{
	static const char * const names[EVSE_GRID_PHASES] = {
		"voltage-l1", "voltage-l2", "voltage-l3",
	};
	struct iio_channel *channel = devm_iio_channel_get(g->dev, names[i]);
	enum iio_chan_type type;
	int err;

	if (IS_ERR(channel))
		return dev_err_probe(g->dev, PTR_ERR(channel),
				     "no IIO channel \"%s\"\n", names[i]);
	err = iio_get_channel_type(channel, &type);
	if (!err && type != IIO_ALTVOLTAGE && type != IIO_VOLTAGE)
		err = -EINVAL;
	if (err)
		return dev_err_probe(g->dev, err,
				     "IIO channel \"%s\" does not measure a voltage\n",
				     names[i]);
	g->voltage[i].channel = channel;
	return 0;
}

/**
 * evse_grid_sense_get() - get the channels of the node
 * @g: the guard, with its lines
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_grid_sense_get(struct evse_grid *g)
{
	static const struct evse_property interval = {
		"sample-interval-ms", 10, 5, 50,
	};
	static const struct evse_property window = {
		"rms-window-ms", 0, 0, 50,
	};
	int count = device_property_string_array_count(g->dev,
						       "io-channel-names");
	u32 interval_ms;
	unsigned int i;
	int err;

	err = evse_property_read(g->dev, &interval, &interval_ms);
	if (!err)
		err = evse_property_read(g->dev, &window, &g->late_ms);
	if (err)
		return err;
	g->late_ms += interval_ms;
	g->interval = ms_to_ktime(interval_ms);
	g->patience_ns = EVSE_GRID_PATIENCE * g->interval;

	if (count > EVSE_GRID_PHASES)
		return dev_err_probe(g->dev, -EINVAL,
				     "io-channel-names: %d channels, but there are no more than %d phases\n",
				     count, EVSE_GRID_PHASES);
	if (count <= 0 && !g->crossings)
		return dev_err_probe(g->dev, -EINVAL,
				     "relay-gpios alone does not do: add io-channels or zero-cross-gpios\n");
	g->voltages = max(count, 0);
	for (i = 0; i < g->voltages; i++) {
		err = evse_grid_channel(g, i);
		if (err)
			return err;
	}
	return 0;
}

static void evse_grid_sense_stop(void *thread)
{
	kthread_stop(thread);
}

/**
 * evse_grid_sense_start() - start the sampling thread
 * @g: the guard, with all that the thread needs
 *
 * Return: 0 or a negative errno, after telling what is wrong.
 */
int evse_grid_sense_start(struct evse_grid *g)
{
	struct task_struct *thread;

	/* As the limiter is set at probe */
	g->service_mw = 0;
	evse_grid_band_init(&g->band, ktime_get());
	thread = kthread_run(evse_grid_thread, g, "grid-%s", dev_name(g->dev));
	if (IS_ERR(thread))
		return dev_err_probe(g->dev, PTR_ERR(thread),
				     "no sampling thread\n");
	return devm_add_action_or_reset(g->dev, evse_grid_sense_stop, thread);
}
