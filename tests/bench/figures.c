// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures of one port, in instructions: in the guest's virtual time one
 * instruction is one nanosecond. Prints name, value, unit; the median of many.
 */
#include <fcntl.h>
#include <time.h>

#include "../selftests/evse/evnl.h"

#define PORT	0
#define ROUNDS	201
#define TRIPS	15

static struct evnl e;
static struct evnl listener;

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void report(const char *name, int64_t *ns, int count)
{
	qsort(ns, count, sizeof(*ns), ascending);
	printf("%s\t%lld\tinstructions\n", name, (long long)ns[count / 2]);
}

static void die(const char *what)
{
	fprintf(stderr, "figures: %s: %s\n", what, e.sentence);
	exit(1);
}

/* Request to reply, another setpoint each time. */
static void set_power(void)
{
	int64_t ns[ROUNDS], start;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		start = now_ns();
		if (evnl_power(&e, PORT, 1000000 + 1000 * i))
			die("power-set");
		ns[i] = now_ns() - start;
		usleep(1000);
	}
	report("netlink.set_power.instr", ns, ROUNDS);
}

static void port_get(void)
{
	int64_t ns[ROUNDS], start;
	struct evnl_port port;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		start = now_ns();
		if (evnl_read(&e, PORT, &port))
			die("port-get");
		ns[i] = now_ns() - start;
		usleep(1000);
	}
	report("netlink.port_get.instr", ns, ROUNDS);
}

static int64_t fault_time(const struct nlmsghdr *nlh, int type)
{
	struct genlmsghdr *ghdr = genlmsg_hdr((struct nlmsghdr *)nlh);
	struct nlattr *attr = nla_find(genlmsg_attrdata(ghdr, 0),
				       genlmsg_attrlen(ghdr, 0), type);

	return attr && ghdr->cmd == EVSE_CMD_FAULT_NTF ? (int64_t)nla_get_u64(attr) : 0;
}

/* When the cause was seen, by the next event about a latched fault. */
static int64_t next_edge(void)
{
	struct pollfd pfd = { nl_socket_get_fd(listener.sk), POLLIN, 0 };
	static char buf[32768];

	for (;;) {
		int64_t edge;

		if (poll(&pfd, 1, 2000) <= 0)
			die("no event");
		if (recv(pfd.fd, buf, sizeof(buf), 0) < 0)
			die("event lost");
		edge = fault_time((struct nlmsghdr *)buf, EVSE_A_FAULT_EDGE_NS);
		if (edge)
			return edge;
	}
}

static void drain(void)
{
	struct pollfd pfd = { nl_socket_get_fd(listener.sk), POLLIN, 0 };
	static char buf[32768];

	while (poll(&pfd, 1, 5) > 0)
		recv(pfd.fd, buf, sizeof(buf), 0);
}

static void clear_faults(void)
{
	struct nl_msg *msg = evnl_msg(&e, EVSE_CMD_FAULT_CLEAR, 0);

	nla_put_u32(msg, EVSE_A_FAULT_PORT, PORT);
	evnl_call(&e, msg, NULL, NULL);
}

/* From the moment that a fault is latched until a listener holds its event. */
static void event(void)
{
	int64_t ns[ROUNDS];
	struct nl_msg *msg;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		drain();
		msg = evnl_msg(&e, EVSE_CMD_FAULT_RAISE, 0);
		nla_put_u32(msg, EVSE_A_FAULT_PORT, PORT);
		nla_put_u32(msg, EVSE_A_FAULT_CODE,
			    EVSE_FAULT_CODE_ISO_HANDSHAKE);
		nl_send_auto(e.sk, msg);
		nlmsg_free(msg);
		ns[i] = next_edge();
		ns[i] = now_ns() - ns[i];
		if (evnl_wait(&e, NULL, NULL))
			die("fault-raise");
		clear_faults();
		evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT);
	}
	report("netlink.event.instr", ns, ROUNDS);
}

static void sysfs_state(void)
{
	int64_t ns[ROUNDS], start;
	char text[32];
	int fd, i;

	fd = open("/sys/class/evse/evse0/state", O_RDONLY);
	for (i = 0; i < ROUNDS; i++) {
		start = now_ns();
		if (pread(fd, text, sizeof(text), 0) <= 0)
			die("sysfs");
		ns[i] = now_ns() - start;
		usleep(1000);
	}
	close(fd);
	report("sysfs.state.read.instr", ns, ROUNDS);
}

static int64_t trip_ns;

static void take_trip(const struct nlmsghdr *nlh, void *unused)
{
	struct genlmsghdr *ghdr = genlmsg_hdr((struct nlmsghdr *)nlh);
	struct nlattr *edge, *coil;

	edge = nla_find(genlmsg_attrdata(ghdr, 0), genlmsg_attrlen(ghdr, 0),
			EVSE_A_FAULT_EDGE_NS);
	coil = nla_find(genlmsg_attrdata(ghdr, 0), genlmsg_attrlen(ghdr, 0),
			EVSE_A_FAULT_COIL_OFF_NS);
	if (edge && coil)
		trip_ns = nla_get_u64(coil) - nla_get_u64(edge);
}

static bool clear_all(void)
{
	struct evnl_port port;

	clear_faults();
	return !evnl_read(&e, PORT, &port) && !port.value[EVSE_A_PORT_FAULT_COUNT];
}

/* From the handler's first look at the edge to the coil's line, by its own stamps. */
static void trip(void)
{
	unsigned int board = evnl_board(PORT);
	int64_t ns[TRIPS];
	int i, k;

	evnl_sim(board, "vehicle/want", "c");
	evnl_sim(board, "vehicle/plug", "1");
	for (i = 0; i < TRIPS; i++) {
		struct nl_msg *msg;

		evnl_do(&e, EVSE_CMD_SESSION_RENEW, PORT);
		if (!evnl_await(&e, PORT, EVSE_PORT_STATE_REQUESTING, 5000) ||
		    evnl_do(&e, EVSE_CMD_ENERGISE, PORT) ||
		    !evnl_await(&e, PORT, EVSE_PORT_STATE_ENERGISED, 5000))
			die("energise");
		evnl_sim(board, "inputs/emergency_stop", "1");
		if (!evnl_await(&e, PORT, EVSE_PORT_STATE_FAULT, 1000))
			die("no trip");
		msg = evnl_msg(&e, EVSE_CMD_FAULT_GET, 0);
		nla_put_u32(msg, EVSE_A_FAULT_PORT, PORT);
		nla_put_u32(msg, EVSE_A_FAULT_CODE,
			    EVSE_FAULT_CODE_EMERGENCY_STOP);
		trip_ns = 0;
		if (evnl_call(&e, msg, take_trip, NULL) || !trip_ns)
			die("no timeline");
		ns[i] = trip_ns;
		evnl_sim(board, "inputs/emergency_stop", "0");
		for (k = 0; k < 100 && !clear_all(); k++)
			usleep(10000);
	}
	evnl_sim(board, "clear", "1");
	report("trip.coil_off.instr", ns, TRIPS);
}

int main(void)
{
	int group;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (evnl_open(&e) || evnl_open(&listener))
		die("no family");
	group = genl_ctrl_resolve_grp(listener.sk, EVSE_FAMILY_NAME,
				      EVSE_MCGRP_MONITOR);
	if (!evnl_await(&e, PORT, EVSE_PORT_STATE_AVAILABLE, 3000) ||
	    evnl_session(&e, PORT, 10000, false))
		die("no session");

	set_power();
	port_get();
	sysfs_state();
	if (nl_socket_add_membership(listener.sk, group))
		die("no group");
	event();
	trip();
	evnl_close(&e);
	return 0;
}
