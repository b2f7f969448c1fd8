/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The causes of the campaign: what is done to the simulated board, what undoes
 * it, and what a charger may answer. A row is a fact about protection; the
 * program that walks the table knows none of them.
 */
#ifndef EVSE_CAMPAIGN_H
#define EVSE_CAMPAIGN_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/evse.h>

/* When a cause strikes. The order is that of a charge. */
enum moment {
	FREE,		/* no vehicle */
	IDLE,		/* a vehicle that asks for nothing */
	ASKS,		/* a vehicle that asks */
	LOCKS,
	CHECKS,
	CLOSES,
	CHARGES,
	FEEDS,		/* discharges */
	STOPS,
	OPENS,
	MOMENTS
};

static const char *const moment_names[MOMENTS] = {
	"free", "idle", "asks", "locks", "checks", "closes", "charges", "feeds",
	"stops", "opens",
};

#define IN(m)	(1U << (m))
#define FLOWS	(IN(CHARGES) | IN(FEEDS))
#define COMES	(IN(ASKS) | IN(LOCKS))
#define EVER	(IN(MOMENTS) - 1)

/* What must be seen in the moments that a row names. */
enum must {
	NOTHING,	/* whatever happens is explained by the codes */
	TRIP,		/* the first of the codes latched, everything off */
	OFF,		/* everything off, with a fault or without */
	CEASE,		/* nothing is fed back */
	CALM,		/* no fault, and power that flowed flows at the end */
};

#define AC	1
#define DC	2
#define BOTH	(AC | DC)

/* The code stays active, and cannot be cleared, until the cause is undone. */
#define STANDS	0x01
/* Contacts may stay closed: the cause holds them. */
#define HOLDS	0x02
/* The board lies, or breaks off in a way that a second cause would blur. */
#define ALONE	0x04
/* Also when another cause struck before. */
#define ALWAYS	0x08

#define CODES	4

/**
 * struct cause - a row of the table
 * @name: for the line that a failure prints
 * @boards: where it can be
 * @strike: knobs and values, separated by ";"; "!word" is done by the program
 * @undo: likewise
 * @codes: faults that it may bring about, in the moments of @when the first
 * @must: what must be seen
 * @when: in which moments
 * @ms: within this time
 * @flags: STANDS and others
 */
struct cause {
	const char *name;
	unsigned int boards;
	const char *strike;
	const char *undo;
	uint32_t codes[CODES];
	enum must must;
	unsigned int when;
	int ms;
	unsigned int flags;
};

#define F(name)	EVSE_FAULT_CODE_##name

/* A line of the board that is stuck. */
#define STUCK(n, level)	"line/" #n "/force " #level, "line/" #n "/force -1"
#define FAILS(n, how)	"adc/" #n "/fail " #how, "adc/" #n "/fail none"
#define CONTACT(n, how)	"contact/" #n "/fail " how, "contact/" #n "/fail none"

static const struct cause causes[] = {
	/* Lines that trip by themselves */
	{ "emergency stop", BOTH, "inputs/emergency_stop 1", "inputs/emergency_stop 0",
	  { F(EMERGENCY_STOP) }, TRIP, EVER, 20, STANDS | ALWAYS },
	{ "emergency stop, wire broken", BOTH, STUCK(12, 1),
	  { F(EMERGENCY_STOP) }, TRIP, EVER, 20, STANDS | ALWAYS },
	{ "interlock loop", BOTH, "inputs/interlock_loop 0", "inputs/interlock_loop 1",
	  { F(EMERGENCY_STOP) }, TRIP, EVER, 20, STANDS | ALWAYS },
	{ "residual current line", BOTH,
	  "inputs/residual_current 1", "inputs/residual_current 0",
	  { F(GROUND_FAULT), F(GROUND_FAULT_TEST) }, TRIP, EVER, 50, STANDS | ALWAYS },
	{ "leakage of 6 mA", BOTH, "leakage/ua 6000", "leakage/ua 0",
	  { F(GROUND_FAULT), F(GROUND_FAULT_TEST) }, TRIP, EVER, 60, STANDS | ALWAYS },
	{ "leakage of 300 mA", BOTH, "leakage/ua 300000", "leakage/ua 0",
	  { F(GROUND_FAULT), F(GROUND_FAULT_TEST) }, TRIP, EVER, 60, STANDS | ALWAYS },
	{ "leakage of 3 mA", BOTH, "leakage/ua 3000", "leakage/ua 0",
	  { 0 }, CALM, EVER, 1500, 0 },
	{ "residual current test fails", BOTH, "leakage/test_fail 1", "leakage/test_fail 0",
	  { F(GROUND_FAULT_TEST) }, TRIP, COMES, 6000, 0 },
	{ "residual current line dead", BOTH, STUCK(13, 0),
	  { F(GROUND_FAULT_TEST) }, TRIP, COMES, 6000, 0 },
	{ "residual current test stuck", BOTH, STUCK(5, 1),
	  { F(GROUND_FAULT), F(GROUND_FAULT_TEST) }, TRIP, EVER, 100, STANDS },
	{ "residual current test dead", BOTH, STUCK(5, 0),
	  { F(GROUND_FAULT_TEST) }, TRIP, COMES, 6000, 0 },
	{ "earth lost", BOTH, "earth/lost 1", "earth/lost 0",
	  { F(EARTH_LOSS) }, TRIP, EVER, 20, STANDS | ALWAYS },
	{ "earth of 12 ohm", BOTH, "earth/milliohm 12000", "earth/milliohm 300",
	  { F(EARTH_LOSS) }, TRIP, EVER, 60, STANDS | ALWAYS },
	{ "earth line dead", BOTH, STUCK(19, 0),
	  { F(EARTH_LOSS) }, TRIP, EVER, 20, STANDS | ALWAYS },
	{ "short circuit, charging", BOTH, "current/extra_ma 150000", "current/extra_ma 0",
	  { F(OVERCURRENT) }, TRIP, EVER, 20, STANDS | ALWAYS },
	{ "short circuit, discharging", BOTH,
	  "current/extra_ma -150000", "current/extra_ma 0",
	  { F(OVERCURRENT) }, TRIP, EVER, 20, STANDS | ALWAYS },
	{ "overcurrent line stuck", BOTH, STUCK(20, 1),
	  { F(OVERCURRENT) }, TRIP, EVER, 20, STANDS | ALWAYS },

	/* Insulation and link of a DC output */
	{ "insulation of 10 kohm", DC, "insulation/ohm 10000", "insulation/ohm 10000000",
	  { F(INSULATION) }, TRIP, FLOWS | COMES, 13000, 0 },
	{ "insulation of 200 kohm", DC, "insulation/ohm 200000", "insulation/ohm 10000000",
	  { 0 }, CALM, EVER, 3000, 0 },
	{ "insulation monitor dead", DC, "insulation/dead 1", "insulation/dead 0",
	  { F(INSULATION) }, TRIP, COMES, 13000, 0 },
	{ "insulation test stuck", DC, STUCK(7, 1),
	  { F(INSULATION) }, TRIP, FLOWS | COMES, 13000, 0 },
	{ "insulation test dead", DC, STUCK(7, 0),
	  { F(INSULATION) }, TRIP, COMES, 13000, 0 },
	{ "link keeps its voltage", DC, "link/discharge_fails 1", "link/discharge_fails 0",
	  { F(DISCHARGE) }, TRIP, IN(STOPS), 9000, 0 },
	{ "discharge resistor dead", DC, STUCK(6, 0),
	  { F(DISCHARGE) }, TRIP, IN(STOPS), 9000, 0 },
	{ "link not measured", DC, FAILS(9, error),
	  { F(DISCHARGE) }, TRIP, IN(STOPS), 9000, 0 },

	/* Contacts, coils, auxiliary lines */
	{ "weld", BOTH, CONTACT(0, "weld"),
	  { F(CONTACTOR_STUCK) }, TRIP, IN(STOPS), 9000, HOLDS },
	{ "weld of the second pole", DC, CONTACT(1, "weld"),
	  { F(CONTACTOR_STUCK) }, TRIP, IN(STOPS), 9000, HOLDS },
	{ "weld of the pre-charge contact", DC, CONTACT(2, "weld"),
	  { F(CONTACTOR_STUCK) }, NOTHING, 0, 1500, HOLDS },
	{ "contact falls open", BOTH, CONTACT(0, "stuck-open"),
	  { F(CONTACTOR_OPEN) }, TRIP, FLOWS | COMES, 13000, 0 },
	{ "second pole falls open", DC, CONTACT(1, "stuck-open"),
	  { F(CONTACTOR_OPEN) }, TRIP, FLOWS | COMES, 13000, 0 },
	{ "pre-charge contact does not close", DC, CONTACT(2, "stuck-open"),
	  { F(CONTACTOR_OPEN) }, TRIP, COMES, 13000, 0 },
	{ "slow contact", BOTH, CONTACT(0, "slow"),
	  { F(CONTACTOR_STUCK), F(CONTACTOR_OPEN) }, NOTHING, 0, 1500, HOLDS },
	{ "bouncing contact", BOTH, CONTACT(0, "bounce"), { 0 }, CALM, EVER, 1500, 0 },
	{ "coil stuck on", BOTH, STUCK(0, 1),
	  { F(CONTACTOR_STUCK) }, TRIP, IN(FREE) | IN(IDLE) | IN(ASKS), 500,
	  STANDS | HOLDS },
	{ "coil broken", BOTH, STUCK(0, 0),
	  { F(CONTACTOR_OPEN) }, TRIP, FLOWS | COMES, 13000, 0 },
	{ "auxiliary contact stuck closed", BOTH, STUCK(8, 1),
	  { F(CONTACTOR_STUCK) }, TRIP, IN(FREE) | IN(IDLE) | IN(ASKS), 500, STANDS },
	{ "auxiliary contact stuck open", BOTH, STUCK(8, 0),
	  { F(CONTACTOR_OPEN) }, TRIP, FLOWS | COMES, 13000, 0 },
	{ "second auxiliary contact stuck closed", DC, STUCK(9, 1),
	  { F(CONTACTOR_STUCK) }, TRIP, IN(FREE) | IN(IDLE) | IN(ASKS), 500, STANDS },
	{ "second auxiliary contact stuck open", DC, STUCK(9, 0),
	  { F(CONTACTOR_OPEN) }, TRIP, FLOWS | COMES, 13000, 0 },

	/* Lock */
	{ "lock jams", BOTH, "lock/fail jam", "lock/fail none",
	  { F(LOCK_FAIL) }, NOTHING, 0, 2500, 0 },
	{ "lock says nothing", BOTH, "lock/fail nofeedback", "lock/fail none",
	  { F(LOCK_FAIL) }, TRIP, FLOWS, 50, 0 },
	{ "lock falls open", BOTH, "lock/fail unlocks", "lock/fail none",
	  { F(LOCK_FAIL) }, TRIP, FLOWS, 50, 0 },
	{ "lock motor dead", BOTH, STUCK(3, 0), { F(LOCK_FAIL) }, TRIP, IN(ASKS), 3000, 0 },
	{ "lock status stuck open", BOTH, STUCK(11, 0),
	  { F(LOCK_FAIL) }, TRIP, FLOWS | IN(ASKS), 3000, 0 },
	{ "lock status stuck locked", BOTH, STUCK(11, 1),
	  { F(LOCK_FAIL) }, NOTHING, 0, 2500, ALONE },

	/* Pilot, cable, vehicle */
	{ "pilot noise", BOTH, "pilot/noise_mv 9000", "pilot/noise_mv 0",
	  /* Without a plug it looks like one whose cable has no coding. */
	  { F(CP_SIGNAL_LOSS), F(DIODE_FAULT), F(VENTILATION), F(PROXIMITY_FAULT) },
	  OFF, FLOWS, 3500, 0 },
	{ "a little pilot noise", BOTH, "pilot/noise_mv 400", "pilot/noise_mv 0",
	  { 0 }, CALM, EVER, 1500, 0 },
	{ "pilot shorted", BOTH, "pilot/short 1", "pilot/short 0",
	  { F(CP_SIGNAL_LOSS), F(DIODE_FAULT) }, TRIP, FLOWS, 100, STANDS },
	{ "diode shorted", BOTH, "vehicle/diode short", "vehicle/diode ok",
	  { F(DIODE_FAULT), F(CP_SIGNAL_LOSS) }, TRIP, FLOWS, 100, STANDS },
	{ "diode open", BOTH, "vehicle/diode open", "vehicle/diode ok",
	  { F(DIODE_FAULT), F(CP_SIGNAL_LOSS) }, NOTHING, 0, 500, 0 },
	{ "cable coding lost", AC,
	  "referee/allow_trip_ms 3000;cable/pp_ohm 1000000", "cable/pp_ohm 220",
	  { F(PROXIMITY_FAULT) }, TRIP, FLOWS | COMES | IN(IDLE), 500, STANDS },
	{ "cable coding shorted", AC,
	  "referee/allow_trip_ms 3000;cable/pp_ohm 10", "cable/pp_ohm 220",
	  { F(PROXIMITY_FAULT) }, TRIP, FLOWS | COMES | IN(IDLE), 500, STANDS },
	{ "torn out", BOTH, "vehicle/plug 0", "vehicle/plug 1",
	  { F(CP_SIGNAL_LOSS) }, TRIP, FLOWS, 100, 0 },
	{ "vehicle stops asking", BOTH, "vehicle/want b", "vehicle/want c",
	  { 0 }, OFF, FLOWS, 3500, 0 },
	{ "vehicle asks for air", BOTH, "vehicle/want d", "vehicle/want c",
	  { F(VENTILATION) }, TRIP, FLOWS, 8000, 0 },
	{ "vehicle does not obey", BOTH,
	  /* Its current may rise again while the contact is on its way. */
	  "referee/allow_trip_ms 3000;vehicle/follow 0", "vehicle/follow 1",
	  { F(REV_FLOW_TRIP) }, NOTHING, 0, 1500, 0 },
	{ "vehicle feeds back unasked", AC,
	  "referee/allow_trip_ms 9000;vehicle/follow 0;vehicle/power_mw -7000000",
	  "vehicle/follow 1;vehicle/power_mw 5000000",
	  { F(REV_FLOW_TRIP) }, TRIP, IN(CHARGES), 7000, 0 },

	/* Mains */
	{ "relay", BOTH, "inputs/relay 0", "inputs/relay 1",
	  { F(GRID_LOSS) }, TRIP, FLOWS, 100, STANDS },
	{ "relay line dead", BOTH, STUCK(14, 0),
	  { F(GRID_LOSS) }, TRIP, FLOWS, 100, STANDS },
	{ "relay flickers", DC,
	  "inputs/relay 0;+15 inputs/relay 1", "inputs/relay 1",
	  { 0 }, CALM, EVER, 1500, 0 },
	{ "breaker", BOTH, "mains/breaker 0", "mains/breaker 1",
	  { F(GRID_LOSS), F(GRID_INTEGRITY), F(REV_FLOW_TRIP) },
	  TRIP, FLOWS, 100, STANDS | ALONE },
	{ "breaker, relay blind", DC,
	  "mains/relay_works 0;mains/breaker 0", "mains/breaker 1;mains/relay_works 1",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, IN(FEEDS), 2000, STANDS | ALONE },
	{ "dip to 30 %", DC, "mains/voltage 310", "mains/voltage 1000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, FLOWS, 220, STANDS },
	{ "dip to 30 %, slow profile", AC, "mains/voltage 310", "mains/voltage 1000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, FLOWS, 1560, STANDS },
	{ "sag to 88 % for a second", BOTH,
	  "mains/voltage 880;+1000 mains/voltage 1000", "mains/voltage 1000",
	  { F(GRID_INTEGRITY) }, CALM, EVER, 1700, 0 },
	{ "over-voltage", DC, "mains/voltage 1250", "mains/voltage 1000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, FLOWS, 220, STANDS },
	{ "over-voltage, slow profile", AC, "mains/voltage 1250", "mains/voltage 1000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, FLOWS, 3060, STANDS },
	{ "frequency jumps up", DC,
	  "mains/frequency_mhz 62500", "mains/frequency_mhz 60000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, CEASE, EVER, 1000, 0 },
	{ "frequency jumps down", DC,
	  "mains/frequency_mhz 56000", "mains/frequency_mhz 60000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, CEASE, EVER, 1000, 0 },
	{ "frequency jumps up, 50 Hz", AC,
	  "mains/frequency_mhz 52500", "mains/frequency_mhz 50000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, CEASE, EVER, 1000, 0 },
	{ "frequency ramps up", DC,
	  "mains/rocof_mhz_s 5000;mains/frequency_mhz 63000",
	  "mains/rocof_mhz_s 0;mains/frequency_mhz 60000",
	  { F(GRID_LOSS) }, TRIP, FLOWS, 1500, STANDS },
	{ "frequency ramps gently", DC,
	  "mains/rocof_mhz_s 1000;mains/frequency_mhz 60800",
	  "mains/rocof_mhz_s 0;mains/frequency_mhz 60000", { 0 }, CALM, EVER, 1200, 0 },
	{ "phase jumps by 20 degrees", BOTH, "mains/phase_mdeg 20000", "mains/phase_mdeg 0",
	  { 0 }, CALM, EVER, 1500, 0 },
	{ "phase jumps by 100 degrees", BOTH,
	  "mains/phase_mdeg 100000", "mains/phase_mdeg 0",
	  { F(GRID_LOSS) }, NOTHING, 0, 1500, 0 },
	{ "four half cycles missing", DC, "mains/missing 4", "mains/missing 0",
	  { F(GRID_INTEGRITY) }, CALM, EVER, 1500, 0 },
	{ "two half cycles missing, no gates", AC, "mains/missing 2", "mains/missing 0",
	  { F(GRID_INTEGRITY) }, CALM, EVER, 1500, 0 },
	{ "forty half cycles missing", DC, "mains/missing 40", "mains/missing 0",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, OFF, FLOWS, 220, 0 },
	{ "a little noise on the crossings", BOTH,
	  "mains/noise_pulses 2", "mains/noise_pulses 0",
	  { 0 }, CALM, EVER, 1500, 0 },
	{ "jitter of the crossings", BOTH, "mains/jitter_ns 20000", "mains/jitter_ns 0",
	  { 0 }, CALM, EVER, 1500, 0 },
	{ "distorted crossings", BOTH,
	  "mains/distortion_mdeg 3000", "mains/distortion_mdeg 0",
	  { 0 }, CALM, EVER, 1500, 0 },
	{ "crossings storm", BOTH,
	  "referee/allow_trip_ms 3000;mains/noise_ns 1000;mains/noise_pulses 100",
	  "mains/noise_pulses 0;mains/noise_ns 20000",
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, FLOWS, 500, STANDS | ALONE },
	{ "crossings stuck", DC, STUCK(15, 0),
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, FLOWS, 220, STANDS },
	{ "crossings stuck, slow profile", AC, STUCK(15, 1),
	  { F(GRID_LOSS), F(GRID_INTEGRITY) }, TRIP, FLOWS, 1600, STANDS },

	/* Channels that fail, and channels that repeat themselves */
	{ "pilot not measured", BOTH, FAILS(0, error),
	  { F(CP_SIGNAL_LOSS) }, TRIP, FLOWS, 200, STANDS },
	{ "pilot frozen", BOTH, FAILS(0, frozen),
	  { F(CP_SIGNAL_LOSS), F(DIODE_FAULT) }, NOTHING, 0, 1500, ALONE },
	{ "negative pilot not measured", BOTH, FAILS(1, error),
	  { F(CP_SIGNAL_LOSS) }, TRIP, FLOWS, 200, STANDS },
	{ "negative pilot frozen", BOTH, FAILS(1, frozen),
	  { F(CP_SIGNAL_LOSS), F(DIODE_FAULT) }, NOTHING, 0, 1500, ALONE },
	{ "cable coding not measured", AC,
	  "referee/allow_trip_ms 3000;adc/2/fail error", "adc/2/fail none",
	  { F(PROXIMITY_FAULT) }, TRIP, FLOWS, 500, STANDS },
	{ "connector voltage not measured", BOTH, FAILS(3, error),
	  { 0 }, NOTHING, 0, 1500, 0 },
	{ "current not measured", BOTH, FAILS(4, error), { 0 }, OFF, FLOWS, 9000, 0 },
	{ "current frozen", BOTH, FAILS(4, frozen), { 0 }, NOTHING, 0, 1500, ALONE },
	{ "power frozen", BOTH, FAILS(5, frozen),
	  { F(REV_FLOW_TRIP) }, NOTHING, 0, 1500, ALONE },
	{ "mains voltage not measured", BOTH, FAILS(6, error), { 0 }, CEASE, EVER, 1200, 0 },
	{ "mains voltage frozen", BOTH, FAILS(6, frozen), { 0 }, CEASE, EVER, 3200, 0 },
	{ "leakage not measured", BOTH, FAILS(10, error),
	  { F(GROUND_FAULT_TEST) }, OFF, FLOWS, 9000, 0 },
	{ "leakage frozen", BOTH, FAILS(10, frozen),
	  { F(GROUND_FAULT_TEST), F(GROUND_FAULT) }, OFF, FLOWS, 9000, 0 },
	{ "insulation not measured", DC, FAILS(11, error),
	  { F(INSULATION) }, OFF, FLOWS, 9000, 0 },
	{ "insulation frozen", DC, FAILS(11, frozen),
	  { F(INSULATION) }, OFF, FLOWS, 11000, 0 },
	{ "earth not measured", BOTH, FAILS(12, error), { 0 }, OFF, FLOWS, 9000, 0 },
	{ "earth frozen", BOTH, FAILS(12, frozen), { 0 }, OFF, FLOWS, 9000, 0 },

	/* Users */
	{ "owner dies", BOTH, "!die", "!own",
	  { F(COMM_TIMEOUT) }, TRIP, FLOWS, 8000, 0 },
	{ "lease lapses", BOTH, "!lapse", "!own",
	  { F(COMM_TIMEOUT) }, TRIP, FLOWS, 8700, 0 },
	{ "setpoint deadline", BOTH, "!deadline", "!own",
	  { F(COMM_TIMEOUT) }, TRIP, FLOWS, 8700, 0 },
	{ "session closed", BOTH, "!close", "!own", { 0 }, OFF, FLOWS, 8000, 0 },
	{ "a fault of user space", BOTH, "!raise", "!own",
	  { F(ISO_HANDSHAKE) }, TRIP, FLOWS, 8000, 0 },
	{ "commands at any time", BOTH, "!commands", "!own",
	  { F(ISO_HANDSHAKE), F(COMM_TIMEOUT), F(REV_FLOW_TRIP) }, NOTHING, 0, 800, 0 },
};

#endif /* EVSE_CAMPAIGN_H */
