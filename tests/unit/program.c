// SPDX-License-Identifier: GPL-2.0-or-later
/* The whole program, in a child of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"
#include "test.h"

int evsectl_main(int argc, char **argv);

char out[16384], err[8192];

static int capture(void)
{
	int fd = memfd_create("capture", MFD_CLOEXEC);

	if (fd < 0)
		abort();
	return fd;
}

static void release(int fd, char *buf, size_t size)
{
	ssize_t n = pread(fd, buf, size - 1, 0);

	buf[n > 0 ? n : 0] = '\0';
	close(fd);
}

static int split(const char *name, const char *line, char *words, size_t size, char **argv)
{
	char *save = NULL;
	int argc = 0;

	snprintf(words, size, "%s|%s", name, line);
	for (argv[0] = strtok_r(words, "|", &save); argv[argc];
	     argv[++argc] = strtok_r(NULL, "|", &save))
		;
	return argc;
}

static int run_name(const char *name, const char *line, const char *input)
{
	int fds[3] = { capture(), capture(), capture() }, status, i, argc;
	char words[512], *argv[32];
	pid_t child;

	if (write(fds[0], input, strlen(input)) < 0 || lseek(fds[0], 0, SEEK_SET))
		abort();
	fflush(stdout);
	child = fork();
	if (!child) {
		alarm(20);
		for (i = 0; i < 3; i++)
			dup2(fds[i], i);
		argc = split(name, line, words, sizeof(words), argv);
		exit(evsectl_main(argc, argv));
	}
	waitpid(child, &status, 0);
	close(fds[0]);
	release(fds[1], out, sizeof(out));
	release(fds[2], err, sizeof(err));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000;
}

int run_with(const char *line, const char *input)
{
	return run_name("evsectl", line, input);
}

int run(const char *line)
{
	return run_with(line, "");
}

void expect_as(const char *name, const char *line, int status, const char *part)
{
	int got = run_name(name, line, "");
	bool ok = got == status && (strstr(out, part) || strstr(err, part));

	check(ok, "%s %s: exits %d, says: %s", name, line, status, part);
	if (!ok)
		printf("# exit %d\n# out: %s\n# err: %s\n", got, out, err);
}

void expect(const char *line, int status, const char *part)
{
	expect_as("evsectl", line, status, part);
}
