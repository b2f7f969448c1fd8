// SPDX-License-Identifier: GPL-2.0-only
/*
 * A round a second over the sensors of a thermal guard: each is read, judged and
 * told before the next is read. A timer watches it: a bus that never answers
 * leaves no permit behind.
 */
#include <linux/device.h>
#include <linux/devm-helpers.h>
#include <linux/iio/consumer.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>

#include "thermal.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

#define EVSE_THERMAL_ROUND_MS	1000
/* From the end of a round to the end of the next, at most. */
#define EVSE_THERMAL_LATE_MS	(EVSE_THERMAL_ROUND_MS + EVSE_PLAUSIBLE_PATIENCE_MS)

static const char * const evse_thermal_words[] = {
	[EVSE_THERMAL_STATE_BUS_ERROR] = "does not answer on its bus",
	[EVSE_THERMAL_STATE_ARBITRATION_LOST] =
		"cannot be read, somebody else has its bus (arbitration lost)",
	[EVSE_THERMAL_STATE_OPEN] = "reads as an open circuit",
	[EVSE_THERMAL_STATE_SHORT] = "reads as a short circuit",
	[EVSE_THERMAL_STATE_OUT_OF_RANGE] = "reads what its place cannot have",
	[EVSE_THERMAL_STATE_FROZEN] = "has not moved under a load that warms it",
};

static void evse_thermal_log(const struct evse_thermal_channel *c,
			     enum evse_thermal_state before)
{
	struct device *dev = c->thermal->dev;
	enum evse_thermal_state state = c->shown.state;

	if (evse_thermal_blind(state) && state != before)
		dev_err_ratelimited(dev, "%s %s (%d): no power until it is read again\n",
				    c->place->name, evse_thermal_words[state],
				    c->err);
	else if (evse_thermal_blind(before) && !evse_thermal_blind(state))
		dev_info_ratelimited(dev, "%s is read again\n", c->place->name);
}

/* One that takes so long is none: what it says is of nobody knows when. */
static int evse_thermal_read(const struct evse_thermal_channel *c, ktime_t begin,
			     s32 *mc)
{
	int err = iio_read_channel_processed(c->iio, mc);

	if (ktime_ms_delta(ktime_get(), begin) >= EVSE_PLAUSIBLE_PATIENCE_MS)
		return -ETIMEDOUT;
	return min(err, 0);
}

/* With the lock held */
static struct evse_thermal_verdict
evse_thermal_judge(struct evse_thermal_channel *c,
		   const struct evse_plausible_seen *read)
{
	const struct evse_thermal_guard *t = c->thermal;
	struct evse_thermal_bounds bounds = {
		.derate_mc = c->derate_mc,
		.trip_mc = c->trip_mc,
		.clear_mc = evse_thermal_clear_of(t, c->place->code),
		.rise_mc_min = t->rise_mc_min,
		.cooling_ms = t->cooling_ms,
	};
	struct evse_thermal_seen seen = { .now_ms = read->now_ms };
	struct evse_thermal_verdict verdict;

	c->err = read->err;
	seen.state = evse_plausible_step(&c->plausible, read);
	seen.mc = c->plausible.mc;
	if (seen.state == EVSE_THERMAL_STATE_NORMAL)
		evse_slope_add(&c->slope, seen.now_ms, seen.mc);
	seen.steady = evse_slope_get(&c->slope, seen.now_ms, &seen.slope_mc_min);
	verdict = evse_thermal_rule_step(&c->rule, &bounds, &seen);

	c->shown.state = verdict.state;
	c->shown.valid = seen.state == EVSE_THERMAL_STATE_NORMAL;
	c->shown.temp_mc = seen.mc;
	c->shown.slope_mc_min = seen.slope_mc_min;
	c->shown.limit_permille = verdict.limit_permille;
	return verdict;
}

/* Returns true when users have something new to see. */
static bool evse_thermal_look(struct evse_thermal_channel *c, u32 load_permille)
{
	struct evse_thermal_guard *t = c->thermal;
	struct evse_plausible_seen read = { .load_permille = load_permille };
	struct evse_thermal_verdict verdict;
	enum evse_thermal_state before;
	ktime_t begin = ktime_get();
	s32 mc;

	read.now_ms = ktime_to_ms(begin);
	read.err = evse_thermal_read(c, begin, &read.mc);

	mutex_lock(&t->lock);
	before = c->shown.state;
	verdict = evse_thermal_judge(c, &read);
	mc = c->plausible.mc;
	evse_thermal_log(c, before);
	mutex_unlock(&t->lock);

	evse_thermal_say(c, &verdict, begin, mc);
	return verdict.state != before;
}

static void evse_thermal_round(struct work_struct *work)
{
	struct evse_thermal_guard *t = container_of(to_delayed_work(work),
						    struct evse_thermal_guard,
						    round);
	s64 begin_ns = ktime_get_ns();
	u32 load_permille = evse_port_load(t->port);
	unsigned int i, failed = 0;
	bool changed = false;

	for (i = 0; i < t->count; i++) {
		changed |= evse_thermal_look(&t->channel[i], load_permille);
		failed += !!t->channel[i].err;
	}
	evse_thermal_tell_faults(t);
	evse_thermal_zones_update(t);
	if (changed)
		evse_thermal_changed(t->port);
	hrtimer_start(&t->timer, ms_to_ktime(EVSE_THERMAL_LATE_MS),
		      HRTIMER_MODE_REL_HARD);
	trace_evse_thermal_round(t->dev, begin_ns, ktime_get_ns(), t->count,
				 failed);
	queue_delayed_work(system_freezable_wq, &t->round,
			   msecs_to_jiffies(EVSE_THERMAL_ROUND_MS));
}

/**
 * evse_thermal_again() - the next round now
 * @t: the guard, whose thresholds have changed
 *
 * Context: any.
 */
void evse_thermal_again(struct evse_thermal_guard *t)
{
	mod_delayed_work(system_freezable_wq, &t->round, 0);
}

/* Power first, words after. */
static enum hrtimer_restart evse_thermal_missed(struct hrtimer *timer)
{
	struct evse_thermal_guard *t = container_of(timer,
						    struct evse_thermal_guard,
						    timer);

	evse_thermal_hold(t);
	queue_work(system_wq, &t->late);
	return HRTIMER_NORESTART;
}

/* Who is waited for, and who would come after it: nobody knows of any of them. */
static void evse_thermal_late(struct work_struct *work)
{
	struct evse_thermal_guard *t = container_of(work,
						    struct evse_thermal_guard,
						    late);
	unsigned int i;

	dev_err_ratelimited(t->dev, "the sensors do not answer within %u ms: no power until they do, look at their bus\n",
			    EVSE_THERMAL_LATE_MS);
	mutex_lock(&t->lock);
	for (i = 0; i < t->count; i++) {
		t->channel[i].shown.state = EVSE_THERMAL_STATE_BUS_ERROR;
		t->channel[i].shown.valid = false;
		t->channel[i].shown.limit_permille = 0;
	}
	mutex_unlock(&t->lock);
	evse_thermal_changed(t->port);
}

static void evse_thermal_timer_stop(void *data)
{
	struct evse_thermal_guard *t = data;

	hrtimer_cancel(&t->timer);
}

/**
 * evse_thermal_round_start() - read from now on
 * @t: the guard, with all that a round tells
 *
 * On removal the round ends before the timer that it starts, and that before
 * what it queues.
 *
 * Return: 0 or a negative errno.
 */
int evse_thermal_round_start(struct evse_thermal_guard *t)
{
	s64 now_ms = ktime_to_ms(ktime_get());
	unsigned int i;
	int err;

	for (i = 0; i < t->count; i++) {
		struct evse_thermal_channel *c = &t->channel[i];

		evse_plausible_init(&c->plausible, &c->place->range, t->frozen_s,
				    now_ms);
		c->rule.place = c->place;
	}
	hrtimer_init(&t->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	t->timer.function = evse_thermal_missed;
	err = devm_work_autocancel(t->dev, &t->late, evse_thermal_late);
	if (!err)
		err = devm_add_action_or_reset(t->dev, evse_thermal_timer_stop, t);
	if (!err)
		err = devm_delayed_work_autocancel(t->dev, &t->round,
						   evse_thermal_round);
	if (err)
		return err;
	hrtimer_start(&t->timer, ms_to_ktime(EVSE_THERMAL_LATE_MS),
		      HRTIMER_MODE_REL_HARD);
	queue_delayed_work(system_freezable_wq, &t->round, 0);
	return 0;
}
