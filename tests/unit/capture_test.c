// SPDX-License-Identifier: GPL-2.0-or-later
/* Captures: each packet that is written, and what is read of packets of others. */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../tools/secc/capture_flow.h"
#include "../../tools/secc/link.h"
#include "../../tools/secc/pcap.h"
#include "../../tools/secc/trace.h"
#include "program.h"
#include "test.h"

#define APP_REQ "\x01\xfe\x80\x01\0\0\0\x25" \
	"\x80\x00\xf3\xab\x93\x71\xd3\x4b\x9b\x79\xd3\x9b\xa3\x21\xd3\x4b\x9b\x79\xd1\x89\xa9\x89\x89\xc1" \
	"\xd1\x69\x91\x81\xd2\x22\x18\x01\x00\x00\x04\x00\x40"
#define APP_RES "\x01\xfe\x80\x01\0\0\0\x04\x80\x40\x00\x40"

#define REQ_JSON "\"payload\":\"0x8001\",\"size\":45,\"supportedAppProtocolReq\":{\"AppProtocol\":[{" \
	"\"ProtocolNamespace\":\"urn:iso:std:iso:15118:-20:DC\",\"VersionNumberMajor\":1," \
	"\"VersionNumberMinor\":0,\"SchemaID\":1,\"Priority\":1}]}}\n"
#define RES_JSON "\"payload\":\"0x8001\",\"size\":12,\"supportedAppProtocolRes\":{" \
	"\"ResponseCode\":\"OK_SuccessfulNegotiation\",\"SchemaID\":1}}\n"

#define FROM_EV "\"from\":\"fe80::2\",\"from_port\":49152,\"to\":\"fe80::1\",\"to_port\":50000,"
#define FROM_EVSE "\"from\":\"fe80::1\",\"from_port\":50000,\"to\":\"fe80::2\",\"to_port\":49152,"

static char dir[] = "/tmp/capture-XXXXXX", path[64];

static struct sockaddr_in6 address(const char *text, uint16_t port)
{
	struct sockaddr_in6 a = { .sin6_family = AF_INET6, .sin6_port = htons(port) };

	inet_pton(AF_INET6, text, &a.sin6_addr);
	return a;
}

static struct capture *begin(void)
{
	struct sockaddr_in6 own = address("fe80::1", 50000), peer = address("fe80::2", 49152);
	struct capture *capture = capture_open(path);

	capture_connection(capture, &own, &peer);
	return capture;
}

/* "session decode --capture" of the file; its lines without the time they begin with. */
static int decode(char *text, size_t size)
{
	char line[128], *from = out, *end;
	size_t used = 0;
	int status;

	snprintf(line, sizeof(line), "session|decode|--capture|%s", path);
	status = run(line);
	*text = '\0';
	for (; (end = strchr(from, '\n')) && used < size; from = end + 1) {
		if (!strncmp(from, "{\"time\":\"20", 11) && strchr(from, ','))
			from = strchr(from, ',') + 1;
		used += (size_t)snprintf(text + used, size - used, "%.*s\n", (int)(end - from),
					 from);
	}
	return status;
}

static void check_decode(int status, const char *want, const char *complaint,
			 const char *what)
{
	char text[8192];
	int got = decode(text, sizeof(text));

	check_text(text, want, "capture: %s", what);
	if (!check(got == status && strstr(err, complaint), "capture: %s: exit status", what))
		printf("# %d %s\n", got, err);
}

static uint32_t get(const uint8_t *at, unsigned int bytes)
{
	uint32_t value = 0;

	while (bytes--)
		value = value << 8 | *at++;
	return value;
}

/* The sum over pseudo header and segment is all ones. */
static bool sum_fits(const uint8_t *ip)
{
	uint64_t sum = get(ip + 4, 2) + IPV6_TCP;
	size_t size = IPV6_HEADER + get(ip + 4, 2), i;

	for (i = 8; i < size; i++)
		sum += i % 2 ? ip[i] : ip[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum == 0xffff;
}

static const struct packet {
	bool sent;
	uint8_t flags;
	uint32_t sequence;
	uint32_t ack;
	size_t size;
} packets[] = {
	{ false, TCP_SYN, 0x1000000, 0, 0 },
	{ true, TCP_SYN | TCP_ACK, 0x1000000, 0x1000001, 0 },
	{ false, TCP_ACK, 0x1000001, 0x1000001, 0 },
	{ false, TCP_ACK | TCP_PSH, 0x1000001, 0x1000001, 45 },
	{ true, TCP_ACK | TCP_PSH, 0x1000001, 0x100002e, 12 },
	{ true, TCP_ACK, 0x100000d, 0x100002e, 1440 },
	{ true, TCP_ACK | TCP_PSH, 0x10005ad, 0x100002e, 1440 },
	{ true, TCP_ACK, 0x1000b4d, 0x100002e, 1440 },
	{ true, TCP_ACK | TCP_PSH, 0x10010ed, 0x100002e, 1 },
	/* the next connection */
	{ true, TCP_SYN, 0x2000000, 0, 0 },
	{ false, TCP_SYN | TCP_ACK, 0x2000000, 0x2000001, 0 },
	{ true, TCP_ACK, 0x2000001, 0x2000001, 0 },
	{ true, TCP_ACK | TCP_PSH, 0x2000001, 0x2000001, 45 },
};

static void write_packets(void)
{
	struct sockaddr_in6 own = address("fe80::1", 50000), peer = address("fe80::2", 49152);
	struct capture *capture = begin();
	uint8_t longer[2881];

	memset(longer, 0xa5, sizeof(longer));
	capture_message(capture, false, APP_REQ, 45);
	capture_message(capture, true, APP_RES, 12);
	capture_message(capture, true, longer, 2880);
	capture_message(capture, true, longer, 1441);
	capture_connection(capture, &own, &peer);
	capture_connection(capture, &own, &peer);
	capture_message(capture, true, APP_REQ, 45);
	capture_close(capture);
}

static bool check_packet(const uint8_t *at, const struct packet *p)
{
	const uint8_t *ip = at + PCAP_PACKET_HEADER, *tcp = ip + IPV6_HEADER;
	struct sockaddr_in6 own = address("fe80::1", 50000), peer = address("fe80::2", 49152);
	const struct sockaddr_in6 *from = p->sent ? &own : &peer;
	const struct sockaddr_in6 *to = p->sent ? &peer : &own;
	uint32_t round = p->sequence >= 0x2000000 ? 0x1000000 : 0;

	return get(at, 4) + 60 > (uint32_t)time(NULL) && get(at + 4, 4) < 1000000 &&
	       get(at + 8, 4) == 60 + p->size && get(at + 12, 4) == 60 + p->size &&
	       get(ip, 4) == 0x60000000 && get(ip + 4, 2) == 20 + p->size && ip[6] == 6 &&
	       !memcmp(ip + 8, &from->sin6_addr, 16) &&
	       !memcmp(ip + 24, &to->sin6_addr, 16) &&
	       get(tcp, 2) == ntohs(from->sin6_port) &&
	       get(tcp + 2, 2) == ntohs(to->sin6_port) &&
	       get(tcp + 4, 4) == p->sequence + round &&
	       get(tcp + 8, 4) == (p->ack ? p->ack + round : 0) &&
	       tcp[12] == 0x50 && tcp[13] == p->flags && get(tcp + 14, 2) == 65535 &&
	       sum_fits(ip);
}

static void test_packets(void)
{
	static uint8_t file[16384];
	static const uint8_t header[] = {
		0xa1, 0xb2, 0xc3, 0xd4, 0, 2, 0, 4, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 229
	};
	const uint8_t *at = file + sizeof(header);
	struct stat st;
	size_t size, i;
	FILE *in;

	write_packets();
	in = fopen(path, "r");
	size = in ? fread(file, 1, sizeof(file), in) : 0;
	if (in)
		fclose(in);
	check(!stat(path, &st) && (st.st_mode & 07777) == 0600, "capture: its owner's alone");
	check(!memcmp(file, header, sizeof(header)), "capture: the file's header");
	for (i = 0; i < ARRAY_LEN(packets); i++) {
		check(at + 76 + packets[i].size <= file + size &&
		      check_packet(at, &packets[i]),
		      "capture: packet %zu", i + 1);
		at += 76 + packets[i].size;
	}
	check(at == file + size, "capture: no more packets");
}

static void test_written(void)
{
	static uint8_t longest[V2GTP_HEADER + LINK_MESSAGE_MAX] = "\x01\xfe\xa0\x00\0\0\x40";
	struct capture *capture = begin();
	uint8_t both[57];

	capture_message(capture, false, APP_REQ, 45);
	capture_message(capture, true, APP_RES, 12);
	capture_close(capture);
	check_decode(0, FROM_EV REQ_JSON FROM_EVSE RES_JSON, "", "what was written is read");

	capture = begin();
	capture_message(capture, false, longest, sizeof(longest));
	capture_message(capture, false, APP_REQ, 45);
	capture_close(capture);
	check_decode(1, FROM_EV "\"payload\":\"0xa000\",\"size\":16392,\"error\":\"it is no message of ISO 15118-20 for AC or DC\"}\n"
		     FROM_EV REQ_JSON, "", "the longest message");

	/* Segments end where they like. */
	memcpy(both, APP_REQ, 45);
	memcpy(both + 45, APP_RES, 12);
	capture = begin();
	capture_message(capture, false, both, 3);
	capture_message(capture, false, both + 3, 5);
	capture_message(capture, false, both + 8, 40);
	capture_message(capture, false, both + 48, 9);
	capture_close(capture);
	check_decode(0, FROM_EV REQ_JSON FROM_EV RES_JSON, "", "messages over segments");

	capture = begin();
	capture_message(capture, false, both, 57);
	capture_close(capture);
	check_decode(0, FROM_EV REQ_JSON FROM_EV RES_JSON, "", "two in a segment");

	capture = begin();
	capture_message(capture, true, "\x01\xfe\x80\x01\0\0\0\0" "\x01\xfe\x80\x02\0\0\0\2\x80\xff", 18);
	capture_close(capture);
	check_decode(1, FROM_EVSE "\"payload\":\"0x8001\",\"size\":8,\"error\":\"bit 0 of 0, supportedAppProtocol: the document ends too early\"}\n"
		     FROM_EVSE "\"payload\":\"0x8002\",\"size\":10,\"error\":\"bit 14 of 16, ISO 15118-20 CommonMessages: no message of the schema begins so\"}\n",
		     "", "documents that are none");

	capture = begin();
	capture_message(capture, false, APP_REQ, 45);
	capture_message(capture, false, "\x01\xfe\x80\x01\0\0\x40\x01x", 9);
	capture_message(capture, false, "more", 4);
	capture_message(capture, false, APP_REQ, 45);
	capture_message(capture, false, "this is no header", 17);
	capture_close(capture);
	check_decode(1, FROM_EV REQ_JSON FROM_EV "\"error\":\"the message is longer than any may be\"}\n"
		     FROM_EV REQ_JSON FROM_EV "\"error\":\"there is no V2GTP header where one has to be\"}\n",
		     "", "what is no message between messages");

	capture = begin();
	capture_message(capture, false, "GET / HTTP/1.1\r\n", 16);
	capture_close(capture);
	check_decode(1, "", "there is no V2GTP message in it: capture a session without TLS", "another protocol");
	capture_close(begin());
	check_decode(1, "", "there is no V2GTP message in it: capture", "no message");
}

static uint8_t *put_bytes(uint8_t *to, uint32_t value, unsigned int bytes, bool little)
{
	unsigned int i;

	for (i = 0; i < bytes; i++)
		to[i] = value >> 8 * (little ? i : bytes - 1 - i);
	return to + bytes;
}

/**
 * struct foreign - a file of another program
 * @magic: first number
 * @little: byte order
 * @link: link type
 * @front: bytes in front of IP
 * @front_size: how many
 */
struct foreign {
	const char *what;
	uint32_t magic;
	bool little;
	uint32_t link;
	const char *front;
	size_t front_size;
};

static FILE *begin_foreign(const struct foreign *f)
{
	uint8_t header[PCAP_FILE_HEADER] = { 0 };
	FILE *file = fopen(path, "w");

	put_bytes(header, f->magic, 4, f->little);
	put_bytes(header + 20, f->link, 4, f->little);
	fwrite(header, 1, sizeof(header), file);
	return file;
}

/* From the vehicle; @pad bytes behind it, @cut bytes less of it. */
static void put_foreign(FILE *file, const struct foreign *f, uint32_t sequence,
			uint8_t flags, const char *data, size_t size, size_t pad,
			size_t cut)
{
	struct sockaddr_in6 own = address("fe80::1", 50000), peer = address("fe80::2", 49152);
	uint8_t packet[4096] = { 0 }, *ip = packet + PCAP_PACKET_HEADER + f->front_size;
	uint8_t *tcp = ip + IPV6_HEADER;
	size_t total = f->front_size + IPV6_HEADER + 24 + size + pad;

	put_bytes(packet, 1700000000, 4, f->little);
	put_bytes(packet + 4, f->magic == PCAP_MAGIC_NS ? 123456789 : 123456, 4,
		  f->little);
	put_bytes(packet + 8, (uint32_t)(total - cut), 4, f->little);
	put_bytes(packet + 12, (uint32_t)total, 4, f->little);
	if (f->front_size)
		memcpy(packet + PCAP_PACKET_HEADER, f->front, f->front_size);
	put_bytes(ip, 0x60000000, 4, false);
	put_bytes(ip + 4, (uint32_t)(24 + size), 2, false);
	ip[6] = IPV6_TCP;
	memcpy(ip + 8, &peer.sin6_addr, 16);
	memcpy(ip + 24, &own.sin6_addr, 16);
	put_bytes(tcp, 49152, 2, false);
	put_bytes(tcp + 2, 50000, 2, false);
	put_bytes(tcp + 4, sequence, 4, false);
	tcp[12] = 0x60;
	tcp[13] = flags;
	memcpy(tcp + 24, data, size);
	fwrite(packet, 1, PCAP_PACKET_HEADER + total - cut, file);
}

#define MACS "\1\2\3\4\5\6\1\2\3\4\5\7"

static const struct foreign foreigners[] = {
	{ "bare IPv6", PCAP_MAGIC, false, PCAP_IPV6, NULL, 0 },
	{ "bare IP", PCAP_MAGIC_NS, true, PCAP_RAW, NULL, 0 },
	{ "Ethernet", PCAP_MAGIC, true, PCAP_ETHERNET, MACS "\x86\xdd", 14 },
	{ "Ethernet with check sums", PCAP_MAGIC, true, 0x44000000 | PCAP_ETHERNET, MACS "\x86\xdd", 14 },
	{ "a VLAN", PCAP_MAGIC_NS, false, PCAP_ETHERNET, MACS "\x81\0\0\5\x86\xdd", 18 },
	{ "two VLANs", PCAP_MAGIC, true, PCAP_ETHERNET, MACS "\x81\0\0\5\x81\0\0\6\x86\xdd", 22 },
};

static void test_foreign(void)
{
	const struct foreign *f;
	struct foreign ip4;
	FILE *file;
	size_t i;

	for (i = 0; i < ARRAY_LEN(foreigners); i++) {
		f = &foreigners[i];
		file = begin_foreign(f);
		put_foreign(file, f, 0xfffffff0, TCP_SYN, "", 0, 10, 0);
		ip4 = *f;
		ip4.front = MACS "\x08\0";
		ip4.front_size = f->front_size ? ETHERNET_HEADER : 0;
		if (f->front_size)
			put_foreign(file, &ip4, 0xfffffff1, TCP_ACK, APP_REQ, 45, 0, 0);
		put_foreign(file, f, 0xfffffff1, TCP_ACK, APP_REQ, 45, 6, 0);
		fclose(file);
		check_decode(0, FROM_EV REQ_JSON, "", f->what);
		check(strstr(out, "{\"time\":\"2023-11-14T22:13:20.123456Z\","), "capture: %s: time",
		      f->what);
	}
}

static const struct order {
	const char *what;
	uint32_t sequence[4];
	size_t from[4];
	size_t to[4];
	const char *lines;
} orders[] = {
	{ "numbers that go round", { 0xffffffff, 0, 19 }, { 0, 1, 20 }, { 1, 20, 45 }, FROM_EV REQ_JSON },
	{ "segments twice", { 5, 5, 25, 5 }, { 0, 0, 20, 0 }, { 20, 20, 45, 20 }, FROM_EV REQ_JSON },
	{ "segments that overlap", { 5, 15, 0, 25 }, { 0, 10, 0, 20 }, { 20, 30, 5, 45 }, FROM_EV REQ_JSON },
	{ "one that is missing", { 5, 50, 100, 145 }, { 0, 0, 0, 0 }, { 45, 45, 45, 45 },
	  FROM_EV REQ_JSON FROM_EV REQ_JSON FROM_EV "\"error\":\"bytes are missing before this\"}\n"
	  FROM_EV REQ_JSON FROM_EV REQ_JSON },
	{ "the middle of a message is missing", { 5, 50, 80, 95 }, { 0, 0, 30, 0 }, { 45, 20, 45, 45 },
	  FROM_EV REQ_JSON FROM_EV "\"error\":\"bytes are missing before this\"}\n" FROM_EV REQ_JSON },
};

static void test_order(void)
{
	const struct foreign *f = &foreigners[0];
	FILE *file;
	size_t i, s;

	for (i = 0; i < ARRAY_LEN(orders); i++) {
		file = begin_foreign(f);
		for (s = 0; s < 4; s++)
			put_foreign(file, f, orders[i].sequence[s], TCP_ACK,
				    &APP_REQ[orders[i].from[s]],
				    orders[i].to[s] - orders[i].from[s], 0, 0);
		fclose(file);
		check_decode(!!strstr(orders[i].lines, "error"), orders[i].lines, "", orders[i].what);
	}
	/* A connection begins anew with the same ports. */
	file = begin_foreign(f);
	put_foreign(file, f, 7, TCP_ACK, APP_REQ, 40, 0, 0);
	put_foreign(file, f, 9, TCP_SYN, "", 0, 0, 0);
	put_foreign(file, f, 10, TCP_ACK, APP_REQ, 45, 0, 0);
	fclose(file);
	check_decode(0, FROM_EV REQ_JSON, "", "the same ports again");
	/* A packet that was cut while it was captured. */
	file = begin_foreign(f);
	put_foreign(file, f, 7, TCP_ACK, APP_REQ, 45, 0, 0);
	put_foreign(file, f, 52, TCP_ACK, APP_REQ, 45, 0, 10);
	put_foreign(file, f, 97, TCP_ACK, APP_REQ, 45, 0, 0);
	fclose(file);
	check_decode(1, FROM_EV REQ_JSON FROM_EV "\"error\":\"bytes are missing before this\"}\n" FROM_EV REQ_JSON,
		     "", "a packet that was cut");
}

static void count(const struct captured *message, void *arg)
{
	*(unsigned int *)arg += message->payload && message->header.length == 4;
}

/* More connections than are followed at once: those that spoke last are. */
static void test_many(void)
{
	struct capture_flows *flows = capture_flows_new();
	struct capture_segment half = { .data = (const uint8_t *)APP_RES, .size = 6 };
	unsigned int messages = 0;

	for (half.path.from_port = 0; half.path.from_port < 40; half.path.from_port++)
		capture_flows_take(flows, &half, count, &messages);
	half.data += 6;
	half.sequence = 6;
	for (half.path.from_port = 8; half.path.from_port < 40; half.path.from_port++)
		capture_flows_take(flows, &half, count, &messages);
	check(messages == 32, "capture: the latest 32 connections are followed");
	for (half.path.from_port = 0; half.path.from_port < 8; half.path.from_port++)
		capture_flows_take(flows, &half, count, &messages);
	check(messages == 32, "capture: those before are forgotten");
	capture_flows_free(flows);
}

static void write_file(const void *data, size_t size)
{
	FILE *file = fopen(path, "w");

	fwrite(data, 1, size, file);
	fclose(file);
}

static const struct bad {
	const char *data;
	size_t size;
	const char *complaint;
} bads[] = {
	{ "", 0, "it is too short for a capture: name a file in the form pcap" },
	{ "\xa1\xb2\xc3\xd4\0\2\0\4\0\0\0\0\0\0\0\0\0\4\0\0\0\0\0", 23, "it is too short" },
	{ "this is a text of more than 24 bytes", 36, "it is no capture: name a file in the form pcap" },
	{ "\x0a\x0d\x0d\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 24, "pcapng: convert it with 'editcap -F pcap'" },
	{ "\xa1\xb2\xc3\xd4\0\2\0\4\0\0\0\0\0\0\0\0\0\4\0\0\0\0\0\x71", 24, "its packets are of link type 113: capture Ethernet (1) or bare IP (101, 229)" },
	{ "\xa1\xb2\xc3\xd4\0\2\0\4\0\0\0\0\0\0\0\0\0\4\0\0\0\0\0\1x", 25, "it ends within packet 1: end the capture before reading it" },
	{ "\xa1\xb2\xc3\xd4\0\2\0\4\0\0\0\0\0\0\0\0\0\4\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1", 40, "it ends within packet 1" },
	{ "\xa1\xb2\xc3\xd4\0\2\0\4\0\0\0\0\0\0\0\0\0\4\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0\1", 40,
	  "packet 1 has 262145 bytes, more than any has: the file is damaged, capture again" },
};

static void test_bad(void)
{
	struct capture *capture = begin();
	struct stat st;
	size_t i;

	for (i = 0; i < ARRAY_LEN(bads); i++) {
		write_file(bads[i].data, bads[i].size);
		check_decode(1, "", bads[i].complaint, bads[i].complaint);
	}
	capture_close(capture);
	capture = begin();
	capture_message(capture, false, APP_REQ, 45);
	capture_message(capture, true, APP_RES, 12);
	capture_close(capture);
	if (stat(path, &st) || truncate(path, st.st_size - 1))
		abort();
	check_decode(1, FROM_EV REQ_JSON, "it ends within packet 5", "what was before the damage");
	unlink(path);
	check_decode(1, "", "No such file or directory", "no file");
	expect("session|decode|--capture", 2, "--capture needs a value");
	expect("session|decode|--capture|x|y", 2, "session decode: unexpected 'y' beside --capture");
}

/* Nothing ends, and what is whole is read. */
static void test_full(void)
{
	struct rlimit limit, before;
	struct capture *capture;

	check(!capture_open("/dev/full") && errno, "capture: no room for its header");
	check(!capture_open("/nonexistent/file") && errno == ENOENT, "capture: no directory");
	capture_connection(NULL, NULL, NULL);
	capture_message(NULL, true, APP_RES, 12);
	capture_close(NULL);

	getrlimit(RLIMIT_FSIZE, &before);
	limit = before;
	limit.rlim_cur = 24 + 3 * 76 + 121 + 100;
	signal(SIGXFSZ, SIG_IGN);
	capture = begin();
	setrlimit(RLIMIT_FSIZE, &limit);
	capture_message(capture, false, APP_REQ, 45);
	capture_message(capture, false, APP_REQ, 45);
	setrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, SIG_DFL);
	check_decode(0, FROM_EV REQ_JSON, "", "a full disk");
	capture_message(capture, false, APP_REQ, 45);
	capture_close(capture);
	check_decode(1, FROM_EV REQ_JSON FROM_EV "\"error\":\"bytes are missing before this\"}\n" FROM_EV REQ_JSON,
		     "", "a disk that was full");
	unlink(path);
}

void test_capture(void)
{
	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/c.pcap", dir);
	test_packets();
	test_written();
	test_foreign();
	test_order();
	test_many();
	test_bad();
	test_full();
	rmdir(dir);
}
