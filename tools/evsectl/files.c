// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evsectl.h"
#include "files.h"

int file_read(const char *path, enum conf_kind kind, struct conf *conf)
{
	bool standard = !strcmp(path, "-");
	FILE *in = standard ? stdin : fopen(path, "re");
	int err;

	memset(conf, 0, sizeof(*conf));
	if (!in)
		return complain("%s: %s", path, strerror(errno));
	err = conf_read(in, kind, conf);
	if (!standard)
		fclose(in);
	if (!err)
		return 0;
	complain("%s:%u: %s", standard ? "standard input" : path, conf->line,
		 conf->error);
	return EXIT_USAGE;
}

static int put(FILE *out, const char *text, bool sync)
{
	int err = 0;

	if (fputs(text, out) == EOF || fflush(out) ||
	    (sync && fsync(fileno(out))))
		err = errno;
	if (fclose(out) && !err)
		err = errno;
	return err;
}

/* A device, a pipe: there is nothing to put in its place. */
static bool is_special(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISREG(st.st_mode);
}

int file_write(const char *path, const char *text)
{
	char *beside = NULL;
	FILE *out;
	int err, fd;

	if (!strcmp(path, "-")) {
		fputs(text, stdout);
		return 0;
	}
	if (is_special(path)) {
		out = fopen(path, "we");
		err = out ? put(out, text, false) : errno;
		return err ? complain("%s: %s", path, strerror(err)) : 0;
	}
	if (asprintf(&beside, "%s.XXXXXX", path) < 0)
		return complain("%s", strerror(ENOMEM));
	fd = mkstemp(beside);
	out = fd < 0 ? NULL : fdopen(fd, "w");
	err = out ? put(out, text, true) : errno;
	if (!err && rename(beside, path))
		err = errno;
	if (err) {
		if (fd >= 0)
			unlink(beside);
		complain("%s: %s", path, strerror(err));
	}
	free(beside);
	return err ? EXIT_FAILURE : 0;
}
