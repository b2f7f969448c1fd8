// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * wakeup ATTRIBUTE CAUSE VALUE BACK: poll(2) on a sysfs attribute wakes, and its
 * text is another one, after VALUE is written to CAUSE; then write BACK.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int put(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY);
	int bad = fd < 0 || write(fd, value, strlen(value)) < 0;

	if (fd >= 0)
		close(fd);
	return bad;
}

static ssize_t get(int fd, char *text, size_t size)
{
	return pread(fd, text, size, 0);
}

int main(int argc, char **argv)
{
	char before[64] = "", after[64] = "";
	struct pollfd pfd = { .events = POLLPRI };
	int ret;

	if (argc != 5)
		return 2;
	pfd.fd = open(argv[1], O_RDONLY);
	if (pfd.fd < 0 || get(pfd.fd, before, sizeof(before) - 1) <= 0)
		return 2;
	if (poll(&pfd, 1, 0)) {
		puts("# woken before anything happened");
		return 1;
	}
	if (put(argv[2], argv[3]))
		return 2;
	ret = poll(&pfd, 1, 2000);
	get(pfd.fd, after, sizeof(after) - 1);
	if (ret != 1 || !(pfd.revents & POLLPRI) || !strcmp(before, after)) {
		printf("# poll said %d, %s then %s", ret, before, after);
		put(argv[2], argv[4]);
		return 1;
	}
	return put(argv[2], argv[4]) ? 2 : 0;
}
