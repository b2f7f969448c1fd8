// SPDX-License-Identifier: GPL-2.0-or-later
/* What the fake kernel has to begin with. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "fake.h"

struct fake *fake;

static void make_port(struct evse_port_info *p, uint32_t id)
{
	*p = (struct evse_port_info){
		.id = id,
		.state = EVSE_PORT_STATE_REQUESTING,
		.mode = EVSE_MODE_V2G,
		.vehicle = EVSE_PILOT_STATE_C,
		.lock = EVSE_LOCK_STATE_UNLOCKED,
		.min_mw = -11000000,
		.max_mw = 11000000,
		.rated_min_mw = -22000000,
		.rated_max_mw = 22000000,
		.supply = EVSE_SUPPLY_AC,
		.phases = 3,
		.rated_mv = 230000,
		.rated_ma = 32000,
		.rated_export_ma = 32000,
		.guards = {
			{ .has = 0x1e, .name = "grid",
			  .state = EVSE_GUARD_STATE_PERMIT,
			  .scope = EVSE_SCOPE_FLOW | EVSE_SCOPE_EXPORT,
			  .code = EVSE_FAULT_CODE_GRID_LOSS },
		},
		.n_guards = 1,
		.contacts = { { .has = 0xe, .name = "mains" } },
		.n_contacts = 1,
		.counters = { .has = 1ULL << EVSE_A_COUNTERS_MATINGS,
			      .matings = 12 },
		.has = ~(1ULL << EVSE_A_PORT_LIMITER |
			 1ULL << EVSE_A_PORT_CABLE_MA |
			 1ULL << EVSE_A_PORT_SESSION_PORT |
			 1ULL << EVSE_A_PORT_SESSION_SHARED |
			 1ULL << EVSE_A_PORT_LEASE_MS |
			 1ULL << EVSE_A_PORT_DEADLINE_MS |
			 1ULL << EVSE_A_PORT_LOCKED |
			 1ULL << EVSE_A_PORT_WAITING_FOR),
	};
	snprintf(p->name, sizeof(p->name), "evse%u", id);
}

void fake_grid(void)
{
	static const struct evse_grid_setting_info settings[] = {
		{ 0x3fe, 0, EVSE_GRID_ELEMENT_UV1, EVSE_GRID_UNIT_PERMILLE,
		  880, 0, 880, 2000, 2000, 21000 },
		{ 0x3fe, 0, EVSE_GRID_ELEMENT_UF1, EVSE_GRID_UNIT_MHZ,
		  58500, 57000, 59000, 300000, 180000, 1000000 },
		{ 0x7e, 0, EVSE_GRID_ELEMENT_ENTER_V_LOW,
		  EVSE_GRID_UNIT_PERMILLE, 917, 880, 950, 0, 0, 0 },
		{ 0x7e, 0, EVSE_GRID_ELEMENT_ENTER_V_HIGH,
		  EVSE_GRID_UNIT_PERMILLE, 1050, 1050, 1060, 0, 0, 0 },
		{ 0x7e, 0, EVSE_GRID_ELEMENT_ENTER_F_LOW, EVSE_GRID_UNIT_MHZ,
		  59500, 59000, 59900, 0, 0, 0 },
		{ 0x7e, 0, EVSE_GRID_ELEMENT_ENTER_F_HIGH, EVSE_GRID_UNIT_MHZ,
		  60100, 60100, 60100, 0, 0, 0 },
		{ 0x7e, 0, EVSE_GRID_ELEMENT_ENTER_DELAY, EVSE_GRID_UNIT_MS,
		  300000, 0, 600000, 0, 0, 0 },
		{ 0x7e, 0, EVSE_GRID_ELEMENT_ACTIVE, EVSE_GRID_UNIT_PER_KHZ,
		  50, 0, 200, 0, 0, 0 },
	};

	memcpy(fake->settings, settings, sizeof(settings));
	fake->n_settings = sizeof(settings) / sizeof(settings[0]);
	fake->n_grids = 1;
	fake->grids[0] = (struct evse_grid_info){
		.has = ~0ULL,
		.profile = "ieee1547-cat2",
		.title = "IEEE 1547-2018 Category II",
		.state = EVSE_GRID_STATE_NORMAL,
		.nominal_mhz = 60000,
		.nominal_mv = 240000,
		.voltages_mv = { 239000, 240000, 241500 },
		.n_voltages_mv = 3,
		.frequency_mhz = 59980,
		.rocof_mhz_s = -12,
		.shift_mdeg = 250,
		.relay = 1,
		.active = 1,
		.ramp_permille = 1000,
	};
	fake->n_profiles = 2;
	fake->profiles[0] = fake->grids[0];
	fake->profiles[0].has = 1ULL << EVSE_A_GRID_PORT |
				1ULL << EVSE_A_GRID_PROFILE |
				1ULL << EVSE_A_GRID_TITLE |
				1ULL << EVSE_A_GRID_NOMINAL_MHZ;
	fake->profiles[1] = fake->profiles[0];
	strcpy(fake->profiles[1].profile, "g99");
	strcpy(fake->profiles[1].title, "Engineering Recommendation G99");
	fake->profiles[1].nominal_mhz = 50000;
}

void fake_bridge(void)
{
	fake->bridge = (struct evse_bridge_info){
		.has = ~0ULL,
		.state = EVSE_BRIDGE_STATE_OFF,
		.carrier_hz = 20000,
		.carrier_min_hz = 5000,
		.carrier_max_hz = 30000,
		.dead_time_ns = 2000,
		.minimum_pulse_ns = 1000,
		.locked = 1,
		.phase_error_mdeg = -12,
		.link_mv = 399500,
		.control_hz = 10000,
	};
}

void fake_thermal(void)
{
	static const struct evse_thermal_info thermals[] = {
		{ 0x7e, 0, "igbt", EVSE_THERMAL_STATE_NORMAL, 45062, -250,
		  1000 },
		{ 0x7e, 0, "connector-a", EVSE_THERMAL_STATE_DERATING, 80000,
		  1500, 500 },
	};
	static const struct evse_thermal_setting_info thresholds[] = {
		{ 0x7e, 0, "igbt", EVSE_THERMAL_ELEMENT_DERATE, 85000, 40000,
		  85000 },
		{ 0x7e, 0, "igbt", EVSE_THERMAL_ELEMENT_TRIP, 95000, 50000,
		  95000 },
		{ 0x7e, 0, "connector-a", EVSE_THERMAL_ELEMENT_TRIP, 85000,
		  85000, 85000 },
		{ 0x7a, 0, "", EVSE_THERMAL_ELEMENT_CLEAR, 60000, 20000,
		  60000 },
		{ 0x7a, 0, "", EVSE_THERMAL_ELEMENT_RISE, 5000, 500, 5000 },
	};

	memcpy(fake->thermals, thermals, sizeof(thermals));
	fake->n_thermals = sizeof(thermals) / sizeof(thermals[0]);
	memcpy(fake->thresholds, thresholds, sizeof(thresholds));
	fake->n_thresholds = sizeof(thresholds) / sizeof(thresholds[0]);
	fake->setting_fails = UINT32_MAX;
}

void fake_reset(void)
{
	if (!fake)
		fake = mmap(NULL, sizeof(*fake), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fake == MAP_FAILED)
		abort();
	memset(fake, 0, sizeof(*fake));
	make_port(&fake->ports[0], 0);
	make_port(&fake->ports[1], 1);
	fake->n_ports = 2;
	fake->renewals = UINT32_MAX;
	fake->faults[0] = (struct evse_fault_info){
		.has = 1ULL << EVSE_A_FAULT_PORT | 1ULL << EVSE_A_FAULT_CODE |
		       1ULL << EVSE_A_FAULT_NAME | 1ULL << EVSE_A_FAULT_TEXT |
		       1ULL << EVSE_A_FAULT_LATCHED |
		       1ULL << EVSE_A_FAULT_ACTIVE |
		       1ULL << EVSE_A_FAULT_SOURCE |
		       1ULL << EVSE_A_FAULT_EDGE_NS |
		       1ULL << EVSE_A_FAULT_GATES_OFF_NS |
		       1ULL << EVSE_A_FAULT_CONTACT_OPEN_NS,
		.code = EVSE_FAULT_CODE_GROUND_FAULT,
		.name = "GROUND_FAULT",
		.text = "Residual current above the limit.",
		.latched = 1,
		.active = 1,
		.source = "rcd",
		.edge_ns = 1000000000,
		.gates_off_ns = 1000001250,
		.contact_open_ns = 1012000000,
	};
}
