/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _EVSE_CONTACT_MONITOR_H
#define _EVSE_CONTACT_MONITOR_H

struct platform_driver;

extern struct platform_driver evse_contacts_driver;

#endif /* _EVSE_CONTACT_MONITOR_H */
