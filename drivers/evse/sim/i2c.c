// SPDX-License-Identifier: GPL-2.0-only
/*
 * The board's I2C bus, with what sits on it. A node "i2c" of the board describes
 * it; a board without that node has none.
 */

#include <linux/delay.h>
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/property.h>

#include "board.h"

/* What a controller waits for a line that somebody holds down. */
#define STUCK_MS	25

static int module_message(struct evse_sim *b, struct i2c_msg *msg)
{
	return msg->flags & I2C_M_RD ?
	       evse_sim_module_read(&b->module, msg->buf, msg->len) :
	       evse_sim_module_write(&b->module, msg->buf, msg->len);
}

/* One message at a time; -ENXIO is no acknowledge. */
static int message(struct evse_sim *b, struct i2c_msg *msg)
{
	unsigned long flags;
	int ret;

	raw_spin_lock_irqsave(&b->lock, flags);
	if (msg->addr == EVSE_SIM_I2C_MODULE)
		ret = module_message(b, msg);
	else
		ret = evse_sim_thermal_message(b, msg);
	raw_spin_unlock_irqrestore(&b->lock, flags);
	if (ret == -ETIMEDOUT)
		msleep(STUCK_MS);
	return ret;
}

/* Is this transfer lost to another controller? */
static bool lost(struct evse_sim *b)
{
	unsigned long flags;
	bool is_lost;

	raw_spin_lock_irqsave(&b->lock, flags);
	is_lost = b->i2c_arbitration;
	if (b->i2c_arbitration > 0)
		b->i2c_arbitration--;
	raw_spin_unlock_irqrestore(&b->lock, flags);
	return is_lost;
}

static int sim_xfer(struct i2c_adapter *adap, struct i2c_msg *msgs, int num)
{
	struct evse_sim *b = i2c_get_adapdata(adap);
	int i, ret;

	if (READ_ONCE(b->i2c_stuck)) {
		msleep(STUCK_MS);
		return -ETIMEDOUT;
	}
	if (lost(b))
		return -EAGAIN;
	for (i = 0; i < num; i++) {
		ret = message(b, &msgs[i]);
		if (ret)
			return ret;
	}
	return num;
}

static u32 sim_functionality(struct i2c_adapter *adap)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm sim_algorithm = {
	.master_xfer = sim_xfer,
	.functionality = sim_functionality,
};

static void put_node(void *data)
{
	fwnode_handle_put(data);
}

int evse_sim_i2c_init(struct evse_sim *b)
{
	struct fwnode_handle *node = device_get_named_child_node(b->dev, "i2c");
	struct i2c_adapter *adap = &b->i2c;
	int ret;

	if (!node)
		return 0;
	ret = devm_add_action_or_reset(b->dev, put_node, node);
	if (ret)
		return ret;

	adap->owner = THIS_MODULE;
	adap->algo = &sim_algorithm;
	adap->dev.parent = b->dev;
	device_set_node(&adap->dev, node);
	strscpy(adap->name, dev_name(b->dev), sizeof(adap->name));
	i2c_set_adapdata(adap, b);
	return devm_i2c_add_adapter(b->dev, adap);
}
