// SPDX-License-Identifier: GPL-2.0-or-later
/* How a vehicle finds the charger: datagrams, and the charger's socket for them. */
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sdp.h"
#include "v2gtp.h"

#define PAYLOAD_REQUEST		0x9000
#define PAYLOAD_RESPONSE	0x9001
#define TRANSPORT_TCP		0x00

/* A request: security, transport. A response: address, port, security, transport. */
#define AT_SECURITY		V2GTP_HEADER
#define AT_TRANSPORT		(V2GTP_HEADER + 1)
#define AT_ADDRESS		V2GTP_HEADER
#define AT_PORT			(V2GTP_HEADER + 16)
#define AT_TOLD_SECURITY	(V2GTP_HEADER + 18)
#define AT_TOLD_TRANSPORT	(V2GTP_HEADER + 19)

static bool is_datagram(const uint8_t *in, size_t size, uint16_t payload, size_t wanted)
{
	struct v2gtp header;

	return size == wanted && v2gtp_read(in, &header) && header.payload == payload &&
	       header.length == size - V2GTP_HEADER;
}

static bool is_security(uint8_t security)
{
	return security == SDP_TLS || security == SDP_PLAIN;
}

bool sdp_read_request(const uint8_t *in, size_t size, uint8_t *security)
{
	if (!is_datagram(in, size, PAYLOAD_REQUEST, SDP_REQUEST) ||
	    !is_security(in[AT_SECURITY]) || in[AT_TRANSPORT] != TRANSPORT_TCP)
		return false;
	*security = in[AT_SECURITY];
	return true;
}

void sdp_write_request(uint8_t out[SDP_REQUEST], uint8_t security)
{
	v2gtp_write(out, &(struct v2gtp){ PAYLOAD_REQUEST, SDP_REQUEST - V2GTP_HEADER });
	out[AT_SECURITY] = security;
	out[AT_TRANSPORT] = TRANSPORT_TCP;
}

bool sdp_read_response(const uint8_t *in, size_t size, struct sdp_charger *charger)
{
	struct sdp_charger told;

	if (!is_datagram(in, size, PAYLOAD_RESPONSE, SDP_RESPONSE))
		return false;
	memcpy(&told.address, in + AT_ADDRESS, sizeof(told.address));
	told.port = in[AT_PORT] << 8 | in[AT_PORT + 1];
	told.security = in[AT_TOLD_SECURITY];
	if (!IN6_IS_ADDR_LINKLOCAL(&told.address) || !told.port ||
	    !is_security(told.security) || in[AT_TOLD_TRANSPORT] != TRANSPORT_TCP)
		return false;
	*charger = told;
	return true;
}

void sdp_write_response(uint8_t out[SDP_RESPONSE], const struct sdp_charger *charger)
{
	v2gtp_write(out,
		    &(struct v2gtp){ PAYLOAD_RESPONSE, SDP_RESPONSE - V2GTP_HEADER });
	memcpy(out + AT_ADDRESS, &charger->address, sizeof(charger->address));
	out[AT_PORT] = charger->port >> 8;
	out[AT_PORT + 1] = charger->port;
	out[AT_TOLD_SECURITY] = charger->security;
	out[AT_TOLD_TRANSPORT] = TRANSPORT_TCP;
}

static bool is_link_local(const struct sockaddr_in6 *address)
{
	return address->sin6_family == AF_INET6 &&
	       IN6_IS_ADDR_LINKLOCAL(&address->sin6_addr);
}

int sdp_address(const char *interface, struct sockaddr_in6 *address)
{
	unsigned int index = if_nametoindex(interface);
	struct sockaddr_in6 one;
	struct ifaddrs *all, *each;
	int err = -EADDRNOTAVAIL;

	if (!index)
		return -ENODEV;
	if (getifaddrs(&all))
		return -errno;
	for (each = all; each && err; each = each->ifa_next) {
		if (!each->ifa_addr || each->ifa_addr->sa_family != AF_INET6 ||
		    strcmp(each->ifa_name, interface))
			continue;
		memcpy(&one, each->ifa_addr, sizeof(one));
		if (!is_link_local(&one))
			continue;
		*address = (struct sockaddr_in6){
			.sin6_family = AF_INET6,
			.sin6_addr = one.sin6_addr,
			.sin6_scope_id = index,
		};
		err = 0;
	}
	freeifaddrs(all);
	return err;
}

static int hear(int fd, const char *interface)
{
	static const int on = 1;
	const struct sockaddr_in6 own = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(SDP_PORT),
		.sin6_addr = IN6ADDR_ANY_INIT,
	};
	struct ipv6_mreq all_nodes = { .ipv6mr_interface = if_nametoindex(interface) };

	all_nodes.ipv6mr_multiaddr.s6_addr[0] = 0xff;
	all_nodes.ipv6mr_multiaddr.s6_addr[1] = 0x02;
	all_nodes.ipv6mr_multiaddr.s6_addr[15] = 0x01;
	/*
	 * Bound to the interface, so that neither the requests of another are heard nor
	 * answers leave by it; another port's program may hear on another interface.
	 */
	if (!all_nodes.ipv6mr_interface)
		return -ENODEV;
	if (setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, interface, strlen(interface)) ||
	    bind(fd, (const struct sockaddr *)&own, sizeof(own)) ||
	    setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &all_nodes, sizeof(all_nodes)))
		return -errno;
	return 0;
}

int sdp_listen(const char *interface)
{
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), err;

	if (fd < 0)
		return -errno;
	err = hear(fd, interface);
	if (!err)
		return fd;
	close(fd);
	return err;
}

/* What is told to a vehicle that asks for @security. */
static const struct sdp_charger *choose(const struct sdp_charger *charger, size_t n,
					uint8_t security)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (charger[i].security == security)
			return &charger[i];
	/* Less than was asked for is the vehicle's to take or leave. */
	return security == SDP_TLS && n ? &charger[0] : NULL;
}

const struct sdp_charger *sdp_answer(int fd, const struct sdp_charger *charger, size_t n,
				     struct sockaddr_in6 *from)
{
	uint8_t in[SDP_REQUEST + 1], out[SDP_RESPONSE], security;
	socklen_t size = sizeof(*from);
	const struct sdp_charger *told;
	ssize_t bytes;

	memset(from, 0, sizeof(*from));
	bytes = recvfrom(fd, in, sizeof(in), MSG_DONTWAIT, (struct sockaddr *)from,
			 &size);
	if (bytes < 0 || !is_link_local(from) ||
	    !sdp_read_request(in, (size_t)bytes, &security))
		return NULL;
	told = choose(charger, n, security);
	if (!told)
		return NULL;
	sdp_write_response(out, told);
	bytes = sendto(fd, out, sizeof(out), MSG_DONTWAIT | MSG_NOSIGNAL,
		       (const struct sockaddr *)from, sizeof(*from));
	return bytes == sizeof(out) ? told : NULL;
}
