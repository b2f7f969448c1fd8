// SPDX-License-Identifier: GPL-2.0-only
/*
 * The drivers that keep a connector's contacts and plug where they belong, and
 * those of the sensors that say when they may not be closed.
 */
#include <linux/array_size.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#include "interlock.h"

static struct platform_driver * const evse_interlock_drivers[] = {
	&evse_contactor_driver,
	&evse_lock_driver,
	&evse_line_guard_driver,
	&evse_ground_fault_driver,
	&evse_insulation_driver,
	&evse_earth_driver,
	&evse_current_driver,
	&evse_link_driver,
	&evse_island_driver,
	&evse_module_driver,
};

static int __init evse_interlock_init(void)
{
	return platform_register_drivers(evse_interlock_drivers,
					 ARRAY_SIZE(evse_interlock_drivers));
}
module_init(evse_interlock_init);

static void __exit evse_interlock_exit(void)
{
	platform_unregister_drivers(evse_interlock_drivers,
				    ARRAY_SIZE(evse_interlock_drivers));
}
module_exit(evse_interlock_exit);

MODULE_DESCRIPTION("Contactors, connector lock and safety sensors of an EV charger");
MODULE_LICENSE("GPL");
