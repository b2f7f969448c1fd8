// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl fault: what is latched or active, the catalogue, clear and raise. */
#include <errno.h>
#include <stdlib.h>

#include "../libevse/evse-units.h"
#include "fault.h"

/* How a latch ends: by whom, and when. */
static void show_end(const struct evse_fault_info *f)
{
	char text[32];

	if (!f->latched)
		return;
	if (evse_has(f, EVSE_A_FAULT_RETRY_IN_MS))
		printf(", ends by itself in %s",
		       evse_format(f->retry_in_ms, EVSE_U_MS, text,
				   sizeof(text)));
	else
		printf(", until 'evsectl fault clear %s'", fault_name(f));
	if (evse_has(f, EVSE_A_FAULT_RETRIES_LEFT))
		printf(", %u retries left", f->retries_left);
}

static void show_line(const struct evse_fault_info *f)
{
	printf("evse%u: ", f->port);
	show_fault(stdout, f);
	show_end(f);
	printf(": %s\n", f->text);
}

/* Those that are latched or active, of the port of -p or of all, in their order. */
static int each_fault(struct evsectl *e,
		      void (*show)(const struct evse_fault_info *fault))
{
	struct evse_fault_info *faults;
	size_t count, i;
	const uint32_t *only;
	uint32_t id;
	int err;

	err = evsectl_only(e, &id, &only);
	if (!err)
		err = list_result(e, only, evse_fault_list(e->client, only, &faults, &count));
	if (err)
		return err;
	faults_sort(faults, count);
	if (e->json)
		show_json_list(&evse_fault_record, faults, count);
	else if (!count)
		say(e, "no faults");
	for (i = 0; i < count && !e->json; i++)
		show(&faults[i]);
	free(faults);
	return 0;
}

static int run_list(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	(void)cmd;
	(void)argc;
	(void)argv;
	return each_fault(e, show_line);
}

static int take_code(const struct command *cmd, const char *text,
		     uint32_t *code)
{
	if (evse_fault_code_of(text, code))
		return 0;
	return misuse(cmd, "'%s' is no fault: type a name or a code; 'evsectl fault codes' lists them",
		      text);
}

static int run_show(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_fault_info f;
	uint32_t id, code;
	int err;

	if (!argc)
		return each_fault(e, fault_show_whole);
	err = take_code(cmd, argv[0], &code);
	if (!err)
		err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_fault_get(e->client, id, code, &f), 0);
	if (err)
		return err;
	if (e->json)
		show_json(&evse_fault_record, &f);
	else
		fault_show_whole(&f);
	return 0;
}

static int run_clear(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	uint32_t id = 0, code;
	int err = 0;

	if (argc)
		err = take_code(cmd, argv[0], &code);
	if (!err)
		err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_fault_clear(e->client, id,
						     argc ? &code : NULL),
			     FIG_STATE);
	return err ? err : report_port(e, id);
}

static int run_raise(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	uint32_t id, code;
	int32_t value = 0;
	long number;
	char *end;
	int err;

	err = take_code(cmd, argv[0], &code);
	if (err)
		return err;
	if (argc > 1) {
		errno = 0;
		number = strtol(argv[1], &end, 0);
		if (*end || end == argv[1] || errno || number > INT32_MAX ||
		    number < INT32_MIN)
			return misuse(cmd, "'%s' is no whole number of 32 bits",
				      argv[1]);
		value = (int32_t)number;
	}
	err = evsectl_port(e, &id);
	if (!err)
		err = result(e, id, evse_fault_raise(e->client, id, code,
						     argc > 1 ? &value : NULL),
			     FIG_SESSION);
	return err ? err : report_port(e, id);
}

static int run_codes(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	struct evse_fault_info *faults;
	size_t count, i;
	int err;

	(void)cmd;
	(void)argc;
	(void)argv;
	err = evsectl_client(e);
	if (err)
		return err;
	if (evse_catalogue_list(e->client, &faults, &count))
		return complain("%s", evse_client_error(e->client));
	if (e->json)
		show_json_list(&evse_fault_record, faults, count);
	for (i = 0; i < count && !e->json; i++)
		printf("0x%-9X %-18s %-5s %-14s %s%s\n", faults[i].code,
		       fault_name(&faults[i]),
		       evse_name_of(&evse_fault_severity_names,
				    faults[i].severity),
		       evse_name_of(&evse_fault_policy_names, faults[i].policy),
		       faults[i].text, faults[i].raisable ? " (raisable)" : "");
	free(faults);
	return 0;
}

static const struct subcommand sub[] = {
	{ "list", 0, 0, run_list },
	{ "show", 0, 1, run_show },
	{ "clear", 0, 1, run_clear },
	{ "raise", 1, 2, run_raise },
	{ "codes", 0, 0, run_codes },
	{ 0 }
};

static const char *const synopsis[] = {
	"fault [list]",
	"fault show [CODE]",
	"fault clear [CODE]",
	"fault raise CODE [VALUE]",
	"fault codes",
	NULL
};

const struct command cmd_fault = {
	.name = "fault",
	.synopsis = synopsis,
	.summary = "Faults: list, everything about one with its time line, clear one or all, raise, catalogue; CODE is a number or a name.",
	.sub = sub,
};
