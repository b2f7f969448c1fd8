/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the bench asks of a codec: its own, or one that it is compared with. */
#ifndef BENCH_EXI_CODEC_H
#define BENCH_EXI_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Figures are called by this and the message. */
extern const char codec_name[];

/* codec_read() - decode; @schema is common, ac or dc */
bool codec_read(const char *schema, const uint8_t *in, size_t size);

/* codec_write() - encode what was read last; returns its bytes, 0 for a failure */
size_t codec_write(const char *schema, uint8_t *out, size_t room);

/* codec_memory() - bytes that the document takes which was read last */
size_t codec_memory(const char *schema, const uint8_t *in, size_t size);

#endif /* BENCH_EXI_CODEC_H */
