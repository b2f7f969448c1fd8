// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of manuals: what each is, its page, its links, and what is refused. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/evsectl/alias.h"
#include "fake.h"
#include "program.h"
#include "test.h"

#define PAGE	"Documentation/admin-guide/aliases.rst"

/* The table as the page has it, line by line */
static void test_page(void)
{
	char *text = read_file(source(PAGE)), row[256], *at;
	const struct alias *a;
	unsigned int rows = 0, documented = 0;

	for (a = aliases; a->name; a++, rows++) {
		snprintf(row, sizeof(row), "\n   * - ``%s%s%s``\n     - ``evsectl %s``%s%s%s\n",
			 a->name, *a->words ? " " : "", a->words, a->means[0],
			 a->means[1] ? ", ``evsectl " : "", a->means[1] ?: "",
			 a->means[1] ? "``" : "");
		check(strstr(text, row), "alias: the page has '%s %s'", a->name, a->words);
		check(alias_known(a->name), "alias: %s is a name", a->name);
	}
	for (at = text; (at = strstr(at, "\n     - ``evsectl ")); at++)
		documented++;
	check(rows == documented, "alias: the page has no other line: %u of %u", documented,
	      rows);
	free(text);
}

/* make install makes a link for each name. */
static void test_links(void)
{
	char *text = read_file(source("tools/evsectl/Makefile")), *line, *word, *save = NULL;
	const struct alias *a;
	unsigned int names = 0, links = 0;

	line = strstr(text, "\naliases := ");
	line = strtok_r(line ? line + 12 : text, "\n", &save);
	for (word = strtok_r(line, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		links++;
		check(alias_known(word), "alias: the link %s has a meaning", word);
	}
	for (a = aliases; a->name; a++)
		names += a == aliases || strcmp(a->name, a[-1].name);
	check(names == links, "alias: each name has its link: %u of %u", links, names);
	free(text);
}

static void test_lines(void)
{
	fake_reset();
	fake->n_ports = 1;
	expect_as("v2g-tool", "--mode|V2X|--power|5kW", 0,
		  "this is: evsectl mode v2g\nthis is: evsectl power -5kW\n");
	check(fake->got.request_mw == -5000000 && fake->ports[0].mode == EVSE_MODE_V2G &&
	      strstr(out, "asked -5 kW"), "alias: V2X with 5 kW discharges");
	expect_as("/usr/sbin/v2g-tool", "--mode|CHARGE|--power|7.2 kW", 0, "asked 7.2 kW");
	check(fake->got.request_mw == 7200000 && fake->ports[0].mode == EVSE_MODE_CHARGE,
	      "alias: and charge charges, whatever the path");
	expect_as("v2g-tool", "--mode|v2h|--power|3kW", 0, "asked -3 kW");
	check(fake->ports[0].mode == EVSE_MODE_V2H, "alias: a house is fed");
	expect_as("v2g-tool", "--mode|V2G", 0, "this is: evsectl mode v2g\n");
	expect_as("v2g-tool", "-q|--mode|V2G|--power|1kW", 0, "");
	check(!*out && !*err, "alias: -q says nothing");
	fake->n_ports = 2;
	expect_as("v2g-tool", "--mode|V2X|--power|5kW", 2, "say which one with -p evse0");
	expect_as("v2g-tool", "--port|evse1|-j|--mode|V2G", 0, "\"name\":\"evse1\"");
	check(fake->ports[1].mode == EVSE_MODE_V2G, "alias: a port of two");
	expect_as("v2g-tool", "--help", 0, "does 'evsectl power -POWER'\n");
	fake->n_ports = 1;
	expect_as("evse-cli", "reset|--thermal", 0, "no thermal trip is latched");
	expect_as("v2g-sync-check", "--test-grid", 1, "evsectl grid sync-check\n");
	expect_as("gpio-cli", "set-output|18|high", 1, "evsectl gpio set gpiochip0:18=1\n");
	expect_as("gpio-cli", "set-output|FAN EN|low", 2, "type 'evsectl gpio' instead");
	expect_as("gpio-cli", "set-output|FAN_EN|low", 2, "evsectl gpio set FAN_EN=0\n");
}

static void test_refusals(void)
{
	static const struct {
		const char *name, *words, *instead;
	} rows[] = {
		{ "v2g-tool", "", "type 'evsectl mode' and 'evsectl power' instead" },
		{ "v2g-tool", "--mode|V2X|--power|-5kW", "'evsectl power'" },
		{ "v2g-tool", "--mode|V2X|--power|5", "'evsectl power'" },
		{ "v2g-tool", "--mode|V2X|--power|5kW|x", "'evsectl power'" },
		{ "v2g-tool", "--mode|V2X|--power", "'--mode V2X --power' is nothing" },
		{ "v2g-tool", "--mode|off|--power|5kW", "'evsectl power'" },
		{ "v2g-tool", "status|--mode|V2X", "'evsectl mode'" },
		{ "v2g-tool", "--mode|V2X|-p|evse0", "'evsectl mode'" },
		{ "v2g-sync-check", "--test", "'evsectl grid sync-check'" },
		{ "grid-monitor", "--count", "'evsectl grid monitor'" },
		{ "evse-cli", "reset", "'evsectl thermal'" },
		{ "evse-cli", "reset|--all", "'evsectl fault'" },
		{ "gpio-cli", "set-output|18|1", "'evsectl gpio'" },
		{ "gpio-cli", "set-output|X=0|high", "'evsectl gpio'" },
		{ "gpio-cli", "set-output|--hold|high", "'evsectl gpio'" },
		{ "gpio-cli", "-p|0|-p|0|-p|0|-p|0|-p|0|set-output|X|high", "'evsectl gpio'" },
	};
	uint32_t cmd, calls = 0;
	size_t i;

	fake_reset();
	fake->n_ports = 1;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		expect_as(rows[i].name, rows[i].words, 2, rows[i].instead);
	for (cmd = 0; cmd <= EVSE_CMD_MAX; cmd++)
		calls += fake->calls[cmd];
	check(!calls, "alias: what is refused reaches no kernel");
	/* Without a session the kernel takes the mode and no power, and that is said. */
	fake->refuse_cmd = EVSE_CMD_POWER_SET;
	fake->refuse_err = ENOENT;
	strcpy(fake->refuse_text, "no session holds this port");
	expect_as("v2g-tool", "--mode|V2X|--power|5kW", 1,
		  "evsectl: evse0: no session holds this port");
	check(fake->ports[0].mode == EVSE_MODE_V2G && !fake->ports[0].request_mw,
	      "alias: without a session nothing flows");
	fake->refuse_cmd = EVSE_CMD_PORT_SET;
	memset(fake->calls, 0, sizeof(fake->calls));
	expect_as("v2g-tool", "--mode|V2H|--power|5kW", 1, "evsectl: evse0: ");
	check(!fake->calls[EVSE_CMD_POWER_SET],
	      "alias: without its mode no power is asked for");
}

void test_alias(void)
{
	test_page();
	test_links();
	test_lines();
	test_refusals();
}
