/* SPDX-License-Identifier: GPL-2.0-only */
/* What a power module says of itself. */
#ifndef _EVSE_IDENTITY_H
#define _EVSE_IDENTITY_H

#include <linux/types.h>

struct evse_rating;

/* The layout is that of evse,module-id.yaml. */
#define EVSE_IDENTITY_SIZE	64
#define EVSE_IDENTITY_SERIAL	16
#define EVSE_IDENTITY_LAYOUT	1

/**
 * enum evse_identity_verdict - is a module the right one; the value of its fault
 * @EVSE_IDENTITY_FINE: it is
 * @EVSE_IDENTITY_UNREAD: it does not answer
 * @EVSE_IDENTITY_FOREIGN: what answers is no module, or a blank one
 * @EVSE_IDENTITY_NEWER: its layout is not known
 * @EVSE_IDENTITY_CORRUPT: the checksum is wrong
 * @EVSE_IDENTITY_UNKNOWN: its vendor or device id is not allowed
 * @EVSE_IDENTITY_WEAK: it is rated for less than the port
 */
enum evse_identity_verdict {
	EVSE_IDENTITY_FINE,
	EVSE_IDENTITY_UNREAD,
	EVSE_IDENTITY_FOREIGN,
	EVSE_IDENTITY_NEWER,
	EVSE_IDENTITY_CORRUPT,
	EVSE_IDENTITY_UNKNOWN,
	EVSE_IDENTITY_WEAK,
};

/**
 * struct evse_identity - a module
 * @vendor: who made it
 * @device: what it is
 * @revision: of the hardware, major in the upper byte
 * @voltage_mv: rated voltage
 * @current_ma: rated current, charging
 * @export_ma: rated current, discharging
 * @serial: as text, ends with a zero
 */
struct evse_identity {
	u16 vendor;
	u32 device;
	u16 revision;
	u32 voltage_mv;
	u32 current_ma;
	u32 export_ma;
	char serial[EVSE_IDENTITY_SERIAL + 1];
};

enum evse_identity_verdict evse_identity_parse(const u8 *data, size_t size,
					       struct evse_identity *id);
enum evse_identity_verdict evse_identity_judge(const struct evse_identity *id,
					       const u32 *devices,
					       unsigned int count,
					       const struct evse_rating *rating);

#endif /* _EVSE_IDENTITY_H */
