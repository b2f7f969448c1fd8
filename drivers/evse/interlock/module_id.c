// SPDX-License-Identifier: GPL-2.0-only
/*
 * The identity of the power module: read over I2C at probe and before each
 * closing, compared with what the board allows. A module that is not known is
 * given no power, and looked at again until another one is there.
 *
 * The module is at a fixed address of a bus that the node names, as with SFP
 * modules and displays: it comes and goes with what is plugged in, so the device
 * tree cannot describe it as a device of the bus.
 */
#include <linux/delay.h>
#include <linux/devm-helpers.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/sysfs.h>
#include <linux/workqueue.h>

#include <linux/evse.h>

#include "identity.h"
#include "interlock.h"

#define EVSE_MODULE_ADDRESS	0x50
#define EVSE_MODULES_MAX	16
/* A wrong bit on the bus is not another module. */
#define EVSE_MODULE_TRIES	3
#define EVSE_MODULE_PAUSE_MS	2
#define EVSE_MODULE_AGAIN_MS	1000
/* Behind the time that a stuck bus takes to say so, as often as it is tried. */
#define EVSE_MODULE_CHECK_MS	5000

/**
 * struct evse_module - a power module's identity
 * @dev: the provider
 * @port: its port
 * @bus: where the module is
 * @allowed: pairs of vendor and device id
 * @count: how many
 * @guard: permits while the module is the right one
 * @check: reads it anew
 * @work: reads it
 * @asked: the check waits for it
 * @lock: what follows
 * @id: as it was read last
 * @verdict: on that
 */
struct evse_module {
	struct device *dev;
	struct evse_port *port;
	struct i2c_adapter *bus;
	u32 allowed[2 * EVSE_MODULES_MAX];
	unsigned int count;
	struct evse_guard *guard;
	struct evse_check *check;
	struct delayed_work work;
	atomic_t asked;

	struct mutex lock;	/* id and verdict */
	struct evse_identity id;
	enum evse_identity_verdict verdict;
};

static const char * const evse_module_words[] = {
	[EVSE_IDENTITY_FINE] = "ok",
	[EVSE_IDENTITY_UNREAD] = "unread",
	[EVSE_IDENTITY_FOREIGN] = "foreign",
	[EVSE_IDENTITY_NEWER] = "newer",
	[EVSE_IDENTITY_CORRUPT] = "corrupt",
	[EVSE_IDENTITY_UNKNOWN] = "unknown",
	[EVSE_IDENTITY_WEAK] = "weak",
};

/* Reading */

static int evse_module_fetch(struct evse_module *m, u8 *data)
{
	u8 offset = 0;
	struct i2c_msg msgs[] = {
		{ .addr = EVSE_MODULE_ADDRESS, .len = 1, .buf = &offset },
		{ .addr = EVSE_MODULE_ADDRESS, .flags = I2C_M_RD,
		  .len = EVSE_IDENTITY_SIZE, .buf = data },
	};
	int ret = i2c_transfer(m->bus, msgs, ARRAY_SIZE(msgs));

	if (ret < 0)
		return ret;
	return ret == ARRAY_SIZE(msgs) ? 0 : -EIO;
}

static enum evse_identity_verdict evse_module_read(struct evse_module *m,
						   struct evse_identity *id)
{
	enum evse_identity_verdict verdict = EVSE_IDENTITY_UNREAD;
	u8 data[EVSE_IDENTITY_SIZE];
	int i;

	for (i = 0; i < EVSE_MODULE_TRIES; i++) {
		if (i)
			msleep(EVSE_MODULE_PAUSE_MS);
		*id = (struct evse_identity){ };
		if (evse_module_fetch(m, data)) {
			verdict = EVSE_IDENTITY_UNREAD;
			continue;
		}
		verdict = evse_identity_parse(data, sizeof(data), id);
		if (verdict == EVSE_IDENTITY_FINE)
			return evse_identity_judge(id, m->allowed, m->count,
						   evse_port_rating(m->port));
	}
	return verdict;
}

/* Telling */

static void evse_module_allowed(const struct evse_module *m, char *text,
				size_t size)
{
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < m->count; i++)
		len += scnprintf(text + len, size - len, "%s%04x:%08x",
				 i ? ", " : "", m->allowed[2 * i],
				 m->allowed[2 * i + 1]);
}

static void evse_module_refuse(const struct evse_module *m,
			       const struct evse_identity *id,
			       enum evse_identity_verdict verdict)
{
	const struct evse_rating *r = evse_port_rating(m->port);
	char allowed[EVSE_MODULES_MAX * 16];

	evse_module_allowed(m, allowed, sizeof(allowed));
	switch (verdict) {
	case EVSE_IDENTITY_UNKNOWN:
		dev_err(m->dev, "power module %04x:%08x is not allowed here: fit one of %s\n",
			id->vendor, id->device, allowed);
		break;
	case EVSE_IDENTITY_WEAK:
		dev_err(m->dev, "power module %04x:%08x is rated %u mV, %u mA, %u mA feeding back, less than the port's %u mV, %u mA, %u mA: fit one of %s that is rated for it\n",
			id->vendor, id->device, id->voltage_mv, id->current_ma,
			id->export_ma, r->voltage_mv, r->current_ma,
			r->export_ma, allowed);
		break;
	case EVSE_IDENTITY_UNREAD:
		dev_err(m->dev, "no power module answers at address 0x%02x of the bus: fit one of %s, check its connector\n",
			EVSE_MODULE_ADDRESS, allowed);
		break;
	default:
		dev_err(m->dev, "what answers at address 0x%02x of the bus has no valid identity (%s): fit one of %s\n",
			EVSE_MODULE_ADDRESS, evse_module_words[verdict],
			allowed);
		break;
	}
}

/* The first verdict is told as well as each that is another. */
static void evse_module_tell(const struct evse_module *m,
			     const struct evse_identity *id,
			     enum evse_identity_verdict verdict)
{
	if (verdict == m->verdict && !memcmp(id, &m->id, sizeof(*id)))
		return;
	if (verdict == EVSE_IDENTITY_FINE)
		dev_info(m->dev, "power module %04x:%08x, revision %u.%u, serial %s\n",
			 id->vendor, id->device, id->revision >> 8,
			 id->revision & 0xff, id->serial);
	else
		evse_module_refuse(m, id, verdict);
}

static enum evse_identity_verdict evse_module_look(struct evse_module *m)
{
	enum evse_identity_verdict verdict;
	struct evse_identity id;

	verdict = evse_module_read(m, &id);
	mutex_lock(&m->lock);
	evse_module_tell(m, &id, verdict);
	m->id = id;
	m->verdict = verdict;
	mutex_unlock(&m->lock);
	return verdict;
}

static void evse_module_work(struct work_struct *work)
{
	struct evse_module *m = container_of(to_delayed_work(work),
					     struct evse_module, work);
	bool asked = atomic_xchg(&m->asked, 0);
	enum evse_identity_verdict verdict = evse_module_look(m);

	/* Before the guard ends the start that the check belongs to. */
	if (asked)
		evse_check_done(m->check, verdict == EVSE_IDENTITY_FINE,
				verdict);
	if (verdict == EVSE_IDENTITY_FINE) {
		evse_guard_permit(m->guard);
		return;
	}
	evse_guard_hold(m->guard);
	queue_delayed_work(system_wq, &m->work,
			   msecs_to_jiffies(EVSE_MODULE_AGAIN_MS));
}

/* The check */

static void evse_module_check_start(void *priv)
{
	struct evse_module *m = priv;

	atomic_set(&m->asked, 1);
	mod_delayed_work(system_wq, &m->work, 0);
}

static void evse_module_check_cancel(void *priv)
{
	struct evse_module *m = priv;

	atomic_set(&m->asked, 0);
}

static const struct evse_check_ops evse_module_check_ops = {
	.start = evse_module_check_start,
	.cancel = evse_module_check_cancel,
};

/* Attributes; Documentation/ABI/testing/sysfs-driver-evse-module-id says what. */

#define EVSE_MODULE_ATTR(_name, _format, ...)				\
static ssize_t _name##_show(struct device *dev,				\
			    struct device_attribute *attr, char *buf)	\
{									\
	struct evse_module *m = dev_get_drvdata(dev);			\
	ssize_t len;							\
									\
	mutex_lock(&m->lock);						\
	len = sysfs_emit(buf, _format "\n", __VA_ARGS__);		\
	mutex_unlock(&m->lock);						\
	return len;							\
}									\
static DEVICE_ATTR_RO(_name)

EVSE_MODULE_ATTR(identity, "%s", evse_module_words[m->verdict]);
EVSE_MODULE_ATTR(vendor, "0x%04x", m->id.vendor);
EVSE_MODULE_ATTR(device, "0x%08x", m->id.device);
EVSE_MODULE_ATTR(revision, "%u.%u", m->id.revision >> 8,
		 m->id.revision & 0xff);
EVSE_MODULE_ATTR(serial, "%s", m->id.serial);
EVSE_MODULE_ATTR(rated_voltage_mv, "%u", m->id.voltage_mv);
EVSE_MODULE_ATTR(rated_current_ma, "%u", m->id.current_ma);
EVSE_MODULE_ATTR(rated_export_ma, "%u", m->id.export_ma);

static struct attribute *evse_module_attrs[] = {
	&dev_attr_identity.attr,
	&dev_attr_vendor.attr,
	&dev_attr_device.attr,
	&dev_attr_revision.attr,
	&dev_attr_serial.attr,
	&dev_attr_rated_voltage_mv.attr,
	&dev_attr_rated_current_ma.attr,
	&dev_attr_rated_export_ma.attr,
	NULL
};
ATTRIBUTE_GROUPS(evse_module);

/* Probe */

static int evse_module_list(struct evse_module *m)
{
	int count = device_property_count_u32(m->dev, "evse,allowed-modules");

	if (count <= 0 || count % 2 || count > ARRAY_SIZE(m->allowed))
		return dev_err_probe(m->dev, -EINVAL,
				     "evse,allowed-modules: 1 to %u pairs of vendor and device id\n",
				     EVSE_MODULES_MAX);
	m->count = count / 2;
	return device_property_read_u32_array(m->dev, "evse,allowed-modules",
					      m->allowed, count);
}

static void evse_module_bus_put(void *data)
{
	i2c_put_adapter(data);
}

/* Linked, so that the bus cannot go before those who use it. */
static int evse_module_bus(struct evse_module *m)
{
	struct fwnode_handle *node;
	int err;

	node = fwnode_find_reference(dev_fwnode(m->dev), "i2c-bus", 0);
	if (IS_ERR(node))
		return dev_err_probe(m->dev, PTR_ERR(node),
				     "i2c-bus: say which bus the module is on\n");
	m->bus = i2c_get_adapter_by_fwnode(node);
	fwnode_handle_put(node);
	if (!m->bus)
		return dev_err_probe(m->dev, -EPROBE_DEFER,
				     "i2c-bus: the bus has no driver yet\n");
	err = devm_add_action_or_reset(m->dev, evse_module_bus_put, m->bus);
	if (err)
		return err;
	if (!i2c_check_functionality(m->bus, I2C_FUNC_I2C))
		return dev_err_probe(m->dev, -EOPNOTSUPP,
				     "i2c-bus: the bus cannot read more than a few bytes at once: use one that can\n");
	if (!m->bus->dev.parent ||
	    !device_link_add(m->dev, m->bus->dev.parent,
			     DL_FLAG_AUTOREMOVE_CONSUMER))
		return dev_err_probe(m->dev, -EINVAL,
				     "i2c-bus: cannot be linked to the bus\n");
	return 0;
}

static int evse_module_register(struct evse_module *m)
{
	static const struct evse_guard_desc guard = {
		.name = "module-id",
		.scope = EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_CABLE_CHECK |
			 EVSE_SCOPE_FLOW | EVSE_SCOPE_IMPORT |
			 EVSE_SCOPE_EXPORT | EVSE_SCOPE_ISLAND,
		.code = EVSE_FAULT_CODE_MODULE_IDENTITY,
	};
	static const struct evse_check_desc check = {
		.name = "module-id",
		.code = EVSE_FAULT_CODE_MODULE_IDENTITY,
		.timeout_ms = EVSE_MODULE_CHECK_MS,
	};

	m->guard = devm_evse_guard_register(m->dev, &guard);
	if (IS_ERR(m->guard))
		return dev_err_probe(m->dev, PTR_ERR(m->guard),
				     "port takes no guard\n");
	m->check = devm_evse_check_register(m->dev, &check,
					    &evse_module_check_ops, m);
	if (IS_ERR(m->check))
		return dev_err_probe(m->dev, PTR_ERR(m->check),
				     "port takes no check\n");
	/* Last: on removal it ends ahead of what it calls. */
	return devm_delayed_work_autocancel(m->dev, &m->work,
					    evse_module_work);
}

static int evse_module_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_module *m;
	int err;

	m = devm_kzalloc(dev, sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	m->dev = dev;
	mutex_init(&m->lock);
	m->port = evse_port_of(dev);
	if (IS_ERR(m->port))
		return dev_err_probe(dev, PTR_ERR(m->port),
				     "is not the child of an evse,port\n");

	err = evse_module_list(m);
	if (!err)
		err = evse_module_bus(m);
	if (!err)
		err = evse_module_register(m);
	if (err)
		return err;
	platform_set_drvdata(pdev, m);
	/* Not before all is there that the work may call. */
	evse_module_work(&m->work.work);
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_module_match[] = {
	{ .compatible = "evse,module-id" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_module_match);
MODULE_ALIAS("platform:evse-module-id");

struct platform_driver evse_module_driver = {
	.probe = evse_module_probe,
	.driver = {
		.name = "evse-module-id",
		.of_match_table = evse_module_match,
		.dev_groups = evse_module_groups,
	},
};
