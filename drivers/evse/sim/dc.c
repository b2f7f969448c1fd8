// SPDX-License-Identifier: GPL-2.0-only
/*
 * DC link: a capacitor that the battery fills through the pre-charge resistor
 * and that the stage holds at the battery's voltage while power flows. Pure.
 */

#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include <kunit/visibility.h>

#include "model.h"

#define LINK_UF		500
#define PRECHARGE_OHM	40	/* 20 ms with the link */
#define BLEED_OHM	20000	/* 10 s with the link */
#define DISCHARGE_OHM	400	/* 0.2 s with the link: 500 V to 60 V in 0.42 s */
#define BATTERY_MOHM	50
#define LINK_MAX_UV	1200000000LL
#define LINK_ZERO_UV	1000000
/* Power is no longer a current below this voltage. */
#define STAGE_MIN_MV	10000
/* IEC 61851-23: at least 100 A/s; this is that at 400 V. */
#define RAMP_MW_MS	40000

#define INVERTER	50000
#define FINE		EVSE_SIM_MS(1)
#define COARSE		EVSE_SIM_MS(100)

static s32 target(const struct evse_sim_dc *dc)
{
	return dc->gates ? dc->setpoint_mw : 0;
}

/* The longest step that is still right. */
s64 evse_sim_dc_step_ns(const struct evse_sim_dc *dc,
			const struct evse_sim_dc_path *path)
{
	if (dc->inverter && (dc->gates || dc->power_mw))
		return INVERTER;
	if (dc->power_mw != target(dc) || (dc->gates && !path->main) ||
	    (path->main && !path->battery_mv && dc->power_mw) ||
	    (path->discharge && dc->link_uv) ||
	    (path->precharge && path->battery_mv &&
	     abs(path->battery_mv * 1000LL - dc->link_uv) > LINK_ZERO_UV))
		return FINE;
	if (dc->link_uv || dc->power_mw)
		return COARSE;
	return EVSE_SIM_NEVER;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_dc_step_ns);

static void ramp(struct evse_sim_dc *dc, s64 ns)
{
	s64 step = div_s64(ns * RAMP_MW_MS, NSEC_PER_MSEC);

	/* Blocked gates carry no current. */
	if (!dc->gates)
		dc->power_mw = 0;
	else
		dc->power_mw += clamp_t(s64, (s64)target(dc) - dc->power_mw,
					-step, step);
}

/* Change of the link in @ns with the time constant of @ohm and the capacitor. */
static s64 relax(s64 gap_uv, u32 ohm, s64 ns)
{
	s64 tau_ns = (s64)ohm * LINK_UF * NSEC_PER_USEC;

	if (ns >= tau_ns)
		return gap_uv;
	return div64_s64(gap_uv * div_s64(ns, NSEC_PER_USEC),
			 div_s64(tau_ns, NSEC_PER_USEC));
}

static s32 to_mv(s64 uv)
{
	return div_s64(uv, 1000);
}

void evse_sim_dc_step(struct evse_sim_dc *dc,
		      const struct evse_sim_dc_path *path, s64 ns)
{
	s64 battery_uv = path->battery_mv * 1000LL;

	if (!dc->inverter)
		ramp(dc, ns);
	dc->current_ma = 0;
	if (path->main && path->battery_mv) {
		dc->current_ma = div_s64(dc->power_mw * 1000LL,
					 max(path->battery_mv, STAGE_MIN_MV));
		dc->link_uv = battery_uv +
			      (s64)dc->current_ma * BATTERY_MOHM;
		return;
	}
	if (dc->power_mw)
		dc->link_uv += div64_s64(1000LL * dc->power_mw * ns,
					 (s64)LINK_UF *
					 max(to_mv(dc->link_uv), STAGE_MIN_MV));
	if (path->precharge && path->battery_mv) {
		s64 gap_uv = battery_uv - dc->link_uv;

		dc->current_ma = -to_mv(gap_uv) / PRECHARGE_OHM;
		dc->link_uv += relax(gap_uv, PRECHARGE_OHM, ns);
		if (path->discharge)
			dc->link_uv -= relax(dc->link_uv, DISCHARGE_OHM, ns);
	} else {
		dc->link_uv -= relax(dc->link_uv, path->discharge ?
				     DISCHARGE_OHM : BLEED_OHM, ns);
		if (dc->link_uv < LINK_ZERO_UV)
			dc->link_uv = 0;
	}
	dc->link_uv = clamp_t(s64, dc->link_uv, 0, LINK_MAX_UV);
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_dc_step);
