/* SPDX-License-Identifier: GPL-2.0-only */
/* Control pilot voltages to vehicle state. */
#ifndef _EVSE_PILOT_LEVELS_H
#define _EVSE_PILOT_LEVELS_H

#include <linux/types.h>
#include <uapi/linux/evse.h>

/**
 * enum evse_pilot_drive - what the generator does while a sample is taken
 * @EVSE_PILOT_DRIVE_LOW: steady -12 V
 * @EVSE_PILOT_DRIVE_HIGH: steady +12 V
 * @EVSE_PILOT_DRIVE_PWM: 1 kHz between the two
 */
enum evse_pilot_drive {
	EVSE_PILOT_DRIVE_LOW,
	EVSE_PILOT_DRIVE_HIGH,
	EVSE_PILOT_DRIVE_PWM,
};

/**
 * struct evse_pilot_sample - one measurement
 * @drive: in force while it was taken
 * @high_mv: positive plateau; the steady level when there is no PWM
 * @low_mv: negative plateau; counts only while PWM runs
 */
struct evse_pilot_sample {
	enum evse_pilot_drive drive;
	s32 high_mv;
	s32 low_mv;
};

/**
 * struct evse_pilot_levels - filter from samples to the vehicle's state
 * @state: accepted state
 * @last: classification of the latest sample
 * @primed: there is a latest sample
 * @unsettled: samples since two in a row agreed
 * @patience: so many of them are noise
 * @diode_run: latest samples in a row that show a shorted diode
 * @diode_fault: the vehicle's diode is shorted; until state A
 * @signal_loss: no plausible level, noise, or no measurement
 */
struct evse_pilot_levels {
	enum evse_pilot_state state;
	enum evse_pilot_state last;
	bool primed;
	u8 unsettled;
	u8 patience;
	u8 diode_run;
	bool diode_fault;
	bool signal_loss;
};

/* Time without agreement after which the signal counts as lost. */
#define EVSE_PILOT_NOISE_MS	50

unsigned int evse_pilot_patience(unsigned int interval_ms);
void evse_pilot_levels_init(struct evse_pilot_levels *lv,
			    unsigned int interval_ms);
enum evse_pilot_state evse_pilot_classify(const struct evse_pilot_levels *lv,
					  const struct evse_pilot_sample *s);
bool evse_pilot_diode_shorted(const struct evse_pilot_sample *s);
void evse_pilot_levels_step(struct evse_pilot_levels *lv,
			    const struct evse_pilot_sample *s);
void evse_pilot_levels_miss(struct evse_pilot_levels *lv);

#endif /* _EVSE_PILOT_LEVELS_H */
