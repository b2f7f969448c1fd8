// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thermometers: the table of what chips there are.
 */

#include <linux/kernel.h>

#include <dt-bindings/evse/sim.h>

#include "thermometer_chip.h"

#define TMP102_KIND							\
	.addresses = 4, .pointer = 3, .bits = 16, .config = 0x60a0,	\
	.writable = FAULTS | POL | TM | SD | RATE | EM,			\
	.t_high = 0x5000, .t_low = 0x4b00, .limit = 0xfff8,		\
	.converts_us = { 26000, 26000, 26000, 26000 },			\
	.pauses = true, .extends = true, .digits = 12, .status = AL,	\
	.responds = true

#define TMP75_KIND							\
	.addresses = 8, .pointer = 3, .bits = 8,			\
	.writable = RESOLUTION | FAULTS | POL | TM | SD,		\
	.t_high = 0x5000, .t_low = 0x4b00, .limit = 0xfff0,		\
	.converts_us = { 27500, 55000, 110000, 220000 },		\
	.resolves = true, .responds = true

static const struct evse_sim_thermometer_chip chips[] = {
	[EVSE_SIM_CHIP_TMP102] = {
		.name = "tmp102", TMP102_KIND, .hot_is_low = true,
	},
	[EVSE_SIM_CHIP_TMP112] = { .name = "tmp112", TMP102_KIND },
	[EVSE_SIM_CHIP_TMP105] = { .name = "tmp105", TMP75_KIND, .status = OS },
	[EVSE_SIM_CHIP_TMP75] = { .name = "tmp75", TMP75_KIND },
	[EVSE_SIM_CHIP_LM75] = {
		.name = "lm75", .addresses = 8, .pointer = 3, .bits = 8,
		.writable = FAULTS | POL | TM | SD,
		.t_high = 0x5000, .t_low = 0x4b00, .limit = 0xff80,
		.converts_us = { 100000, 100000, 100000, 100000 }, .digits = 9,
	},
	/* Conversions by AVG: 1, 8, 32, 64 of 15.5 ms; -256 C is none yet. */
	[EVSE_SIM_CHIP_TMP117] = {
		.name = "tmp117", .tmp117 = true, .addresses = 4,
		.pointer = 15, .bits = 16, .config = 0x0220,
		.writable = MOD | CONV | AVG | THERM | POL_117 | DR_ALERT,
		.t_high = 0x6000, .t_low = 0x8000, .temperature = 0x8000,
		.limit = 0xffff, .digits = 16,
		.converts_us = { 15500, 124000, 496000, 992000 },
		.responds = true,
	},
};

const struct evse_sim_thermometer_chip *evse_sim_thermometer_chip(u32 chip)
{
	return chip < ARRAY_SIZE(chips) ? &chips[chip] : NULL;
}
