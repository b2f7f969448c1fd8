// SPDX-License-Identifier: GPL-2.0-or-later
/* The configuration's file: who may have written it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"

/* What is opened is looked at, not what has its name a moment later. */
static unsigned int check_file(int fd, const char *path, FILE *report)
{
	struct stat st;

	if (fstat(fd, &st))
		fprintf(report, "%s: %s\n", path, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		fprintf(report, "%s: it is no regular file: name a file\n", path);
	else if (st.st_uid && st.st_uid != geteuid())
		fprintf(report, "%s: user %u owns it and could change it: run this as that user, or type 'chown root %s'\n",
			path, st.st_uid, path);
	else if (st.st_mode & 066)
		fprintf(report, "%s: others than its owner may read or write it: type 'chmod 600 %s'\n",
			path, path);
	else
		return 0;
	return 1;
}

/* One byte more than is allowed shows that there is more. */
static unsigned int take_file(int fd, const char *path, struct config *config,
			      FILE *report)
{
	size_t size = 0, room = CONFIG_FILE_MAX + 1;
	char *text = malloc(room);
	unsigned int wrong = 1;
	ssize_t got = -1;

	while (text && size < room) {
		got = read(fd, text + size, room - size);
		if (got <= 0)
			break;
		size += (size_t)got;
	}
	if (got < 0)
		fprintf(report, "%s: %s\n", path, strerror(errno));
	else if (size == room)
		fprintf(report, "%s:1: it has more than %d bytes: write fewer\n", path,
			CONFIG_FILE_MAX);
	else
		wrong = config_parse(config, text, size, path, report);
	free(text);
	return wrong;
}

unsigned int config_read(struct config *config, const char *path, FILE *report)
{
	/* A pipe that nobody writes to is not waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	unsigned int wrong;

	config_default(config);
	if (fd < 0) {
		fprintf(report, "%s: %s: write the file, see v2g_config.yaml(5)\n", path,
			strerror(errno));
		return 1;
	}
	wrong = check_file(fd, path, report);
	if (!wrong)
		wrong = take_file(fd, path, config, report);
	close(fd);
	return wrong;
}
