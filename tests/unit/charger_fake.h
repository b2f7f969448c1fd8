/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A port without a kernel, for sessions. */
#ifndef UNIT_CHARGER_FAKE_H
#define UNIT_CHARGER_FAKE_H

#include "../../tools/secc/charger.h"

/**
 * struct charger_fake - a port
 * @charger: what a session is given
 * @facts: what it sees; energise, open and power change them
 * @looks: reads that closing and opening take; 0: the next one shows it
 * @left: reads until what is under way is done
 * @allowed: what was negotiated
 * @bpt: discharging was negotiated
 * @asked_mw: power asked for last
 * @deadline_ms: that came with it
 * @powers: times that power was asked for
 * @refuse: what each operation answers
 */
struct charger_fake {
	struct charger charger;
	struct charger_facts facts;
	unsigned int looks;
	unsigned int left;
	struct power_window allowed;
	bool bpt;
	int32_t asked_mw;
	uint32_t deadline_ms;
	unsigned int powers;
	struct {
		int look;
		int allow;
		int energise;
	} refuse;
};

/* charger_fake() - an idle port: 22 kW both ways, a vehicle that asks for power */
void charger_fake(struct charger_fake *fake, bool dc);

#endif /* UNIT_CHARGER_FAKE_H */
