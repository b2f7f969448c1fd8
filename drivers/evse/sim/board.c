// SPDX-License-Identifier: GPL-2.0-only
/*
 * evse_sim: a simulated charger board. The drivers of a real one bind to it,
 * from the same bindings; only the providers of lines and channels differ.
 */

#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include "boards.h"
#include "knob.h"

/* The board that a node refers to, linked so that it cannot go before @dev. */
struct evse_sim *evse_sim_board_get(struct device *dev)
{
	struct fwnode_handle *node;
	struct device *board;
	struct evse_sim *b;

	node = fwnode_find_reference(dev_fwnode(dev), "evse,board", 0);
	if (IS_ERR(node))
		return ERR_PTR(-EINVAL);
	board = bus_find_device_by_fwnode(&platform_bus_type, node);
	fwnode_handle_put(node);
	if (!board)
		return ERR_PTR(-EPROBE_DEFER);
	b = device_link_add(dev, board, DL_FLAG_AUTOREMOVE_CONSUMER) ?
	    dev_get_drvdata(board) : ERR_PTR(-EINVAL);
	put_device(board);
	return b ?: ERR_PTR(-EPROBE_DEFER);
}

static int read_supply(struct evse_sim *b)
{
	const char *supply = "ac";
	u32 contacts = 1, phases = 1;

	device_property_read_string(b->dev, "supply", &supply);
	if (!strcmp(supply, "dc")) {
		b->dc = true;
		b->contacts = 3;
		b->phases = 1;
		b->referee.poles = BIT(EVSE_SIM_COIL_DC_PLUS) |
				   BIT(EVSE_SIM_COIL_DC_MINUS);
		return 0;
	}
	if (strcmp(supply, "ac"))
		return dev_err_probe(b->dev, -EINVAL,
				     "supply is \"%s\": say \"ac\" or \"dc\"\n",
				     supply);

	device_property_read_u32(b->dev, "evse,contacts", &contacts);
	device_property_read_u32(b->dev, "evse,phases", &phases);
	if (contacts < 1 || contacts > EVSE_SIM_CONTACTS)
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,contacts is %u: say 1 to 3\n",
				     contacts);
	if (phases != 1 && phases != 3)
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,phases is %u: say 1 or 3\n", phases);
	b->contacts = contacts;
	b->phases = phases;
	b->referee.poles = GENMASK(contacts - 1, 0);
	return 0;
}

static int read_mains(struct evse_sim *b)
{
	u32 mhz = 50000, microvolt = 230000000, phases = b->phases;

	device_property_read_u32(b->dev, "evse,mains-millihertz", &mhz);
	device_property_read_u32(b->dev, "evse,mains-microvolt", &microvolt);
	device_property_read_u32(b->dev, "evse,mains-phases", &phases);
	if (mhz < 10000 || mhz > 400000)
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,mains-millihertz is %u: say 10000 to 400000\n",
				     mhz);
	if (microvolt < 10000000 || microvolt > 500000000)
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,mains-microvolt is %u: say 10000000 to 500000000\n",
				     microvolt);
	if (phases < b->phases || phases > EVSE_SIM_PHASES)
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,mains-phases is %u: say %u to 3\n",
				     phases, b->phases);
	b->mains.nominal_mhz = mhz;
	b->mains.nominal_mv = microvolt / 1000;
	b->mains.phases = phases;
	return 0;
}

static bool may_trip(u32 line)
{
	return line < EVSE_SIM_LINES &&
	       BIT(line) & (BIT(EVSE_SIM_EMERGENCY_STOP) |
			    BIT(EVSE_SIM_RESIDUAL_CURRENT) |
			    BIT(EVSE_SIM_VOLTAGE_MONITOR) |
			    BIT(EVSE_SIM_INTERLOCK_LOOP) |
			    BIT(EVSE_SIM_EARTH) | BIT(EVSE_SIM_OVERCURRENT));
}

static int read_trip_inputs(struct evse_sim *b)
{
	u32 lines[EVSE_SIM_LINES];
	int i, count, ret;

	count = device_property_count_u32(b->dev, "evse,trip-inputs");
	if (count <= 0)
		return 0;
	if (count > EVSE_SIM_LINES)
		return dev_err_probe(b->dev, -EINVAL,
				     "evse,trip-inputs has more entries than there are lines\n");
	ret = device_property_read_u32_array(b->dev, "evse,trip-inputs", lines,
					     count);
	if (ret)
		return ret;
	for (i = 0; i < count; i++) {
		if (!may_trip(lines[i]))
			return dev_err_probe(b->dev, -EINVAL,
					     "evse,trip-inputs has line %u: say 12 to 14 or 18 to 20\n",
					     lines[i]);
		b->referee.must_trip |= BIT(lines[i]);
	}
	return 0;
}

static int evse_sim_probe(struct platform_device *pdev)
{
	struct evse_sim *b;
	int ret;

	b = devm_kzalloc(&pdev->dev, sizeof(*b), GFP_KERNEL);
	if (!b)
		return -ENOMEM;
	b->dev = &pdev->dev;

	ret = read_supply(b);
	if (ret)
		return ret;
	ret = read_mains(b);
	if (ret)
		return ret;
	ret = read_trip_inputs(b);
	if (ret)
		return ret;
	b->has_lock = device_property_read_bool(b->dev, "evse,lock");
	b->referee.has_lock = b->has_lock;
	b->referee.dc = b->dc;

	ret = evse_sim_script_init(b);
	if (ret)
		return ret;
	ret = evse_sim_thermal_init(b);
	if (ret)
		return ret;
	ret = evse_sim_plant_init(b);
	if (ret)
		return ret;
	evse_sim_knob_defaults(b, false);
	evse_sim_vehicle_soc_set(&b->vehicle);
	evse_sim_plant_start(b);

	ret = evse_sim_gpio_init(b);
	if (ret)
		return dev_err_probe(b->dev, ret, "cannot add GPIO lines\n");
	ret = evse_sim_pwm_init(b);
	if (ret)
		return dev_err_probe(b->dev, ret, "cannot add PWM\n");
	ret = evse_sim_adc_init(b);
	if (ret)
		return dev_err_probe(b->dev, ret, "cannot add IIO device\n");
	ret = evse_sim_i2c_init(b);
	if (ret)
		return dev_err_probe(b->dev, ret, "cannot add the I2C bus\n");
	ret = evse_sim_inject_init(b);
	if (ret)
		return ret;
	ret = evse_sim_together_init(b);
	if (ret)
		return ret;

	platform_set_drvdata(pdev, b);
	return 0;
}

static const struct of_device_id evse_sim_of_match[] = {
	{ .compatible = "evse,sim-board" },
	{ }
};
MODULE_DEVICE_TABLE(of, evse_sim_of_match);

static struct platform_driver evse_sim_driver = {
	.driver = {
		.name = "evse-sim",
		.of_match_table = evse_sim_of_match,
	},
	.probe = evse_sim_probe,
};

static struct platform_driver * const drivers[] = {
	&evse_sim_driver,
	&evse_sim_stage_driver,
	&evse_sim_floor_driver,
	&evse_sim_bridge_driver,
};

static int __init evse_sim_init(void)
{
	int ret;

	evse_sim_inject_root();
	ret = platform_register_drivers(drivers, ARRAY_SIZE(drivers));
	if (ret)
		goto err_root;
	ret = evse_sim_boards_init();
	if (ret)
		goto err_drivers;
	return 0;

err_drivers:
	platform_unregister_drivers(drivers, ARRAY_SIZE(drivers));
err_root:
	evse_sim_inject_unroot();
	return ret;
}
module_init(evse_sim_init);

static void __exit evse_sim_exit(void)
{
	evse_sim_boards_exit();
	platform_unregister_drivers(drivers, ARRAY_SIZE(drivers));
	evse_sim_inject_unroot();
}
module_exit(evse_sim_exit);

MODULE_DESCRIPTION("Simulated bidirectional EV charger board");
MODULE_AUTHOR("The evse project");
MODULE_LICENSE("GPL");
