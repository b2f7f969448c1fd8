// SPDX-License-Identifier: GPL-2.0-or-later
#include "battery.h"

#define FULL_PERMILLE	1000
/* From here on less and less is taken, down to a tenth. */
#define TAPER_PERMILLE	800
/* Voltage of an empty battery, in relation to that of a full one */
#define EMPTY_PERMILLE	800

#define NWH_PER_MWH	INT64_C(1000000)
#define MS_PER_HOUR	INT64_C(3600000)

int32_t battery_soc_permille(const struct battery *battery)
{
	return battery->energy_nwh / NWH_PER_MWH * FULL_PERMILLE / battery->capacity_mwh;
}

void battery_set_soc(struct battery *battery, int32_t permille)
{
	battery->energy_nwh = battery->capacity_mwh * permille / FULL_PERMILLE *
			      NWH_PER_MWH;
}

void battery_flow(struct battery *battery, int32_t power_mw, uint32_t ms)
{
	int64_t full_nwh = battery->capacity_mwh * NWH_PER_MWH;
	/* mW ms, and an hour of the most that 32 bits have is 2^53 of them. */
	int64_t moved = (int64_t)power_mw * (ms > MS_PER_HOUR ? MS_PER_HOUR : ms);

	battery->energy_nwh += moved / MS_PER_HOUR * NWH_PER_MWH +
			       moved % MS_PER_HOUR * NWH_PER_MWH / MS_PER_HOUR;
	if (battery->energy_nwh < 0)
		battery->energy_nwh = 0;
	if (battery->energy_nwh > full_nwh)
		battery->energy_nwh = full_nwh;
}

int32_t battery_charge_mw(const struct battery *battery)
{
	int32_t soc = battery_soc_permille(battery);
	int32_t left = FULL_PERMILLE - soc;

	if (left <= 0)
		return 0;
	if (soc <= TAPER_PERMILLE)
		return battery->max_charge_mw;
	return battery->max_charge_mw / 10 +
	       (int64_t)battery->max_charge_mw * 9 / 10 * left /
	       (FULL_PERMILLE - TAPER_PERMILLE);
}

int32_t battery_discharge_mw(const struct battery *battery)
{
	return battery_soc_permille(battery) > battery->min_soc_permille ?
	       battery->max_discharge_mw : 0;
}

int32_t battery_mv(const struct battery *battery)
{
	int64_t part = EMPTY_PERMILLE +
		       (int64_t)(FULL_PERMILLE - EMPTY_PERMILLE) *
		       battery_soc_permille(battery) / FULL_PERMILLE;

	return battery->max_mv * part / 1000;
}

int64_t battery_until_mwh(const struct battery *battery, int32_t permille)
{
	return battery->capacity_mwh * permille / FULL_PERMILLE -
	       battery->energy_nwh / NWH_PER_MWH;
}
