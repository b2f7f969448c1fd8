/* SPDX-License-Identifier: GPL-2.0-only */
/* Who may run which operation: pure, a table. */
#ifndef _EVSE_ACCESS_H
#define _EVSE_ACCESS_H

#include <linux/types.h>
#include <uapi/linux/evse.h>

/**
 * struct evse_caller - who asks
 * @admin: has CAP_NET_ADMIN
 * @session: the port has a session
 * @owner: the session belongs to the caller's socket
 * @shared: the session lets administrators drive the port
 */
struct evse_caller {
	bool admin;
	bool session;
	bool owner;
	bool shared;
};

/**
 * struct evse_refusal - an errno with the sentence that explains it
 * @error: negative errno, 0 when the operation is allowed
 * @sentence: what the user can do about it
 */
struct evse_refusal {
	int error;
	const char *sentence;
};

struct evse_refusal evse_access(enum evse_cmd cmd,
				const struct evse_caller *caller);

#endif /* _EVSE_ACCESS_H */
