/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The battery of a simulated vehicle: what it holds, and what it takes and gives. */
#ifndef EVSIM_BATTERY_H
#define EVSIM_BATTERY_H

#include <stdint.h>

/**
 * struct battery - a battery
 * @capacity_mwh: energy of a full one
 * @energy_nwh: energy in it
 * @min_soc_permille: state of charge below which it gives nothing
 * @target_soc_permille: state of charge that its driver wants
 * @max_charge_mw: most that it takes
 * @max_discharge_mw: most that it gives
 * @max_mv: voltage at which it is full
 * @max_ma: most current, either way
 */
struct battery {
	int64_t capacity_mwh;
	int64_t energy_nwh;
	int32_t min_soc_permille;
	int32_t target_soc_permille;
	int32_t max_charge_mw;
	int32_t max_discharge_mw;
	int32_t max_mv;
	int32_t max_ma;
};

/** battery_soc_permille() - state of charge, 0 to 1000 */
int32_t battery_soc_permille(const struct battery *battery);

/** battery_set_soc() - as it was measured elsewhere */
void battery_set_soc(struct battery *battery, int32_t permille);

/**
 * battery_flow() - power for some time; what is beyond full or empty is lost
 * @battery: the battery
 * @power_mw: discharging negative
 * @ms: how long, an hour at most
 */
void battery_flow(struct battery *battery, int32_t power_mw, uint32_t ms);

/** battery_charge_mw() - most that it takes now: less above 80 %, nothing when full */
int32_t battery_charge_mw(const struct battery *battery);

/** battery_discharge_mw() - most that it gives now, no sign; nothing at its lowest */
int32_t battery_discharge_mw(const struct battery *battery);

/** battery_mv() - voltage without current */
int32_t battery_mv(const struct battery *battery);

/**
 * battery_until_mwh() - energy up to a state of charge
 * @battery: the battery
 * @permille: the state of charge
 *
 * Return: negative where there is more in it.
 */
int64_t battery_until_mwh(const struct battery *battery, int32_t permille);

#endif /* EVSIM_BATTERY_H */
