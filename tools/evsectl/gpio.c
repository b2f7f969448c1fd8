// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl gpio: lines by name, through libgpiod. */
#include <ctype.h>
#include <errno.h>
#include <gpiod.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "watch.h"

#define CONSUMER	"evsectl"
#define LINES_MAX	64

static bool held, counted, timed;
static uint32_t hold_ms, max_events, timeout_ms;

static const struct option_desc options[] = {
	{ 'H', "hold", OPT_MAYBE_SECONDS, &hold_ms, &held, 0, 0 },
	{ 'n', "count", OPT_NUMBER, &max_events, &counted, 1, UINT32_MAX },
	{ 'T', "timeout", OPT_SECONDS, &timeout_ms, &timed, 0, 0 },
	{ 0 }
};

/**
 * struct line - a line that was asked for
 * @word: what the user called it
 * @line: the line; its chip is open
 */
struct line {
	const char *word;
	struct gpiod_line *line;
};

static int each_line(struct evsectl *e, struct gpiod_chip *chip,
		     void (*fn)(struct gpiod_chip *chip, struct gpiod_line *line,
				struct evse_json *json),
		     struct evse_json *json)
{
	struct gpiod_line_iter *iter = gpiod_line_iter_new(chip);
	struct gpiod_line *line;

	if (!iter)
		return complain("%s: %s", gpiod_chip_name(chip),
				strerror(errno));
	while ((line = gpiod_line_iter_next(iter)))
		fn(chip, line, e->json ? json : NULL);
	gpiod_line_iter_free(iter);
	return 0;
}

static const char *consumer_of(struct gpiod_line *line)
{
	const char *consumer = gpiod_line_consumer(line);

	return consumer && *consumer ? consumer : "the kernel";
}

static void list_line(struct gpiod_chip *chip, struct gpiod_line *line,
		      struct evse_json *json)
{
	bool output = gpiod_line_direction(line) == GPIOD_LINE_DIRECTION_OUTPUT;
	bool low = gpiod_line_active_state(line) == GPIOD_LINE_ACTIVE_STATE_LOW;
	const char *name = gpiod_line_name(line);
	char where[64];

	if (!json) {
		snprintf(where, sizeof(where), "%s:%u", gpiod_chip_name(chip),
			 gpiod_line_offset(line));
		printf("%-16s %-24s %-6s %-4s %s\n", where, name ? name : "-",
		       output ? "output" : "input", low ? "low" : "high",
		       gpiod_line_is_used(line) ? consumer_of(line) : "-");
		return;
	}
	evse_json_open(json, NULL, '{');
	evse_json_string(json, "chip", gpiod_chip_name(chip));
	evse_json_string(json, "label", gpiod_chip_label(chip));
	evse_json_uint(json, "offset", gpiod_line_offset(line));
	if (name)
		evse_json_string(json, "name", name);
	evse_json_string(json, "direction", output ? "output" : "input");
	evse_json_bool(json, "active-low", low);
	evse_json_bool(json, "used", gpiod_line_is_used(line));
	if (gpiod_line_is_used(line))
		evse_json_string(json, "consumer", consumer_of(line));
	evse_json_close(json, '}');
}

static int run_list(struct evsectl *e, const struct command *cmd, int argc,
		    char **argv)
{
	struct evse_json json = { .out = stdout };
	struct gpiod_chip_iter *iter;
	struct gpiod_chip *chip;
	int err = 0;

	(void)cmd;
	(void)argc;
	(void)argv;
	iter = gpiod_chip_iter_new();
	if (!iter)
		return complain("no GPIO chip can be opened: %s",
				strerror(errno));
	if (e->json)
		evse_json_open(&json, NULL, '[');
	else
		printf("%-16s %-24s %-6s %-4s %s\n", "LINE", "NAME", "WAY",
		       "ACT.", "CONSUMER");
	/* Closes the chip before. */
	while ((chip = gpiod_chip_iter_next(iter)))
		err |= each_line(e, chip, list_line, &json);
	gpiod_chip_iter_free(iter);
	if (e->json) {
		evse_json_close(&json, ']');
		putchar('\n');
	}
	return err;
}

/* "gpiochip0:3": a chip by name, number or label, and an offset. */
static int find_by_place(const struct command *cmd, const char *word,
			 const char *colon, struct gpiod_line **line)
{
	char *chip_name = strndup(word, (size_t)(colon - word)), *end;
	struct gpiod_chip *chip;
	unsigned long offset;

	errno = ENOMEM;
	chip = chip_name ? gpiod_chip_open_lookup(chip_name) : NULL;
	free(chip_name);
	if (!chip)
		return complain("gpio %s: %s", word, strerror(errno));
	offset = strtoul(colon + 1, &end, 10);
	if (*end || offset >= gpiod_chip_num_lines(chip)) {
		misuse(cmd, "gpio %s: this chip has lines 0 to %u", word,
		       gpiod_chip_num_lines(chip) - 1);
		gpiod_chip_close(chip);
		return EXIT_USAGE;
	}
	*line = gpiod_chip_get_line(chip, (unsigned int)offset);
	if (*line)
		return 0;
	complain("gpio %s: %s", word, strerror(errno));
	gpiod_chip_close(chip);
	return EXIT_FAILURE;
}

/* Several boards may use the same name; then none of them is meant. */
static int find_by_name(const struct command *cmd, const char *word,
			struct gpiod_line **line)
{
	struct gpiod_chip_iter *iter = gpiod_chip_iter_new();
	struct gpiod_chip *chip, *kept = NULL;
	struct gpiod_line *found;
	unsigned int count = 0;

	if (!iter)
		return complain("no GPIO chip can be opened: %s",
				strerror(errno));
	while ((chip = gpiod_chip_iter_next_noclose(iter))) {
		found = gpiod_chip_find_line(chip, word);
		if (found && !count++) {
			*line = found;
			kept = chip;
		} else {
			gpiod_chip_close(chip);
		}
	}
	gpiod_chip_iter_free_noclose(iter);
	if (count == 1)
		return 0;
	if (kept)
		gpiod_chip_close(kept);
	if (count)
		return misuse(cmd, "gpio: %u lines are called %s: type CHIP:OFFSET; 'evsectl gpio list' shows them",
			      count, word);
	return misuse(cmd, "gpio: no line is called %s; 'evsectl gpio list' shows them",
		      word);
}

static int find_line(const struct command *cmd, const char *word,
		     struct line *line)
{
	const char *colon = strrchr(word, ':');

	line->word = word;
	if (colon && isdigit((unsigned char)colon[1]))
		return find_by_place(cmd, word, colon, &line->line);
	return find_by_name(cmd, word, &line->line);
}

static void close_lines(struct line *lines, int count)
{
	while (count--)
		gpiod_line_close_chip(lines[count].line);
}

static int find_lines(const struct command *cmd, int argc, char **argv,
		      struct line *lines)
{
	int i, err;

	for (i = 0; i < argc; i++) {
		err = find_line(cmd, argv[i], &lines[i]);
		if (err) {
			close_lines(lines, i);
			return err;
		}
	}
	return 0;
}

/*
 * Why a line cannot be had: most often because a driver has it. @cannot is what
 * the hardware is then found not to be able to do.
 */
static int not_had(const struct line *line, const char *cannot)
{
	int err = errno;

	if (err == EBUSY)
		return complain("gpio %s: in use by %s; a line that a driver owns is not evsectl's",
				line->word, consumer_of(line->line));
	if (err == EINVAL || err == ENXIO || err == ENOTSUP || err == EPERM)
		return complain("gpio %s: this line cannot be %s: %s",
				line->word, cannot, strerror(err));
	return complain("gpio %s: %s", line->word, strerror(err));
}

/* Reading leaves the line's direction alone: it may be what holds something. */
static int read_line(struct gpiod_line *line)
{
	const struct gpiod_line_request_config config = {
		.consumer = CONSUMER,
		.request_type = GPIOD_LINE_REQUEST_DIRECTION_AS_IS,
	};

	if (gpiod_line_request(line, &config, 0))
		return -1;
	return gpiod_line_get_value(line);
}

static int run_get(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv)
{
	struct evse_json json = { .out = stdout };
	struct line lines[LINES_MAX];
	int i, value, err;

	err = find_lines(cmd, argc, argv, lines);
	if (err)
		return err;
	if (e->json)
		evse_json_open(&json, NULL, '{');
	for (i = 0; i < argc; i++) {
		value = read_line(lines[i].line);
		if (value < 0) {
			err = not_had(&lines[i], "read");
			continue;
		}
		if (e->json)
			evse_json_int(&json, lines[i].word, value);
		else if (argc == 1)
			printf("%d\n", value);
		else
			printf("%s=%d\n", lines[i].word, value);
	}
	if (e->json) {
		evse_json_close(&json, '}');
		putchar('\n');
	}
	close_lines(lines, argc);
	return err;
}

static int run_set(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv)
{
	struct line lines[LINES_MAX];
	int values[LINES_MAX];
	uint32_t on;
	char *equals;
	int i, err;

	(void)e;
	for (i = 0; i < argc; i++) {
		equals = strrchr(argv[i], '=');
		if (!equals || !on_off(equals + 1, &on))
			return misuse(cmd, "gpio set: '%s' is not LINE=0 or LINE=1",
				      argv[i]);
		*equals = '\0';
		values[i] = on != 0;
	}
	err = find_lines(cmd, argc, argv, lines);
	if (err)
		return err;
	for (i = 0; i < argc && !err; i++)
		if (gpiod_line_request_output(lines[i].line, CONSUMER,
					      values[i]))
			err = not_had(&lines[i], "driven");
	/* Without a time: until a signal ends the program. */
	if (!err && held)
		poll(NULL, 0, hold_ms && hold_ms < INT32_MAX ? (int)hold_ms :
								-1);
	close_lines(lines, argc);
	return err;
}

static void tell_edge(struct evsectl *e, const struct line *line,
		      const struct gpiod_line_event *event)
{
	bool rising = event->event_type == GPIOD_LINE_EVENT_RISING_EDGE;
	struct evse_json json = { .out = stdout };

	if (e->json) {
		evse_json_open(&json, NULL, '{');
		evse_json_string(&json, "event", "gpio");
		evse_json_string(&json, "line", line->word);
		evse_json_string(&json, "edge", rising ? "rising" : "falling");
		evse_json_uint(&json, "time-ns",
			       (uint64_t)event->ts.tv_sec * 1000000000 +
			       (uint64_t)event->ts.tv_nsec);
		evse_json_close(&json, '}');
		putchar('\n');
	} else {
		printf("%lld.%09ld %s %s\n", (long long)event->ts.tv_sec,
		       event->ts.tv_nsec, line->word,
		       rising ? "rising" : "falling");
	}
	fflush(stdout);
}

static int watch_lines(struct evsectl *e, const struct line *lines, int count)
{
	uint64_t now, until = now_ms() + timeout_ms;
	struct pollfd fds[LINES_MAX];
	struct gpiod_line_event event;
	uint32_t told = 0;
	int i, timeout;

	for (i = 0; i < count; i++)
		fds[i] = (struct pollfd){
			.fd = gpiod_line_event_get_fd(lines[i].line),
			.events = POLLIN,
		};
	while (!counted || told < max_events) {
		now = now_ms();
		if (timed && now >= until)
			return counted ? complain("%u of %u events in time",
						  told, max_events) : 0;
		timeout = !timed ? -1 : until - now < INT32_MAX ?
			  (int)(until - now) : INT32_MAX;
		if (poll(fds, (nfds_t)count, timeout) <= 0)
			continue;
		for (i = 0; i < count && (!counted || told < max_events); i++) {
			if (!fds[i].revents)
				continue;
			if (gpiod_line_event_read(lines[i].line, &event))
				return complain("gpio %s: %s", lines[i].word,
						strerror(errno));
			tell_edge(e, &lines[i], &event);
			told++;
		}
	}
	return 0;
}

static int run_watch(struct evsectl *e, const struct command *cmd, int argc,
		     char **argv)
{
	struct line lines[LINES_MAX];
	int i, err;

	err = find_lines(cmd, argc, argv, lines);
	if (err)
		return err;
	for (i = 0; i < argc && !err; i++)
		if (gpiod_line_request_both_edges_events(lines[i].line,
							 CONSUMER))
			err = not_had(&lines[i], "watched");
	if (!err) {
		if (!e->quiet)
			complain("listening");
		err = watch_lines(e, lines, argc);
	}
	close_lines(lines, argc);
	return err;
}

static const struct subcommand sub[] = {
	{ "list", 0, 0, run_list },
	{ "get", 1, LINES_MAX, run_get },
	{ "set", 1, LINES_MAX, run_set },
	{ "watch", 1, LINES_MAX, run_watch },
	{ 0 }
};

static const char *const synopsis[] = {
	"gpio [list]",
	"gpio get LINE ...",
	"gpio set LINE=0|1 ... [--hold [SECONDS]]",
	"gpio watch LINE ... [--count N] [--timeout SECONDS]",
	NULL
};

const struct command cmd_gpio = {
	.name = "gpio",
	.synopsis = synopsis,
	.summary = "GPIO lines that no driver owns; LINE is a name or CHIP:OFFSET.",
	.options = options,
	.sub = sub,
};
