/* SPDX-License-Identifier: GPL-2.0-only */
/* The state machine of a port: pure, a table. */
#ifndef _EVSE_STATE_H
#define _EVSE_STATE_H

#include <linux/types.h>
#include <uapi/linux/evse.h>

#define EVSE_STATES	(EVSE_PORT_STATE_FAULT + 1)

/**
 * enum evse_input - what happens to a port
 * @EVSE_IN_READY: every provider is bound
 * @EVSE_IN_UNREADY: a provider is missing
 * @EVSE_IN_VEHICLE_GONE: pilot in A, E, F or unknown
 * @EVSE_IN_VEHICLE_IDLE: pilot in B
 * @EVSE_IN_VEHICLE_ASKS: pilot in C or D
 * @EVSE_IN_ENERGISE: power was asked for and nothing refuses it
 * @EVSE_IN_STOP: power is to end in an orderly way
 * @EVSE_IN_LOCKED: the connector lock is confirmed, or there is none
 * @EVSE_IN_CHECKED: every check has passed, or there is none
 * @EVSE_IN_CLOSED: the contactor is confirmed closed
 * @EVSE_IN_DRAINED: no current flows any more, or waiting for it is over
 * @EVSE_IN_OPENED: the contactor is confirmed open, the DC link without voltage
 * @EVSE_IN_TRIP: the actuators were tripped and a fault latched
 * @EVSE_IN_CLEARED: the last latched fault was cleared
 * @EVSE_INPUTS: how many there are
 */
enum evse_input {
	EVSE_IN_READY,
	EVSE_IN_UNREADY,
	EVSE_IN_VEHICLE_GONE,
	EVSE_IN_VEHICLE_IDLE,
	EVSE_IN_VEHICLE_ASKS,
	EVSE_IN_ENERGISE,
	EVSE_IN_STOP,
	EVSE_IN_LOCKED,
	EVSE_IN_CHECKED,
	EVSE_IN_CLOSED,
	EVSE_IN_DRAINED,
	EVSE_IN_OPENED,
	EVSE_IN_TRIP,
	EVSE_IN_CLEARED,
	EVSE_INPUTS
};

/**
 * enum evse_action - what the port does on entering the next state
 * @EVSE_DO_NOTHING: nothing
 * @EVSE_DO_LOCK: lock the connector
 * @EVSE_DO_CHECK: start the checks
 * @EVSE_DO_CLOSE: close the contactor
 * @EVSE_DO_FLOW: arm the power stage, let power flow
 * @EVSE_DO_RAMP: bring power to zero
 * @EVSE_DO_OPEN: gates off, open the contactor
 * @EVSE_DO_UNLOCK: unlock the connector
 */
enum evse_action {
	EVSE_DO_NOTHING,
	EVSE_DO_LOCK,
	EVSE_DO_CHECK,
	EVSE_DO_CLOSE,
	EVSE_DO_FLOW,
	EVSE_DO_RAMP,
	EVSE_DO_OPEN,
	EVSE_DO_UNLOCK,
};

/**
 * struct evse_facts - what decides where a port rests
 * @ready: every provider is bound
 * @latched: a fault that stops power is latched
 * @vehicle: state on the control pilot
 */
struct evse_facts {
	bool ready;
	bool latched;
	enum evse_pilot_state vehicle;
};

/**
 * struct evse_step - an answer of the state machine
 * @next: the state to enter
 * @action: what to do
 */
struct evse_step {
	enum evse_port_state next;
	enum evse_action action;
};

struct evse_step evse_state_step(enum evse_port_state state,
				 enum evse_input input,
				 const struct evse_facts *facts);
enum evse_port_state evse_state_rest(const struct evse_facts *facts);
enum evse_input evse_vehicle_input(enum evse_pilot_state vehicle);
bool evse_state_at_rest(enum evse_port_state state);
bool evse_state_coil_may_be_on(enum evse_port_state state);
const char *evse_state_name(enum evse_port_state state);

#endif /* _EVSE_STATE_H */
