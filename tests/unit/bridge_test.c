// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl bridge against the fake kernel. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fake.h"
#include "program.h"
#include "test.h"

static void test_show(void)
{
	static const struct {
		uint32_t state;
		const char *text;
	} states[] = {
		{ EVSE_BRIDGE_STATE_ARMED, "evse0: bridge armed\n" },
		{ EVSE_BRIDGE_STATE_TRIPPED, "bridge off: its trip input tripped it\n" },
		{ EVSE_BRIDGE_STATE_LOST, "bridge off: the phase of the grid was lost\n" },
		{ EVSE_BRIDGE_STATE_OUT_OF_RANGE, "bridge off: the link was too low for" },
		{ 99, "evse0: bridge ?\n" },
	};
	size_t i;

	fake_reset();
	expect("-p|0|bridge", 1, "evse0: there is none");
	expect("-p|7|bridge", 1, "evse7: no such port");
	fake_bridge();
	run("-p|0|bridge");
	check_text(out,
		   "evse0: bridge off, as the port asks\n"
		   "  carrier   20 kHz, allowed 5 kHz to 30 kHz\n"
		   "  pulses    dead time 2000 ns, none shorter than 1000 ns\n"
		   "  phase     locked, off by -0.012 deg\n"
		   "  link      399.5 V\n"
		   "  control   10 kHz, 0 steps, ramp at 0 W\n",
		   "evsectl bridge: at rest");
	fake->bridge.locked = 0;
	fake->bridge.power_mw = -5000000;
	fake->bridge.steps = 5000000000;
	fake->bridge.has &= ~(1ULL << EVSE_A_BRIDGE_PHASE_ERROR_MDEG |
			      1ULL << EVSE_A_BRIDGE_LINK_MV);
	expect("-p|0|bridge|show", 0,
	       "  phase     not locked\n"
	       "  link      not measured\n"
	       "  control   10 kHz, 5000000000 steps, ramp at -5 kW\n");
	fake->bridge.forming = 1;
	expect("-p|0|bridge|show", 0, "  phase     its own, of a house as an island\n");
	fake->bridge.forming = 0;
	for (i = 0; i < ARRAY_LEN(states); i++) {
		fake->bridge.state = states[i].state;
		expect("-p|0|bridge", 0, states[i].text);
	}
	fake_bridge();
	run("-p|0|-j|bridge");
	check_text(out,
		   "{\"port\":0,\"state\":\"off\",\"carrier_hz\":20000,\"carrier_min_hz\":5000,\"carrier_max_hz\":30000,\"dead_time_ns\":2000,\"minimum_pulse_ns\":1000,\"locked\":true,\"phase_error_mdeg\":-12,\"forming\":false,\"link_mv\":399500,\"power_mw\":0,\"control_hz\":10000,\"steps\":0}\n",
		   "evsectl -j bridge");
}

static void test_carrier(void)
{
	fake_reset();
	expect("-p|0|bridge|carrier|16000", 1, "evse0: there is none");
	fake_bridge();
	expect("-p|0|bridge|carrier|16000", 0, "evse0: carrier 16 kHz\n");
	expect("-p|0|bridge|carrier|12.5kHz", 0, "evse0: carrier 12.496 kHz\n");
	expect("-p|0|bridge|carrier|8|kHz", 0, "evse0: carrier 8 kHz\n");
	expect("-p|0|-j|bridge|carrier|8|kHz", 0, "\"carrier_hz\":8000,");
	run("-p|0|-q|bridge|carrier|16kHz");
	check(!*out && !*err && fake->bridge.carrier_hz == 16000,
	      "evsectl -q bridge carrier: says nothing");
	/* Refused: why, and what would be taken. */
	expect("-p|0|bridge|carrier|30001", 1,
	       "evsectl: evse0: carrier 30.001 kHz: the board does not allow it; allowed 5 kHz to 30 kHz\n");
	expect("-p|0|bridge|carrier|4.999kHz", 1, "allowed 5 kHz to 30 kHz\n");
	check(fake->bridge.carrier_hz == 16000,
	      "evsectl bridge carrier: a refusal changes nothing");
	fake->refuse_cmd = EVSE_CMD_BRIDGE_SET;
	fake->refuse_err = EBUSY;
	strcpy(fake->refuse_text, "the port is energised");
	expect("-p|0|bridge|carrier|8kHz", 1,
	       "evse0: the port is energised; state requesting, vehicle C\n");
	fake->refuse_err = EPERM;
	strcpy(fake->refuse_text, "only an administrator may");
	expect("-p|0|bridge|carrier|8kHz", 1,
	       "evsectl: evse0: only an administrator may\n");
}

void test_bridge(void)
{
	test_show();
	test_carrier();
}
