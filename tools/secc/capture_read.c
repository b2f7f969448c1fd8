// SPDX-License-Identifier: GPL-2.0-or-later
/* Packets of a file, and what of TCP is in them. */
#include <stdlib.h>
#include <string.h>

#include "capture_flow.h"
#include "pcap.h"

/**
 * struct source - a file that is read
 * @in: the file
 * @swapped: its numbers have the lowest byte first
 * @fine: times are in nanoseconds
 * @link: what is in front of IP
 * @packets: how many there were
 * @packet: one of them
 */
struct source {
	FILE *in;
	bool swapped;
	bool fine;
	uint32_t link;
	unsigned long packets;
	uint8_t packet[PCAP_PACKET_MAX];
};

static uint16_t get16(const uint8_t *in)
{
	return (uint16_t)(in[0] << 8 | in[1]);
}

static uint32_t get32(const uint8_t *in)
{
	return (uint32_t)get16(in) << 16 | get16(in + 2);
}

static uint32_t number(const struct source *source, const uint8_t *in)
{
	uint32_t value = get32(in);

	return source->swapped ? __builtin_bswap32(value) : value;
}

static bool open_source(struct source *source, char *why, size_t size)
{
	uint8_t header[PCAP_FILE_HEADER];
	uint32_t magic;

	if (fread(header, 1, sizeof(header), source->in) != sizeof(header)) {
		snprintf(why, size, "it is too short for a capture: name a file in the form pcap");
		return false;
	}
	magic = get32(header);
	if (magic == PCAP_NEXT_GENERATION) {
		snprintf(why, size, "it has the form pcapng: convert it with 'editcap -F pcap'");
		return false;
	}
	source->swapped = magic != PCAP_MAGIC && magic != PCAP_MAGIC_NS;
	magic = number(source, header);
	source->fine = magic == PCAP_MAGIC_NS;
	if (magic != PCAP_MAGIC && magic != PCAP_MAGIC_NS) {
		snprintf(why, size, "it is no capture: name a file in the form pcap");
		return false;
	}
	/* The upper bits say how long check sums are. */
	source->link = number(source, header + 20) & 0xffff;
	if (source->link == PCAP_ETHERNET || source->link == PCAP_RAW ||
	    source->link == PCAP_IPV6)
		return true;
	snprintf(why, size, "its packets are of link type %u: capture Ethernet (1) or bare IP (101, 229)",
		 source->link);
	return false;
}

/* Where IPv6 begins, or NULL for a packet of something else. */
static const uint8_t *find_ip(const struct source *source, size_t *size)
{
	const uint8_t *at = source->packet + ETHERNET_HEADER - 2;
	const uint8_t *end = source->packet + *size;

	if (source->link != PCAP_ETHERNET)
		return source->packet;
	while (at + 2 <= end && get16(at) == ETHERNET_VLAN)
		at += ETHERNET_VLAN_TAG;
	if (at + 2 > end || get16(at) != ETHERNET_IPV6)
		return NULL;
	at += 2;
	*size = (size_t)(end - at);
	return at;
}

/* What of TCP is in a packet; false for one without. */
static bool find_segment(const struct source *source, size_t size,
			 struct capture_segment *segment)
{
	const uint8_t *ip = find_ip(source, &size), *tcp;
	size_t length, header;

	if (!ip || size < IPV6_HEADER + TCP_HEADER || ip[0] >> 4 != 6 ||
	    ip[6] != IPV6_TCP)
		return false;
	length = get16(ip + 4);
	tcp = ip + IPV6_HEADER;
	header = (size_t)(tcp[12] >> 4) * 4;
	size -= IPV6_HEADER;
	/* Ethernet fills short packets up; a capture may have cut long ones. */
	if (size > length)
		size = length;
	if (header < TCP_HEADER || header > size)
		return false;
	memcpy(&segment->path.from, ip + 8, 16);
	memcpy(&segment->path.to, ip + 24, 16);
	segment->path.from_port = get16(tcp);
	segment->path.to_port = get16(tcp + 2);
	segment->sequence = get32(tcp + 4);
	segment->syn = tcp[13] & TCP_SYN;
	segment->data = tcp + header;
	segment->size = size - header;
	return true;
}

/* One packet; false at the end, with a sentence when it is not where it should be. */
static bool next_packet(struct source *source, uint64_t *time_ns, size_t *length,
			char *why, size_t size)
{
	uint8_t header[PCAP_PACKET_HEADER];
	size_t got = fread(header, 1, sizeof(header), source->in);

	if (!got)
		return false;
	source->packets++;
	if (got == sizeof(header)) {
		*length = number(source, header + 8);
		if (*length > PCAP_PACKET_MAX) {
			snprintf(why, size, "packet %lu has %zu bytes, more than any has: the file is damaged, capture again",
				 source->packets, *length);
			return false;
		}
		if (fread(source->packet, 1, *length, source->in) == *length) {
			*time_ns = (uint64_t)number(source, header) * 1000000000 +
				   (uint64_t)number(source, header + 4) *
				   (source->fine ? 1 : 1000);
			return true;
		}
	}
	snprintf(why, size, "it ends within packet %lu: end the capture before reading it",
		 source->packets);
	return false;
}

static void read_packets(struct source *source, struct capture_flows *flows,
			 captured_fn tell, void *arg, char *why, size_t size)
{
	struct capture_segment segment;
	size_t length;

	while (next_packet(source, &segment.time_ns, &length, why, size))
		if (find_segment(source, length, &segment))
			capture_flows_take(flows, &segment, tell, arg);
}

bool capture_read(FILE *in, captured_fn tell, void *arg, char *why, size_t size)
{
	struct source *source = calloc(1, sizeof(*source));
	struct capture_flows *flows = capture_flows_new();

	*why = '\0';
	if (!source || !flows) {
		snprintf(why, size, "out of memory: end other programs");
	} else {
		source->in = in;
		if (open_source(source, why, size))
			read_packets(source, flows, tell, arg, why, size);
	}
	capture_flows_free(flows);
	free(source);
	return !*why;
}
