// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers of a thermometer: which there are, what they must read, when a
 * temperature may be believed. The caller holds the lock.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/ktime.h>
#include <linux/regmap.h>

#include "tmp1xx.h"

static bool narrow(const struct tmp1xx *t, unsigned int reg)
{
	return reg == TMP1XX_CONFIG && !t->chip->wide;
}

static int read(void *context, unsigned int reg, unsigned int *value)
{
	struct tmp1xx *t = context;
	int ret;

	ret = narrow(t, reg) ? i2c_smbus_read_byte_data(t->client, reg) :
			       i2c_smbus_read_word_swapped(t->client, reg);
	if (ret < 0)
		return ret;
	*value = ret;
	return 0;
}

static int write(void *context, unsigned int reg, unsigned int value)
{
	struct tmp1xx *t = context;

	return narrow(t, reg) ? i2c_smbus_write_byte_data(t->client, reg, value) :
				i2c_smbus_write_word_swapped(t->client, reg, value);
}

static const struct regmap_range written[] = {
	regmap_reg_range(TMP1XX_CONFIG, TMP1XX_LAST),
	regmap_reg_range(TMP117_OFFSET, TMP117_OFFSET),
};

static const struct regmap_access_table write_table = {
	.yes_ranges = written,
	.n_yes_ranges = ARRAY_SIZE(written),
};

static const struct regmap_range readable[] = {
	regmap_reg_range(TMP1XX_TEMPERATURE, TMP1XX_LAST),
	regmap_reg_range(TMP117_OFFSET, TMP117_OFFSET),
	regmap_reg_range(TMP117_ID, TMP117_ID),
};

static const struct regmap_access_table read_table = {
	.yes_ranges = readable,
	.n_yes_ranges = ARRAY_SIZE(readable),
};

/* Where reading it ends an alert, nobody but the driver may. */
static const struct regmap_range precious[] = {
	regmap_reg_range(TMP1XX_CONFIG, TMP1XX_CONFIG),
};

static const struct regmap_access_table precious_table = {
	.yes_ranges = precious,
	.n_yes_ranges = ARRAY_SIZE(precious),
};

/**
 * tmp1xx_map() - make the registers accessible
 * @t: the thermometer
 *
 * Nothing is cached: what is written reaches the chip, whatever was there.
 *
 * Return: 0 or an error.
 */
int tmp1xx_map(struct tmp1xx *t)
{
	const struct regmap_config config = {
		.reg_bits = 8,
		.val_bits = 16,
		.max_register = t->chip->id ? TMP117_ID : TMP1XX_LAST,
		.wr_table = &write_table,
		.rd_table = &read_table,
		.precious_table = t->chip->window ? &precious_table : NULL,
		.reg_read = read,
		.reg_write = write,
		.cache_type = REGCACHE_NONE,
	};
	u32 needed = I2C_FUNC_SMBUS_WORD_DATA |
		     (t->chip->wide ? 0 : I2C_FUNC_SMBUS_BYTE_DATA);

	if (!i2c_check_functionality(t->client->adapter, needed))
		return dev_err_probe(t->dev, -EOPNOTSUPP,
				     "the bus cannot transfer words of two bytes: use one that can\n");
	t->map = devm_regmap_init(t->dev, NULL, t, &config);
	return PTR_ERR_OR_ZERO(t->map);
}

/**
 * tmp1xx_identify() - find out whether the chip is what it is said to be
 * @t: the thermometer
 *
 * Return: 0, -ENODEV if it is another, or an error of the bus.
 */
int tmp1xx_identify(struct tmp1xx *t)
{
	const struct tmp1xx_chip *chip = t->chip;
	unsigned int value;
	int ret;

	if (chip->id) {
		ret = regmap_read(t->map, TMP117_ID, &value);
		if (ret)
			return dev_err_probe(t->dev, ret, "no answer: check address and wiring\n");
		if (value != chip->id)
			return dev_err_probe(t->dev, -ENODEV,
					     "chip has the id 0x%04x, a %s has 0x%04x: say in compatible which chip is fitted\n",
					     value, chip->name, chip->id);
	}
	ret = regmap_read(t->map, TMP1XX_CONFIG, &value);
	if (ret)
		return dev_err_probe(t->dev, ret, "no answer: check address and wiring\n");
	if ((value & chip->known) != chip->reads)
		return dev_err_probe(t->dev, -ENODEV,
				     "configuration reads 0x%04x, that of a %s has 0x%04x in the bits 0x%04x: say in compatible which chip is fitted\n",
				     value, chip->name, chip->reads, chip->known);
	return 0;
}

static u16 config_of(const struct tmp1xx *t)
{
	return tmp1xx_config(t->chip, t->rate, t->average) |
	       (t->inverted ? t->chip->polarity : 0) |
	       (t->irq ? 0 : t->chip->latch);
}

/**
 * tmp1xx_verify() - find out whether the chip took its configuration
 * @t: the thermometer, configured
 *
 * Return: 0, -ENODEV if it did not, or an error of the bus.
 */
int tmp1xx_verify(struct tmp1xx *t)
{
	unsigned int value;
	int ret = regmap_read(t->map, TMP1XX_CONFIG, &value);

	if (ret)
		return ret;
	if ((value ^ config_of(t)) & t->chip->kept)
		return dev_err_probe(t->dev, -ENODEV,
				     "configuration reads 0x%04x after 0x%04x was written: say in compatible which chip is fitted\n",
				     value, config_of(t));
	return 0;
}

/**
 * tmp1xx_configure() - write the configuration, which also wakes the chip
 * @t: the thermometer
 *
 * Return: 0 or an error of the bus.
 */
int tmp1xx_configure(struct tmp1xx *t)
{
	int ret = regmap_write(t->map, TMP1XX_CONFIG, config_of(t));

	if (ret || t->awake)
		return ret;
	t->awake = true;
	t->ready = ktime_add_us(ktime_get(),
				tmp1xx_first_us(t->chip, t->average));
	return 0;
}

/**
 * tmp1xx_sleep() - let the chip do nothing
 * @t: the thermometer
 *
 * It is configured anew before it is read again, whether or not this succeeds.
 *
 * Return: 0 or an error of the bus.
 */
int tmp1xx_sleep(struct tmp1xx *t)
{
	t->awake = false;
	return regmap_write(t->map, TMP1XX_CONFIG,
			    config_of(t) | t->chip->shutdown);
}

/**
 * tmp1xx_settle() - wait for the first conversion since the chip woke
 * @t: the thermometer
 *
 * Context: process, sleeps for as long as tmp1xx_first_us() says.
 */
void tmp1xx_settle(struct tmp1xx *t)
{
	s64 wait_us = ktime_us_delta(t->ready, ktime_get());

	if (wait_us >= 0)
		fsleep(wait_us + 1);
}

/**
 * tmp1xx_convert() - read a temperature
 * @t: the thermometer, powered
 * @raw: the temperature, in units of the chip
 *
 * Wakes the chip if it slept, and waits for its first conversion then: until that
 * the register has the temperature of before.
 *
 * Context: process, sleeps for as long as tmp1xx_first_us() says.
 * Return: 0, an error of the bus, or one of tmp1xx_decode().
 */
int tmp1xx_convert(struct tmp1xx *t, int *raw)
{
	unsigned int reg;
	int ret;

	if (!t->awake) {
		ret = tmp1xx_configure(t);
		if (ret)
			return ret;
	}
	tmp1xx_settle(t);
	ret = regmap_read(t->map, TMP1XX_TEMPERATURE, &reg);
	return ret ?: tmp1xx_decode(t->chip, reg, raw);
}

/**
 * tmp1xx_tell() - tell the chip what to wait for
 * @t: the thermometer
 * @alert: what it has to be told
 *
 * Return: 0 or an error of the bus, after which the chip may know a part of it.
 */
int tmp1xx_tell(struct tmp1xx *t, const struct tmp1xx_alert *alert)
{
	int ret;

	t->up_to_date = false;
	ret = regmap_write(t->map, t->chip->low, alert->low);
	if (!ret)
		ret = regmap_write(t->map, t->chip->high, alert->high);
	if (ret)
		return ret;
	t->inverted = alert->inverted;
	ret = tmp1xx_configure(t);
	if (ret)
		return ret;
	t->told = *alert;
	t->up_to_date = true;
	return 0;
}

/**
 * tmp1xx_hush() - end the alert of a chip that does not end it by itself
 * @t: the thermometer
 *
 * Return: 0 or an error of the bus.
 */
int tmp1xx_hush(struct tmp1xx *t)
{
	unsigned int flags;

	return t->chip->window ? regmap_read(t->map, TMP1XX_CONFIG, &flags) : 0;
}
