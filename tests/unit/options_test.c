// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "../../tools/evsectl/options.h"
#include "test.h"

static bool json, waiting, brief;
static const char *port;
static uint32_t wait_ms, count, lease;

static const struct option_desc global[] = {
	{ 'p', "port", OPT_STRING, &port, NULL, 0, 0 },
	{ 'j', "json", OPT_FLAG, &json, NULL, 0, 0 },
	{ 0 }
};

static const struct option_desc local[] = {
	{ 'b', "brief", OPT_FLAG, &brief, NULL, 0, 0 },
	{ 'w', "wait", OPT_MAYBE_SECONDS, &wait_ms, &waiting, 0, 0 },
	{ 'n', "count", OPT_NUMBER, &count, NULL, 1, 100 },
	{ 'l', "lease", OPT_MS, &lease, NULL, 100, 10000 },
	{ 0 }
};

static char why[256];
static int rest;

/* Parses @line and puts the operands into @operands, with blanks between. */
static int parse(const char *line, char *operands, size_t size)
{
	const struct option_desc *const tables[] = { global, local, NULL };
	static char words[256];
	char *argv[32], *save = NULL;
	int i, n, argc = 0;
	size_t used = 0;

	json = false;
	waiting = false;
	brief = false;
	port = NULL;
	wait_ms = 10000;
	count = 0;
	lease = 0;
	snprintf(words, sizeof(words), "%s", line);
	for (argv[0] = strtok_r(words, " ", &save); argv[argc];
	     argv[++argc] = strtok_r(NULL, " ", &save))
		;
	n = options_parse(tables, argc, argv, false, &rest, why, sizeof(why));
	*operands = '\0';
	for (i = 0; i < n; i++)
		used += (size_t)snprintf(operands + used, size - used, "%s%s",
					 i ? " " : "", argv[i]);
	return n;
}

static void good(const char *line, const char *want)
{
	char got[256];

	parse(line, got, sizeof(got));
	check_text(got, want, "options: operands of '%s'", line);
}

static void bad(const char *line, const char *want)
{
	char got[256];

	*why = '\0';
	check(parse(line, got, sizeof(got)) == -1 && strstr(why, want),
	      "options: '%s' is refused: %s", line, want);
}

void test_options(void)
{
	char got[256];

	good("power -5kW", "power -5kW");
	good("-j power -5kW -p evse1", "power -5kW");
	check(json && port && !strcmp(port, "evse1"), "options: around operands");
	good("-.5kW -0 -", "-.5kW -0 -");
	good("-bj x", "x");
	check(brief && json, "options: letters together");
	good("-jpevse2 x", "x");
	check(json && !strcmp(port, "evse2"), "options: glued to its letter");
	good("--port=evse3 x", "x");
	check(!strcmp(port, "evse3"), "options: glued to its name");
	good("a -- -j b", "a -j b");
	check(!json && rest == 1, "options: none after --");
	good("a b", "a b");
	check(rest == 2, "options: without --");

	good("energise --wait", "energise");
	check(waiting && wait_ms == 10000, "options: wait without a time");
	good("energise --wait 5 x", "energise x");
	check(waiting && wait_ms == 5000, "options: wait with a time");
	good("energise --wait=1.5", "energise");
	check(wait_ms == 1500, "options: wait with a time glued");
	good("energise --wait x", "energise x");
	check(waiting && wait_ms == 10000, "options: wait before an operand");
	good("energise -w -j", "energise");
	check(waiting && json && wait_ms == 10000,
	      "options: wait before an option");
	good("--lease 500", "");
	check(lease == 500, "options: milliseconds");
	good("--lease 0.5s", "");
	check(lease == 500, "options: milliseconds, given in seconds");

	bad("--frob", "unknown option --frob");
	bad("-z", "unknown option -z");
	bad("-jz", "unknown option -z");
	bad("--por evse0", "unknown option --por");
	bad("--port", "--port needs a value");
	bad("-p", "--port needs a value");
	bad("--json=1", "--json takes no value");
	bad("--wait=x", "is no duration");
	bad("--count 0", "out of range");
	bad("--count 101", "out of range");
	bad("--count -1", "is no whole number");
	bad("--count 1x", "is no whole number");
	bad("--count 99999999999999999999", "too large");
	bad("--lease 99", "100 to 10000 ms");
	bad("--lease 10001", "100 to 10000 ms");

	{
		const struct option_desc *const tables[] = { global, NULL };
		char word0[] = "-j", word1[] = "status", word2[] = "-b";
		char *argv[] = { word0, word1, word2, NULL };
		int n;

		n = options_parse(tables, 3, argv, true, NULL, why,
				  sizeof(why));
		snprintf(got, sizeof(got), "%d %s %s", n, argv[0], argv[1]);
		check_text(got, "2 status -b",
			   "options: those of the command are left alone");
	}
}
