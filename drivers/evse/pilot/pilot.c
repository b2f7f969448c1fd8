// SPDX-License-Identifier: GPL-2.0-only
/*
 * IEC 61851-1 control pilot: a PWM output generates it, IIO channels measure
 * its plateaus and the proximity contact, a thread reports the vehicle's state.
 */
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/iio/consumer.h>
#include <linux/iio/types.h>
#include <linux/kthread.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/pwm.h>
#include <linux/sched.h>

#include <linux/evse.h>

#include "../evse_property.h"
#include "pilot_duty.h"
#include "pilot_levels.h"
#include "proximity.h"

/* 1 kHz, within half a percent. */
#define EVSE_PILOT_MIN_PERIOD_NS	995000
#define EVSE_PILOT_MAX_PERIOD_NS	1005000

/* Peak holds still show the old output for so long after a change of it. */
#define EVSE_PILOT_BLANK_NS		(5 * NSEC_PER_MSEC)

#define EVSE_PILOT_SCOPE_ALL						\
	(EVSE_SCOPE_PRECHARGE | EVSE_SCOPE_CABLE_CHECK | EVSE_SCOPE_FLOW | \
	 EVSE_SCOPE_IMPORT | EVSE_SCOPE_EXPORT | EVSE_SCOPE_ISLAND)

enum evse_pilot_cause {
	EVSE_PILOT_CAUSE_SIGNAL,
	EVSE_PILOT_CAUSE_DIODE,
	EVSE_PILOT_CAUSE_VENTILATION,
	EVSE_PILOT_CAUSE_PROXIMITY,
	EVSE_PILOT_CAUSES,
};

static const enum evse_fault_code evse_pilot_codes[EVSE_PILOT_CAUSES] = {
	[EVSE_PILOT_CAUSE_SIGNAL] = EVSE_FAULT_CODE_CP_SIGNAL_LOSS,
	[EVSE_PILOT_CAUSE_DIODE] = EVSE_FAULT_CODE_DIODE_FAULT,
	[EVSE_PILOT_CAUSE_VENTILATION] = EVSE_FAULT_CODE_VENTILATION,
	[EVSE_PILOT_CAUSE_PROXIMITY] = EVSE_FAULT_CODE_PROXIMITY_FAULT,
};

/**
 * struct evse_pilot - a control pilot
 * @dev: the provider
 * @port: its port
 * @pwm: the generator
 * @high: positive plateau, mV
 * @low: negative plateau, mV
 * @pp: proximity resistance, ohm; NULL when the connector has no coding
 * @ventilation: the site is ventilated, so state D may have power
 * @air: guard of a site that is not ventilated, else NULL
 * @coding: guard of the proximity coding, NULL without @pp
 * @interval: between two samples
 * @lock: a sample is taken in one output, never across a change: @drive,
 *	@changed and the PWM
 * @drive: output in force
 * @changed: when it came into force
 * @duty: duty cycle in force, 1/10000
 * @levels: filter of the pilot; sampling thread
 * @proximity: filter of the coding; sampling thread
 * @blanked: the latest sample was not taken; sampling thread
 * @uncoded: samples in a row that show a vehicle without a coding
 * @sample: latest sample
 * @ohm: latest proximity resistance
 * @said: what was last reported
 */
struct evse_pilot {
	struct device *dev;
	struct evse_port *port;
	struct pwm_device *pwm;
	struct iio_channel *high;
	struct iio_channel *low;
	struct iio_channel *pp;
	bool ventilation;
	struct evse_guard *air;
	struct evse_guard *coding;
	ktime_t interval;

	struct mutex lock;	/* output, against samples across a change of it */
	enum evse_pilot_drive drive;
	ktime_t changed;
	u32 duty;

	struct evse_pilot_levels levels;
	struct evse_proximity proximity;
	bool blanked;
	u8 uncoded;
	struct evse_pilot_sample sample;
	int ohm;

	struct {
		bool cause[EVSE_PILOT_CAUSES];
		s32 value[EVSE_PILOT_CAUSES];
		bool air;
		bool coding;
		enum evse_pilot_state state;
		u32 cable_ma;
	} said;
};

/* Generator */

static int evse_pilot_generate(struct evse_pilot *p, u32 permyriad)
{
	enum evse_pilot_drive drive;
	struct pwm_state state;
	u32 current_ma;
	int err;

	if (permyriad == EVSE_PILOT_DUTY_OFF)
		drive = EVSE_PILOT_DRIVE_LOW;
	else if (permyriad == EVSE_PILOT_DUTY_STEADY)
		drive = EVSE_PILOT_DRIVE_HIGH;
	else
		drive = EVSE_PILOT_DRIVE_PWM;

	mutex_lock(&p->lock);
	pwm_init_state(p->pwm, &state);
	pwm_set_relative_duty_cycle(&state, permyriad, EVSE_PILOT_DUTY_STEADY);
	state.enabled = true;
	err = pwm_apply_might_sleep(p->pwm, &state);
	if (!err) {
		if (drive != p->drive)
			p->changed = ktime_get();
		p->drive = drive;
		WRITE_ONCE(p->duty, permyriad);
	}
	mutex_unlock(&p->lock);
	if (err)
		return err;

	evse_pilot_ma_of_duty(permyriad, &current_ma);
	dev_dbg(p->dev, "duty cycle %u.%02u %%, states %u mA\n",
		permyriad / 100, permyriad % 100, current_ma);
	return 0;
}

static int evse_pilot_set(void *priv, enum evse_pilot_output output,
			  u32 current_ma)
{
	switch (output) {
	case EVSE_PILOT_OUTPUT_STEADY:
		return evse_pilot_generate(priv, EVSE_PILOT_DUTY_STEADY);
	case EVSE_PILOT_OUTPUT_HLC:
		return evse_pilot_generate(priv, EVSE_PILOT_DUTY_HLC);
	case EVSE_PILOT_OUTPUT_CURRENT:
		return evse_pilot_generate(priv,
					   evse_pilot_duty_of_ma(current_ma));
	case EVSE_PILOT_OUTPUT_UNAVAILABLE:
		return evse_pilot_generate(priv, EVSE_PILOT_DUTY_OFF);
	case EVSE_PILOT_OUTPUT_AUTO:
		break;
	}
	return -EINVAL;
}

static u32 evse_pilot_duty_permyriad(void *priv)
{
	struct evse_pilot *p = priv;

	return READ_ONCE(p->duty);
}

static const struct evse_pilot_ops evse_pilot_ops = {
	.set = evse_pilot_set,
	.duty_permyriad = evse_pilot_duty_permyriad,
};

static void evse_pilot_off(void *priv)
{
	struct evse_pilot *p = priv;
	int err = evse_pilot_generate(p, EVSE_PILOT_DUTY_OFF);

	if (err)
		dev_err(p->dev, "pilot not switched to -12 V: %d\n", err);
}

/* Measurement */

/*
 * Proximity before pilot: a plug that is drawn between the two reads then
 * shows as no vehicle, and not as a vehicle without a cable.
 */
static void evse_pilot_measure(struct evse_pilot *p)
{
	int ohm, err = 0, pp_err = 0;
	bool blank;

	mutex_lock(&p->lock);
	blank = !p->blanked &&
		ktime_sub(ktime_get(), p->changed) < EVSE_PILOT_BLANK_NS;
	if (p->pp)
		pp_err = iio_read_channel_processed(p->pp, &ohm);
	if (!blank) {
		p->sample.drive = p->drive;
		err = iio_read_channel_processed(p->high, &p->sample.high_mv);
		if (err >= 0)
			err = iio_read_channel_processed(p->low,
							 &p->sample.low_mv);
	}
	mutex_unlock(&p->lock);

	p->blanked = blank;
	if (err < 0)
		evse_pilot_levels_miss(&p->levels);
	else if (!blank)
		evse_pilot_levels_step(&p->levels, &p->sample);

	if (!p->pp)
		return;
	if (pp_err < 0) {
		evse_proximity_miss(&p->proximity);
	} else {
		p->ohm = ohm;
		evse_proximity_step(&p->proximity, ohm);
	}
}

static bool evse_pilot_vehicle(enum evse_pilot_state state)
{
	return state == EVSE_PILOT_STATE_B || state == EVSE_PILOT_STATE_C ||
	       state == EVSE_PILOT_STATE_D;
}

/*
 * The pilot's contact may make before the proximity's has settled: a missing
 * coding holds at once and is a fault only when it lasts.
 */
static bool evse_pilot_uncoded(struct evse_pilot *p)
{
	if (!p->pp || p->proximity.accepted.valid ||
	    !evse_pilot_vehicle(p->levels.state))
		p->uncoded = 0;
	else if (p->uncoded < p->levels.patience)
		p->uncoded++;
	return p->uncoded >= p->levels.patience;
}

/* Reports */

static void evse_pilot_guard(struct evse_guard *guard, bool *said, bool permit)
{
	if (!guard || *said == permit)
		return;
	*said = permit;
	if (permit)
		evse_guard_permit(guard);
	else
		evse_guard_hold(guard);
}

static void evse_pilot_faults(struct evse_pilot *p, const bool *cause,
			      bool active)
{
	const s32 value[EVSE_PILOT_CAUSES] = {
		[EVSE_PILOT_CAUSE_SIGNAL] = p->sample.high_mv,
		[EVSE_PILOT_CAUSE_DIODE] = p->sample.low_mv,
		[EVSE_PILOT_CAUSE_VENTILATION] = p->sample.high_mv,
		[EVSE_PILOT_CAUSE_PROXIMITY] = p->ohm,
	};
	int i;

	for (i = 0; i < EVSE_PILOT_CAUSES; i++) {
		if (cause[i] != active || p->said.cause[i] == active)
			continue;
		p->said.cause[i] = active;
		/* A cause that is gone keeps what it was seen by. */
		if (active)
			p->said.value[i] = value[i];
		evse_fault_report(p->port, evse_pilot_codes[i], active,
				  p->said.value[i], "pilot");
	}
}

static void evse_pilot_cable(struct evse_pilot *p)
{
	const struct evse_proximity_coding *coding = &p->proximity.accepted;
	u32 current_ma = coding->current_ma;

	/* Zero lifts the limit: only without a vehicle. */
	if (!coding->valid && p->levels.state != EVSE_PILOT_STATE_A)
		return;
	if (current_ma == p->said.cable_ma)
		return;
	p->said.cable_ma = current_ma;
	evse_cable_report(p->port, current_ma);
}

/* What forbids power is said before a state that asks for it, and unsaid after. */
static void evse_pilot_report_all(struct evse_pilot *p)
{
	enum evse_pilot_state state = p->levels.state;
	bool airless = state == EVSE_PILOT_STATE_D && !p->ventilation;
	bool coded = p->proximity.accepted.valid &&
		     !p->proximity.accepted.pressed;
	const bool cause[EVSE_PILOT_CAUSES] = {
		[EVSE_PILOT_CAUSE_SIGNAL] = p->levels.signal_loss,
		[EVSE_PILOT_CAUSE_DIODE] = p->levels.diode_fault,
		[EVSE_PILOT_CAUSE_VENTILATION] = airless,
		[EVSE_PILOT_CAUSE_PROXIMITY] = evse_pilot_uncoded(p),
	};

	if (airless)
		evse_pilot_guard(p->air, &p->said.air, false);
	if (!coded)
		evse_pilot_guard(p->coding, &p->said.coding, false);
	evse_pilot_faults(p, cause, true);
	evse_pilot_cable(p);

	if (state != p->said.state) {
		p->said.state = state;
		evse_pilot_report(p->port, state);
	}

	evse_pilot_faults(p, cause, false);
	/* An unmeasured vehicle may be one that needs air. */
	if (!airless && state != EVSE_PILOT_STATE_UNKNOWN)
		evse_pilot_guard(p->air, &p->said.air, true);
	if (coded)
		evse_pilot_guard(p->coding, &p->said.coding, true);
}

static int evse_pilot_thread(void *data)
{
	struct evse_pilot *p = data;
	ktime_t next = ktime_get();

	sched_set_fifo(current);
	while (!kthread_should_stop()) {
		evse_pilot_measure(p);
		evse_pilot_report_all(p);

		next = ktime_add(next, p->interval);
		if (ktime_after(ktime_get(), next))
			next = ktime_add(ktime_get(), p->interval);
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule_hrtimeout(&next, HRTIMER_MODE_ABS);
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static void evse_pilot_stop(void *thread)
{
	kthread_stop(thread);
}

/* Probe */

static struct iio_channel *evse_pilot_channel(struct device *dev,
					      const char *name,
					      enum iio_chan_type want)
{
	struct iio_channel *chan = devm_iio_channel_get(dev, name);
	enum iio_chan_type type;
	int err;

	if (IS_ERR(chan)) {
		dev_err_probe(dev, PTR_ERR(chan), "no IIO channel \"%s\"\n", name);
		return chan;
	}
	err = iio_get_channel_type(chan, &type);
	if (!err && type != want)
		err = -EINVAL;
	if (err) {
		dev_err_probe(dev, err, "IIO channel \"%s\" does not measure %s\n",
			      name, want == IIO_VOLTAGE ? "a voltage" : "a resistance");
		return ERR_PTR(err);
	}
	return chan;
}

static int evse_pilot_generator(struct evse_pilot *p)
{
	struct device *dev = p->dev;
	struct pwm_args args;
	int err;

	p->pwm = devm_evse_pwm_get(dev);
	if (IS_ERR(p->pwm))
		return dev_err_probe(dev, PTR_ERR(p->pwm), "no PWM output\n");

	pwm_get_args(p->pwm, &args);
	if (args.period < EVSE_PILOT_MIN_PERIOD_NS ||
	    args.period > EVSE_PILOT_MAX_PERIOD_NS)
		return dev_err_probe(dev, -EINVAL,
				     "pwms: period %llu ns is not in %u..%u ns\n",
				     args.period, EVSE_PILOT_MIN_PERIOD_NS,
				     EVSE_PILOT_MAX_PERIOD_NS);

	err = evse_pilot_generate(p, EVSE_PILOT_DUTY_STEADY);
	if (err)
		return dev_err_probe(dev, err, "PWM output refuses steady +12 V\n");
	return devm_add_action_or_reset(dev, evse_pilot_off, p);
}

static int evse_pilot_measurement(struct evse_pilot *p)
{
	static const struct evse_property interval = {
		"sample-interval-ms", 10, 2, 20,
	};
	struct device *dev = p->dev;
	const char *type = "type2";
	u32 interval_ms;
	int err;

	err = evse_property_read(dev, &interval, &interval_ms);
	if (err)
		return err;
	p->interval = ms_to_ktime(interval_ms);
	p->ventilation = device_property_read_bool(dev, "ventilation-available");
	evse_pilot_levels_init(&p->levels, interval_ms);

	p->high = evse_pilot_channel(dev, "cp-high", IIO_VOLTAGE);
	if (IS_ERR(p->high))
		return PTR_ERR(p->high);
	p->low = evse_pilot_channel(dev, "cp-low", IIO_VOLTAGE);
	if (IS_ERR(p->low))
		return PTR_ERR(p->low);

	if (device_property_match_string(dev, "io-channel-names", "pp") < 0)
		return 0;
	p->pp = evse_pilot_channel(dev, "pp", IIO_RESISTANCE);
	if (IS_ERR(p->pp))
		return PTR_ERR(p->pp);

	device_property_read_string(dev, "evse,proximity", &type);
	if (!strcmp(type, "type1"))
		p->proximity.type = EVSE_PROXIMITY_TYPE1;
	else if (!strcmp(type, "type2"))
		p->proximity.type = EVSE_PROXIMITY_TYPE2;
	else
		return dev_err_probe(dev, -EINVAL,
				     "evse,proximity = \"%s\" is neither \"type1\" nor \"type2\"\n",
				     type);
	p->proximity.phases = evse_port_rating(p->port)->phases;
	p->proximity.patience = p->levels.patience;
	return 0;
}

static struct evse_guard *evse_pilot_add_guard(struct device *dev,
					       const char *name,
					       enum evse_fault_code code)
{
	const struct evse_guard_desc desc = {
		.name = name,
		.scope = EVSE_PILOT_SCOPE_ALL,
		.code = code,
	};
	struct evse_guard *guard = devm_evse_guard_register(dev, &desc);

	if (IS_ERR(guard))
		dev_err_probe(dev, PTR_ERR(guard), "no guard \"%s\"\n", name);
	return guard;
}

static int evse_pilot_guards(struct evse_pilot *p)
{
	if (!p->ventilation) {
		p->air = evse_pilot_add_guard(p->dev, "ventilation",
					      EVSE_FAULT_CODE_VENTILATION);
		if (IS_ERR(p->air))
			return PTR_ERR(p->air);
	}
	if (p->pp) {
		p->coding = evse_pilot_add_guard(p->dev, "proximity",
						 EVSE_FAULT_CODE_PROXIMITY_FAULT);
		if (IS_ERR(p->coding))
			return PTR_ERR(p->coding);
	}
	return 0;
}

static int evse_pilot_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct task_struct *thread;
	struct evse_pilot *p;
	int err;

	p = devm_kzalloc(dev, sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	p->dev = dev;
	mutex_init(&p->lock);
	p->port = evse_port_of(dev);
	if (IS_ERR(p->port))
		return dev_err_probe(dev, PTR_ERR(p->port),
				     "is not the child of an evse,port\n");

	err = evse_pilot_measurement(p);
	if (err)
		return err;
	err = evse_pilot_generator(p);
	if (err)
		return err;
	err = evse_pilot_guards(p);
	if (err)
		return err;
	err = devm_evse_pilot_register(dev, &evse_pilot_ops, p);
	if (err)
		return dev_err_probe(dev, err, "port takes no control pilot\n");

	thread = kthread_run(evse_pilot_thread, p, "pilot-%s", dev_name(dev));
	if (IS_ERR(thread))
		return dev_err_probe(dev, PTR_ERR(thread), "no sampling thread\n");
	err = devm_add_action_or_reset(dev, evse_pilot_stop, thread);
	if (err)
		return err;

	platform_set_drvdata(pdev, p);
	return devm_evse_provider_up(dev);
}

static void evse_pilot_shutdown(struct platform_device *pdev)
{
	evse_pilot_off(platform_get_drvdata(pdev));
}

static const struct of_device_id evse_pilot_of_match[] = {
	{ .compatible = "evse,control-pilot" },
	{}
};
MODULE_DEVICE_TABLE(of, evse_pilot_of_match);
MODULE_ALIAS("platform:evse-control-pilot");

static struct platform_driver evse_pilot_driver = {
	.probe = evse_pilot_probe,
	.shutdown = evse_pilot_shutdown,
	.driver = {
		.name = "evse-control-pilot",
		.of_match_table = evse_pilot_of_match,
	},
};
module_platform_driver(evse_pilot_driver);

MODULE_DESCRIPTION("IEC 61851-1 control pilot and proximity");
MODULE_LICENSE("GPL");
