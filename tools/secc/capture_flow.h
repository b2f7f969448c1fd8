/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages out of TCP segments, of many connections at once, in memory of one size. */
#ifndef SECC_CAPTURE_FLOW_H
#define SECC_CAPTURE_FLOW_H

#include "capture_read.h"

/**
 * struct capture_segment - what a packet carries
 * @path: from where to where
 * @time_ns: when, since 1970
 * @sequence: number of its first byte
 * @syn: a connection begins
 * @data: its bytes
 * @size: how many
 */
struct capture_segment {
	struct capture_path path;
	uint64_t time_ns;
	uint32_t sequence;
	bool syn;
	const uint8_t *data;
	size_t size;
};

struct capture_flows;

/** capture_flows_new() - none so far; NULL without memory */
struct capture_flows *capture_flows_new(void);

/** capture_flows_free() - forget */
void capture_flows_free(struct capture_flows *flows);

/**
 * capture_flows_take() - the next segment, in the order of the file
 * @flows: what was before
 * @segment: the segment
 * @tell: called for each message that is whole now
 * @arg: for @tell
 */
void capture_flows_take(struct capture_flows *flows,
			const struct capture_segment *segment, captured_fn tell,
			void *arg);

#endif /* SECC_CAPTURE_FLOW_H */
