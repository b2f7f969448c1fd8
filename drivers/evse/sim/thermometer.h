/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Thermometers on an I2C bus, register by register: the TMP75 class (TMP102,
 * TMP112, TMP105, TMP75, LM75) and the TMP117. Values in, values out.
 *
 * Times are nanoseconds of the board's clock. Not modelled: programming of the
 * TMP117's EEPROM, high-speed mode.
 */
#ifndef _EVSE_SIM_THERMOMETER_H
#define _EVSE_SIM_THERMOMETER_H

#include <linux/types.h>

#include "model.h"

/* A read of it is answered by a chip whose ALERT is active. */
#define EVSE_SIM_ALERT_RESPONSE	0x0c
#define EVSE_SIM_GENERAL_CALL	0x00

struct evse_sim_thermometer_chip;

/**
 * struct evse_sim_thermometer - one chip
 * @chip: which kind
 * @due: when the conversion under way ends, or the next one
 * @address: on the bus
 * @pointer: register that is read next
 * @faults: results in a row that speak for the other state
 * @over: T_HIGH was reached, and since then the temperature was not below T_LOW
 * @latched: ALERT is active until somebody looks
 * @high: HIGH_Alert of a TMP117
 * @low: LOW_Alert
 * @ready: Data_Ready
 * @done: a single conversion has ended
 * @temperature: register, as the others below
 * @config: those of 8 bits in the upper byte
 * @t_high: upper limit
 * @t_low: lower limit
 * @offset: TMP117: is added to what was measured
 * @unlock: TMP117: EEPROM_UL
 * @memory: TMP117: EEPROM1 to 3
 * @nak: the chip does not answer
 * @stuck: it holds the bus down when it is spoken to
 * @frozen: the temperature register never changes
 * @noise: so many reads have a wrong bit
 * @id: identity that is read instead of its own, -1: its own
 */
struct evse_sim_thermometer {
	const struct evse_sim_thermometer_chip *chip;
	s64 due;
	u8 address;
	u8 pointer;
	u8 faults;
	bool over;
	bool latched;
	bool high;
	bool low;
	bool ready;
	bool done;
	u16 temperature;
	u16 config;
	u16 t_high;
	u16 t_low;
	u16 offset;
	u16 unlock;
	u16 memory[3];
	s32 nak;
	s32 stuck;
	s32 frozen;
	s32 noise;
	s32 id;
};

int evse_sim_thermometer_init(struct evse_sim_thermometer *t, u32 chip,
			      u32 address, s64 now);
void evse_sim_thermometer_reset(struct evse_sim_thermometer *t, s64 now);
const char *evse_sim_thermometer_name(const struct evse_sim_thermometer *t);
s64 evse_sim_thermometer_cycle_ns(const struct evse_sim_thermometer *t);
bool evse_sim_thermometer_goes_on(const struct evse_sim_thermometer *t);
void evse_sim_thermometer_convert(struct evse_sim_thermometer *t, s32 mdeg);
bool evse_sim_thermometer_stirs(const struct evse_sim_thermometer *t, s32 mdeg);
bool evse_sim_thermometer_active(const struct evse_sim_thermometer *t);
bool evse_sim_thermometer_pin(const struct evse_sim_thermometer *t);
int evse_sim_thermometer_write(struct evse_sim_thermometer *t, const u8 *data,
			       size_t len, s64 now);
int evse_sim_thermometer_read(struct evse_sim_thermometer *t, u8 *data,
			      size_t len);
bool evse_sim_thermometer_answers(const struct evse_sim_thermometer *t);
u8 evse_sim_thermometer_answer(struct evse_sim_thermometer *t);
bool evse_sim_thermometer_called(struct evse_sim_thermometer *t, s64 now);

#endif /* _EVSE_SIM_THERMOMETER_H */
