// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static unsigned int count, failures;
static const char *top;

static void result(bool ok, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0)));

static void result(bool ok, const char *fmt, va_list args)
{
	char line[1024], *c;

	vsnprintf(line, sizeof(line), fmt, args);
	/* One result, one line. */
	for (c = line; *c; c++)
		if (*c == '\n')
			*c = ' ';
	printf("%s %u %s\n", ok ? "ok" : "not ok", ++count, line);
	failures += !ok;
}

bool check(bool ok, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	result(ok, fmt, args);
	va_end(args);
	return ok;
}

static void show(const char *what, const char *text)
{
	printf("# %s:\n# ", what);
	for (; *text; text++)
		if (*text == '\n' && text[1])
			fputs("\n# ", stdout);
		else if (*text != '\n')
			putchar(*text);
	putchar('\n');
}

bool check_text(const char *got, const char *want, const char *fmt, ...)
{
	bool ok = !strcmp(got, want);
	va_list args;

	va_start(args, fmt);
	result(ok, fmt, args);
	va_end(args);
	if (!ok) {
		show("got", got);
		show("want", want);
	}
	return ok;
}

const char *source(const char *path)
{
	static char full[4096];

	snprintf(full, sizeof(full), "%s/%s", top, path);
	return full;
}

char *read_file(const char *path)
{
	FILE *in = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;

	if (!in || getdelim(&text, &size, '\0', in) < 0) {
		check(false, "read %s", path);
		exit(EXIT_FAILURE);
	}
	fclose(in);
	return text;
}

int main(int argc, char **argv)
{
	top = argc > 1 ? argv[1] : ".";
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("KTAP version 1");
	test_units();
	test_names();
	test_json();
	test_record();
	test_options();
	test_conf();
	test_client();
	test_cli();
	test_grid();
	test_bridge();
	test_thermal();
	test_selftest();
	test_decode();
	test_config();
	test_trace();
	test_notify();
	test_capture();
	test_doc_commands();
	test_docs();
	test_pages();
	test_completion();
	test_alias();
	test_exi();
	test_session_order();
	test_session_power();
	test_session_port();
	test_replay();
	test_sdp();
	test_lights();
	test_link();
	test_tls();
	test_tls_files();
	test_vehicle();
	test_vehicle_events();
	test_vehicle_mischief();
	test_scenario();
	test_board();
	printf("1..%u\n", count);
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
