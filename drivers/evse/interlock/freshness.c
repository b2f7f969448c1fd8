// SPDX-License-Identifier: GPL-2.0-only
/*
 * A sensor that fails, hangs or repeats itself says nothing.
 *
 * Values in, values out: no device, clock or lock.
 */
#include <kunit/visibility.h>
#include <linux/export.h>

#include "freshness.h"

/**
 * evse_fresh_init() - no reading yet; the first is awaited as long as the next
 * @fresh: the sensor
 * @silence_ns: without a reading for so long it is silent
 * @frozen_ns: with the same reading for so long it is frozen; 0 for never
 * @now: the time
 */
void evse_fresh_init(struct evse_fresh *fresh, s64 silence_ns, s64 frozen_ns,
		     ktime_t now)
{
	*fresh = (struct evse_fresh) {
		.silence_ns = silence_ns,
		.frozen_ns = frozen_ns,
		.deadline = ktime_add_ns(now, silence_ns),
	};
}
EXPORT_SYMBOL_IF_KUNIT(evse_fresh_init);

/**
 * evse_fresh_reading() - take a reading in
 * @fresh: the sensor
 * @value: the reading
 * @now: when it was taken
 *
 * Return: true when it counts, and false from a frozen sensor.
 */
bool evse_fresh_reading(struct evse_fresh *fresh, s32 value, ktime_t now)
{
	if (!fresh->seen || value != fresh->value) {
		fresh->seen = true;
		fresh->value = value;
		fresh->changed = now;
	}
	if (fresh->frozen_ns && ktime_sub(now, fresh->changed) >= fresh->frozen_ns)
		return false;

	fresh->deadline = ktime_add_ns(now, fresh->silence_ns);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_fresh_reading);

/**
 * evse_fresh_silent() - has there been no reading that counts for too long
 * @fresh: the sensor
 * @now: the time
 *
 * Return: true when it has.
 */
bool evse_fresh_silent(const struct evse_fresh *fresh, ktime_t now)
{
	return !ktime_before(now, fresh->deadline);
}
EXPORT_SYMBOL_IF_KUNIT(evse_fresh_silent);
