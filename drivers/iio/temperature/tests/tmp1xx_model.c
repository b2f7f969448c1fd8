// SPDX-License-Identifier: GPL-2.0-only
/*
 * A thermometer chip on an I2C bus of its own, with an interrupt line.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/math64.h>

#include "../tmp1xx.h"
#include "tmp1xx_model.h"

#define MODEL_ADDRESS	0x48

const struct model_facts model_tmp102 = {
	.type = "tmp102-alert", .config_bytes = 2, .reset = 0x60a0, .stuck = 0x602f,
	.shutdown = 0x0100, .polarity = 0x0400, .latch = 0x0200, .step_ndeg = 62500000,
	.shift = 4, .convert_us = 26000, .low = 2, .high = 3,
};

const struct model_facts model_tmp75 = {
	.type = "tmp75-alert", .config_bytes = 1, .shutdown = 0x01, .polarity = 0x04,
	.latch = 0x02, .step_ndeg = 62500000, .shift = 4, .convert_us = 220000, .low = 2, .high = 3,
};

const struct model_facts model_lm75 = {
	.type = "lm75-alert", .config_bytes = 1, .stuck = 0xe0, .shutdown = 0x01,
	.polarity = 0x04, .step_ndeg = 500000000, .shift = 7, .convert_us = 100000,
	.low = 2, .high = 3,
};

/* A conversion of 8 samples, as its reset value has it */
const struct model_facts model_tmp117 = {
	.type = "tmp117-alert", .config_bytes = 2, .reset = 0x0220, .stuck = 0xf000,
	.shutdown = 0x0400, .polarity = 0x0008, .step_ndeg = 7812500, .shift = 0,
	.convert_us = 124000, .low = 3, .high = 2, .window = true, .id = 0x0117,
};

/* The chip */

static void update_line(struct model *m)
{
	bool inverted = m->reg[1] & m->facts->polarity, active;

	if (m->facts->window)
		active = m->reg[1] & 0xc000;
	else
		active = m->reg[1] & m->facts->latch ? m->latched : m->holds;
	/* Low is what interrupts. */
	active = active != inverted || m->held;
	if (active && !m->asserted && m->irq && !m->mute && (m->edge || !m->masked))
		schedule_work(&m->fire);
	m->asserted = active;
}

static void convert(struct model *m)
{
	const struct model_facts *f = m->facts;
	s64 steps = div_s64((s64)m->mdeg * 1000000, f->step_ndeg);
	s16 value;

	value = (s16)((u16)steps << f->shift);
	if (f->id)
		value += (s16)m->reg[7];
	m->reg[0] = value;
	if (f->window) {
		if (value > (s16)m->reg[f->high])
			m->reg[1] |= 0x8000;
		if (value < (s16)m->reg[f->low])
			m->reg[1] |= 0x4000;
	} else if (m->holds ? value < (s16)m->reg[f->low] :
			      value >= (s16)m->reg[f->high]) {
		m->holds = !m->holds;
		m->latched = true;
	}
	m->conversions++;
}

/* Time has passed: one conversion after the other while it is on. */
static void advance(struct model *m)
{
	ktime_t now = ktime_get();

	if (!(m->reg[1] & m->facts->shutdown) && ktime_compare(now, m->done) >= 0) {
		convert(m);
		m->done = ktime_add_us(now, m->facts->convert_us);
	}
	update_line(m);
}

static void write_reg(struct model *m, u8 reg, u16 value)
{
	const struct model_facts *f = m->facts;
	bool slept = m->reg[1] & f->shutdown;

	if (reg != 1) {
		m->reg[reg] = value;
		return;
	}
	m->reg[1] = (m->reg[1] & f->stuck) | (value & ~f->stuck);
	if (slept && !(value & f->shutdown))
		m->done = ktime_add_us(ktime_get(), f->convert_us);
}

static u16 read_reg(struct model *m, u8 reg)
{
	u16 value = m->reg[reg];

	m->latched = false;
	if (reg == 1 && m->facts->window)
		m->reg[1] &= 0x0fff;
	return value;
}

static int bytes_of(const struct model *m, u8 reg)
{
	return reg == 1 ? m->facts->config_bytes : 2;
}

/* The bus: one message writes the pointer and perhaps a register, one reads it. */
static int transfer(struct i2c_adapter *adapter, struct i2c_msg *msgs, int num)
{
	struct model *m = i2c_get_adapdata(adapter);
	int i, k, ret = num;
	u16 value;

	mutex_lock(&m->lock);
	m->transfers++;
	advance(m);
	if (m->errors) {
		m->errors--;
		mutex_unlock(&m->lock);
		return m->error;
	}
	for (i = 0; i < num; i++) {
		if (msgs[i].addr != MODEL_ADDRESS || !msgs[i].len) {
			ret = -ENXIO;
			break;
		}
		if (msgs[i].flags & I2C_M_RD) {
			value = read_reg(m, m->pointer);
			for (k = 0; k < msgs[i].len; k++)
				msgs[i].buf[k] = bytes_of(m, m->pointer) == 1 || k ?
						 value : value >> 8;
			continue;
		}
		m->pointer = msgs[i].buf[0] & 15;
		if (msgs[i].len == 1 + bytes_of(m, m->pointer))
			write_reg(m, m->pointer, msgs[i].len == 2 ? msgs[i].buf[1] :
				  msgs[i].buf[1] << 8 | msgs[i].buf[2]);
	}
	update_line(m);
	mutex_unlock(&m->lock);
	return ret;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = {
	.master_xfer = transfer,
	.functionality = functionality,
};

/* The interrupt */

static void fire(struct work_struct *work)
{
	struct model *m = container_of(work, struct model, fire);

	m->fires++;
	generic_handle_irq_safe(m->irq);
}

static void mask(struct irq_data *data)
{
	struct model *m = irq_data_get_irq_chip_data(data);

	m->masked = true;
}

static void unmask(struct irq_data *data)
{
	struct model *m = irq_data_get_irq_chip_data(data);

	m->masked = false;
	if (m->asserted && !m->edge)
		schedule_work(&m->fire);
}

static struct irq_chip chip = {
	.name = "tmp1xx-model",
	.irq_mask = mask,
	.irq_unmask = unmask,
};

/* Give the chip an interrupt line, before it is bound. */
void model_interrupt(struct model *m, bool edge)
{
	m->edge = edge;
	m->irq = irq_alloc_desc(NUMA_NO_NODE);
	KUNIT_ASSERT_GT(m->test, m->irq, 0);
	irq_set_chip_and_handler(m->irq, &chip,
				 edge ? handle_simple_irq : handle_level_irq);
	irq_set_chip_data(m->irq, m);
	irq_modify_status(m->irq, IRQ_NOREQUEST | IRQ_NOPROBE,
			  edge ? IRQ_TYPE_EDGE_FALLING : IRQ_TYPE_LEVEL_LOW);
}

/* What a test does */

struct model *model_new(struct kunit *test, const struct model_facts *facts)
{
	struct model *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	test->priv = m;
	m->test = test;
	m->facts = facts;
	m->mdeg = 25000;
	mutex_init(&m->lock);
	INIT_WORK(&m->fire, fire);
	m->reg[1] = facts->reset;
	m->reg[facts->low] = facts->id ? 0x8000 : 0x4b00;
	m->reg[facts->high] = facts->id ? 0x6000 : 0x5000;
	m->reg[15] = facts->id;
	/* Where nothing was converted yet */
	m->reg[0] = facts->id ? 0x8000 : 0;
	m->done = ktime_add_us(ktime_get(), facts->convert_us);

	m->adapter.algo = &algorithm;
	strscpy(m->adapter.name, "tmp1xx-model", sizeof(m->adapter.name));
	i2c_set_adapdata(&m->adapter, m);
	KUNIT_ASSERT_EQ(test, i2c_add_adapter(&m->adapter), 0);
	return m;
}

/* Bind the driver by a name; NULL is returned where it refuses. */
struct tmp1xx *model_bind(struct model *m, const char *type)
{
	struct i2c_board_info info = { .addr = MODEL_ADDRESS, .irq = m->irq };
	struct i2c_client *client;

	strscpy(info.type, type, sizeof(info.type));
	client = i2c_new_client_device(&m->adapter, &info);
	KUNIT_ASSERT_FALSE(m->test, IS_ERR(client));
	m->client = client;
	return client->dev.driver ? i2c_get_clientdata(client) : NULL;
}

void model_unbind(struct model *m)
{
	i2c_unregister_device(m->client);
	m->client = NULL;
}

void model_free(struct model *m)
{
	if (!m)
		return;
	if (m->client)
		model_unbind(m);
	i2c_del_adapter(&m->adapter);
	cancel_work_sync(&m->fire);
	if (m->irq)
		irq_free_desc(m->irq);
}

/* Let time pass; its line is not looked at by anybody else. */
void model_run(struct model *m, unsigned int ms)
{
	unsigned int step = ms < 1000 ? 20 : 100, i;

	for (i = 0; i < ms; i += step) {
		msleep(step);
		mutex_lock(&m->lock);
		advance(m);
		mutex_unlock(&m->lock);
		flush_work(&m->fire);
	}
}

void model_set(struct model *m, int mdeg, unsigned int ms)
{
	mutex_lock(&m->lock);
	m->mdeg = mdeg;
	mutex_unlock(&m->lock);
	model_run(m, ms);
}

void model_fail(struct model *m, int error, unsigned int times)
{
	mutex_lock(&m->lock);
	m->error = error;
	m->errors = times;
	mutex_unlock(&m->lock);
}
