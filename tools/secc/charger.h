/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a session asks of a port, and sees of it. */
#ifndef SECC_CHARGER_H
#define SECC_CHARGER_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct power_window - bounds of a power, discharging negative
 * @min_mw: most discharging; zero or negative
 * @max_mw: most charging; zero or positive
 */
struct power_window {
	int32_t min_mw;
	int32_t max_mw;
};

/**
 * enum charger_step - where the contactor is
 * @CHARGER_OPEN: open, nothing under way
 * @CHARGER_CHECKING: locking, and the tests ahead of closing
 * @CHARGER_CLOSING: pre-charge, and closing
 * @CHARGER_CLOSED: confirmed closed; power may flow
 * @CHARGER_OPENING: power ends, the contactor opens
 * @CHARGER_FAULT: opened by a fault that is latched
 */
enum charger_step {
	CHARGER_OPEN,
	CHARGER_CHECKING,
	CHARGER_CLOSING,
	CHARGER_CLOSED,
	CHARGER_OPENING,
	CHARGER_FAULT,
};

/**
 * struct charger_facts - what a port is, and what it does
 * @dc: direct current at the connector
 * @phases: of an AC connector
 * @rated_mv: phase to neutral (AC), highest voltage (DC)
 * @rated_ma: most charging current of each phase
 * @rated_export_ma: most discharging current
 * @nominal_mhz: nominal frequency of the grid, thousandths of a hertz
 * @forming: it feeds a house, and makes its grid
 * @active_islanding: islands are looked for by shifting the frequency
 * @offer: power that the port has to offer while nothing is in its way
 * @now: power that it could give now, the vehicle's limits left aside
 * @step: enum charger_step
 * @asks: the vehicle asks for power on the control pilot (states C, D)
 * @fault: code of the fault that is latched, 0 for none
 * @passing: the fault ends by itself when its cause does
 * @voltage_mv: measured at the connector
 * @current_ma: measured, discharging negative
 * @power_mw: measured, discharging negative
 * @charged_mwh: energy charged, counted by the port
 * @discharged_mwh: energy discharged
 */
struct charger_facts {
	bool dc;
	uint32_t phases;
	int32_t rated_mv;
	int32_t rated_ma;
	int32_t rated_export_ma;
	uint32_t nominal_mhz;
	bool forming;
	bool active_islanding;
	struct power_window offer;
	struct power_window now;
	enum charger_step step;
	bool asks;
	uint32_t fault;
	bool passing;
	int32_t voltage_mv;
	int32_t current_ma;
	int32_t power_mw;
	uint64_t charged_mwh;
	uint64_t discharged_mwh;
};

/**
 * struct charger_power - what comes of a power that was asked for
 * @effective_mw: what flows, or will
 * @limiter: why it is not what was asked for, for people; ""
 */
struct charger_power {
	int32_t effective_mw;
	char limiter[34];
};

struct charger;

/**
 * struct charger_ops - what can be asked of a port
 *
 * Each returns 0 or a negative errno. None waits for what it starts, and each may be
 * said twice.
 */
struct charger_ops {
	/** @look: read the facts */
	int (*look)(struct charger *charger, struct charger_facts *facts);
	/** @allow: limits that were negotiated; @bpt: discharging is among them */
	int (*allow)(struct charger *charger, const struct power_window *window, bool bpt);
	/** @energise: lock, test, close */
	int (*energise)(struct charger *charger);
	/** @open: end the power, open */
	int (*open)(struct charger *charger);
	/**
	 * @power: set the power; @deadline_ms: it ends unless it is set again in time,
	 * 0 for no such limit; @result: what comes of it, set
	 */
	int (*power)(struct charger *charger, int32_t power_mw, uint32_t deadline_ms,
		     struct charger_power *result);
};

/**
 * struct charger - a port
 * @ops: how it is reached
 */
struct charger {
	const struct charger_ops *ops;
};

#endif /* SECC_CHARGER_H */
