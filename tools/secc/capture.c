// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Captures: messages as they are before TLS and after it, in packets that nobody sent, so
 * that what reads packets reads them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "pcap.h"
#include "trace.h"

/* TCP's share of a packet on Ethernet */
#define SEGMENT_MAX	1440
#define HEADERS		(IPV6_HEADER + TCP_HEADER)
#define HOP_LIMIT	64
#define WINDOW		65535

/**
 * struct end - one end of a connection
 * @address: its address
 * @port: its port, in the order of this machine
 * @next: sequence number of its next byte
 */
struct end {
	struct in6_addr address;
	uint16_t port;
	uint32_t next;
};

/**
 * struct capture - a file
 * @fd: the file
 * @size: its bytes
 * @ends: this side, the other one
 * @connections: how many there were
 * @begun: time of the connection that has no packet yet; 0 for none
 */
struct capture {
	int fd;
	off_t size;
	struct end ends[2];
	uint32_t connections;
	uint64_t begun;
};

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static uint8_t *put16(uint8_t *out, uint16_t value)
{
	*out++ = value >> 8;
	*out++ = value & 0xff;
	return out;
}

static uint8_t *put32(uint8_t *out, uint32_t value)
{
	return put16(put16(out, value >> 16), value & 0xffff);
}

/* All of it or nothing: half a packet would hide those behind it. */
static bool append(struct capture *capture, const void *data, size_t size)
{
	ssize_t done = pwrite(capture->fd, data, size, capture->size);

	if (done == (ssize_t)size) {
		capture->size += done;
		return true;
	}
	if (done >= 0)
		errno = ftruncate(capture->fd, capture->size) ? errno : ENOSPC;
	return false;
}

static uint32_t add_words(uint32_t sum, const uint8_t *data, size_t size)
{
	size_t i;

	for (i = 0; i + 1 < size; i += 2)
		sum += (uint32_t)(data[i] << 8 | data[i + 1]);
	if (size % 2)
		sum += (uint32_t)(data[size - 1] << 8);
	return sum;
}

/* Of TCP over IPv6: addresses, length and protocol are in the sum. */
static uint16_t checksum(const uint8_t *ip, size_t tcp_size)
{
	uint32_t sum = IPV6_TCP + (uint32_t)tcp_size;

	sum = add_words(sum, ip + 8, 32);
	sum = add_words(sum, ip + IPV6_HEADER, tcp_size);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

/* One packet; sequence numbers go on whether or not it could be written. */
static void segment(struct capture *capture, uint64_t time_us, bool sent, uint8_t flags,
		    const uint8_t *data, size_t size)
{
	struct end *from = &capture->ends[!sent], *to = &capture->ends[sent];
	uint8_t packet[PCAP_PACKET_HEADER + HEADERS + SEGMENT_MAX], *ip, *tcp, *out;

	out = put32(packet, (uint32_t)(time_us / 1000000));
	out = put32(out, time_us % 1000000);
	out = put32(out, (uint32_t)(HEADERS + size));
	ip = put32(out, (uint32_t)(HEADERS + size));

	out = put32(ip, 0x60000000);
	out = put16(out, (uint16_t)(TCP_HEADER + size));
	*out++ = IPV6_TCP;
	*out++ = HOP_LIMIT;
	out = mempcpy(out, &from->address, 16);
	tcp = mempcpy(out, &to->address, 16);

	out = put16(tcp, from->port);
	out = put16(out, to->port);
	out = put32(out, from->next);
	out = put32(out, flags & TCP_ACK ? to->next : 0);
	*out++ = TCP_HEADER / 4 << 4;
	*out++ = flags;
	out = put16(out, WINDOW);
	out = put32(out, 0);
	if (size)
		memcpy(out, data, size);
	put16(tcp + 16, checksum(ip, TCP_HEADER + size));

	append(capture, packet, PCAP_PACKET_HEADER + HEADERS + size);
	from->next += (uint32_t)size + !!(flags & TCP_SYN);
}

/* The vehicle connects, and speaks first: so the first message tells who it is. */
static void handshake(struct capture *capture, bool sent)
{
	uint64_t time_us = capture->begun;

	capture->begun = 0;
	segment(capture, time_us, sent, TCP_SYN, NULL, 0);
	segment(capture, time_us, !sent, TCP_SYN | TCP_ACK, NULL, 0);
	segment(capture, time_us, sent, TCP_ACK, NULL, 0);
}

struct capture *capture_open(const char *path)
{
	struct capture *capture = calloc(1, sizeof(*capture));
	uint8_t header[PCAP_FILE_HEADER], *out;
	int err;

	if (!capture)
		return NULL;
	out = put32(header, PCAP_MAGIC);
	out = put16(out, 2);
	out = put16(out, 4);
	out = put32(out, 0);
	out = put32(out, 0);
	out = put32(out, PCAP_PACKET_MAX);
	put32(out, PCAP_IPV6);
	/* Messages without their TLS are for their owner's eyes. */
	capture->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK,
			   0600);
	if (capture->fd >= 0 && append(capture, header, sizeof(header)))
		return capture;
	err = errno;
	capture_close(capture);
	errno = err;
	return NULL;
}

void capture_connection(struct capture *capture, const struct sockaddr_in6 *own,
			const struct sockaddr_in6 *peer)
{
	const struct sockaddr_in6 *const addresses[] = { own, peer };
	int i;

	if (!capture)
		return;
	/* The same ports again are told from the connection before by their numbers. */
	capture->connections++;
	for (i = 0; i < 2; i++)
		capture->ends[i] = (struct end){
			.address = addresses[i]->sin6_addr,
			.port = ntohs(addresses[i]->sin6_port),
			.next = capture->connections << 24,
		};
	capture->begun = now_us();
}

void capture_message(struct capture *capture, bool sent, const void *data, size_t size)
{
	uint64_t time_us = now_us();
	const uint8_t *from = data;
	size_t part;

	if (!capture || !capture->connections)
		return;
	if (capture->begun)
		handshake(capture, sent);
	for (; size; from += part, size -= part) {
		part = size < SEGMENT_MAX ? size : SEGMENT_MAX;
		segment(capture, time_us, sent, TCP_ACK | (part == size ? TCP_PSH : 0),
			from, part);
	}
}

void capture_close(struct capture *capture)
{
	if (!capture)
		return;
	if (capture->fd >= 0)
		close(capture->fd);
	free(capture);
}
