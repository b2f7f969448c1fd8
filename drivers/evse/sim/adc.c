// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the board measures, as an IIO device with processed values.
 */

#include <linux/device.h>
#include <linux/iio/iio.h>
#include <linux/math64.h>

#include "board.h"

/* An open proximity input: the top of the range. */
#define PP_OPEN_OHM	1000000

#define CHANNEL(_type, _number) {					\
	.type = (_type),						\
	.indexed = 1,							\
	.channel = (_number),						\
	.info_mask_separate = BIT(IIO_CHAN_INFO_PROCESSED),		\
}

static const struct iio_chan_spec sim_channels[] = {
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_CP_HIGH),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_CP_LOW),
	CHANNEL(IIO_RESISTANCE, EVSE_SIM_ADC_PP),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_VOLTAGE),
	CHANNEL(IIO_CURRENT, EVSE_SIM_ADC_CURRENT),
	CHANNEL(IIO_POWER, EVSE_SIM_ADC_POWER),
	CHANNEL(IIO_ALTVOLTAGE, EVSE_SIM_ADC_MAINS),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_DC_LINK),
};

static const char * const sim_labels[] = {
	[EVSE_SIM_ADC_CP_HIGH] = "cp-high",
	[EVSE_SIM_ADC_CP_LOW] = "cp-low",
	[EVSE_SIM_ADC_PP] = "pp",
	[EVSE_SIM_ADC_VOLTAGE] = "voltage",
	[EVSE_SIM_ADC_CURRENT] = "current",
	[EVSE_SIM_ADC_POWER] = "power",
	[EVSE_SIM_ADC_MAINS] = "mains",
	[EVSE_SIM_ADC_DC_LINK] = "dc-link",
};

static s32 noisy(struct evse_sim *b, s32 mv)
{
	u32 span = 2 * b->pilot.noise_mv + 1;

	return mv - b->pilot.noise_mv +
	       (s32)(((u64)prandom_u32_state(&b->noise) * span) >> 32);
}

static s32 measure(struct evse_sim *b, int channel)
{
	struct evse_sim_flow flow;

	evse_sim_plant_flow(b, &flow);
	switch (channel) {
	case EVSE_SIM_ADC_CP_HIGH:
		return noisy(b, b->pilot.high_mv);
	case EVSE_SIM_ADC_CP_LOW:
		return noisy(b, b->pilot.low_mv);
	case EVSE_SIM_ADC_PP:
		return b->vehicle.plug ? b->pp_ohm : PP_OPEN_OHM;
	case EVSE_SIM_ADC_VOLTAGE:
		return flow.voltage_mv;
	case EVSE_SIM_ADC_CURRENT:
		return flow.current_ma;
	case EVSE_SIM_ADC_POWER:
		return flow.power_mw;
	case EVSE_SIM_ADC_MAINS:
		return b->mains_mv;
	default:
		return div_s64(b->link.link_uv, 1000);
	}
}

static int sim_read_raw(struct iio_dev *indio_dev,
			const struct iio_chan_spec *chan, int *val, int *val2,
			long mask)
{
	struct evse_sim *b = *(struct evse_sim **)iio_priv(indio_dev);
	unsigned long flags;

	if (mask != IIO_CHAN_INFO_PROCESSED)
		return -EINVAL;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	*val = measure(b, chan->channel);
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return IIO_VAL_INT;
}

static int sim_read_label(struct iio_dev *indio_dev,
			  const struct iio_chan_spec *chan, char *label)
{
	return sysfs_emit(label, "%s\n", sim_labels[chan->channel]);
}

static const struct iio_info sim_info = {
	.read_raw = sim_read_raw,
	.read_label = sim_read_label,
};

int evse_sim_adc_init(struct evse_sim *b)
{
	struct iio_dev *indio_dev;

	indio_dev = devm_iio_device_alloc(b->dev, sizeof(struct evse_sim *));
	if (!indio_dev)
		return -ENOMEM;
	*(struct evse_sim **)iio_priv(indio_dev) = b;
	indio_dev->name = "evse-sim";
	indio_dev->info = &sim_info;
	indio_dev->modes = INDIO_DIRECT_MODE;
	indio_dev->channels = sim_channels;
	indio_dev->num_channels = ARRAY_SIZE(sim_channels);
	return devm_iio_device_register(b->dev, indio_dev);
}
