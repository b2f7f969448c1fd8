// SPDX-License-Identifier: GPL-2.0-only
/*
 * Grid profiles: what the interconnection standards ask for, as tables.
 *
 * How sure each figure is, and where it is from:
 * Documentation/driver-api/evse-grid.rst. A range that is not known is no
 * range: the setting stays as it is.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "grid_profile.h"

/*
 * Pick-up, lowest, highest; clearing time, shortest, longest; a setting that is
 * no element has no time. Rows of ride-through: lowest and highest value, time,
 * microseconds a unit, mode.
 */
const struct evse_grid_profile evse_grid_profiles[] = {
	/* IEEE 1547-2018 Tables 11, 14, 18, 19, 21 and 4. */
	{
		.name = "ieee1547-cat1",
		.title = "IEEE 1547-2018 Category I",
		.nominal_mhz = 60000,
		.line = {
			[EVSE_GRID_ELEMENT_UV1] = { 700, 0, 880, 2000, 2000, 21000 },
			[EVSE_GRID_ELEMENT_UV2] = { 450, 0, 500, 160, 160, 2000 },
			[EVSE_GRID_ELEMENT_OV1] = { 1100, 1100, 1200, 2000, 1000, 13000 },
			[EVSE_GRID_ELEMENT_OV2] = { 1200, 1200, 1200, 160, 160, 160 },
			[EVSE_GRID_ELEMENT_UF1] = { 58500, 50000, 59000, 300000, 180000, 1000000 },
			[EVSE_GRID_ELEMENT_UF2] = { 56500, 50000, 57000, 160, 160, 1000000 },
			[EVSE_GRID_ELEMENT_OF1] = { 61200, 61000, 66000, 300000, 180000, 1000000 },
			[EVSE_GRID_ELEMENT_OF2] = { 62000, 61800, 66000, 160, 160, 1000000 },
			[EVSE_GRID_ELEMENT_ISLAND] = { 50, 10, 70 },
			[EVSE_GRID_ELEMENT_CEASE_UV] = { 500, 500, 500 },
			[EVSE_GRID_ELEMENT_CEASE_OV] = { 1200, 1200, 1200 },
			[EVSE_GRID_ELEMENT_WARN_UV] = { 900, 800, 990 },
			[EVSE_GRID_ELEMENT_WARN_OV] = { 1100, 1100, 1200 },
			[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { 917, 880, 950 },
			[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { 1050, 1050, 1060 },
			[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { 59500, 59000, 59900 },
			[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { 60100, 60100, 61000 },
			[EVSE_GRID_ELEMENT_ENTER_DELAY] = { 300000, 0, 600000 },
			[EVSE_GRID_ELEMENT_ENTER_RAMP] = { 300000, 0, 1000000, 0, 0, 1000000 },
			[EVSE_GRID_ELEMENT_ACTIVE] = { 50, 0, 100 },
			[EVSE_GRID_ELEMENT_DROOP] = { 1, 1, 1, 5000, 1000, 10000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_BAND] = { 36, 17, 1000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_SLOPE] = { 50, 30, 50 },
			[EVSE_GRID_ELEMENT_DROOP_UF_BAND] = { 36, 17, 1000 },
			[EVSE_GRID_ELEMENT_DROOP_UF_SLOPE] = { 50, 30, 50 },
			[EVSE_GRID_ELEMENT_VOLT_WATT] = { 0, 0, 1, 10000, 500, 60000 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_V1] = { 1060, 1050, 1090 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_V2] = { 1100, 1060, 1100 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_P2] = { 0, 0, 1000 },
		},
		.voltage_ride = {
			{ 500, 699, 160, 0, EVSE_GRID_PERMISSIVE },
			{ 700, 879, 700, 4000, EVSE_GRID_MANDATORY },
			{ 880, 1100, EVSE_GRID_ALWAYS, 0, EVSE_GRID_MANDATORY },
			{ 1101, 1150, 1000, 0, EVSE_GRID_PERMISSIVE },
			{ 1151, 1175, 500, 0, EVSE_GRID_PERMISSIVE },
			{ 1176, 1200, 200, 0, EVSE_GRID_PERMISSIVE },
		},
		.frequency_ride = {
			{ 57000, 58799, 299000, 0, EVSE_GRID_MANDATORY },
			{ 58800, 61200, EVSE_GRID_ALWAYS, 0, EVSE_GRID_MANDATORY },
			{ 61201, 61800, 299000, 0, EVSE_GRID_MANDATORY },
		},
		.rocof_ride_mhz_s = 500,
		.shift_ride_mdeg = 20000,
		.shift_ride_single_mdeg = 60000,
	},
	/* IEEE 1547-2018 Tables 12, 15, 18, 19, 21 and 4. */
	{
		.name = "ieee1547-cat2",
		.title = "IEEE 1547-2018 Category II",
		.nominal_mhz = 60000,
		.line = {
			[EVSE_GRID_ELEMENT_UV1] = { 700, 0, 880, 10000, 2000, 21000 },
			[EVSE_GRID_ELEMENT_UV2] = { 450, 0, 500, 160, 160, 2000 },
			[EVSE_GRID_ELEMENT_OV1] = { 1100, 1100, 1200, 2000, 1000, 13000 },
			[EVSE_GRID_ELEMENT_OV2] = { 1200, 1200, 1200, 160, 160, 160 },
			[EVSE_GRID_ELEMENT_UF1] = { 58500, 50000, 59000, 300000, 180000, 1000000 },
			[EVSE_GRID_ELEMENT_UF2] = { 56500, 50000, 57000, 160, 160, 1000000 },
			[EVSE_GRID_ELEMENT_OF1] = { 61200, 61000, 66000, 300000, 180000, 1000000 },
			[EVSE_GRID_ELEMENT_OF2] = { 62000, 61800, 66000, 160, 160, 1000000 },
			[EVSE_GRID_ELEMENT_ISLAND] = { 50, 10, 70 },
			[EVSE_GRID_ELEMENT_CEASE_UV] = { 300, 300, 300 },
			[EVSE_GRID_ELEMENT_CEASE_OV] = { 1200, 1200, 1200 },
			[EVSE_GRID_ELEMENT_WARN_UV] = { 900, 800, 990 },
			[EVSE_GRID_ELEMENT_WARN_OV] = { 1100, 1100, 1200 },
			[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { 917, 880, 950 },
			[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { 1050, 1050, 1060 },
			[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { 59500, 59000, 59900 },
			[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { 60100, 60100, 61000 },
			[EVSE_GRID_ELEMENT_ENTER_DELAY] = { 300000, 0, 600000 },
			[EVSE_GRID_ELEMENT_ENTER_RAMP] = { 300000, 0, 1000000, 0, 0, 1000000 },
			[EVSE_GRID_ELEMENT_ACTIVE] = { 50, 0, 100 },
			[EVSE_GRID_ELEMENT_DROOP] = { 1, 1, 1, 5000, 1000, 10000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_BAND] = { 36, 17, 1000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_SLOPE] = { 50, 30, 50 },
			[EVSE_GRID_ELEMENT_DROOP_UF_BAND] = { 36, 17, 1000 },
			[EVSE_GRID_ELEMENT_DROOP_UF_SLOPE] = { 50, 30, 50 },
			[EVSE_GRID_ELEMENT_VOLT_WATT] = { 0, 0, 1, 10000, 500, 60000 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_V1] = { 1060, 1050, 1090 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_V2] = { 1100, 1060, 1100 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_P2] = { 0, 0, 1000 },
		},
		.voltage_ride = {
			{ 300, 449, 160, 0, EVSE_GRID_PERMISSIVE },
			{ 450, 649, 320, 0, EVSE_GRID_PERMISSIVE },
			{ 650, 879, 3000, 8700, EVSE_GRID_MANDATORY },
			{ 880, 1100, EVSE_GRID_ALWAYS, 0, EVSE_GRID_MANDATORY },
			{ 1101, 1150, 1000, 0, EVSE_GRID_PERMISSIVE },
			{ 1151, 1175, 500, 0, EVSE_GRID_PERMISSIVE },
			{ 1176, 1200, 200, 0, EVSE_GRID_PERMISSIVE },
		},
		.frequency_ride = {
			{ 57000, 58799, 299000, 0, EVSE_GRID_MANDATORY },
			{ 58800, 61200, EVSE_GRID_ALWAYS, 0, EVSE_GRID_MANDATORY },
			{ 61201, 61800, 299000, 0, EVSE_GRID_MANDATORY },
		},
		.rocof_ride_mhz_s = 2000,
		.shift_ride_mdeg = 20000,
		.shift_ride_single_mdeg = 60000,
	},
	/* IEEE 1547-2018 Tables 13, 16, 18, 19, 21 and 4. */
	{
		.name = "ieee1547-cat3",
		.title = "IEEE 1547-2018 Category III (UL 1741 SB)",
		.nominal_mhz = 60000,
		.line = {
			[EVSE_GRID_ELEMENT_UV1] = { 880, 0, 880, 21000, 21000, 50000 },
			[EVSE_GRID_ELEMENT_UV2] = { 500, 0, 500, 2000, 2000, 21000 },
			[EVSE_GRID_ELEMENT_OV1] = { 1100, 1100, 1200, 13000, 1000, 13000 },
			[EVSE_GRID_ELEMENT_OV2] = { 1200, 1200, 1200, 160, 160, 160 },
			[EVSE_GRID_ELEMENT_UF1] = { 58500, 50000, 59000, 300000, 180000, 1000000 },
			[EVSE_GRID_ELEMENT_UF2] = { 56500, 50000, 57000, 160, 160, 1000000 },
			[EVSE_GRID_ELEMENT_OF1] = { 61200, 61000, 66000, 300000, 180000, 1000000 },
			[EVSE_GRID_ELEMENT_OF2] = { 62000, 61800, 66000, 160, 160, 1000000 },
			[EVSE_GRID_ELEMENT_ISLAND] = { 50, 10, 70 },
			[EVSE_GRID_ELEMENT_CEASE_UV] = { 500, 500, 500 },
			[EVSE_GRID_ELEMENT_CEASE_OV] = { 1100, 1100, 1100 },
			[EVSE_GRID_ELEMENT_WARN_UV] = { 900, 800, 990 },
			[EVSE_GRID_ELEMENT_WARN_OV] = { 1100, 1100, 1200 },
			[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { 917, 880, 950 },
			[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { 1050, 1050, 1060 },
			[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { 59500, 59000, 59900 },
			[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { 60100, 60100, 61000 },
			[EVSE_GRID_ELEMENT_ENTER_DELAY] = { 300000, 0, 600000 },
			[EVSE_GRID_ELEMENT_ENTER_RAMP] = { 300000, 0, 1000000, 0, 0, 1000000 },
			[EVSE_GRID_ELEMENT_ACTIVE] = { 50, 0, 100 },
			[EVSE_GRID_ELEMENT_DROOP] = { 1, 1, 1, 5000, 200, 10000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_BAND] = { 36, 17, 1000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_SLOPE] = { 50, 20, 50 },
			[EVSE_GRID_ELEMENT_DROOP_UF_BAND] = { 36, 17, 1000 },
			[EVSE_GRID_ELEMENT_DROOP_UF_SLOPE] = { 50, 20, 50 },
			[EVSE_GRID_ELEMENT_VOLT_WATT] = { 0, 0, 1, 10000, 500, 60000 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_V1] = { 1060, 1050, 1090 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_V2] = { 1100, 1060, 1100 },
			[EVSE_GRID_ELEMENT_VOLT_WATT_P2] = { 0, 0, 1000 },
		},
		.voltage_ride = {
			{ 0, 499, 1000, 0, EVSE_GRID_MOMENTARY },
			{ 500, 699, 10000, 0, EVSE_GRID_MANDATORY },
			{ 700, 879, 20000, 0, EVSE_GRID_MANDATORY },
			{ 880, 1100, EVSE_GRID_ALWAYS, 0, EVSE_GRID_MANDATORY },
			{ 1101, 1200, 12000, 0, EVSE_GRID_MOMENTARY },
		},
		.frequency_ride = {
			{ 57000, 58799, 299000, 0, EVSE_GRID_MANDATORY },
			{ 58800, 61200, EVSE_GRID_ALWAYS, 0, EVSE_GRID_MANDATORY },
			{ 61201, 61800, 299000, 0, EVSE_GRID_MANDATORY },
		},
		.rocof_ride_mhz_s = 3000,
		.shift_ride_mdeg = 20000,
		.shift_ride_single_mdeg = 60000,
	},
	/* California Rule 21 as UL 1741 SA tested it. */
	{
		.name = "rule21",
		.title = "California Rule 21, legacy (UL 1741 SA)",
		.nominal_mhz = 60000,
		.line = {
			[EVSE_GRID_ELEMENT_UV1] = { 880, 880, 880, 21000, 21000, 21000 },
			[EVSE_GRID_ELEMENT_UV2] = { 700, 700, 700, 11000, 11000, 11000 },
			[EVSE_GRID_ELEMENT_UV3] = { 500, 500, 500, 1500, 1500, 1500 },
			[EVSE_GRID_ELEMENT_OV1] = { 1100, 1100, 1100, 13000, 13000, 13000 },
			[EVSE_GRID_ELEMENT_OV2] = { 1200, 1200, 1200, 160, 160, 160 },
			[EVSE_GRID_ELEMENT_UF1] = { 58500, 58500, 58500, 300000, 300000, 300000 },
			[EVSE_GRID_ELEMENT_UF2] = { 57000, 57000, 57000, 160, 160, 160 },
			[EVSE_GRID_ELEMENT_OF1] = { 60500, 60500, 60500, 300000, 300000, 300000 },
			[EVSE_GRID_ELEMENT_OF2] = { 62000, 62000, 62000, 160, 160, 160 },
			[EVSE_GRID_ELEMENT_ISLAND] = { 50, 10, 70 },
			[EVSE_GRID_ELEMENT_CEASE_UV] = { 500, 500, 500 },
			[EVSE_GRID_ELEMENT_CEASE_OV] = { 1100, 1100, 1100 },
			[EVSE_GRID_ELEMENT_WARN_UV] = { 900, 800, 990 },
			[EVSE_GRID_ELEMENT_WARN_OV] = { 1100, 1100, 1200 },
			[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { 917, 917, 917 },
			[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { 1050, 1050, 1050 },
			[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { 59500, 59500, 59500 },
			[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { 60100, 60100, 60100 },
			[EVSE_GRID_ELEMENT_ENTER_DELAY] = { 300000, 300000, 300000 },
			[EVSE_GRID_ELEMENT_ENTER_RAMP] = { 300000, 300000, 300000 },
			[EVSE_GRID_ELEMENT_ACTIVE] = { 50, 0, 100 },
		},
		.voltage_ride = {
			{ 0, 499, 1000, 0, EVSE_GRID_MOMENTARY },
			{ 500, 699, 10000, 0, EVSE_GRID_MANDATORY },
			{ 700, 879, 20000, 0, EVSE_GRID_MANDATORY },
			{ 880, 1100, EVSE_GRID_ALWAYS, 0, EVSE_GRID_MANDATORY },
			{ 1101, 1200, 12000, 0, EVSE_GRID_MOMENTARY },
		},
	},
	/* EN 50549-1:2019; frequency stages as in the older EN 50438. */
	{
		.name = "en50549-1",
		.title = "EN 50549-1:2019, default settings",
		.nominal_mhz = 50000,
		.line = {
			[EVSE_GRID_ELEMENT_UV1] = { 850, 200, 1000, 1500, 100, 100000 },
			[EVSE_GRID_ELEMENT_OV1] = { 1100, 1000, 1200, 3000, 100, 100000 },
			[EVSE_GRID_ELEMENT_UF1] = { 47500, 47000, 50000, 2000, 2000, 2000 },
			[EVSE_GRID_ELEMENT_UF2] = { 47000, 47000, 50000, 100, 100, 100 },
			[EVSE_GRID_ELEMENT_OF1] = { 51500, 50000, 52000, 2000, 2000, 2000 },
			[EVSE_GRID_ELEMENT_OF2] = { 52000, 50000, 52000, 100, 100, 100 },
			[EVSE_GRID_ELEMENT_ISLAND] = { 50, 10, 70 },
			[EVSE_GRID_ELEMENT_WARN_UV] = { 900, 800, 990 },
			[EVSE_GRID_ELEMENT_WARN_OV] = { 1100, 1010, 1200 },
			[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { 850, 850, 850 },
			[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { 1100, 1100, 1100 },
			[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { 49500, 49500, 49500 },
			[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { 50100, 50100, 50100 },
			[EVSE_GRID_ELEMENT_ENTER_DELAY] = { 60000, 60000, 60000 },
			[EVSE_GRID_ELEMENT_ENTER_RAMP] = { 600000, 600000, 600000 },
			[EVSE_GRID_ELEMENT_ACTIVE] = { 50, 0, 100 },
			[EVSE_GRID_ELEMENT_DROOP] = { 1, 1, 1, 2000, 2000, 2000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_BAND] = { 200, 200, 200 },
			[EVSE_GRID_ELEMENT_DROOP_OF_SLOPE] = { 50, 50, 50 },
			[EVSE_GRID_ELEMENT_DROOP_UF_BAND] = { 200, 200, 200 },
			[EVSE_GRID_ELEMENT_DROOP_UF_SLOPE] = { 50, 50, 50 },
		},
	},
	/* VDE-AR-N 4105:2018, integrated interface protection. */
	{
		.name = "vde-ar-n-4105",
		.title = "VDE-AR-N 4105:2018",
		.nominal_mhz = 50000,
		.line = {
			[EVSE_GRID_ELEMENT_UV1] = { 800, 800, 800, 3000, 3000, 3000 },
			[EVSE_GRID_ELEMENT_UV2] = { 450, 450, 450, 300, 300, 300 },
			[EVSE_GRID_ELEMENT_OV2] = { 1250, 1250, 1250, 100, 100, 100 },
			[EVSE_GRID_ELEMENT_OV_MEAN] = { 1100, 1100, 1100, 100, 100, 100 },
			[EVSE_GRID_ELEMENT_UF1] = { 47500, 47500, 47500, 100, 100, 100 },
			[EVSE_GRID_ELEMENT_OF1] = { 51500, 51500, 51500, 100, 100, 100 },
			[EVSE_GRID_ELEMENT_ISLAND] = { 50, 10, 70 },
			[EVSE_GRID_ELEMENT_WARN_UV] = { 900, 800, 990 },
			[EVSE_GRID_ELEMENT_WARN_OV] = { 1100, 1010, 1200 },
			[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { 850, 850, 850 },
			[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { 1100, 1100, 1100 },
			[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { 47500, 47500, 47500 },
			[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { 50100, 50100, 50100 },
			[EVSE_GRID_ELEMENT_ENTER_DELAY] = { 60000, 60000, 60000 },
			[EVSE_GRID_ELEMENT_ENTER_RAMP] = { 625000, 625000, 625000 },
			[EVSE_GRID_ELEMENT_ACTIVE] = { 60, 51, 100 },
			[EVSE_GRID_ELEMENT_DROOP] = { 1, 1, 1, 2000, 2000, 2000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_BAND] = { 200, 200, 200 },
			[EVSE_GRID_ELEMENT_DROOP_OF_SLOPE] = { 50, 50, 50 },
			[EVSE_GRID_ELEMENT_DROOP_UF_BAND] = { 200, 200, 200 },
			[EVSE_GRID_ELEMENT_DROOP_UF_SLOPE] = { 50, 50, 50 },
		},
	},
	/* EREC G99 Table 10.1, low voltage. */
	{
		.name = "g99",
		.title = "UK EREC G99, low voltage",
		.nominal_mhz = 50000,
		.line = {
			[EVSE_GRID_ELEMENT_UV1] = { 800, 800, 800, 2500, 2500, 2500 },
			[EVSE_GRID_ELEMENT_OV1] = { 1140, 1140, 1140, 1000, 1000, 1000 },
			[EVSE_GRID_ELEMENT_OV2] = { 1190, 1190, 1190, 500, 500, 500 },
			[EVSE_GRID_ELEMENT_UF1] = { 47500, 47500, 47500, 20000, 20000, 20000 },
			[EVSE_GRID_ELEMENT_UF2] = { 47000, 47000, 47000, 500, 500, 500 },
			[EVSE_GRID_ELEMENT_OF1] = { 52000, 52000, 52000, 500, 500, 500 },
			[EVSE_GRID_ELEMENT_ROCOF] = { 1000, 1000, 1000, 500, 500, 500 },
			[EVSE_GRID_ELEMENT_ISLAND] = { 50, 10, 70 },
			[EVSE_GRID_ELEMENT_WARN_UV] = { 900, 800, 990 },
			[EVSE_GRID_ELEMENT_WARN_OV] = { 1100, 1010, 1200 },
			[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { 850, 850, 850 },
			[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { 1100, 1100, 1100 },
			[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { 49500, 49500, 49500 },
			[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { 50100, 50100, 50100 },
			[EVSE_GRID_ELEMENT_ENTER_DELAY] = { 20000, 20000, 20000 },
			[EVSE_GRID_ELEMENT_ACTIVE] = { 0, 0, 100 },
			[EVSE_GRID_ELEMENT_DROOP] = { 1, 1, 1, 2000, 2000, 2000 },
			[EVSE_GRID_ELEMENT_DROOP_OF_BAND] = { 400, 400, 400 },
			[EVSE_GRID_ELEMENT_DROOP_OF_SLOPE] = { 100, 100, 100 },
			[EVSE_GRID_ELEMENT_DROOP_UF_BAND] = { 500, 500, 500 },
			[EVSE_GRID_ELEMENT_DROOP_UF_SLOPE] = { 100, 100, 100 },
		},
	},
};
EXPORT_SYMBOL_IF_KUNIT(evse_grid_profiles);

const unsigned int evse_grid_profile_count = ARRAY_SIZE(evse_grid_profiles);
EXPORT_SYMBOL_IF_KUNIT(evse_grid_profile_count);

/* Name as in the netlink specification, and unit of the pick-up. */
static const struct evse_grid_word {
	const char *name;
	enum evse_grid_unit unit;
} evse_grid_words[EVSE_GRID_ELEMENTS] = {
	[EVSE_GRID_ELEMENT_NONE] = { "none", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_UV1] = { "uv1", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_UV2] = { "uv2", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_UV3] = { "uv3", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_OV1] = { "ov1", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_OV2] = { "ov2", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_OV_MEAN] = { "ov-mean", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_UF1] = { "uf1", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_UF2] = { "uf2", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_OF1] = { "of1", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_OF2] = { "of2", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_ROCOF] = { "rocof", EVSE_GRID_UNIT_MHZ_PER_S },
	[EVSE_GRID_ELEMENT_VECTOR_SHIFT] = { "vector-shift", EVSE_GRID_UNIT_MDEG },
	[EVSE_GRID_ELEMENT_ISLAND] = { "island", EVSE_GRID_UNIT_MS },
	[EVSE_GRID_ELEMENT_CEASE_UV] = { "cease-uv", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_CEASE_OV] = { "cease-ov", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_WARN_UV] = { "warn-uv", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_WARN_OV] = { "warn-ov", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_ENTER_V_LOW] = { "enter-v-low", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_ENTER_V_HIGH] = { "enter-v-high", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_ENTER_F_LOW] = { "enter-f-low", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_ENTER_F_HIGH] = { "enter-f-high", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_ENTER_DELAY] = { "enter-delay", EVSE_GRID_UNIT_MS },
	[EVSE_GRID_ELEMENT_ENTER_RAMP] = { "enter-ramp", EVSE_GRID_UNIT_MS },
	[EVSE_GRID_ELEMENT_ACTIVE] = { "active", EVSE_GRID_UNIT_PER_KHZ },
	[EVSE_GRID_ELEMENT_DROOP] = { "droop", EVSE_GRID_UNIT_SWITCH },
	[EVSE_GRID_ELEMENT_DROOP_OF_BAND] = { "droop-of-band", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_DROOP_OF_SLOPE] = { "droop-of-slope", EVSE_GRID_UNIT_PART },
	[EVSE_GRID_ELEMENT_DROOP_UF_BAND] = { "droop-uf-band", EVSE_GRID_UNIT_MHZ },
	[EVSE_GRID_ELEMENT_DROOP_UF_SLOPE] = { "droop-uf-slope", EVSE_GRID_UNIT_PART },
	[EVSE_GRID_ELEMENT_VOLT_WATT] = { "volt-watt", EVSE_GRID_UNIT_SWITCH },
	[EVSE_GRID_ELEMENT_VOLT_WATT_V1] = { "volt-watt-v1", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_VOLT_WATT_V2] = { "volt-watt-v2", EVSE_GRID_UNIT_PERMILLE },
	[EVSE_GRID_ELEMENT_VOLT_WATT_P2] = { "volt-watt-p2", EVSE_GRID_UNIT_PART },
};

/**
 * evse_grid_profile_find() - profile by its name
 * @name: word that chooses it
 *
 * Return: the profile, or NULL when there is none.
 */
const struct evse_grid_profile *evse_grid_profile_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(evse_grid_profiles); i++)
		if (!strcmp(evse_grid_profiles[i].name, name))
			return &evse_grid_profiles[i];
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_profile_find);

/**
 * evse_grid_unit_of() - unit of an element's pick-up
 * @element: which
 *
 * Return: the unit.
 */
enum evse_grid_unit evse_grid_unit_of(enum evse_grid_element element)
{
	return element < EVSE_GRID_ELEMENTS ? evse_grid_words[element].unit :
					      EVSE_GRID_UNIT_PERMILLE;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_unit_of);

/**
 * evse_grid_element_name() - word for an element
 * @element: which
 *
 * Return: the word that the netlink specification has for it.
 */
const char *evse_grid_element_name(enum evse_grid_element element)
{
	return element < EVSE_GRID_ELEMENTS ? evse_grid_words[element].name : "?";
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_element_name);

/**
 * evse_grid_line_exists() - a profile has an element
 * @line: the element's line
 *
 * Return: true when it has.
 */
bool evse_grid_line_exists(const struct evse_grid_line *line)
{
	return line->pickup || line->pickup_min || line->pickup_max;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_line_exists);

/**
 * evse_grid_ride_of() - ride-through region that a value is in
 * @rows: the table
 * @value: permille of nominal or mHz
 *
 * Return: its row, or NULL when nothing has to be ridden through there.
 */
const struct evse_grid_ride *evse_grid_ride_of(const struct evse_grid_ride *rows,
					       s32 value)
{
	size_t i;

	for (i = 0; i < EVSE_GRID_RIDES && rows[i].ms; i++)
		if (value >= rows[i].low && value <= rows[i].high)
			return &rows[i];
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_ride_of);

/**
 * evse_grid_ride_ms() - how long a value has to be ridden through
 * @row: region that it is in
 * @value: permille of nominal or mHz
 *
 * Return: milliseconds, EVSE_GRID_ALWAYS for ever.
 */
u32 evse_grid_ride_ms(const struct evse_grid_ride *row, s32 value)
{
	if (row->ms == EVSE_GRID_ALWAYS)
		return EVSE_GRID_ALWAYS;
	return row->ms + (u32)(value - row->low) * row->slope_us / 1000;
}
EXPORT_SYMBOL_IF_KUNIT(evse_grid_ride_ms);
