/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_DECODE_H
#define EVSECTL_DECODE_H

#include "evsectl.h"

/* For what a message is decoded to; the schemas allow larger ones, which are refused. */
#define DECODE_ROOM	(1024 * 1024)

/* session_decode() - [SCHEMA] HEX, or "-" for lines of standard input */
int session_decode(struct evsectl *e, const struct command *cmd, int argc, char **argv);

/* session_decode_capture() - every message of a file in the form pcap; exit status */
int session_decode_capture(const char *path);

#endif /* EVSECTL_DECODE_H */
