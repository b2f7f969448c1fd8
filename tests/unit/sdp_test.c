// SPDX-License-Identifier: GPL-2.0-or-later
/* Discovery: every byte of its datagrams, and a charger that is asked. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../tools/secc/sdp.h"
#include "test.h"

/* Index of the interface that these tests ask on */
static unsigned int scope;

static const uint8_t request[SDP_REQUEST] = {
	0x01, 0xfe, 0x90, 0x00, 0, 0, 0, 2, 0x00, 0x00,
};

static const uint8_t response[SDP_RESPONSE] = {
	0x01, 0xfe, 0x90, 0x01, 0, 0, 0, 20,
	0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0x02, 0x11, 0x22, 0xff, 0xfe, 0x33, 0x44, 0x55,
	0xc3, 0x50, 0x10, 0x00,
};

static void test_request(void)
{
	uint8_t made[SDP_REQUEST], in[SDP_REQUEST + 1], security = 0xff;
	unsigned int value, at, wrong = 0;
	size_t size;

	sdp_write_request(made, SDP_TLS);
	check(!memcmp(made, request, sizeof(made)), "sdp: a request, byte for byte");
	check(sdp_read_request(request, sizeof(request), &security) &&
	      security == SDP_TLS, "sdp: it is read");
	sdp_write_request(made, SDP_PLAIN);
	check(made[8] == 0x10 && sdp_read_request(made, sizeof(made), &security) &&
	      security == SDP_PLAIN, "sdp: one without TLS");
	memcpy(in, request, sizeof(request));
	for (size = 0; size <= sizeof(in); size++)
		if (size != SDP_REQUEST)
			wrong += sdp_read_request(in, size, &security);
	check(!wrong, "sdp: a request of any other length is none");
	in[7] = 3;
	check(!sdp_read_request(in, sizeof(in), &security), "sdp: even if it says so");
	for (at = 0; at < SDP_REQUEST; at++)
		for (value = 1; value < 256; value++) {
			memcpy(in, request, sizeof(request));
			in[at] ^= (uint8_t)value;
			if (at != 8 || in[at] != SDP_PLAIN)
				wrong += sdp_read_request(in, SDP_REQUEST, &security);
		}
	check(!wrong, "sdp: a request with any other byte is none");
}

static void test_response(void)
{
	struct sdp_charger charger = { .port = 50000, .security = SDP_PLAIN }, read;
	uint8_t made[SDP_RESPONSE], in[SDP_RESPONSE + 1] = { 0 };
	unsigned int wrong = 0, at;
	size_t size;

	memcpy(&charger.address, response + 8, sizeof(charger.address));
	sdp_write_response(made, &charger);
	check(!memcmp(made, response, sizeof(made)), "sdp: a response, byte for byte");
	check(sdp_read_response(response, sizeof(response), &read) &&
	      read.port == 50000 && read.security == SDP_PLAIN &&
	      !memcmp(&read.address, &charger.address, sizeof(read.address)),
	      "sdp: it is read");
	memcpy(in, response, sizeof(response));
	for (size = 0; size <= sizeof(in); size++)
		if (size != SDP_RESPONSE)
			wrong += sdp_read_response(in, size, &read);
	check(!wrong, "sdp: a response of any other length is none");
	for (at = 0; at < SDP_RESPONSE; at++) {
		/* The rest of the address, and the port, may be anything. */
		if (at >= 10 && at < 26)
			continue;
		memcpy(in, response, sizeof(response));
		in[at] ^= 0x41;
		wrong += sdp_read_response(in, SDP_RESPONSE, &read);
	}
	check(!wrong, "sdp: a response with another byte is none");
	memcpy(in, response, sizeof(response));
	in[24] = 0;
	in[25] = 0;
	check(!sdp_read_response(in, SDP_RESPONSE, &read), "sdp: port 0 is none");
}

static bool give_address(int fd, int index, const char *text)
{
	/* struct in6_ifreq of linux/ipv6.h, which does not go with netinet/in.h */
	struct {
		struct in6_addr address;
		uint32_t prefix;
		int index;
	} one = { .prefix = 64, .index = index };

	return inet_pton(AF_INET6, text, &one.address) == 1 &&
	       !ioctl(fd, SIOCSIFADDR, &one);
}

/* An address counts at once, not after the time that a duplicate may take to show. */
static bool detect_no_duplicates(const char *interface)
{
	char path[64];
	FILE *out;

	snprintf(path, sizeof(path), "/proc/sys/net/ipv6/conf/%s/accept_dad", interface);
	out = fopen(path, "w");
	return out && fputs("0", out) >= 0 && !fclose(out);
}

/* Even so the kernel takes a moment. */
static bool has_address(const char *text)
{
	struct sockaddr_in6 own = { .sin6_family = AF_INET6, .sin6_scope_id = scope };
	int fd = socket(AF_INET6, SOCK_DGRAM, 0), tries;
	bool bound = false;

	inet_pton(AF_INET6, text, &own.sin6_addr);
	for (tries = 0; tries < 300 && !bound; tries++) {
		bound = !bind(fd, (struct sockaddr *)&own, sizeof(own));
		if (!bound)
			poll(NULL, 0, 10);
	}
	close(fd);
	return bound;
}

/* An interface with a cable, whose other end is held until this process ends. */
static bool make_cable(const char *name, const char *link_local)
{
	struct ifreq tap = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	struct ifreq up = { .ifr_flags = IFF_UP | IFF_MULTICAST };
	int fd = socket(AF_INET6, SOCK_DGRAM, 0), cable;

	strcpy(tap.ifr_name, name);
	strcpy(up.ifr_name, name);
	cable = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (cable < 0 || ioctl(cable, TUNSETIFF, &tap) || !detect_no_duplicates(name))
		return false;
	scope = if_nametoindex(name);
	return !ioctl(fd, SIOCSIFFLAGS, &up) && give_address(fd, (int)scope, "fd00::5") &&
	       give_address(fd, (int)scope, link_local) && has_address("fd00::5") &&
	       has_address(link_local);
}

/* A network of its own. Root's. */
static bool make_network(void)
{
	/* Where the machine's own datagrams to itself go */
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };

	return !unshare(CLONE_NEWNET) &&
	       !ioctl(socket(AF_INET6, SOCK_DGRAM, 0), SIOCSIFFLAGS, &lo) &&
	       detect_no_duplicates("all") && make_cable("other", "fe80::6") &&
	       make_cable("cable", "fe80::5");
}

/* A vehicle's datagram to all nodes, from @source. */
static int ask(const char *source, const void *data, size_t size)
{
	struct sockaddr_in6 own = { .sin6_family = AF_INET6, .sin6_scope_id = scope };
	struct sockaddr_in6 all = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(SDP_PORT),
		.sin6_scope_id = scope,
	};
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK, 0);

	inet_pton(AF_INET6, source, &own.sin6_addr);
	inet_pton(AF_INET6, "ff02::1", &all.sin6_addr);
	if (bind(fd, (struct sockaddr *)&own, sizeof(own)) ||
	    sendto(fd, data, size, 0, (struct sockaddr *)&all, sizeof(all)) < 0)
		check(false, "sdp: the test's own datagram is sent: %s", strerror(errno));
	return fd;
}

/* Is a vehicle at @source, with @chargers, told of @want; NULL for nothing at all? */
static bool told(const char *source, const uint8_t *data, size_t size,
		 const struct sdp_charger *chargers, size_t n,
		 const struct sdp_charger *want)
{
	uint8_t got[SDP_RESPONSE + 1], expected[SDP_RESPONSE];
	const struct sdp_charger *answer;
	int heard = sdp_listen("cable"), fd;
	struct sockaddr_in6 from;
	ssize_t bytes;
	bool good;

	if (heard < 0)
		return false;
	fd = ask(source, data, size);
	answer = sdp_answer(heard, chargers, n, &from);
	bytes = recv(fd, got, sizeof(got), 0);
	if (want) {
		sdp_write_response(expected, want);
		good = answer == want && bytes == SDP_RESPONSE &&
		       from.sin6_scope_id == scope && IN6_IS_ADDR_LINKLOCAL(&from.sin6_addr) &&
		       !memcmp(got, expected, sizeof(expected));
	} else {
		good = !answer && bytes < 0;
	}
	/* One datagram, one look at it. */
	good = good && !sdp_answer(heard, chargers, n, &from);
	close(fd);
	close(heard);
	return good;
}

static void test_asked(bool *good)
{
	const struct sdp_charger both[] = {
		{ { .s6_addr = { 0xfe, 0x80 } }, .port = 50000, .security = SDP_PLAIN },
		{ { .s6_addr = { 0xfe, 0x80 } }, .port = 50001, .security = SDP_TLS },
	};
	struct sockaddr_in four = {
		.sin_family = AF_INET,
		.sin_port = htons(SDP_PORT),
	};
	struct sockaddr_in6 own, from;
	uint8_t tls[SDP_REQUEST], plain[SDP_REQUEST], longer[SDP_REQUEST + 1] = { 0 };
	int first, second;
	size_t i = 0;

	sdp_write_request(tls, SDP_TLS);
	sdp_write_request(plain, SDP_PLAIN);
	memcpy(longer, tls, sizeof(tls));
	good[i++] = !sdp_address("cable", &own) && IN6_IS_ADDR_LINKLOCAL(&own.sin6_addr) &&
		    own.sin6_scope_id == scope && !own.sin6_port;
	good[i++] = sdp_address("lo", &own) == -EADDRNOTAVAIL;
	good[i++] = told("fe80::5", tls, SDP_REQUEST, both, 2, &both[1]);
	good[i++] = told("fe80::5", plain, SDP_REQUEST, both, 2, &both[0]);
	good[i++] = told("fe80::5", tls, SDP_REQUEST, both, 1, &both[0]);
	good[i++] = told("fe80::5", plain, SDP_REQUEST, both + 1, 1, NULL);
	good[i++] = told("fe80::5", tls, SDP_REQUEST, both, 0, NULL);
	good[i++] = told("fe80::5", longer, sizeof(longer), both, 2, NULL);
	good[i++] = told("fe80::5", response, SDP_RESPONSE, both, 2, NULL);
	good[i++] = told("fe80::5", tls, 0, both, 2, NULL);
	good[i++] = told("fd00::5", tls, SDP_REQUEST, both, 2, NULL);
	scope = if_nametoindex("other");
	good[i++] = told("fe80::6", tls, SDP_REQUEST, both, 2, NULL);
	scope = if_nametoindex("cable");
	first = sdp_listen("cable");
	second = sdp_listen("cable");
	close(ask("fe80::5", tls, SDP_REQUEST));
	good[i++] = first >= 0 && second >= 0 && sdp_answer(first, both, 2, &from) &&
		    sdp_answer(second, both, 2, &from);
	close(second);
	second = socket(AF_INET, SOCK_DGRAM, 0);
	good[i++] = !bind(second, (struct sockaddr *)&four, sizeof(four));
	close(first);
	close(second);
}

static const char *const questions[] = {
	"the link-local address of an interface",
	"an interface without one",
	"who asks for TLS is told of it",
	"who asks for none is told of that",
	"who asks for TLS where there is none is told what is there",
	"who asks for less than there is, is told nothing",
	"nor is anybody where nothing is served",
	"a byte too many is no request",
	"a response is no request",
	"an empty datagram is no request",
	"who is not on the link is not answered",
	"nor who is on another",
	"a second listener hears as well",
	"IPv4 is left alone",
};

/* In a process of its own, as the network is that process's. */
static void test_sockets(void)
{
	bool *good = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			  -1, 0);
	pid_t child;
	int status;
	size_t i;

	fflush(stdout);
	child = fork();
	if (!child) {
		alarm(20);
		if (!make_network())
			_exit(2);
		test_asked(good);
		_exit(0);
	}
	waitpid(child, &status, 0);
	for (i = 0; i < ARRAY_LEN(questions); i++)
		if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
			check(true, "sdp: %s # SKIP a network of its own takes root and tun",
			      questions[i]);
		else
			check(good[i], "sdp: %s", questions[i]);
	munmap(good, 4096);
}

void test_sdp(void)
{
	struct sockaddr_in6 own;

	test_request();
	test_response();
	check(sdp_address("no-such-one", &own) == -ENODEV &&
	      sdp_listen("no-such-one") == -ENODEV, "sdp: no such interface");
	test_sockets();
}
