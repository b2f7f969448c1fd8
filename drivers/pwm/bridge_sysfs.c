// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attributes of a bridge: Documentation/ABI/testing/sysfs-driver-evse-bridge
 */

#include <linux/device.h>
#include <linux/sysfs.h>

#include "bridge.h"

static u32 legs(struct evse_bridge *b)
{
	return b->legs;
}

static u32 carrier(struct evse_bridge *b)
{
	return evse_bridge_carrier_hz(b);
}

static u32 carrier_min(struct evse_bridge *b)
{
	return b->bounds.carrier_min_hz;
}

static u32 carrier_max(struct evse_bridge *b)
{
	return b->bounds.carrier_max_hz;
}

static u32 dead_time(struct evse_bridge *b)
{
	return evse_bridge_dead_time_ns(b);
}

static u32 minimum_pulse(struct evse_bridge *b)
{
	return b->bounds.pulse_ns;
}

static u32 trips(struct evse_bridge *b)
{
	return atomic_read(&b->inputs);
}

#define NUMBER(_name, _get)						\
static ssize_t _name##_show(struct device *dev,			\
			    struct device_attribute *attr, char *buf)	\
{									\
	return sysfs_emit(buf, "%u\n", _get(dev_get_drvdata(dev)));	\
}									\
static DEVICE_ATTR_RO(_name)

NUMBER(legs, legs);
NUMBER(carrier_hz, carrier);
NUMBER(carrier_min_hz, carrier_min);
NUMBER(carrier_max_hz, carrier_max);
NUMBER(dead_time_ns, dead_time);
NUMBER(minimum_pulse_ns, minimum_pulse);
NUMBER(trips, trips);

static ssize_t state_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct evse_bridge *b = dev_get_drvdata(dev);
	unsigned int i;
	int len = 0;

	for (i = 0; i < b->legs; i++) {
		bool tripped = atomic_read(&b->tripped) & BIT(i);
		const char *word = "on";

		if (evse_bridge_leg_is_off(&b->leg[i]))
			word = tripped ? "tripped" : "off";
		len += sysfs_emit_at(buf, len, "%s%s", i ? " " : "", word);
	}
	return len + sysfs_emit_at(buf, len, "\n");
}
static DEVICE_ATTR_RO(state);

static ssize_t owner_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct evse_bridge *b = dev_get_drvdata(dev);
	int len;

	mutex_lock(&b->lock);
	len = sysfs_emit(buf, "%s\n", b->owner ? dev_name(b->owner) : "");
	mutex_unlock(&b->lock);
	return len;
}
static DEVICE_ATTR_RO(owner);

static struct attribute *evse_bridge_attrs[] = {
	&dev_attr_legs.attr,
	&dev_attr_carrier_hz.attr,
	&dev_attr_carrier_min_hz.attr,
	&dev_attr_carrier_max_hz.attr,
	&dev_attr_dead_time_ns.attr,
	&dev_attr_minimum_pulse_ns.attr,
	&dev_attr_state.attr,
	&dev_attr_trips.attr,
	&dev_attr_owner.attr,
	NULL
};

static const struct attribute_group evse_bridge_group = {
	.attrs = evse_bridge_attrs,
};

const struct attribute_group *evse_bridge_groups[] = {
	&evse_bridge_group,
	NULL
};
