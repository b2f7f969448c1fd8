// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/evsectl/conf.h"
#include "test.h"

static int read_text(const char *text, enum conf_kind kind, struct conf *conf)
{
	FILE *in = fmemopen((void *)text, strlen(text), "r");
	int err;

	/* An empty file is no file to fmemopen(). */
	if (!in)
		in = fopen("/dev/null", "r");
	err = conf_read(in, kind, conf);
	fclose(in);
	return err;
}

static const struct bad {
	const char *text;
	unsigned int line;
	const char *error;
} bads[] = {
	{ "mode = v2g\n", 1, "before the first" },
	{ "[evse0]\nmode = fast\n", 2, "is no mode" },
	{ "[evse0]\nmode\n", 2, "neither" },
	{ "[evse0]\nmode = v2g\nmode = v2g\n", 3, "twice" },
	{ "[evse0]\n\n# x\nmin-power = -5\n", 4, "has no unit" },
	{ "[evse0]\nmax-power = 9MW\n", 2, "out of range" },
	{ "[evse0]\nbasic = maybe\n", 2, "neither on nor off" },
	{ "[evse0]\nfrob = 1\n", 2, "unknown key" },
	{ "[evse0]\ngrid-frob = 1\n", 2, "is no element" },
	{ "[evse0]\ngrid-none = 1\n", 2, "is no element" },
	{ "[evse0]\ngrid-uv1 = 1\ngrid-UV1 = 1\n", 3, "twice" },
	{ "[evse0]\ngrid-uv1 = 0.9/2\n", 2, "add s or ms" },
	{ "[evse0]\ngrid-uf1 = 58\n", 2, "add Hz" },
	{ "[evse0]\ngrid-profile =\n", 2, "is no profile" },
	{ "[evse0]\ngrid-profile = two words\n", 2, "is no profile" },
	{ "[evse0]\ngrid-profile = a\ngrid-profile = b\n", 3, "twice" },
	{ "[evse0]\n = 1\n", 2, "unknown key" },
	{ "[evse0]\nmode =\n", 2, "is no mode" },
	{ "[evse0\n", 1, "no section" },
	{ "[evse0] x\n", 1, "no section" },
	{ "[grid0]\n", 1, "is no port" },
	{ "[]\n", 1, "is no port" },
	{ "[evse0]\n[evse1]\n[evse0]\n", 3, "already" },
	{ "[evse0]\nmatings = 1\n", 2, "unknown key" },
};

static void test_bad(void)
{
	char longer[2000], binary[] = "[evse0]\n\xff\xfe = \x01\n";
	struct conf conf;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_LEN(bads); i++) {
		err = read_text(bads[i].text, CONF_PORT, &conf);
		check(err && conf.line == bads[i].line &&
		      strstr(conf.error, bads[i].error),
		      "conf: line %u: %s", bads[i].line, bads[i].error);
		conf_free(&conf);
	}
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	check(read_text(longer, CONF_PORT, &conf) &&
	      strstr(conf.error, "too long"), "conf: a line without end");
	conf_free(&conf);
	check(read_text(binary, CONF_PORT, &conf), "conf: what is no text");
	conf_free(&conf);
}

static void test_good(void)
{
	struct conf conf;
	const struct evse_port_info *p;

	check(!read_text("[evse0]\nmin-power = none\nmax-power = None\n",
			 CONF_PORT, &conf) &&
	      conf.ports[0].port.min_mw == INT32_MIN &&
	      conf.ports[0].port.max_mw == INT32_MAX, "conf: no bounds");
	conf_free(&conf);
	check(!read_text("", CONF_PORT, &conf) && !conf.count,
	      "conf: an empty file");
	conf_free(&conf);
	check(!read_text("# a comment\n"
			 "  [evse1]  \n"
			 "mode=V2G # the grid\n"
			 "\tmin-power =  -11 kW\r\n"
			 "max-power = 7200W\n"
			 "\n"
			 "[0]\nbasic = yes", CONF_PORT, &conf),
	      "conf: what people write");
	p = conf.count ? &conf.ports[0].port : NULL;
	check(conf.count == 2 && conf.ports[0].id == 1 &&
	      p->mode == EVSE_MODE_V2G && p->min_mw == -11000000 &&
	      p->max_mw == 7200000 && !evse_has(p, EVSE_A_PORT_BASIC),
	      "conf: the first section");
	check(conf.count == 2 && !conf.ports[1].id &&
	      conf.ports[1].port.basic == 1 &&
	      conf.ports[1].port.has == 1ULL << EVSE_A_PORT_BASIC,
	      "conf: the second section");
	conf_free(&conf);
}

/* Writes, reads, writes again: twice the same text. */
static void test_round_trip(void)
{
	static const int32_t powers[] = {
		0, 1, -1, 999, 1000, -11000000, 7234567, INT32_MAX, INT32_MIN,
	};
	struct evse_port_info port = { .id = 7 };
	char *first, *second;
	struct conf conf;
	size_t size, i;
	FILE *out;
	bool same = true;

	port.has = 1ULL << EVSE_A_PORT_MODE | 1ULL << EVSE_A_PORT_MIN_MW |
		   1ULL << EVSE_A_PORT_MAX_MW | 1ULL << EVSE_A_PORT_BASIC;
	for (i = 0; i < ARRAY_LEN(powers) * ARRAY_LEN(powers) * 4; i++) {
		port.mode = (uint32_t)(i % 4);
		port.basic = i / 2 % 2;
		port.min_mw = powers[i / 4 % ARRAY_LEN(powers)];
		port.max_mw = powers[i / 4 / ARRAY_LEN(powers)];
		out = open_memstream(&first, &size);
		conf_write_port(out, &port);
		fclose(out);
		same = same && !read_text(first, CONF_PORT, &conf) &&
		       conf.count == 1;
		if (same) {
			conf.ports[0].port.id = conf.ports[0].id;
			out = open_memstream(&second, &size);
			conf_write_port(out, &conf.ports[0].port);
			fclose(out);
			same = !strcmp(first, second) &&
			       conf.ports[0].port.min_mw == port.min_mw &&
			       conf.ports[0].port.max_mw == port.max_mw;
			free(second);
		}
		conf_free(&conf);
		free(first);
	}
	check(same, "conf: what is written is read back");
}

static void test_counters(void)
{
	struct evse_port_info port = {
		.id = 2,
		.counters = {
			.has = 1ULL << EVSE_A_COUNTERS_MATINGS |
			       1ULL << EVSE_A_COUNTERS_ENERGY_EXPORT_MWH,
			.matings = 9999,
			.energy_export_mwh = UINT64_MAX,
		},
	};
	struct conf conf;
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	conf_write_counters(out, &port);
	fclose(out);
	check_text(text, "[evse2]\nmatings = 9999\n"
		   "energy-export-mwh = 18446744073709551615\n",
		   "conf: counters are written");
	check(!read_text(text, CONF_COUNTERS, &conf) && conf.count == 1 &&
	      !memcmp(&conf.ports[0].counters, &port.counters,
		      sizeof(port.counters)), "conf: counters are read back");
	conf_free(&conf);
	free(text);
	check(read_text("[evse0]\nmatings = -1\n", CONF_COUNTERS, &conf),
	      "conf: a count below zero");
	conf_free(&conf);
	check(read_text("[evse0]\nmatings = 18446744073709551616\n",
			CONF_COUNTERS, &conf), "conf: a count beyond 64 bits");
	conf_free(&conf);
	check(read_text("[evse0]\nmatings = 1\nmatings = 2\n", CONF_COUNTERS,
			&conf), "conf: a counter twice");
	conf_free(&conf);
	check(read_text("[evse0]\nmode = v2g\n", CONF_COUNTERS, &conf),
	      "conf: no configuration among counters");
	conf_free(&conf);
}

void test_conf(void)
{
	test_good();
	test_bad();
	test_round_trip();
	test_counters();
}
