/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_SESSION_H
#define EVSECTL_SESSION_H

#include "evsectl.h"

/**
 * struct session_options - of "evsectl session hold" and "run"
 * @config: file of the configuration; NULL for the usual one
 * @interface: in place of the file's; or NULL
 * @tls: "on", "off", or NULL for what the file says
 * @pcap: file for messages, or NULL
 * @once: end after one vehicle
 * @exclusive: other processes may not drive the port
 * @lease_ms: lease to ask for; 0 where nothing was said
 */
struct session_options {
	const char *config;
	const char *interface;
	const char *tls;
	const char *pcap;
	bool once;
	bool exclusive;
	uint32_t lease_ms;
};

/* session_hold() - own a port; returns the exit status */
int session_hold(struct evsectl *e, const struct session_options *options);

/* session_run() - serve vehicles; returns the exit status */
int session_run(struct evsectl *e, const struct session_options *options);

#endif /* EVSECTL_SESSION_H */
