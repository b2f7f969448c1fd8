// SPDX-License-Identifier: GPL-2.0-only
/* The drivers that keep a connector and what is behind it from getting too hot. */
#include <linux/array_size.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#include "contact_monitor.h"
#include "thermal.h"

static struct platform_driver * const evse_thermal_drivers[] = {
	&evse_thermal_driver,
	&evse_contacts_driver,
};

static int __init evse_thermal_init(void)
{
	return platform_register_drivers(evse_thermal_drivers,
					 ARRAY_SIZE(evse_thermal_drivers));
}
module_init(evse_thermal_init);

static void __exit evse_thermal_exit(void)
{
	platform_unregister_drivers(evse_thermal_drivers,
				    ARRAY_SIZE(evse_thermal_drivers));
}
module_exit(evse_thermal_exit);

MODULE_DESCRIPTION("Heat and wear of an EV charger");
MODULE_LICENSE("GPL");
