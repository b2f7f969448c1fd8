// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A fuzzer of files: attributes of the ports, of their providers and of what these
 * register (IIO, hwmon, PWM), the knobs of the simulated boards, bind and unbind:
 *
 *	sysfs [--seed N] [--count M] [--unbind 0]
 *
 * M steps, the same again for the same seed and the same files. A step reads, or
 * writes what is right, nearly right, long, empty or not text, or takes a driver
 * from its device or gives it back. In the end all files that can be have the value
 * of the beginning, and all drivers their devices.
 *
 * Exit: 0, 1 when a driver is not back or a referee saw a violation, 2 when there is
 * nothing to fuzz.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <unistd.h>

#include "random.h"

#define FILES	4000
#define PATH	256
#define HELD	8
#define BOARDS	3
#define DEBUG	"/sys/kernel/debug/evse_sim"

struct file {
	char path[PATH];
	bool readable;
	bool writable;
	char first[64];		/* what it had in the beginning, or nothing */
};

static struct file files[FILES];
static int file_count;
static uint64_t walked;

static unsigned long reads, writes, taken, unbinds, binds;
static unsigned int findings;

/* --- which files ------------------------------------------------------------------- */

/*
 * Not written to: the driver core's ways to other drivers, what only the referee is
 * told, whose verdict is the result, and the vehicle of a board that has none: see
 * board.dtso.
 */
static const char *const others[] = {
	"/driver_override", "/new_device", "/delete_device", "/referee/",
	"/evse-sim-2/vehicle/",
};

/*
 * Knobs that are only written wrongly: no battery and no meter of residual current
 * becomes another one under power.
 */
static const char *const unreal[] = {
	"/vehicle/battery_mv", "/vehicle/capacity_wh", "/vehicle/soc_permille",
};

static bool among(const char *path, const char *const *list, int count)
{
	while (count--)
		if (strstr(path, list[count]))
			return true;
	return false;
}

static int add(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	struct file *f = &files[file_count];

	(void)ftw;
	if (type != FTW_F || file_count == FILES || strlen(path) >= PATH)
		return 0;
	memset(f, 0, sizeof(*f));
	snprintf(f->path, sizeof(f->path), "%s", path);
	f->readable = st->st_mode & 0444;
	f->writable = (st->st_mode & 0222) &&
		      !among(path, others, COUNT(others));
	file_count++;
	return 0;
}

static int slurp(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK), len;

	if (fd < 0)
		return -1;
	len = read(fd, text, size - 1);
	close(fd);
	text[len < 0 ? 0 : len] = '\0';
	return len;
}

static void walk(void)
{
	static const char platform[] = "/sys/devices/platform";
	struct dirent *entry;
	char path[PATH];
	DIR *dir;

	walked = now_ms();
	file_count = 0;
	dir = opendir(platform);
	while (dir && (entry = readdir(dir))) {
		if (strncmp(entry->d_name, "evse-", 5))
			continue;
		snprintf(path, sizeof(path), "%s/%.100s", platform, entry->d_name);
		nftw(path, add, 16, FTW_PHYS);
	}
	if (dir)
		closedir(dir);
	nftw(DEBUG, add, 16, FTW_PHYS);
}

/* --- values ------------------------------------------------------------------------------ */

static const char *const words[] = {
	"0", "1", "-1", "", "\n", "on", "off", "auto", "none", "error", "frozen", "weld",
	"stuck-open", "bounce", "slow", "jam", "nofeedback", "unlocks", "short", "open",
	"ok", "b", "c", "d", "Y", "N", "add", "change", "remove", "0x", "0x10", "1e3",
	"1.5", "-0", "+1", " 1", "1 ", "1;2", "%s%n", "normal", "inversed", "default",
	"4294967295", "4294967296", "-2147483648", "-2147483649", "2147483647",
	"9223372036854775807", "18446744073709551615", "18446744073709551616",
};

/* A script of the board's mains, nearly right */
static int script(char *text, size_t size)
{
	int steps = 1 + rnd(one_in(8) ? 80 : 4), at = 0, len = 0;

	while (steps-- && len + 80 < (int)size) {
		const struct file *f = &files[rnd(file_count)];
		const char *knob = strncmp(f->path, DEBUG, strlen(DEBUG)) ? NULL :
				   strchr(f->path + strlen(DEBUG) + 1, '/');

		if (!knob || among(f->path, others, COUNT(others)) ||
		    among(f->path, unreal, COUNT(unreal)))
			continue;
		at += rnd(200);
		len += snprintf(text + len, size - len, "%d %.60s %s%s", at, knob + 1,
				rnd(3) ? words[rnd(3)] : words[rnd(COUNT(words))],
				one_in(2) ? ";" : "\n");
	}
	return len;
}

/* @mild: only what the file refuses */
static int value(const struct file *f, char *text, size_t size, bool mild)
{
	int len;

	if (!mild && strstr(f->path, "/mains/script") && rnd(4))
		return script(text, size);
	switch (rnd(10)) {
	case 0:
		len = rnd(one_in(4) ? size - 1 : 40);
		rnd_bytes(text, len);
		if (mild)
			text[0] = 'x';
		return len;
	case 1:
		len = 20 + rnd(size - 21);
		memset(text, mild ? 'x' : '0' + rnd(10), len);
		return len;
	case 2:
		return 0;
	default:
		break;
	}
	if (mild)
		return snprintf(text, size, "x%s", words[rnd(COUNT(words))]);
	switch (rnd(4)) {
	case 0:
		return snprintf(text, size, "%lld\n", (long long)rnd_edge());
	case 1:
		return snprintf(text, size, "%s\n", words[rnd(COUNT(words))]);
	case 2:
		/* What it has, with a change */
		len = slurp(f->path, text, 64);
		if (len > 0 && one_in(2))
			text[rnd(len)] = ' ' + rnd(95);
		return len < 0 ? 0 : len;
	default:
		return snprintf(text, size, "%s", words[rnd(6)]);
	}
}

/* --- steps ---------------------------------------------------------------------------------- */

/* Files that stay open while their driver goes */
static struct {
	int fd;
	const struct file *f;
	char path[PATH];
} held[HELD];

static void read_from(int fd)
{
	static const size_t sizes[] = { 1, 7, 100, 4096, 70000 };
	static char text[70000];
	size_t size = sizes[rnd(COUNT(sizes))];
	struct pollfd pfd = { fd, POLLIN | POLLPRI, 0 };

	reads++;
	if (one_in(8))
		poll(&pfd, 1, 0);
	if (one_in(8))
		lseek(fd, rnd_edge(), SEEK_SET);
	else if (one_in(4))
		lseek(fd, 0, SEEK_SET);
	if (read(fd, text, size) > 0 && one_in(2) && read(fd, text, size) < 0)
		return;
}

static void step_read(void)
{
	const struct file *f = &files[rnd(file_count)];
	int fd, slot = rnd(HELD);

	if (!f->readable)
		return;
	fd = open(f->path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return;
	read_from(fd);
	if (rnd(6)) {
		close(fd);
		return;
	}
	if (held[slot].fd > 0)
		close(held[slot].fd);
	held[slot].fd = fd;
}

static void step_held(void)
{
	int slot = rnd(HELD);

	if (held[slot].fd > 0)
		read_from(held[slot].fd);
}

static void step_write(void)
{
	static char text[6000];
	const struct file *f = &files[rnd(file_count)];
	int fd, len, tries = 20;

	while (!f->writable && tries--)
		f = &files[rnd(file_count)];
	if (!f->writable)
		return;
	len = value(f, text, sizeof(text), among(f->path, unreal, COUNT(unreal)));
	fd = open(f->path, O_WRONLY | O_NONBLOCK);
	if (fd < 0)
		return;
	if (one_in(16))
		lseek(fd, rnd(64), SEEK_SET);
	writes++;
	taken += write(fd, text, len) >= 0;
	close(fd);
}

static int put_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY), ret;

	if (fd < 0)
		return -1;
	ret = write(fd, text, strlen(text));
	close(fd);
	return ret < 0 ? -1 : 0;
}

static void boards(const char *knob, const char *text)
{
	char path[PATH];
	int i;

	for (i = 0; i < BOARDS; i++) {
		snprintf(path, sizeof(path), DEBUG "/evse-sim-%d/%s", i, knob);
		put_text(path, text);
	}
}

/* --- drivers --------------------------------------------------------------------------------- */

#define DEVICES	96

/* A device and the driver that it has in the beginning */
static struct device {
	char driver[PATH];
	char name[64];
} devices[DEVICES];

static int device_count;

static bool bound(const struct device *d)
{
	char path[2 * PATH];

	snprintf(path, sizeof(path), "%.250s/%.60s", d->driver, d->name);
	return !access(path, F_OK);
}

static bool ours(const char *driver)
{
	char path[PATH], module[PATH] = "";
	const char *name;

	snprintf(path, sizeof(path), "%.200s/module", driver);
	if (readlink(path, module, sizeof(module) - 1) < 0)
		return false;
	name = strrchr(module, '/');
	return name && (!strncmp(name, "/evse", 5) || !strncmp(name, "/pwm_evse", 9));
}

static void find_devices_of(const char *driver)
{
	struct dirent *entry;
	DIR *dir = opendir(driver);

	while (dir && (entry = readdir(dir)) && device_count < DEVICES) {
		struct device *d = &devices[device_count];

		if (entry->d_type != DT_LNK || !strcmp(entry->d_name, "module"))
			continue;
		snprintf(d->driver, sizeof(d->driver), "%s", driver);
		snprintf(d->name, sizeof(d->name), "%.60s", entry->d_name);
		device_count++;
	}
	if (dir)
		closedir(dir);
}

static void find_devices(const char *bus)
{
	struct dirent *entry;
	char path[PATH];
	DIR *dir = opendir(bus);

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "%s/%.100s", bus, entry->d_name);
		if (entry->d_name[0] != '.' && ours(path))
			find_devices_of(path);
	}
	if (dir)
		closedir(dir);
}

static void find_violations(const char *when)
{
	char path[PATH], text[4096];
	int i;

	for (i = 0; i < BOARDS; i++) {
		snprintf(path, sizeof(path), DEBUG "/evse-sim-%d/referee/log", i);
		if (slurp(path, text, sizeof(text)) <= 0)
			continue;
		findings++;
		printf("finding: board %d, %s, the referee saw\n%s", i, when, text);
		snprintf(path, sizeof(path), DEBUG "/evse-sim-%d/referee/clear", i);
		put_text(path, "1");
	}
}

static int missing(void)
{
	int i, count = 0;

	for (i = 0; i < device_count; i++)
		count += !bound(&devices[i]);
	return count;
}

/* Boards and bridges: others stand on them */
static bool supplies(const struct device *d)
{
	return strstr(d->name, "evse-sim") || strstr(d->name, "epwm");
}

/*
 * Wait until nobody comes or goes. The PWM core of these kernels has nothing but the
 * link between supplier and consumer to keep the latter from a PWM that is freed.
 */
static void settle(void)
{
	int calm = 0, tries, was = missing(), is;

	for (tries = 0; calm < 5 && tries < 100; tries++) {
		usleep(50000);
		is = missing();
		calm = is == was ? calm + 1 : 0;
		was = is;
	}
}

/*
 * Not by the driver's "bind": where a supplier is missing, the driver core writes
 * down the reason for a device that it does not note as deferred, and never frees it.
 */
static void drive(struct device *d, bool bind)
{
	char path[2 * PATH];

	/* No line of the board shows why a driver that goes breaks a current. */
	boards("referee/allow_trip_ms", "5000");
	if (!bind && strstr(d->name, "evse-sim"))
		find_violations("before it goes");
	if (!bind && supplies(d))
		settle();
	snprintf(path, sizeof(path), "%.250s/%s", d->driver,
		 bind ? "../../drivers_probe" : "unbind");
	if (!put_text(path, d->name))
		*(bind ? &binds : &unbinds) += 1;
}

static void step_driver(void)
{
	struct device *d = &devices[rnd(device_count)];

	drive(d, !bound(d));
	if (one_in(2))
		drive(d, !bound(d));
}

/* A PWM that somebody has exported is nobody else's. */
static void unexport(void)
{
	char number[2] = "0";
	int i;

	for (i = 0; i < file_count; i++)
		if (strstr(files[i].path, "/unexport"))
			for (number[0] = '0'; number[0] < '4'; number[0]++)
				put_text(files[i].path, number);
}

/* --- begin and end --------------------------------------------------------------------------- */

static void remember(void)
{
	int i;

	for (i = 0; i < file_count; i++)
		if (files[i].writable && files[i].readable &&
		    strncmp(files[i].path, DEBUG, strlen(DEBUG)))
			slurp(files[i].path, files[i].first, sizeof(files[i].first));
}

static void put_back(const struct file *was, int count)
{
	char text[64];
	int i;

	for (i = 0; i < count; i++)
		if (was[i].first[0] && slurp(was[i].path, text, sizeof(text)) >= 0 &&
		    strcmp(text, was[i].first))
			put_text(was[i].path, was[i].first);
}

/* All away and back: whatever was set, a driver begins anew. */
static void all_anew(void)
{
	int i, round;

	walk();
	unexport();
	boards("clear", "1");
	for (i = 0; i < device_count; i++)
		if (bound(&devices[i]))
			drive(&devices[i], false);
	for (round = 0; round < 12 && missing(); round++) {
		for (i = 0; i < device_count; i++)
			if (!bound(&devices[i]))
				drive(&devices[i], true);
		usleep(100000);
	}
	boards("clear", "1");
	boards("referee/allow_trip_ms", "0");
	for (i = 0; i < device_count; i++)
		if (!bound(&devices[i])) {
			findings++;
			printf("finding: %s is not back at %s\n", devices[i].name,
			       devices[i].driver);
		}
}

static void step(bool unbind)
{
	switch (rnd(16)) {
	case 0:
		usleep(rnd(60000));
		break;
	case 1:
		boards("clear", "1");
		break;
	case 2:
		step_held();
		break;
	case 3:
		if (unbind && one_in(2))
			step_driver();
		break;
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
	case 9:
		step_read();
		break;
	default:
		step_write();
	}
}

int main(int argc, char **argv)
{
	long count = option(argc, argv, "--count", 1000), i;
	uint32_t seed = option(argc, argv, "--seed", 1);
	bool unbind = option(argc, argv, "--unbind", 1);
	struct file *was;
	int was_count;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("sysfs: --seed %u --count %ld --unbind %d\n", seed, count, unbind);
	rnd_begin(seed);
	walk();
	find_devices("/sys/bus/platform/drivers");
	find_devices("/sys/bus/i2c/drivers");
	if (!file_count || !device_count) {
		puts("sysfs: nothing to fuzz");
		return 2;
	}
	remember();
	was_count = file_count;
	was = malloc(sizeof(files));
	if (!was)
		return 2;
	memcpy(was, files, sizeof(files));
	printf("sysfs: %d files, %d devices with drivers\n", file_count, device_count);

	for (i = 0; i < count; i++) {
		step(unbind);
		/* Numbers of devices change when they come back. */
		if (i % 200 == 199)
			walk();
	}
	for (i = 0; i < HELD; i++)
		if (held[i].fd > 0)
			close(held[i].fd);
	find_violations("in the end");
	put_back(was, was_count);
	all_anew();
	find_violations("after all began anew");
	printf("sysfs: %lu reads, %lu writes, %lu of them taken, %lu unbound, %lu bound, %u findings\n",
	       reads, writes, taken, unbinds, binds, findings);
	free(was);
	return findings ? 1 : 0;
}
