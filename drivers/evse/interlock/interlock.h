/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _EVSE_INTERLOCK_H
#define _EVSE_INTERLOCK_H

struct platform_driver;

extern struct platform_driver evse_contactor_driver;
extern struct platform_driver evse_lock_driver;
extern struct platform_driver evse_line_guard_driver;
extern struct platform_driver evse_ground_fault_driver;
extern struct platform_driver evse_insulation_driver;
extern struct platform_driver evse_earth_driver;
extern struct platform_driver evse_current_driver;
extern struct platform_driver evse_link_driver;
extern struct platform_driver evse_island_driver;
extern struct platform_driver evse_module_driver;

#endif /* _EVSE_INTERLOCK_H */
