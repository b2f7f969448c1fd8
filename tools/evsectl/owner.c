// SPDX-License-Identifier: GPL-2.0-or-later
/* Whose socket has a netlink port id? */
#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/netlink.h>

#include "evsectl.h"

/* Inode of the generic netlink socket with this port id, 0 for none. */
static unsigned long inode_of(uint32_t session_port)
{
	unsigned long inode = 0;
	char line[256];
	FILE *in = fopen("/proc/net/netlink", "re");

	if (!in)
		return 0;
	while (!inode && fgets(line, sizeof(line), in)) {
		unsigned long number;
		unsigned int protocol;
		uint32_t id;

		if (sscanf(line, "%*s %u %" SCNu32 " %*s %*s %*s %*s %*s %*s %lu",
			   &protocol, &id, &number) == 3 &&
		    protocol == NETLINK_GENERIC && id == session_port)
			inode = number;
	}
	fclose(in);
	return inode;
}

static bool has_socket(const char *pid, const char *socket)
{
	char path[300], target[64];
	struct dirent *entry;
	bool found = false;
	ssize_t len;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	dir = opendir(path);
	if (!dir)
		return false;
	while (!found && (entry = readdir(dir))) {
		len = readlinkat(dirfd(dir), entry->d_name, target,
				 sizeof(target) - 1);
		if (len < 0)
			continue;
		target[len] = '\0';
		found = !strcmp(target, socket);
	}
	closedir(dir);
	return found;
}

static void print_process(FILE *out, const char *pid)
{
	char path[300], name[64] = "";
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	in = fopen(path, "re");
	if (in) {
		if (fgets(name, sizeof(name), in))
			name[strcspn(name, "\n")] = '\0';
		fclose(in);
	}
	fprintf(out, "process %s%s%s%s", pid, *name ? " (" : "", name,
		*name ? ")" : "");
}

void owner_print(FILE *out, uint32_t session_port)
{
	unsigned long inode = inode_of(session_port);
	struct dirent *entry;
	bool found = false;
	char socket[64];
	DIR *proc;

	snprintf(socket, sizeof(socket), "socket:[%lu]", inode);
	proc = inode ? opendir("/proc") : NULL;
	while (proc && !found && (entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]) ||
		    !has_socket(entry->d_name, socket))
			continue;
		print_process(out, entry->d_name);
		found = true;
	}
	if (proc)
		closedir(proc);
	/* Not everyone may look into every process. */
	if (!found)
		fprintf(out, "netlink port %u", session_port);
}
