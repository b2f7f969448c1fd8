/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A thermometer on the table, for tests of its registers and of its conversions.
 */
#ifndef _EVSE_SIM_THERMOMETER_BENCH_H
#define _EVSE_SIM_THERMOMETER_BENCH_H

#include <linux/unaligned.h>

#include <dt-bindings/evse/sim.h>

#include "../thermometer.h"

#define TMP102	EVSE_SIM_CHIP_TMP102
#define TMP105	EVSE_SIM_CHIP_TMP105
#define TMP75	EVSE_SIM_CHIP_TMP75
#define LM75	EVSE_SIM_CHIP_LM75
#define TMP117	EVSE_SIM_CHIP_TMP117

#define US(n)		((s64)(n) * NSEC_PER_USEC)

#define TEMPERATURE	0
#define CONFIG		1

/* A chip on the table, and how late it is. */
struct bench {
	struct evse_sim_thermometer t;
	s64 now;
};

static inline void power_up(struct bench *b, u32 chip)
{
	*b = (struct bench){ .t.id = -1, .now = US(1000) };
	evse_sim_thermometer_init(&b->t, chip, 0x48, b->now);
}

/* So much time at this temperature. */
static inline void pass(struct bench *b, s32 mdeg, s64 ns)
{
	b->now += ns;
	while (b->t.due <= b->now)
		evse_sim_thermometer_convert(&b->t, mdeg);
}

static inline void put(struct bench *b, u8 reg, u16 value)
{
	u8 data[3] = { reg, value >> 8, value };

	evse_sim_thermometer_write(&b->t, data, 3, b->now);
}

static inline u16 get(struct bench *b, u8 reg)
{
	u8 data[2] = { };

	evse_sim_thermometer_write(&b->t, &reg, 1, b->now);
	evse_sim_thermometer_read(&b->t, data, 2);
	return get_unaligned_be16(data);
}

#endif /* _EVSE_SIM_THERMOMETER_BENCH_H */
