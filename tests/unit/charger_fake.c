// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "charger_fake.h"

static struct charger_fake *of(struct charger *charger)
{
	return (struct charger_fake *)charger;
}

static void go_on(struct charger_fake *f)
{
	if (f->facts.step != CHARGER_CLOSING && f->facts.step != CHARGER_OPENING)
		return;
	if (f->left) {
		f->left--;
		return;
	}
	f->facts.step = f->facts.step == CHARGER_CLOSING ? CHARGER_CLOSED : CHARGER_OPEN;
}

static int look(struct charger *charger, struct charger_facts *facts)
{
	struct charger_fake *f = of(charger);

	go_on(f);
	*facts = f->facts;
	return f->refuse.look;
}

static int allow(struct charger *charger, const struct power_window *window, bool bpt)
{
	struct charger_fake *f = of(charger);

	if (f->refuse.allow)
		return f->refuse.allow;
	f->allowed = *window;
	f->bpt = bpt;
	return 0;
}

static int energise(struct charger *charger)
{
	struct charger_fake *f = of(charger);

	if (f->refuse.energise || !f->facts.asks)
		return f->refuse.energise ? f->refuse.energise : -EPERM;
	if (f->facts.step == CHARGER_OPEN) {
		f->facts.step = CHARGER_CLOSING;
		f->left = f->looks;
	}
	return 0;
}

static int open_contactor(struct charger *charger)
{
	struct charger_fake *f = of(charger);

	f->facts.power_mw = 0;
	f->facts.current_ma = 0;
	if (f->facts.step == CHARGER_CLOSED || f->facts.step == CHARGER_CLOSING) {
		f->facts.step = CHARGER_OPENING;
		f->left = f->looks;
	}
	return 0;
}

static int32_t clamp(int32_t value, const struct power_window *window)
{
	if (value < window->min_mw)
		return window->min_mw;
	return value > window->max_mw ? window->max_mw : value;
}

static int power(struct charger *charger, int32_t power_mw, uint32_t deadline_ms,
		 struct charger_power *result)
{
	struct charger_fake *f = of(charger);

	f->asked_mw = power_mw;
	f->deadline_ms = deadline_ms;
	f->powers++;
	if (f->facts.step != CHARGER_CLOSED)
		power_mw = 0;
	power_mw = clamp(clamp(power_mw, &f->facts.now), &f->allowed);
	f->facts.power_mw = power_mw;
	if (f->facts.voltage_mv)
		f->facts.current_ma = (int64_t)power_mw * 1000 / f->facts.voltage_mv;
	*result = (struct charger_power){ .effective_mw = power_mw };
	return 0;
}

static const struct charger_ops ops = { look, allow, energise, open_contactor, power };

void charger_fake(struct charger_fake *fake, bool dc)
{
	*fake = (struct charger_fake){
		.charger.ops = &ops,
		.facts = {
			.dc = dc,
			.phases = dc ? 1 : 3,
			.rated_mv = dc ? 500000 : 230000,
			.rated_ma = dc ? 44000 : 32000,
			.rated_export_ma = dc ? 44000 : 32000,
			.nominal_mhz = 50000,
			.offer = { -22000000, 22000000 },
			.now = { -22000000, 22000000 },
			.asks = true,
			.voltage_mv = dc ? 400000 : 230000,
		},
	};
}
