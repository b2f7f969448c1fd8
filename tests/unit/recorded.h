/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sessions that were recorded: files of lines "SCHEMA<tab>HEX", the requests in order. */
#ifndef UNIT_RECORDED_H
#define UNIT_RECORDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../tools/secc/v2gtp.h"

/**
 * recorded_request() - the request of a line
 * @line: the line
 * @header: what its V2GTP header is
 * @bytes: its document is written here
 * @size: bytes of @bytes
 *
 * Return: false where the line has none, or one that does not fit.
 */
bool recorded_request(const char *line, struct v2gtp *header, uint8_t *bytes, size_t size);

#endif /* UNIT_RECORDED_H */
