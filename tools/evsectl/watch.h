/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waiting for a port to change. */
#ifndef EVSECTL_WATCH_H
#define EVSECTL_WATCH_H

#include "evsectl.h"

/**
 * struct watch - events of one port
 * @client: listens to the group "monitor"
 * @id: the port
 * @seen: bit N: the port was in state N
 */
struct watch {
	struct evse_client *client;
	uint32_t id;
	uint32_t seen;
};

/* watch_open() - listen, from now on; 0, or an exit status after a message */
int watch_open(struct watch *w, uint32_t id);

/* watch_close() - listen no more */
void watch_close(struct watch *w);

/**
 * watch_wait() - sleep until something happens to a port, or the time is over
 * @w: the port
 * @until_ms: that time, as of now_ms()
 *
 * Wakes now and then without an event too: contacts may move without one.
 */
void watch_wait(struct watch *w, uint64_t until_ms);

/* watch_saw() - was the port in this state? */
bool watch_saw(const struct watch *w, enum evse_port_state state);

/* now_ms() - CLOCK_MONOTONIC */
uint64_t now_ms(void);

/* contacts_open() - is every contact open, coil off? */
bool contacts_open(const struct evse_port_info *port);

/* moving() - is a state on the way to another? */
bool moving(uint32_t state);

/**
 * complain_fault() - say which fault ended it
 * @e: the run
 * @port: the port
 * @what: what did not happen: "not energised"
 *
 * Return: 1
 */
int complain_fault(struct evsectl *e, const struct evse_port_info *port,
		   const char *what);

/**
 * wait_open() - wait until a port is de-energised
 * @e: the run
 * @w: the port
 * @timeout_ms: how long at most
 *
 * Return: 0, or 1 after saying why it is not.
 */
int wait_open(struct evsectl *e, struct watch *w, uint32_t timeout_ms);

#endif /* EVSECTL_WATCH_H */
