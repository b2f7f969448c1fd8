/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of packets, as far as captures have them: pcap, Ethernet, IPv6, TCP. */
#ifndef SECC_PCAP_H
#define SECC_PCAP_H

#include <stdint.h>

/* Times in microseconds, or in nanoseconds */
#define PCAP_MAGIC		0xa1b2c3d4
#define PCAP_MAGIC_NS		0xa1b23c4d
#define PCAP_NEXT_GENERATION	0x0a0d0d0a	/* another format, pcapng */
#define PCAP_FILE_HEADER	24
#define PCAP_PACKET_HEADER	16
#define PCAP_PACKET_MAX		262144

/* What is in front of IP */
#define PCAP_ETHERNET		1
#define PCAP_RAW		101
#define PCAP_IPV6		229

#define ETHERNET_HEADER		14
#define ETHERNET_IPV6		0x86dd
#define ETHERNET_VLAN		0x8100
#define ETHERNET_VLAN_TAG	4

#define IPV6_HEADER		40
#define IPV6_TCP		6
#define TCP_HEADER		20

/* Bits of a TCP header's flags */
#define TCP_SYN			0x02
#define TCP_PSH			0x08
#define TCP_ACK			0x10

#endif /* SECC_PCAP_H */
