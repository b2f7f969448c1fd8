// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl fault show: everything about a fault, its timeline, what to do. */
#include <inttypes.h>
#include <stdlib.h>

#include "../libevse/evse-units.h"
#include "fault.h"

/* The first cause before the others, those by the moment they were seen. */
static int by_order(const void *a, const void *b)
{
	const struct evse_fault_info *fa = a, *fb = b;

	if (fa->port != fb->port)
		return fa->port < fb->port ? -1 : 1;
	if (!fa->first != !fb->first)
		return fa->first ? -1 : 1;
	if (!fa->edge_ns != !fb->edge_ns)
		return fa->edge_ns ? -1 : 1;
	if (fa->edge_ns != fb->edge_ns)
		return fa->edge_ns < fb->edge_ns ? -1 : 1;
	return fa->code < fb->code ? -1 : fa->code > fb->code;
}

void faults_sort(struct evse_fault_info *faults, size_t count)
{
	if (count)
		qsort(faults, count, sizeof(*faults), by_order);
}

static void label(const char *text)
{
	printf("  %-12s ", text);
}

/* A moment as its difference from the edge. */
static void show_moment(const struct evse_fault_info *f, unsigned int attr,
			uint64_t when_ns, const char *what)
{
	bool before = when_ns < f->edge_ns;
	uint64_t ns = before ? f->edge_ns - when_ns : when_ns - f->edge_ns;

	if (!evse_has(f, attr))
		return;
	label(what);
	if (evse_has(f, EVSE_A_FAULT_EDGE_NS))
		printf("%c%" PRIu64 ".%03u us\n", before ? '-' : '+', ns / 1000,
		       (unsigned int)(ns % 1000));
	else
		printf("%" PRIu64 " ns after boot\n", when_ns);
}

static void show_timeline(const struct evse_fault_info *f)
{
	char text[32];

	if (evse_has(f, EVSE_A_FAULT_EDGE_NS)) {
		label("edge");
		printf("%s after boot\n",
		       evse_format((int64_t)f->edge_ns, EVSE_U_NS, text,
				   sizeof(text)));
	}
	show_moment(f, EVSE_A_FAULT_GATES_OFF_NS, f->gates_off_ns, "gates off");
	show_moment(f, EVSE_A_FAULT_COIL_OFF_NS, f->coil_off_ns, "coil off");
	show_moment(f, EVSE_A_FAULT_CONTACT_OPEN_NS, f->contact_open_ns,
		    "contact open");
	show_moment(f, EVSE_A_FAULT_THREAD_NS, f->thread_ns, "thread");
	show_moment(f, EVSE_A_FAULT_TOLD_NS, f->told_ns, "told");
}

static void show_policy(const struct evse_fault_info *f)
{
	char text[32];

	label("policy");
	fputs(evse_name_of(&evse_fault_policy_names, f->policy), stdout);
	if (evse_has(f, EVSE_A_FAULT_BOUND))
		printf(", to be cleared below %s",
		       fault_number(f, f->bound, text, sizeof(text)));
	if (evse_has(f, EVSE_A_FAULT_RETRIES_LEFT))
		printf(", %u retries left", f->retries_left);
	if (evse_has(f, EVSE_A_FAULT_RETRY_IN_MS))
		printf(", %s in %s",
		       f->policy == EVSE_FAULT_POLICY_RETRY ? "the next" :
							      "ends by itself",
		       evse_format(f->retry_in_ms, EVSE_U_MS, text,
				   sizeof(text)));
	putchar('\n');
}

static void put_clear(const struct evse_fault_info *f)
{
	printf("'evsectl -p evse%u fault clear %s'\n", f->port, fault_name(f));
}

static void show_advice(const struct evse_fault_info *f)
{
	const char *source = *f->source ? f->source : "the port";
	char text[32];

	label("do");
	if (!f->latched && !f->active) {
		puts("nothing: it does not stand");
		return;
	}
	if (!f->latched || f->policy == EVSE_FAULT_POLICY_AUTO) {
		printf("it ends with its cause%s%s%s\n",
		       f->active ? ", which " : "", f->active ? source : "",
		       f->active ? " still sees" : "");
		return;
	}
	if (f->active)
		printf("end the cause, which %s still sees; ", source);
	switch (f->policy) {
	case EVSE_FAULT_POLICY_ENTER_SERVICE:
		printf("wait: it ends by itself once the grid is well, and export returns after enter service ('evsectl -p evse%u grid status'); or ",
		       f->port);
		break;
	case EVSE_FAULT_POLICY_RETRY:
		if (!f->retries_left)
			printf("no retry is left: look for the defect, then ");
		else
			printf("wait for the retry, or ");
		break;
	case EVSE_FAULT_POLICY_BOUND:
		if (evse_has(f, EVSE_A_FAULT_BOUND))
			printf("wait until the value is below %s, then ",
			       fault_number(f, f->bound, text, sizeof(text)));
		else
			printf("see that it is safe, then ");
		break;
	default:
		printf("see that it is safe, then ");
		break;
	}
	put_clear(f);
}

void fault_show_whole(const struct evse_fault_info *f)
{
	char text[32];

	printf("evse%u: 0x%02X %s%s, %s, cause %s\n", f->port, f->code,
	       fault_name(f), f->first ? ", first cause" : "",
	       f->latched ? "latched" : "not latched",
	       f->active ? "stands" : "is gone");
	label("meaning");
	puts(f->text);
	label("severity");
	puts(evse_name_of(&evse_fault_severity_names, f->severity));
	label("seen by");
	printf("%s, %u time%s since load\n",
	       *f->source ? f->source : "nobody", f->count,
	       f->count == 1 ? "" : "s");
	if (evse_has(f, EVSE_A_FAULT_VALUE)) {
		label("value");
		puts(fault_number(f, f->value, text, sizeof(text)));
	}
	if (f->mrec) {
		label("MREC");
		printf("%u\n", f->mrec);
	}
	if (f->raisable) {
		label("raisable");
		puts("user space may raise it");
	}
	show_timeline(f);
	show_policy(f);
	show_advice(f);
}
