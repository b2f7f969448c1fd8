// SPDX-License-Identifier: GPL-2.0-only
/* The module: class, netlink family, port driver, and the last line (I5). */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/panic_notifier.h>
#include <linux/platform_device.h>
#include <linux/reboot.h>
#include <net/genetlink.h>

#include "port.h"

/*
 * Best effort: kdump and emergency restart pass these by. The hardware's own
 * break input and watchdog are what counts when the kernel is gone.
 */
static int evse_last_line(struct notifier_block *nb, unsigned long event,
			  void *data)
{
	evse_ports_off();
	return NOTIFY_DONE;
}

static struct notifier_block evse_reboot = {
	.notifier_call = evse_last_line,
	.priority = INT_MAX,
};

static struct notifier_block evse_panic = {
	.notifier_call = evse_last_line,
	.priority = INT_MAX,
};

static int __init evse_init(void)
{
	int ret;

	ret = evse_class_init();
	if (ret)
		return ret;
	ret = evse_netlink_init();
	if (ret)
		goto err_class;
	ret = platform_driver_register(&evse_port_driver);
	if (ret)
		goto err_netlink;

	register_reboot_notifier(&evse_reboot);
	atomic_notifier_chain_register(&panic_notifier_list, &evse_panic);
	return 0;

err_netlink:
	evse_netlink_exit();
err_class:
	evse_class_exit();
	return ret;
}
module_init(evse_init);

static void __exit evse_exit(void)
{
	atomic_notifier_chain_unregister(&panic_notifier_list, &evse_panic);
	unregister_reboot_notifier(&evse_reboot);
	platform_driver_unregister(&evse_port_driver);
	evse_netlink_exit();
	evse_class_exit();
}
module_exit(evse_exit);

MODULE_DESCRIPTION("Bidirectional EV charger ports");
MODULE_LICENSE("GPL");
MODULE_ALIAS_GENL_FAMILY(EVSE_FAMILY_NAME);
