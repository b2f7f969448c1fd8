/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands of evsectl share. */
#ifndef EVSECTL_H
#define EVSECTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../libevse/evse-client.h"
#include "../libevse/evse-json.h"
#include "options.h"

#define EXIT_USAGE	2

/**
 * struct evsectl - one run of the program
 * @client: the kernel; opened by evsectl_client()
 * @port: what -p says, or NULL
 * @json: --json
 * @quiet: --quiet
 * @help: --help
 * @version: --version
 * @tail: words after "--", of a command that takes a command line
 */
struct evsectl {
	struct evse_client *client;
	const char *port;
	char **tail;
	bool help;
	bool version;
	bool json;
	bool quiet;
};

struct command;

/**
 * typedef command_fn - a command or one of its words
 * @e: the run
 * @cmd: the command
 * @argc: how many words follow
 * @argv: those words
 *
 * Return: the exit status.
 */
typedef int (*command_fn)(struct evsectl *e, const struct command *cmd,
			  int argc, char **argv);

/**
 * struct subcommand - a word after the name of a command
 * @word: the word
 * @min: words that have to follow
 * @max: words that may follow
 * @run: does it
 */
struct subcommand {
	const char *word;
	int min;
	int max;
	command_fn run;
};

/**
 * struct command - a command
 * @name: its name
 * @synopsis: lines of usage, without "evsectl "; ends with NULL
 * @summary: one line
 * @options: its options; ends with an empty one; may be NULL
 * @min: words that have to follow the name
 * @max: words that may follow it
 * @run: does it; NULL when @sub does
 * @sub: what the first word may be; ends with an empty one
 * @tail: words after "--" are another program's
 *
 * Where the first word may be missing, the first entry of @sub is meant.
 */
struct command {
	const char *name;
	const char *const *synopsis;
	const char *summary;
	const struct option_desc *options;
	int min;
	int max;
	command_fn run;
	const struct subcommand *sub;
	bool tail;
};

extern const struct command cmd_bridge;
extern const struct command cmd_config;
extern const struct command cmd_counters;
extern const struct command cmd_energise;
extern const struct command cmd_fault;
extern const struct command cmd_gpio;
extern const struct command cmd_grid;
extern const struct command cmd_help;
extern const struct command cmd_limits;
extern const struct command cmd_lock;
extern const struct command cmd_meter;
extern const struct command cmd_mode;
extern const struct command cmd_monitor;
extern const struct command cmd_pilot;
extern const struct command cmd_port;
extern const struct command cmd_power;
extern const struct command cmd_selftest;
extern const struct command cmd_session;
extern const struct command cmd_setconf;
extern const struct command cmd_showconf;
extern const struct command cmd_status;
extern const struct command cmd_stop;
extern const struct command cmd_thermal;
extern const struct command cmd_update;

/* In the order of the help text; ends with NULL. */
extern const struct command *const commands[];

/* main.c */

/**
 * evsectl_run() - options of every command, then the command
 * @e: the run
 * @argc: how many words follow the program's name
 * @argv: those words, ended by NULL; put in another order
 *
 * Return: the exit status.
 */
int evsectl_run(struct evsectl *e, int argc, char **argv);

/* command.c */

/* command_find() - a command by its name, or NULL */
const struct command *command_find(const char *name);

/* command_usage() - the lines of usage of a command */
void command_usage(FILE *out, const struct command *cmd);

/**
 * command_run() - read the options of a command and run it
 * @e: the run
 * @cmd: the command
 * @global: options that every command has
 * @argc: how many words follow the command's name
 * @argv: those words
 *
 * Return: the exit status.
 */
int command_run(struct evsectl *e, const struct command *cmd,
		const struct option_desc *global, int argc, char **argv);

/**
 * command_words() - run what a word of a command stands for
 * @e: the run
 * @cmd: the command
 * @sub: what the word may be; the first is meant where it is missing
 * @argc: words left
 * @argv: those words
 *
 * Return: the exit status.
 */
int command_words(struct evsectl *e, const struct command *cmd,
		  const struct subcommand *sub, int argc, char **argv);

/* help_print() - usage of all commands */
void help_print(FILE *out);

/* report.c: messages */

/* complain() - "evsectl: ..." on standard error; returns 1 */
int complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* misuse() - the same with the command's usage; returns 2 */
int misuse(const struct command *cmd, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* say() - a line for people on standard output; not with --quiet or --json */
void say(const struct evsectl *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * enum figures - what of the port explains a refusal
 * @FIG_STATE: state and vehicle
 * @FIG_POWER: mode and bounds
 * @FIG_GUARDS: guards that do not permit
 * @FIG_SESSION: who holds the port, where that is in the way
 */
enum figures {
	FIG_STATE = 1,
	FIG_POWER = 2,
	FIG_GUARDS = 4,
	FIG_SESSION = 8,
};

/* refused() - the kernel's sentence and the figures that go with it; returns 1 */
int refused(struct evsectl *e, uint32_t id, int err, unsigned int figures);

/* result() - refused() for an error, otherwise 0 */
int result(struct evsectl *e, uint32_t id, int err, unsigned int figures);

/* list_result() - the same for a list, of one port or, with NULL, of all */
int list_result(struct evsectl *e, const uint32_t *only, int err);

/* ports.c */

/* evsectl_client() - open the client; 0, or 1 after saying what to do */
int evsectl_client(struct evsectl *e);

/**
 * evsectl_port() - the port that is meant
 * @e: the run
 * @id: written here
 *
 * Return: 0, or an exit status after a message.
 */
int evsectl_port(struct evsectl *e, uint32_t *id);

/**
 * evsectl_only() - the port of -p, if it was given
 * @e: the run, its client open afterwards
 * @id: where to write it
 * @only: set: @id, or NULL for every port
 *
 * Return: 0, or an exit status after a message.
 */
int evsectl_only(struct evsectl *e, uint32_t *id, const uint32_t **only);

/**
 * evsectl_ports() - the ports that are meant: that of -p, or all
 * @e: the run
 * @ports: an array is written here, to be freed with free()
 * @count: its length is written here
 *
 * Return: 0, or an exit status after a message.
 */
int evsectl_ports(struct evsectl *e, struct evse_port_info **ports,
		  size_t *count);

/* parse_port() - N of "evseN" or "N" */
bool parse_port(const char *text, uint32_t *id);

/* port_name() - name of a port, "evseN" unless the kernel says otherwise */
const char *port_name(const struct evse_port_info *port, char buf[16]);

/* name_of_port() - the same from an id */
const char *name_of_port(uint32_t id, char buf[16]);

/* report_port() - after a change: state for people, the port as JSON */
int report_port(struct evsectl *e, uint32_t id);

/* show.c */

/* fault_name() - the kernel's name of a fault, or its name in the specification */
const char *fault_name(const struct evse_fault_info *fault);

/* fault_number() - value or bound of a fault, as a temperature where it is one */
char *fault_number(const struct evse_fault_info *fault, int32_t number,
		   char *buf, size_t size);

/* show_record() - "name: value" lines, nested ones indented */
void show_record(FILE *out, const struct evse_record *rec, const void *obj,
		 int indent);

/* show_fault() - a fault in one line, with its time line; no end of line */
void show_fault(FILE *out, const struct evse_fault_info *fault);

/* show_sample() - power, voltage, current; no end of line */
void show_sample(FILE *out, const struct evse_sample_info *sample);

/* show_json() - one line of JSON */
void show_json(const struct evse_record *rec, const void *obj);
/* show_json_list() - one line of JSON, of objects that lie side by side */
void show_json_list(const struct evse_record *rec, const void *objs,
		    size_t count);

/* on_off() - "on" or "off" to a number */
bool on_off(const char *text, uint32_t *value);

/* owner.c */

/* owner_print() - the process that has a netlink port id, or that id */
void owner_print(FILE *out, uint32_t session_port);

/* words.c: operands */

/**
 * join_words() - take one word, or two that are one quantity: "7.2 kW"
 * @argc: words left, lowered by those that were used
 * @argv: the words, moved on
 * @buf: written here
 * @size: bytes of @buf
 */
void join_words(int *argc, char ***argv, char *buf, size_t size);

/**
 * take_power() - a power from one word, or from two: "7.2 kW"
 * @cmd: for the usage
 * @argc: words left, lowered by those that were used
 * @argv: the words, moved on
 * @mw: written here
 *
 * Return: 0 or EXIT_USAGE after a message.
 */
int take_power(const struct command *cmd, int *argc, char ***argv, int32_t *mw);

/* take_current() - likewise, a current */
int take_current(const struct command *cmd, int *argc, char ***argv,
		 uint32_t *ma);

/* take_name() - likewise, a name of an enumeration */
int take_name(const struct command *cmd, const struct evse_names *names,
	      int *argc, char ***argv, uint32_t *value);

#endif /* EVSECTL_H */
