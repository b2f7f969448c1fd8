// SPDX-License-Identifier: GPL-2.0-or-later
/* The decoder, on messages built here: good, short, strange, too many. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/attr.h>
#include <netlink/msg.h>

#include "../../tools/libevse/evse-client.h"
#include "../../tools/libevse/evse-json.h"
#include "test.h"

static int decode(const struct evse_record *rec, struct nl_msg *msg, void *obj)
{
	return evse_record_decode(rec, nlmsg_data(nlmsg_hdr(msg)),
				  nlmsg_datalen(nlmsg_hdr(msg)), obj);
}

static void put_guard(struct nl_msg *msg, const char *name, uint32_t state)
{
	struct nlattr *nest = nla_nest_start(msg, EVSE_A_PORT_GUARDS);

	nla_put_string(msg, EVSE_A_GUARD_NAME, name);
	nla_put_u32(msg, EVSE_A_GUARD_STATE, state);
	nla_put_u32(msg, EVSE_A_GUARD_SCOPE,
		    EVSE_SCOPE_FLOW | EVSE_SCOPE_EXPORT);
	nla_put_u32(msg, EVSE_A_GUARD_CODE, EVSE_FAULT_CODE_GRID_LOSS);
	nla_nest_end(msg, nest);
}

static struct nl_msg *port_message(void)
{
	struct nl_msg *msg = nlmsg_alloc_simple(0, 0);
	struct nlattr *nest;

	nla_put_u32(msg, EVSE_A_PORT_ID, 3);
	nla_put_string(msg, EVSE_A_PORT_NAME, "evse3");
	nla_put_u32(msg, EVSE_A_PORT_STATE, EVSE_PORT_STATE_ENERGISED);
	nla_put_s32(msg, EVSE_A_PORT_REQUEST_MW, -5000000);
	nla_put_u8(msg, EVSE_A_PORT_BASIC, 1);
	put_guard(msg, "grid", EVSE_GUARD_STATE_PERMIT);
	put_guard(msg, "e\"stop", EVSE_GUARD_STATE_HOLD);
	nest = nla_nest_start(msg, EVSE_A_PORT_COUNTERS);
	nla_put(msg, EVSE_A_COUNTERS_PAD, 0, NULL);
	nla_put_u64(msg, EVSE_A_COUNTERS_TRIPS, UINT64_MAX);
	nla_nest_end(msg, nest);
	nla_put_u32(msg, EVSE_A_PORT_FAULT_CODE, EVSE_FAULT_CODE_COMM_TIMEOUT);
	/* What a newer kernel may add. */
	nla_put_u64(msg, EVSE_A_PORT_MAX + 7, 1);
	return msg;
}

static void test_good(void)
{
	struct nl_msg *msg = port_message();
	struct evse_json json;
	struct evse_port_info p;
	char *text;
	size_t size;

	memset(&p, 0xa5, sizeof(p));
	check(!decode(&evse_port_record, msg, &p), "record: a port");
	check(p.id == 3 && p.state == EVSE_PORT_STATE_ENERGISED &&
	      p.request_mw == -5000000 && p.basic == 1 &&
	      !strcmp(p.name, "evse3"), "record: numbers and names");
	check(p.n_guards == 2 && !strcmp(p.guards[1].name, "e\"stop") &&
	      p.guards[0].state == EVSE_GUARD_STATE_PERMIT,
	      "record: a list");
	check(p.counters.trips == UINT64_MAX && !p.counters.cycles,
	      "record: a nest");
	check(evse_has(&p, EVSE_A_PORT_ID) && !evse_has(&p, EVSE_A_PORT_MODE) &&
	      !p.mode && !p.n_contacts, "record: what is absent");

	json = (struct evse_json){ .out = open_memstream(&text, &size) };
	evse_json_open(&json, NULL, '{');
	evse_record_json(&evse_port_record, &p, &json);
	evse_json_close(&json, '}');
	fclose(json.out);
	check_text(text,
		   "{\"id\":3,\"name\":\"evse3\",\"state\":\"energised\","
		   "\"request_mw\":-5000000,\"basic\":true,\"guards\":["
		   "{\"name\":\"grid\",\"state\":\"permit\","
		   "\"scope\":[\"flow\",\"export\"],\"code\":1,"
		   "\"code_name\":\"grid-loss\"},"
		   "{\"name\":\"e\\\"stop\",\"state\":\"hold\","
		   "\"scope\":[\"flow\",\"export\"],\"code\":1,"
		   "\"code_name\":\"grid-loss\"}],"
		   "\"counters\":{\"trips\":18446744073709551615},"
		   "\"fault_code\":3735929054,"
		   "\"fault_code_name\":\"comm-timeout\"}",
		   "record: the port as JSON");
	free(text);
	nlmsg_free(msg);
}

static void test_equal(void)
{
	const struct evse_record *rec = &evse_port_record;
	struct nl_msg *msg = port_message();
	struct evse_port_info a, b;
	unsigned int differ;
	size_t i;

	decode(rec, msg, &a);
	put_guard(msg, "third", EVSE_GUARD_STATE_TRIP);
	decode(rec, msg, &b);
	nlmsg_free(msg);
	for (i = 0, differ = 0; i < rec->count; i++)
		differ += !evse_field_equal(&rec->field[i], &a, &b);
	check(differ == 1, "record: a longer list differs");
	b = a;
	b.guards[1].state = EVSE_GUARD_STATE_TRIP;
	b.has &= ~(1ULL << EVSE_A_PORT_BASIC);
	b.counters.trips--;
	snprintf(b.name, sizeof(b.name), "evse4");
	for (i = 0, differ = 0; i < rec->count; i++)
		differ += !evse_field_equal(&rec->field[i], &a, &b);
	check(differ == 4, "record: an entry, an absence, a nest, a string differ");
}

static void test_bad(void)
{
	struct evse_port_info p;
	struct evse_sample_info s;
	struct nl_msg *msg;
	struct nlattr *nest;
	char longer[EVSE_NAME_SIZE * 2];
	int i;

	msg = nlmsg_alloc_simple(0, 0);
	nla_put_u8(msg, EVSE_A_PORT_STATE, 1);
	check(decode(&evse_port_record, msg, &p) == -EBADMSG,
	      "record: a number that is too short");
	nlmsg_free(msg);

	msg = nlmsg_alloc_simple(0, 0);
	nla_put_u32(msg, EVSE_A_SAMPLE_TIME_NS, 1);
	check(decode(&evse_sample_record, msg, &s) == -EBADMSG,
	      "record: half of 64 bits");
	nlmsg_free(msg);

	msg = nlmsg_alloc_simple(0, 0);
	nest = nla_nest_start(msg, EVSE_A_PORT_CONTACTS);
	nla_put(msg, EVSE_A_CONTACT_CLOSED, 0, NULL);
	nla_nest_end(msg, nest);
	check(decode(&evse_port_record, msg, &p) == -EBADMSG,
	      "record: an empty number in a list");
	nlmsg_free(msg);

	msg = nlmsg_alloc_simple(0, 0);
	memset(longer, 'x', sizeof(longer));
	nla_put(msg, EVSE_A_PORT_NAME, sizeof(longer), longer);
	check(!decode(&evse_port_record, msg, &p) &&
	      strlen(p.name) == EVSE_NAME_SIZE - 1,
	      "record: a long string without end is cut");
	nlmsg_free(msg);

	msg = nlmsg_alloc_simple(0, 0);
	for (i = 0; i < EVSE_CONTACTS_MAX; i++) {
		nest = nla_nest_start(msg, EVSE_A_PORT_CONTACTS);
		nla_put_u8(msg, EVSE_A_CONTACT_CLOSED, 1);
		nla_nest_end(msg, nest);
	}
	check(!decode(&evse_port_record, msg, &p) &&
	      p.n_contacts == EVSE_CONTACTS_MAX &&
	      p.contacts[EVSE_CONTACTS_MAX - 1].closed == 1,
	      "record: as many contacts as there is room for");
	nla_put_u32(msg, EVSE_A_PORT_CONTACTS, 0);
	check(decode(&evse_port_record, msg, &p) == -E2BIG,
	      "record: one contact more");
	nlmsg_free(msg);
}

/* Numbers that repeat: the voltages of the phases. */
static void test_numbers(void)
{
	struct nl_msg *msg = nlmsg_alloc_simple(0, 0);
	const struct evse_field *f = evse_grid_record.field;
	struct evse_grid_info g, h;
	char buf[64];

	while (f->type != EVSE_T_NUMBERS)
		f++;
	nla_put_u32(msg, EVSE_A_GRID_VOLTAGES_MV, 239000);
	nla_put_u32(msg, EVSE_A_GRID_VOLTAGES_MV, 241500);
	check(!decode(&evse_grid_record, msg, &g) && g.n_voltages_mv == 2 &&
	      g.voltages_mv[0] == 239000 && g.voltages_mv[1] == 241500,
	      "record: numbers");
	check_text(evse_field_text(f, &g, buf, sizeof(buf)), "239 V, 241.5 V",
		   "record: numbers as text");
	check_text(evse_field_text(f, &g, buf, 8), "239 V",
		   "record: numbers as text, cut short");
	h = g;
	check(evse_field_equal(f, &g, &h), "record: numbers are the same");
	h.voltages_mv[1]++;
	check(!evse_field_equal(f, &g, &h), "record: one number differs");
	h = g;
	h.n_voltages_mv--;
	check(!evse_field_equal(f, &g, &h), "record: one number less");
	nla_put_u32(msg, EVSE_A_GRID_VOLTAGES_MV, 240000);
	check(!decode(&evse_grid_record, msg, &g) &&
	      g.n_voltages_mv == EVSE_PHASES_MAX, "record: three phases");
	nla_put_u32(msg, EVSE_A_GRID_VOLTAGES_MV, 240000);
	check(decode(&evse_grid_record, msg, &g) == -E2BIG,
	      "record: one phase more");
	nlmsg_free(msg);
	msg = nlmsg_alloc_simple(0, 0);
	nla_put_u8(msg, EVSE_A_GRID_VOLTAGES_MV, 1);
	check(decode(&evse_grid_record, msg, &g) == -EBADMSG,
	      "record: a number among them that is too short");
	nlmsg_free(msg);
}

void test_record(void)
{
	test_numbers();
	test_good();
	test_equal();
	test_bad();
}
