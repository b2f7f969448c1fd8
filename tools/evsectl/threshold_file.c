// SPDX-License-Identifier: GPL-2.0-or-later
/* evsectl thermal save and restore: thresholds that outlive a restart. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files.h"
#include "thermal.h"

/*
 * Save
 */

/* The directory of the file that is meant where none is named. */
static int make_directory(const char *path)
{
	char *slash, *dir;
	int err = 0;

	if (strcmp(path, THERMAL_CONF))
		return 0;
	dir = strdup(path);
	if (!dir)
		return complain("%s", strerror(ENOMEM));
	slash = strrchr(dir, '/');
	*slash = '\0';
	if (mkdir(dir, 0755) && errno != EEXIST)
		err = complain("%s: %s", dir, strerror(errno));
	free(dir);
	return err;
}

int threshold_save(struct evsectl *e, const struct command *cmd, int argc,
		   char **argv)
{
	const char *path = argc ? argv[0] : THERMAL_CONF;
	struct evse_thermal_setting_info *list;
	char *text = NULL;
	size_t count, size;
	FILE *out;
	int err;

	(void)cmd;
	err = threshold_list(e, &list, &count);
	if (err)
		return err;
	out = open_memstream(&text, &size);
	if (!out) {
		free(list);
		return complain("%s", strerror(errno));
	}
	conf_write_thermal(out, list, count, false);
	fclose(out);
	free(list);
	err = make_directory(path);
	if (!err)
		err = file_write(path, text);
	free(text);
	if (!err && strcmp(path, "-"))
		say(e, "%zu threshold%s saved to %s", count,
		    count == 1 ? "" : "s", path);
	return err;
}

/*
 * Restore
 */

/**
 * struct change - a threshold on its way
 * @id: the port
 * @line: where the file has it
 * @to: what it shall be
 * @is: as it was, and its bounds
 * @pending: not done yet
 */
struct change {
	uint32_t id;
	unsigned int line;
	struct evse_thermal_setting_info to;
	struct evse_thermal_setting_info is;
	bool pending;
};

/**
 * struct restore - a file on its way into the kernel
 * @e: the run
 * @path: the file
 * @changes: its thresholds
 * @count: how many
 */
struct restore {
	struct evsectl *e;
	const char *path;
	struct change *changes;
	size_t count;
};

/* "/etc/v2g/thermal.conf:3: " */
static char *where(const struct restore *r, const struct change *c, char *buf,
		   size_t size)
{
	snprintf(buf, size, "%s:%u: ",
		 strcmp(r->path, "-") ? r->path : "standard input", c->line);
	return buf;
}

/* What is no threshold of the port, or out of bounds, is found before one is set. */
static int check_one(struct restore *r, const struct conf_port *port,
		     const struct conf_threshold *t,
		     const struct evse_thermal_setting_info *list, size_t count)
{
	const struct evse_thermal_setting_info *is;
	struct change *c = &r->changes[r->count];
	char at[512], name[16], text[96];

	*c = (struct change){
		.id = port->id,
		.line = t->line,
		.to = t->setting,
	};
	is = threshold_find(list, count, &t->setting);
	if (!is)
		return complain("%s%s: no threshold '%s': 'evsectl thermal show' lists them",
				where(r, c, at, sizeof(at)),
				name_of_port(c->id, name),
				threshold_name(&c->to, text, sizeof(text)));
	if (c->to.value < is->value_min || c->to.value > is->value_max)
		return threshold_refused(r->e, where(r, c, at, sizeof(at)),
					 c->id, &c->to, is, -ERANGE);
	c->is = *is;
	c->pending = c->to.value != is->value;
	r->count++;
	return 0;
}

static int check_port(struct restore *r, const struct conf_port *port)
{
	struct evse_thermal_setting_info *list;
	struct change *grown;
	int err, status = 0;
	unsigned int i;
	size_t count;

	err = result(r->e, port->id,
		     evse_thermal_setting_list(r->e->client, &port->id, &list,
					       &count), 0);
	if (err)
		return err;
	grown = realloc(r->changes, (r->count + port->n_thresholds) *
			sizeof(*grown));
	if (grown) {
		r->changes = grown;
		for (i = 0; i < port->n_thresholds; i++)
			if (check_one(r, port, &port->thresholds[i], list,
				      count))
				status = EXIT_FAILURE;
	} else {
		status = complain("%s", strerror(ENOMEM));
	}
	free(list);
	return status;
}

/*
 * Sets what is pending, or with @back what is not pending any more. A threshold
 * may only be in order once its neighbours have been set: what is out of range is
 * tried again as long as others succeed.
 */
static struct change *apply(struct restore *r, bool back, int *err)
{
	struct change *c, *stuck;
	bool progress;
	int ret;

	do {
		progress = false;
		stuck = NULL;
		for (c = r->changes; c < r->changes + r->count; c++) {
			if (c->pending == back || c->to.value == c->is.value)
				continue;
			ret = evse_thermal_setting_set(r->e->client, c->id,
						       back ? &c->is : &c->to);
			if (!ret) {
				c->pending = back;
				progress = true;
				continue;
			}
			stuck = c;
			*err = ret;
			if (ret != -ERANGE)
				return stuck;
		}
	} while (stuck && progress);
	return stuck;
}

static int apply_all(struct restore *r)
{
	struct change *stuck;
	char at[512];
	int err = 0;

	stuck = apply(r, false, &err);
	if (!stuck)
		return 0;
	threshold_refused(r->e, where(r, stuck, at, sizeof(at)), stuck->id,
			  &stuck->to, &stuck->is, err);
	stuck = apply(r, true, &err);
	if (!stuck)
		return complain("no threshold was changed");
	return threshold_refused(r->e, "as it was, ", stuck->id, &stuck->is,
				 &stuck->is, err);
}

/* Whoever can write the file decides when the charger derates. */
static void warn_of_mode(const char *path)
{
	struct stat st;

	if (strcmp(path, "-") && !stat(path, &st) && S_ISREG(st.st_mode) &&
	    st.st_mode & 077)
		complain("warning: %s has mode %04o: 'chmod 600 %s' keeps others away",
			 path, (unsigned int)st.st_mode & 07777, path);
}

static int restore(struct restore *r, const struct conf *conf)
{
	const uint32_t *only;
	uint32_t id;
	int err, status;
	size_t i, changed = 0;

	status = evsectl_only(r->e, &id, &only);
	if (status)
		return status;
	for (i = 0; i < conf->count; i++) {
		if ((only && conf->ports[i].id != *only) ||
		    !conf->ports[i].n_thresholds)
			continue;
		err = check_port(r, &conf->ports[i]);
		status = status ? status : err;
	}
	if (status)
		return status;
	for (i = 0; i < r->count; i++)
		changed += r->changes[i].pending;
	status = apply_all(r);
	if (!status)
		say(r->e, "%zu threshold%s restored, %zu changed", r->count,
		    r->count == 1 ? "" : "s", changed);
	return status;
}

int threshold_restore(struct evsectl *e, const struct command *cmd, int argc,
		      char **argv)
{
	struct restore r = {
		.e = e,
		.path = argc ? argv[0] : THERMAL_CONF,
	};
	struct conf conf;
	int status;

	(void)cmd;
	status = file_read(r.path, CONF_THERMAL, &conf);
	if (!status) {
		warn_of_mode(r.path);
		status = restore(&r, &conf);
	}
	free(r.changes);
	conf_free(&conf);
	return status;
}
