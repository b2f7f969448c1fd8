// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contacts of a connector: their resistance from the drop under load, which is known
 * long before a loose pin is hot, and how worn they are by matings.
 *
 * What was found bad stays so until the plug was drawn: without a current nothing
 * can be measured, and the next plug may sit better.
 */
#include <linux/devm-helpers.h>
#include <linux/err.h>
#include <linux/iio/consumer.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/workqueue.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "contact_monitor.h"
#include "contact_wear.h"

#define EVSE_CONTACTS_MAX	4
#define EVSE_CONTACTS_LOAD_MS	1000
/* With the readings that a verdict takes, a load is judged within 12 s. */
#define EVSE_CONTACTS_IDLE_MS	2000
#define EVSE_CONTACTS_SILENT_MS	5000
/* A reading that a disturbance spoilt spoils one window. */
#define EVSE_CONTACTS_DOUBTS	2

/**
 * enum evse_contacts_state - what the guard says, and why
 * @EVSE_CONTACTS_DEAF: no permit until every channel was read
 * @EVSE_CONTACTS_FINE: permit
 * @EVSE_CONTACTS_DOUBTED: no permit for this plug: readings make no sense
 * @EVSE_CONTACTS_HIGH: tripped, for this plug
 */
enum evse_contacts_state {
	EVSE_CONTACTS_DEAF,
	EVSE_CONTACTS_FINE,
	EVSE_CONTACTS_DOUBTED,
	EVSE_CONTACTS_HIGH,
};

/**
 * struct evse_contacts_one - a contact
 * @name: of its channel
 * @iio: drop across it
 * @contact: what is known of it
 * @doubts: windows in a row that made no sense
 */
struct evse_contacts_one {
	const char *name;
	struct iio_channel *iio;
	struct evse_contact contact;
	unsigned int doubts;
};

/**
 * struct evse_contacts - the contacts of a connector
 * @dev: the provider
 * @port: its port
 * @guard: permits while the contacts are good
 * @current_: current through each of them, milliampere
 * @one: contacts
 * @count: how many
 * @limit_nohm: resistance that one may have
 * @minimum_ma: below this the drop says nothing
 * @cleaning: matings between two cleanings
 * @life: matings that the connector is built for
 * @work: a round
 * @lock: what follows, and what is known of the contacts
 * @state: what the guard says
 * @heard: when every channel was read last
 * @said: the log has it that one cannot be
 * @mating: as of the latest round
 * @unclean: the pins are due to be cleaned
 * @worn: the connector is due to be replaced
 */
struct evse_contacts {
	struct device *dev;
	struct evse_port *port;
	struct evse_guard *guard;
	struct iio_channel *current_;
	struct evse_contacts_one one[EVSE_CONTACTS_MAX];
	unsigned int count;
	s32 limit_nohm;
	s32 minimum_ma;
	u32 cleaning;
	u32 life;
	struct delayed_work work;

	struct mutex lock;	/* what follows */
	enum evse_contacts_state state;
	ktime_t heard;
	bool said;
	struct evse_mating mating;
	bool unclean;
	bool worn;
};

static const char * const evse_contacts_names[EVSE_CONTACTS_MAX] = {
	"drop-a", "drop-b", "drop-c", "drop-d",
};

/* Wear by matings */

static void evse_contacts_due(struct evse_contacts *m, bool unclean, bool worn,
			      const struct evse_mating *now)
{
	if (unclean && !m->unclean)
		dev_warn(m->dev, "%llu matings, cleaned at %llu: clean the pins, then 'evsectl counters cleaned'\n",
			 now->matings, now->cleaned);
	if (worn && !m->worn)
		dev_warn(m->dev, "%llu matings, built for %u: replace the connector, then restore its counters as 0\n",
			 now->matings, m->life);
}

/* A warning that stands is told again with each mating. */
static void evse_contacts_wear(struct evse_contacts *m,
			       const struct evse_mating *now)
{
	bool unclean = evse_contact_unclean(now->matings, now->cleaned,
					    m->cleaning);
	bool worn = now->matings >= m->life;
	bool due = unclean || worn, was_due = m->unclean || m->worn;

	evse_contacts_due(m, unclean, worn, now);
	m->unclean = unclean;
	m->worn = worn;
	if (due != was_due || (due && now->matings != m->mating.matings))
		evse_fault_report(m->port, EVSE_FAULT_CODE_CONNECTOR_WEAR, due,
				  min_t(u64, now->matings, S32_MAX),
				  "contact-monitor");
}

static void evse_contacts_unwarn(void *data)
{
	struct evse_contacts *m = data;

	if (m->unclean || m->worn)
		evse_fault_report(m->port, EVSE_FAULT_CODE_CONNECTOR_WEAR,
				  false, 0, "contact-monitor");
}

/* The plug was drawn: another one, another resistance. */
static void evse_contacts_part(struct evse_contacts *m)
{
	unsigned int i;

	for (i = 0; i < m->count; i++) {
		evse_contact_part(&m->one[i].contact, m->mating.partings);
		m->one[i].doubts = 0;
	}
	if (m->state != EVSE_CONTACTS_DOUBTED && m->state != EVSE_CONTACTS_HIGH)
		return;
	m->state = EVSE_CONTACTS_DEAF;
	evse_guard_hold(m->guard);
}

static void evse_contacts_mating(struct evse_contacts *m)
{
	struct evse_mating now;

	evse_port_mating(m->port, &now);
	if (now.partings != m->mating.partings)
		evse_contacts_part(m);
	evse_contacts_wear(m, &now);
	m->mating = now;
}

/* Channels */

static int evse_contacts_read(const struct evse_contacts *m, s32 *current_ma,
			      s32 *drop_uv, const char **name)
{
	unsigned int i;
	int err, value;

	*name = "current";
	err = iio_read_channel_processed(m->current_, &value);
	if (err < 0)
		return err;
	*current_ma = value;
	for (i = 0; i < m->count; i++) {
		*name = m->one[i].name;
		err = iio_read_channel_processed_scale(m->one[i].iio, &value,
						       1000);
		if (err < 0)
			return err;
		drop_uv[i] = value;
	}
	return 0;
}

static void evse_contacts_deaf(struct evse_contacts *m, const char *name, int err)
{
	if (ktime_ms_delta(ktime_get(), m->heard) <= EVSE_CONTACTS_SILENT_MS)
		return;
	if (!m->said)
		dev_warn(m->dev, "channel \"%s\" cannot be read, error %d: no power until it can; check its wiring\n",
			 name, err);
	m->said = true;
	if (m->state != EVSE_CONTACTS_FINE)
		return;
	m->state = EVSE_CONTACTS_DEAF;
	evse_guard_hold(m->guard);
}

static void evse_contacts_heard(struct evse_contacts *m)
{
	m->heard = ktime_get();
	if (m->said)
		dev_info(m->dev, "every channel can be read again\n");
	m->said = false;
	if (m->state != EVSE_CONTACTS_DEAF)
		return;
	m->state = EVSE_CONTACTS_FINE;
	evse_guard_permit(m->guard);
}

/* Resistance */

static const char *evse_contacts_doubt(enum evse_contact_verdict verdict)
{
	switch (verdict) {
	case EVSE_CONTACT_DEAD:
		return "sees no drop: check its wires";
	case EVSE_CONTACT_REVERSED:
		return "sees a drop against the current: swap its wires";
	default:
		return "sees drops that do not follow the current: check contact and wires";
	}
}

static void evse_contacts_high(struct evse_contacts *m,
			       const struct evse_contacts_one *one)
{
	s32 uohm = one->contact.nohm / 1000;

	m->state = EVSE_CONTACTS_HIGH;
	evse_guard_trip(m->guard, ktime_get(), uohm);
	dev_err(m->dev, "\"%s\": %d micro-ohms, limit %d: draw the plug, clean or replace the connector, then clear ERR_THERM_OVERLOAD\n",
		one->name, uohm, m->limit_nohm / 1000);
}

static void evse_contacts_judge(struct evse_contacts *m,
				struct evse_contacts_one *one)
{
	enum evse_contact_verdict verdict = evse_contact_judge(&one->contact,
							       m->limit_nohm);

	if (verdict == EVSE_CONTACT_GOOD || verdict == EVSE_CONTACT_HIGH)
		one->doubts = 0;
	else if (++one->doubts < EVSE_CONTACTS_DOUBTS)
		return;
	if (verdict == EVSE_CONTACT_GOOD || m->state != EVSE_CONTACTS_FINE)
		return;
	if (verdict == EVSE_CONTACT_HIGH) {
		evse_contacts_high(m, one);
		return;
	}
	m->state = EVSE_CONTACTS_DOUBTED;
	evse_guard_hold(m->guard);
	dev_warn(m->dev, "\"%s\" %s; no power until the plug was drawn\n",
		 one->name, evse_contacts_doubt(verdict));
}

/* Returns true when the next round is due soon: a load, or a channel that is silent. */
static bool evse_contacts_round(struct evse_contacts *m)
{
	s32 current_ma, drop_uv[EVSE_CONTACTS_MAX];
	const char *name;
	unsigned int i;
	int err;

	err = evse_contacts_read(m, &current_ma, drop_uv, &name);
	if (err < 0) {
		evse_contacts_deaf(m, name, err);
		return true;
	}
	evse_contacts_heard(m);
	if (abs(max(current_ma, -S32_MAX)) < m->minimum_ma)
		return false;
	for (i = 0; i < m->count; i++) {
		struct evse_contacts_one *one = &m->one[i];

		evse_contact_read(&one->contact, drop_uv[i], current_ma);
		if (evse_contact_full(&one->contact))
			evse_contacts_judge(m, one);
	}
	return true;
}

static void evse_contacts_work(struct work_struct *work)
{
	struct evse_contacts *m = container_of(to_delayed_work(work),
					       struct evse_contacts, work);
	bool soon;

	mutex_lock(&m->lock);
	evse_contacts_mating(m);
	soon = evse_contacts_round(m);
	mutex_unlock(&m->lock);
	queue_delayed_work(system_wq, &m->work,
			   msecs_to_jiffies(soon ? EVSE_CONTACTS_LOAD_MS :
						   EVSE_CONTACTS_IDLE_MS));
}

/* Attributes; Documentation/ABI/testing/sysfs-driver-evse-contact-monitor says what. */

static ssize_t evse_contacts_line(char *buf, ssize_t len,
				  const struct evse_contacts_one *one,
				  bool known, s64 value)
{
	if (!known)
		return sysfs_emit_at(buf, len, "%s unknown\n", one->name);
	return sysfs_emit_at(buf, len, "%s %lld\n", one->name, value);
}

/* An attribute with a line for each contact: is there a value, and which. */
#define EVSE_CONTACTS_LINES(_name, _type, _known, _value)		\
static ssize_t _name##_show(struct device *dev,				\
			    struct device_attribute *attr, char *buf)	\
{									\
	struct evse_contacts *m = dev_get_drvdata(dev);			\
	ssize_t len = 0;						\
	unsigned int i;							\
									\
	mutex_lock(&m->lock);						\
	for (i = 0; i < m->count; i++) {				\
		const struct evse_contact *c = &m->one[i].contact;	\
		_type value = 0;					\
		bool known = _known;					\
									\
		len += evse_contacts_line(buf, len, &m->one[i], known,	\
					  _value);			\
	}								\
	mutex_unlock(&m->lock);						\
	return len;							\
}									\
static DEVICE_ATTR_RO(_name)

EVSE_CONTACTS_LINES(resistance_uohm, s32, c->known, value + c->nohm / 1000);
EVSE_CONTACTS_LINES(trend_nohm_per_mating, s32, evse_contact_trend(c, &value),
		    value);
EVSE_CONTACTS_LINES(matings_left, u32,
		    evse_contact_left(c, m->limit_nohm, &value), value);

#define EVSE_CONTACTS_FLAG(_name, _value)				\
static ssize_t _name##_show(struct device *dev,				\
			    struct device_attribute *attr, char *buf)	\
{									\
	struct evse_contacts *m = dev_get_drvdata(dev);			\
	bool value;							\
									\
	mutex_lock(&m->lock);						\
	value = _value;							\
	mutex_unlock(&m->lock);						\
	return sysfs_emit(buf, "%d\n", value);				\
}									\
static DEVICE_ATTR_RO(_name)

EVSE_CONTACTS_FLAG(cleaning_due, m->unclean);
EVSE_CONTACTS_FLAG(replacement_due, m->worn);

static struct attribute *evse_contacts_attrs[] = {
	&dev_attr_resistance_uohm.attr,
	&dev_attr_trend_nohm_per_mating.attr,
	&dev_attr_matings_left.attr,
	&dev_attr_cleaning_due.attr,
	&dev_attr_replacement_due.attr,
	NULL
};
ATTRIBUTE_GROUPS(evse_contacts);

/* Probe */

static struct iio_channel *evse_contacts_channel(struct device *dev,
						 const char *name,
						 enum iio_chan_type wanted,
						 const char *quantity)
{
	struct iio_channel *iio = devm_iio_channel_get(dev, name);
	enum iio_chan_type type;
	int err;

	if (IS_ERR(iio)) {
		dev_err_probe(dev, PTR_ERR(iio), "no IIO channel \"%s\"\n", name);
		return iio;
	}
	err = iio_get_channel_type(iio, &type);
	if (!err && type != wanted)
		err = -EINVAL;
	if (err) {
		dev_err_probe(dev, err, "IIO channel \"%s\" does not measure %s\n",
			      name, quantity);
		return ERR_PTR(err);
	}
	return iio;
}

static int evse_contacts_drop(struct evse_contacts *m, const char *name)
{
	struct evse_contacts_one *one = &m->one[m->count];
	int i, known = match_string(evse_contacts_names, EVSE_CONTACTS_MAX, name);

	if (known < 0)
		return dev_err_probe(m->dev, -EINVAL,
				     "io-channel-names: \"%s\" is none of \"current\", \"drop-a\" to \"drop-d\"\n",
				     name);
	for (i = 0; i < m->count; i++)
		if (!strcmp(m->one[i].name, name))
			return dev_err_probe(m->dev, -EINVAL,
					     "io-channel-names: \"%s\" is there twice\n",
					     name);
	one->name = evse_contacts_names[known];
	one->iio = evse_contacts_channel(m->dev, name, IIO_VOLTAGE, "a voltage");
	if (IS_ERR(one->iio))
		return PTR_ERR(one->iio);
	m->count++;
	return 0;
}

static int evse_contacts_channels(struct evse_contacts *m)
{
	const char *names[EVSE_CONTACTS_MAX + 1];
	int i, err, count;

	count = device_property_string_array_count(m->dev, "io-channel-names");
	if (count < 2 || count > ARRAY_SIZE(names))
		return dev_err_probe(m->dev, -EINVAL,
				     "io-channel-names: \"current\" and 1 to %u of \"drop-a\" to \"drop-d\"\n",
				     EVSE_CONTACTS_MAX);
	err = device_property_read_string_array(m->dev, "io-channel-names",
						names, count);
	if (err < 0)
		return dev_err_probe(m->dev, err, "io-channel-names: no names\n");

	m->current_ = evse_contacts_channel(m->dev, "current", IIO_CURRENT,
					    "a current");
	if (IS_ERR(m->current_))
		return PTR_ERR(m->current_);
	for (i = 0; i < count; i++) {
		if (!strcmp(names[i], "current"))
			continue;
		err = evse_contacts_drop(m, names[i]);
		if (err)
			return err;
	}
	return 0;
}

static int evse_contacts_bounds(struct evse_contacts *m)
{
	static const struct evse_property limit = {
		"evse,resistance-limit-micro-ohms", 500, 50, 2000,
	};
	static const struct evse_property minimum = {
		"evse,minimum-microamp", 10000000, 1000000, 1000000000,
	};
	static const struct evse_property cleaning = {
		"evse,cleaning-matings", 500, 1, 1000000,
	};
	static const struct evse_property life = {
		"evse,life-matings", 10000, 1, 1000000,
	};
	u32 uohm, ua;
	int err;

	err = evse_property_read(m->dev, &limit, &uohm);
	if (!err)
		err = evse_property_read(m->dev, &minimum, &ua);
	if (!err)
		err = evse_property_read(m->dev, &cleaning, &m->cleaning);
	if (!err)
		err = evse_property_read(m->dev, &life, &m->life);
	if (err)
		return err;
	m->limit_nohm = uohm * 1000;
	m->minimum_ma = ua / 1000;
	return 0;
}

static int evse_contacts_register(struct evse_contacts *m)
{
	static const struct evse_guard_desc guard = {
		.name = "contact-resistance",
		.scope = EVSE_SCOPE_FLOW | EVSE_SCOPE_IMPORT |
			 EVSE_SCOPE_EXPORT | EVSE_SCOPE_ISLAND,
		.code = EVSE_FAULT_CODE_THERM_OVERLOAD,
		.own_unit = true,
	};
	int err;

	m->guard = devm_evse_guard_register(m->dev, &guard);
	if (IS_ERR(m->guard))
		return dev_err_probe(m->dev, PTR_ERR(m->guard),
				     "port takes no guard\n");
	err = devm_add_action_or_reset(m->dev, evse_contacts_unwarn, m);
	if (err)
		return err;
	/* Last: on removal it ends ahead of what it calls. */
	return devm_delayed_work_autocancel(m->dev, &m->work,
					    evse_contacts_work);
}

static int evse_contacts_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct evse_contacts *m;
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

	err = evse_contacts_channels(m);
	if (!err)
		err = evse_contacts_bounds(m);
	if (!err)
		err = evse_contacts_register(m);
	if (err)
		return err;
	platform_set_drvdata(pdev, m);
	evse_port_mating(m->port, &m->mating);
	m->heard = ktime_get();
	/* Not before all is there that the work may call. */
	evse_contacts_work(&m->work.work);
	return devm_evse_provider_up(dev);
}

static const struct of_device_id evse_contacts_match[] = {
	{ .compatible = "evse,contact-monitor" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_contacts_match);
MODULE_ALIAS("platform:evse-contact-monitor");

struct platform_driver evse_contacts_driver = {
	.probe = evse_contacts_probe,
	.driver = {
		.name = "evse-contact-monitor",
		.of_match_table = evse_contacts_match,
		.dev_groups = evse_contacts_groups,
	},
};
