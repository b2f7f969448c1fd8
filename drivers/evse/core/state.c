// SPDX-License-Identifier: GPL-2.0-only
/*
 * The state machine of a port. Pure: values in, values out.
 *
 * At rest (unready, available, connected, requesting, fault) the state follows
 * from facts alone; the table speaks of how power comes and goes. An input that
 * the table does not name for a state changes nothing there.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <kunit/visibility.h>

#include "state.h"

/* Next states of the table; an unset cell stays where it is. */
#define STAY	0
#define REST	0x80
#define GO(st)	(0x40 | EVSE_PORT_STATE_##st)

struct cell {
	u8 next;
	u8 action;
};

#define FOLLOW_FACTS \
	[EVSE_IN_READY] = { REST }, \
	[EVSE_IN_UNREADY] = { REST }, \
	[EVSE_IN_VEHICLE_GONE] = { REST }, \
	[EVSE_IN_VEHICLE_IDLE] = { REST }, \
	[EVSE_IN_VEHICLE_ASKS] = { REST }, \
	[EVSE_IN_CLEARED] = { REST }, \
	[EVSE_IN_TRIP] = { GO(FAULT) }

static const struct cell table[EVSE_STATES][EVSE_INPUTS] = {
	[EVSE_PORT_STATE_UNREADY] = {
		FOLLOW_FACTS,
		[EVSE_IN_OPENED] = { REST, EVSE_DO_UNLOCK },
	},
	[EVSE_PORT_STATE_AVAILABLE] = { FOLLOW_FACTS },
	[EVSE_PORT_STATE_CONNECTED] = { FOLLOW_FACTS },
	[EVSE_PORT_STATE_REQUESTING] = {
		FOLLOW_FACTS,
		[EVSE_IN_ENERGISE] = { GO(LOCKING), EVSE_DO_LOCK },
	},
	[EVSE_PORT_STATE_LOCKING] = {
		[EVSE_IN_UNREADY] = { GO(FAULT), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_GONE] = { REST, EVSE_DO_UNLOCK },
		[EVSE_IN_VEHICLE_IDLE] = { REST, EVSE_DO_UNLOCK },
		[EVSE_IN_STOP] = { REST, EVSE_DO_UNLOCK },
		[EVSE_IN_LOCKED] = { GO(CHECKING), EVSE_DO_CHECK },
		[EVSE_IN_TRIP] = { GO(FAULT), EVSE_DO_UNLOCK },
	},
	[EVSE_PORT_STATE_CHECKING] = {
		[EVSE_IN_UNREADY] = { GO(FAULT), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_GONE] = { REST, EVSE_DO_UNLOCK },
		[EVSE_IN_VEHICLE_IDLE] = { REST, EVSE_DO_UNLOCK },
		[EVSE_IN_STOP] = { REST, EVSE_DO_UNLOCK },
		[EVSE_IN_CHECKED] = { GO(CLOSING), EVSE_DO_CLOSE },
		[EVSE_IN_TRIP] = { GO(FAULT), EVSE_DO_UNLOCK },
	},
	[EVSE_PORT_STATE_CLOSING] = {
		[EVSE_IN_UNREADY] = { GO(FAULT), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_GONE] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_IDLE] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_STOP] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_CLOSED] = { GO(ENERGISED), EVSE_DO_FLOW },
		[EVSE_IN_TRIP] = { GO(FAULT) },
	},
	[EVSE_PORT_STATE_ENERGISED] = {
		[EVSE_IN_UNREADY] = { GO(FAULT), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_GONE] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_IDLE] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_STOP] = { GO(STOPPING), EVSE_DO_RAMP },
		[EVSE_IN_TRIP] = { GO(FAULT) },
	},
	[EVSE_PORT_STATE_STOPPING] = {
		[EVSE_IN_UNREADY] = { GO(FAULT), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_GONE] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_VEHICLE_IDLE] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_DRAINED] = { GO(OPENING), EVSE_DO_OPEN },
		[EVSE_IN_TRIP] = { GO(FAULT) },
	},
	[EVSE_PORT_STATE_OPENING] = {
		[EVSE_IN_UNREADY] = { GO(FAULT), EVSE_DO_OPEN },
		[EVSE_IN_OPENED] = { REST, EVSE_DO_UNLOCK },
		[EVSE_IN_TRIP] = { GO(FAULT) },
	},
	[EVSE_PORT_STATE_FAULT] = {
		FOLLOW_FACTS,
		[EVSE_IN_OPENED] = { REST, EVSE_DO_UNLOCK },
	},
};

/**
 * evse_state_rest() - where a de-energised port rests
 * @facts: what is known
 *
 * Return: unready before fault before what the vehicle says.
 */
enum evse_port_state evse_state_rest(const struct evse_facts *facts)
{
	if (!facts->ready)
		return EVSE_PORT_STATE_UNREADY;
	if (facts->latched)
		return EVSE_PORT_STATE_FAULT;

	switch (evse_vehicle_input(facts->vehicle)) {
	case EVSE_IN_VEHICLE_ASKS:
		return EVSE_PORT_STATE_REQUESTING;
	case EVSE_IN_VEHICLE_IDLE:
		return EVSE_PORT_STATE_CONNECTED;
	default:
		return EVSE_PORT_STATE_AVAILABLE;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_state_rest);

/**
 * evse_state_step() - one step of the state machine
 * @state: the present state
 * @input: what happened
 * @facts: what is known, @input included
 *
 * Return: the next state and what to do on entering it.
 */
struct evse_step evse_state_step(enum evse_port_state state,
				 enum evse_input input,
				 const struct evse_facts *facts)
{
	const struct cell *cell = &table[state][input];
	struct evse_step step = { .next = state, .action = cell->action };

	if (cell->next == REST)
		step.next = evse_state_rest(facts);
	else if (cell->next != STAY)
		step.next = cell->next & 0x3f;

	return step;
}
EXPORT_SYMBOL_IF_KUNIT(evse_state_step);

/**
 * evse_vehicle_input() - the input that a pilot state is
 * @vehicle: state on the control pilot
 *
 * Return: the input.
 */
enum evse_input evse_vehicle_input(enum evse_pilot_state vehicle)
{
	switch (vehicle) {
	case EVSE_PILOT_STATE_B:
		return EVSE_IN_VEHICLE_IDLE;
	case EVSE_PILOT_STATE_C:
	case EVSE_PILOT_STATE_D:
		return EVSE_IN_VEHICLE_ASKS;
	default:
		return EVSE_IN_VEHICLE_GONE;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_vehicle_input);

/**
 * evse_state_at_rest() - nothing is energised and nothing is about to be
 * @state: the state
 *
 * Return: true when so.
 */
bool evse_state_at_rest(enum evse_port_state state)
{
	return state <= EVSE_PORT_STATE_REQUESTING ||
	       state == EVSE_PORT_STATE_FAULT;
}
EXPORT_SYMBOL_IF_KUNIT(evse_state_at_rest);

/**
 * evse_state_coil_may_be_on() - states in which a coil may carry current (I1)
 * @state: the state
 *
 * Return: true for these.
 */
bool evse_state_coil_may_be_on(enum evse_port_state state)
{
	return state == EVSE_PORT_STATE_CLOSING ||
	       state == EVSE_PORT_STATE_ENERGISED ||
	       state == EVSE_PORT_STATE_STOPPING;
}
EXPORT_SYMBOL_IF_KUNIT(evse_state_coil_may_be_on);

static const char * const names[EVSE_STATES] = {
	[EVSE_PORT_STATE_UNREADY] = "unready",
	[EVSE_PORT_STATE_AVAILABLE] = "available",
	[EVSE_PORT_STATE_CONNECTED] = "connected",
	[EVSE_PORT_STATE_REQUESTING] = "requesting",
	[EVSE_PORT_STATE_LOCKING] = "locking",
	[EVSE_PORT_STATE_CHECKING] = "checking",
	[EVSE_PORT_STATE_CLOSING] = "closing",
	[EVSE_PORT_STATE_ENERGISED] = "energised",
	[EVSE_PORT_STATE_STOPPING] = "stopping",
	[EVSE_PORT_STATE_OPENING] = "opening",
	[EVSE_PORT_STATE_FAULT] = "fault",
};

/**
 * evse_state_name() - name of a state, as sysfs shows it
 * @state: the state
 *
 * Return: the name.
 */
const char *evse_state_name(enum evse_port_state state)
{
	return names[state];
}
