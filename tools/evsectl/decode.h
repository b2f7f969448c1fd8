/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_DECODE_H
#define EVSECTL_DECODE_H

#include "evsectl.h"

/* session_decode() - [SCHEMA] HEX, or "-" for lines of standard input */
int session_decode(struct evsectl *e, const struct command *cmd, int argc, char **argv);

#endif /* EVSECTL_DECODE_H */
