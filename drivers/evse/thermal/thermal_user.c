// SPDX-License-Identifier: GPL-2.0-only
/* What users see of a thermal guard and may set of it, on behalf of the core. */
#include <linux/errno.h>
#include <linux/string.h>

#include "thermal.h"

/* Lower than this nobody could mean it. */
#define EVSE_THERMAL_DERATE_MIN_MC	30000
#define EVSE_THERMAL_TRIP_MIN_MC	40000
#define EVSE_THERMAL_CLEAR_MIN_MC	30000
#define EVSE_THERMAL_RISE_MIN_MC_MIN	1000

/* A threshold: what it is, and where its value is. */
struct evse_thermal_line {
	struct evse_thermal_setting setting;
	s32 *value;
};

static struct evse_thermal_line
evse_thermal_line(const char *sensor, enum evse_thermal_element element,
		  s32 *value, s32 min, s32 max)
{
	return (struct evse_thermal_line){
		.setting = {
			.sensor = sensor,
			.element = element,
			.value = *value,
			.min = min,
			.max = max,
		},
		.value = value,
	};
}

/* Two for each sensor and two for all; what the board does not have is left out. */
static int evse_thermal_find(struct evse_thermal_guard *t, unsigned int index,
			     struct evse_thermal_line *line)
{
	unsigned int i;

	for (i = 0; i < t->count; i++) {
		struct evse_thermal_channel *c = &t->channel[i];

		if (c->derate_max_mc && !index--) {
			*line = evse_thermal_line(c->place->name,
						  EVSE_THERMAL_ELEMENT_DERATE,
						  &c->derate_mc,
						  EVSE_THERMAL_DERATE_MIN_MC,
						  c->derate_max_mc);
			return 0;
		}
		if (c->trip_max_mc && !index--) {
			*line = evse_thermal_line(c->place->name,
						  EVSE_THERMAL_ELEMENT_TRIP,
						  &c->trip_mc,
						  EVSE_THERMAL_TRIP_MIN_MC,
						  c->trip_max_mc);
			return 0;
		}
	}
	switch (index) {
	case 0:
		*line = evse_thermal_line(NULL, EVSE_THERMAL_ELEMENT_CLEAR,
					  &t->clear_mc,
					  EVSE_THERMAL_CLEAR_MIN_MC,
					  t->clear_max_mc);
		return 0;
	case 1:
		*line = evse_thermal_line(NULL, EVSE_THERMAL_ELEMENT_RISE,
					  &t->rise_mc_min,
					  EVSE_THERMAL_RISE_MIN_MC_MIN,
					  t->rise_max_mc_min);
		return 0;
	default:
		return -ENOENT;
	}
}

static int evse_thermal_user_sensor(void *priv, unsigned int index,
				    struct evse_thermal_sensor *sensor)
{
	struct evse_thermal_guard *t = priv;

	if (index >= t->count)
		return -ENOENT;
	mutex_lock(&t->lock);
	*sensor = t->channel[index].shown;
	mutex_unlock(&t->lock);
	return 0;
}

static int evse_thermal_user_setting(void *priv, unsigned int index,
				     struct evse_thermal_setting *setting)
{
	struct evse_thermal_guard *t = priv;
	struct evse_thermal_line line;
	int err;

	mutex_lock(&t->lock);
	err = evse_thermal_find(t, index, &line);
	mutex_unlock(&t->lock);
	if (!err)
		*setting = line.setting;
	return err;
}

static bool evse_thermal_is(const struct evse_thermal_setting *setting,
			    const char *sensor,
			    enum evse_thermal_element element)
{
	if (setting->element != element || !setting->sensor != !sensor)
		return false;
	return !sensor || !strcmp(setting->sensor, sensor);
}

/* The board's thresholds are the highest that there can be. */
static int evse_thermal_user_set(void *priv, const char *sensor,
				 enum evse_thermal_element element, s32 value)
{
	struct evse_thermal_guard *t = priv;
	struct evse_thermal_line line;
	unsigned int i = 0;
	int err;

	mutex_lock(&t->lock);
	do
		err = evse_thermal_find(t, i++, &line);
	while (!err && !evse_thermal_is(&line.setting, sensor, element));
	if (!err && (value < line.setting.min || value > line.setting.max))
		err = -ERANGE;
	if (!err) {
		*line.value = value;
		evse_thermal_tell_bounds(t);
	}
	mutex_unlock(&t->lock);

	if (!err)
		evse_thermal_again(t);
	return err;
}

const struct evse_thermal_ops evse_thermal_user_ops = {
	.sensor = evse_thermal_user_sensor,
	.setting = evse_thermal_user_setting,
	.set = evse_thermal_user_set,
};
