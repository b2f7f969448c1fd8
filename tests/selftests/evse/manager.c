// SPDX-License-Identifier: GPL-2.0-or-later
/* A service manager's socket, at PATH: prints what it is told, a line each. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char **argv)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	char text[512];
	ssize_t length;

	if (argc != 2 || strlen(argv[1]) >= sizeof(address.sun_path)) {
		fprintf(stderr, "usage: manager PATH\n");
		return 2;
	}
	memcpy(address.sun_path, argv[1], strlen(argv[1]));
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		perror("manager");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	while ((length = recv(fd, text, sizeof(text), 0)) >= 0)
		printf("%.*s\n", (int)length, text);
	perror("manager");
	return 1;
}
