// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the board measures, as an IIO device. Most values are processed ones;
 * four channels are finer than the unit of their kind and have a scale.
 */

#include <linux/device.h>
#include <linux/iio/iio.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "board.h"

/* An open proximity input: the top of the range. */
#define PP_OPEN_OHM	1000000

#define CHANNEL(_type, _number) {					\
	.type = (_type),						\
	.indexed = 1,							\
	.channel = (_number),						\
	.info_mask_separate = BIT(IIO_CHAN_INFO_PROCESSED),		\
}

#define SCALED(_type, _number) {					\
	.type = (_type),						\
	.indexed = 1,							\
	.channel = (_number),						\
	.info_mask_separate = BIT(IIO_CHAN_INFO_RAW) |			\
			      BIT(IIO_CHAN_INFO_SCALE),			\
}

static const struct iio_chan_spec sim_channels[] = {
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_CP_HIGH),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_CP_LOW),
	CHANNEL(IIO_RESISTANCE, EVSE_SIM_ADC_PP),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_VOLTAGE),
	CHANNEL(IIO_CURRENT, EVSE_SIM_ADC_CURRENT),
	CHANNEL(IIO_POWER, EVSE_SIM_ADC_POWER),
	CHANNEL(IIO_ALTVOLTAGE, EVSE_SIM_ADC_MAINS(0)),
	CHANNEL(IIO_ALTVOLTAGE, EVSE_SIM_ADC_MAINS(1)),
	CHANNEL(IIO_ALTVOLTAGE, EVSE_SIM_ADC_MAINS(2)),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_DC_LINK),
	SCALED(IIO_CURRENT, EVSE_SIM_ADC_LEAKAGE),
	CHANNEL(IIO_RESISTANCE, EVSE_SIM_ADC_INSULATION),
	SCALED(IIO_RESISTANCE, EVSE_SIM_ADC_EARTH),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_NTC(0)),
	CHANNEL(IIO_VOLTAGE, EVSE_SIM_ADC_NTC(1)),
	SCALED(IIO_VOLTAGE, EVSE_SIM_ADC_DROP(0)),
	SCALED(IIO_VOLTAGE, EVSE_SIM_ADC_DROP(1)),
};

static_assert(ARRAY_SIZE(sim_channels) == EVSE_SIM_CHANNELS);

static const char * const sim_labels[] = {
	[EVSE_SIM_ADC_CP_HIGH] = "cp-high",
	[EVSE_SIM_ADC_CP_LOW] = "cp-low",
	[EVSE_SIM_ADC_PP] = "pp",
	[EVSE_SIM_ADC_VOLTAGE] = "voltage",
	[EVSE_SIM_ADC_CURRENT] = "current",
	[EVSE_SIM_ADC_POWER] = "power",
	[EVSE_SIM_ADC_MAINS(0)] = "mains-l1",
	[EVSE_SIM_ADC_MAINS(1)] = "mains-l2",
	[EVSE_SIM_ADC_MAINS(2)] = "mains-l3",
	[EVSE_SIM_ADC_DC_LINK] = "dc-link",
	[EVSE_SIM_ADC_LEAKAGE] = "leakage",
	[EVSE_SIM_ADC_INSULATION] = "insulation",
	[EVSE_SIM_ADC_EARTH] = "earth",
	[EVSE_SIM_ADC_NTC(0)] = "ntc-a",
	[EVSE_SIM_ADC_NTC(1)] = "ntc-b",
	[EVSE_SIM_ADC_DROP(0)] = "drop-a",
	[EVSE_SIM_ADC_DROP(1)] = "drop-b",
};

static s32 noisy(struct evse_sim *b, s32 value, s32 amplitude)
{
	u32 span = 2 * amplitude + 1;

	return value - amplitude +
	       (s32)(((u64)prandom_u32_state(&b->noise) * span) >> 32);
}

/* What was measured twice is not the same to the last digit. */
static s32 live(struct evse_sim *b, s32 value, s32 least)
{
	return max(noisy(b, value, max(least, value / 2000)), 0);
}

static s32 ntc_mv(const struct evse_sim *b, unsigned int pin)
{
	return evse_sim_ntc_mv(b->heat.place[EVSE_SIM_HEAT_PIN_A + pin].mdeg,
			       b->ntc[pin]);
}

static s32 measure(struct evse_sim *b, int channel)
{
	struct evse_sim_flow flow;

	evse_sim_plant_flow(b, &flow);
	switch (channel) {
	case EVSE_SIM_ADC_CP_HIGH:
		return noisy(b, b->pilot.high_mv, b->pilot.noise_mv);
	case EVSE_SIM_ADC_CP_LOW:
		return noisy(b, b->pilot.low_mv, b->pilot.noise_mv);
	case EVSE_SIM_ADC_PP:
		return b->vehicle.plug ? b->pp_ohm : PP_OPEN_OHM;
	case EVSE_SIM_ADC_VOLTAGE:
		return flow.voltage_mv;
	case EVSE_SIM_ADC_CURRENT:
		return evse_sim_plant_current(b);
	case EVSE_SIM_ADC_POWER:
		return b->bridge ? evse_sim_bridge_power(b) : flow.power_mw;
	case EVSE_SIM_ADC_MAINS(0):
	case EVSE_SIM_ADC_MAINS(1):
	case EVSE_SIM_ADC_MAINS(2):
		return live(b, evse_sim_grid_rms_mv(b, channel -
						    EVSE_SIM_ADC_MAINS(0)), 8);
	case EVSE_SIM_ADC_LEAKAGE:
		return live(b, evse_sim_leak_ua(&b->leak), 16);
	case EVSE_SIM_ADC_INSULATION:
		return live(b, evse_sim_insulation_ohm(&b->insulation,
						       evse_sim_plant_outputs(b) &
						       BIT(EVSE_SIM_IMD_TEST)),
			    8);
	case EVSE_SIM_ADC_EARTH:
		/* Of either sign, as a bad measurement may be. */
		return noisy(b, evse_sim_earth_milliohm(&b->earth), 8);
	case EVSE_SIM_ADC_NTC(0):
	case EVSE_SIM_ADC_NTC(1):
		return ntc_mv(b, channel - EVSE_SIM_ADC_NTC(0));
	case EVSE_SIM_ADC_DROP(0):
	case EVSE_SIM_ADC_DROP(1):
		return evse_sim_heat_drop_uv(&b->heat,
					     channel - EVSE_SIM_ADC_DROP(0),
					     evse_sim_plant_current(b));
	default:
		return div_s64(b->link.link_uv, 1000);
	}
}

static int sim_read_raw(struct iio_dev *indio_dev,
			const struct iio_chan_spec *chan, int *val, int *val2,
			long mask)
{
	struct evse_sim *b = *(struct evse_sim **)iio_priv(indio_dev);
	struct evse_sim_channel *channel = &b->channel[chan->channel];
	unsigned long flags;
	bool fails;

	if (mask == IIO_CHAN_INFO_SCALE) {
		*val = 0;
		*val2 = 1000;
		return IIO_VAL_INT_PLUS_MICRO;
	}
	if (mask != IIO_CHAN_INFO_PROCESSED && mask != IIO_CHAN_INFO_RAW)
		return -EINVAL;

	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	if (channel->fail != EVSE_SIM_CHANNEL_FROZEN)
		channel->last = measure(b, chan->channel);
	*val = channel->last;
	fails = channel->fail == EVSE_SIM_CHANNEL_ERROR;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return fails ? -EIO : IIO_VAL_INT;
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
