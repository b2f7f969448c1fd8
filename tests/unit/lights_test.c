// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of the fault light in the document about status lights: it has what the
 * kernel's fault catalogue has, in the notation that the document explains.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/libevse/evse-client.h"
#include "test.h"

#define CATALOGUE	"drivers/evse/core/fault_catalogue.c"
#define DOCUMENT	"Documentation/admin-guide/status-lights.rst"
#define FAULTS_MAX	64

struct row {
	uint32_t code;
	char name[32];
};

/* What a digit is, by rule: its fives and ones, or nought. */
static const char *const digits[16] = {
	"=", ".", "..", "...", "....", "-", "-.", "-..", "-...", "-....", "--",
	"--.", "--..", "--...", "--....", "---",
};

static int by_code(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return (x->code > y->code) - (x->code < y->code);
}

/* Faults that latch, as the catalogue's source has them: FAULT(CODE, SEVERITY, ... "NAME" */
static size_t read_catalogue(struct row *rows)
{
	char *text = read_file(source(CATALOGUE)), *at = text;
	char word[32], severity[16];
	size_t count = 0;

	while ((at = strstr(at, "\tFAULT(")) && count < FAULTS_MAX) {
		struct row *row = &rows[count];

		at += strlen("\tFAULT(");
		if (sscanf(at, "%31[A-Z0-9_], %15[A-Z], %*[A-Z_], \"%31[^\"]\"",
			   word, severity, row->name) != 3) {
			check(false, "lights: a line of the catalogue: %.40s", at);
			break;
		}
		if (!strcmp(severity, "WARN"))
			continue;
		check(evse_value_of(&evse_fault_code_names, word, &row->code),
		      "lights: %s has a code", word);
		count++;
	}
	free(text);
	qsort(rows, count, sizeof(*rows), by_code);
	return count;
}

static void print_row(FILE *out, const struct row *row)
{
	char hex[16];
	size_t i;

	snprintf(hex, sizeof(hex), "%02x", row->code);
	fprintf(out, "0x%-8s  %-18s  ``", hex, row->name);
	for (i = 0; hex[i]; i++)
		fprintf(out, "%s%s", i ? " " : "",
			digits[strtoul((char[]){ hex[i], 0 }, NULL, 16)]);
	fprintf(out, "``\n");
}

/* All lines of the document that are rows of codes. */
static char *document_rows(void)
{
	char *text = read_file(source(DOCUMENT)), *line, *save = NULL, *got;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		if (!strncmp(line, "0x", 2))
			fprintf(out, "%s\n", line);
	fclose(out);
	free(text);
	return got;
}

void test_lights(void)
{
	struct row rows[FAULTS_MAX];
	size_t count = read_catalogue(rows), size, i;
	char *got = document_rows(), *want;
	FILE *out = open_memstream(&want, &size);

	for (i = 0; i < count; i++)
		print_row(out, &rows[i]);
	fclose(out);
	check(count > 20, "lights: the catalogue has faults that latch");
	check_text(got, want, "lights: the table of codes is the catalogue's");
	free(got);
	free(want);
}
