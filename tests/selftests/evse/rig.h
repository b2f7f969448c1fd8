/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A simulated board and the faults of its port, for programs that drive it:
 * what flows, knobs at their times, what is latched.
 */
#ifndef EVSE_RIG_H
#define EVSE_RIG_H

#include "evnl.h"

#define RIG_BOARD	"/sys/kernel/debug/evse_sim/evse-sim-0/"

/**
 * struct board - what there is on the board
 * @out: output lines
 * @contacts: contacts that touch
 * @gates: of the power stage
 * @current_ma: through the connector
 * @power_mw: likewise
 * @stage_mw: what the power stage does
 * @parted: a house is parted from the grid
 */
struct board {
	unsigned int out;
	unsigned int contacts;
	unsigned int gates;
	int current_ma;
	int power_mw;
	int stage_mw;
	unsigned int parted;
};

/* What cannot be read is taken for the worst. */
static inline void rig_look(struct board *b)
{
	char line[96];
	FILE *file;

	*b = (struct board){ .out = 7, .contacts = 7, .gates = 1 };
	file = fopen(RIG_BOARD "state", "r");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "outputs %x", &b->out) != 1 &&
		    sscanf(line, "contacts %x", &b->contacts) != 1 &&
		    sscanf(line, "gates %u", &b->gates) != 1 &&
		    sscanf(line, "current_ma %d", &b->current_ma) != 1 &&
		    sscanf(line, "power_mw %d", &b->power_mw) != 1 &&
		    sscanf(line, "stage_power_mw %d", &b->stage_mw) != 1 &&
		    sscanf(line, "parted %u", &b->parted) != 1)
			continue;
	}
	if (file)
		fclose(file);
}

/* @holds: a contact may be held closed by what was done to it. */
static inline bool rig_off(const struct board *b, bool holds)
{
	return !(b->out & 7) && !b->gates && (holds || !b->contacts);
}

/* Scripts: each knob exactly in its time */

#define RIG_STEPS	32

struct rig_step {
	int at_ms;
	char text[64];
};

/**
 * struct rig_script - knobs and when they are set, in the order of time
 * @count: how many
 * @step: one after the other
 */
struct rig_script {
	int count;
	struct rig_step step[RIG_STEPS];
};

static inline void rig_step(struct rig_script *s, int at_ms, const char *text)
{
	int i = s->count++;

	if (i == RIG_STEPS)
		abort();
	for (; i && s->step[i - 1].at_ms > at_ms; i--)
		s->step[i] = s->step[i - 1];
	s->step[i].at_ms = at_ms;
	snprintf(s->step[i].text, sizeof(s->step[i].text), "%s", text);
}

/* "knob value;knob value;+MS knob value": the last one MS after those before */
static inline void rig_plan(struct rig_script *s, int at_ms, const char *knobs)
{
	char copy[256], *word, *save = NULL;

	snprintf(copy, sizeof(copy), "%s", knobs);
	for (word = strtok_r(copy, ";", &save); word;
	     word = strtok_r(NULL, ";", &save)) {
		if (*word == '+')
			at_ms += strtol(word + 1, &word, 10);
		rig_step(s, at_ms, word + (*word == ' '));
	}
}

static inline int rig_run(const struct rig_script *s)
{
	char text[RIG_STEPS * 80] = "";
	size_t used = 0;
	int i;

	for (i = 0; i < s->count; i++)
		used += snprintf(text + used, sizeof(text) - used, "%d %s\n",
				 s->step[i].at_ms, s->step[i].text);
	return s->count ? evnl_sim(0, "mains/script", text) : 0;
}

/* Faults */

#define RIG_FAULTS	32

struct fault {
	uint32_t code;
	uint32_t severity;
	uint32_t policy;
	int32_t value;
	bool active;
	bool latched;
	bool first;
	char source[32];
};

/**
 * struct faults - those of a port that are latched or active
 * @count: how many
 * @fault: in the order of the catalogue
 */
struct faults {
	int count;
	struct fault fault[RIG_FAULTS];
};

static inline void rig_take_fault(const struct nlmsghdr *nlh, void *arg)
{
	struct genlmsghdr *ghdr = genlmsg_hdr((struct nlmsghdr *)nlh);
	struct nlattr *tb[EVSE_A_FAULT_MAX + 1];
	struct faults *all = arg;
	struct fault *f = &all->fault[all->count];

	if (all->count == RIG_FAULTS ||
	    nla_parse(tb, EVSE_A_FAULT_MAX, genlmsg_attrdata(ghdr, 0),
		      genlmsg_attrlen(ghdr, 0), NULL) || !tb[EVSE_A_FAULT_CODE])
		return;
	memset(f, 0, sizeof(*f));
	f->code = nla_get_u32(tb[EVSE_A_FAULT_CODE]);
	if (tb[EVSE_A_FAULT_SEVERITY])
		f->severity = nla_get_u32(tb[EVSE_A_FAULT_SEVERITY]);
	if (tb[EVSE_A_FAULT_POLICY])
		f->policy = nla_get_u32(tb[EVSE_A_FAULT_POLICY]);
	if (tb[EVSE_A_FAULT_VALUE])
		f->value = (int32_t)nla_get_u32(tb[EVSE_A_FAULT_VALUE]);
	f->active = tb[EVSE_A_FAULT_ACTIVE] && nla_get_u8(tb[EVSE_A_FAULT_ACTIVE]);
	f->latched = tb[EVSE_A_FAULT_LATCHED] && nla_get_u8(tb[EVSE_A_FAULT_LATCHED]);
	f->first = tb[EVSE_A_FAULT_FIRST] && nla_get_u8(tb[EVSE_A_FAULT_FIRST]);
	if (tb[EVSE_A_FAULT_SOURCE])
		snprintf(f->source, sizeof(f->source), "%s",
			 nla_get_string(tb[EVSE_A_FAULT_SOURCE]));
	all->count++;
}

static inline int rig_faults(struct evnl *e, uint32_t port, struct faults *all)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_FAULT_GET, NLM_F_DUMP);

	all->count = 0;
	nla_put_u32(msg, EVSE_A_FAULT_PORT, port);
	return evnl_call(e, msg, rig_take_fault, all);
}

static inline const struct fault *rig_find(const struct faults *all,
					   uint32_t code)
{
	int i;

	for (i = 0; i < all->count; i++)
		if (all->fault[i].code == code)
			return &all->fault[i];
	return NULL;
}

/* Faults that cannot be read are not latched. */
static inline bool rig_latched(struct evnl *e, uint32_t port, uint32_t code)
{
	const struct fault *f;
	struct faults all;

	if (rig_faults(e, port, &all))
		return false;
	f = rig_find(&all, code);
	return f && f->latched;
}

/* @code: 0 for all */
static inline int rig_clear(struct evnl *e, uint32_t port, uint32_t code)
{
	struct nl_msg *msg = evnl_msg(e, EVSE_CMD_FAULT_CLEAR, 0);

	nla_put_u32(msg, EVSE_A_FAULT_PORT, port);
	if (code)
		nla_put_u32(msg, EVSE_A_FAULT_CODE, code);
	return evnl_call(e, msg, NULL, NULL);
}

#endif /* EVSE_RIG_H */
