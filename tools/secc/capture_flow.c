// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "capture_flow.h"
#include "link.h"

/* One direction of a connection each; who was silent for longest makes room. */
#define FLOWS		32

/**
 * struct flow - one direction of a connection
 * @path: which
 * @used: when it was last, as a count of segments; 0 for never
 * @next: sequence number of the next byte
 * @spoke: there was a message
 * @lost: bytes are skipped until a segment begins with a header, and that was told
 * @fill: bytes of @message
 * @message: header and payload, as far as they have come
 */
struct flow {
	struct capture_path path;
	uint64_t used;
	uint32_t next;
	bool spoke;
	bool lost;
	size_t fill;
	uint8_t message[V2GTP_HEADER + LINK_MESSAGE_MAX];
};

/**
 * struct capture_flows - all that are known
 * @segments: how many there were
 * @flow: the flows
 */
struct capture_flows {
	uint64_t segments;
	struct flow flow[FLOWS];
};

struct capture_flows *capture_flows_new(void)
{
	return calloc(1, sizeof(struct capture_flows));
}

void capture_flows_free(struct capture_flows *flows)
{
	free(flows);
}

static bool same_path(const struct capture_path *a, const struct capture_path *b)
{
	return a->from_port == b->from_port && a->to_port == b->to_port &&
	       !memcmp(&a->from, &b->from, sizeof(a->from)) &&
	       !memcmp(&a->to, &b->to, sizeof(a->to));
}

static struct flow *find(struct capture_flows *flows, const struct capture_segment *s)
{
	struct flow *oldest = flows->flow, *flow;

	for (flow = flows->flow; flow < flows->flow + FLOWS; flow++) {
		if (flow->used && same_path(&flow->path, &s->path))
			return flow;
		if (flow->used < oldest->used)
			oldest = flow;
	}
	oldest->path = s->path;
	oldest->next = s->sequence;
	oldest->spoke = false;
	oldest->lost = false;
	oldest->fill = 0;
	return oldest;
}

/* Told once, and of connections that carry V2GTP alone: others are none of ours. */
static void lose(struct flow *flow, const struct capture_segment *s, const char *why,
		 captured_fn tell, void *arg)
{
	struct captured place = { .path = s->path, .time_ns = s->time_ns, .why = why };

	if (flow->spoke && !flow->lost)
		tell(&place, arg);
	flow->lost = true;
	flow->fill = 0;
}

/* Takes what the message still lacks; the number of bytes. */
static size_t fill_up(struct flow *flow, size_t want, const uint8_t *data, size_t size)
{
	size_t take = want > flow->fill ? want - flow->fill : 0;

	if (take > size)
		take = size;
	memcpy(flow->message + flow->fill, data, take);
	flow->fill += take;
	return take;
}

static void feed(struct flow *flow, const struct capture_segment *s, captured_fn tell,
		 void *arg)
{
	struct captured message = { .path = s->path, .time_ns = s->time_ns };
	const uint8_t *data = s->data;
	size_t size = s->size, taken;

	while (size) {
		taken = fill_up(flow, V2GTP_HEADER, data, size);
		data += taken;
		size -= taken;
		if (flow->fill < V2GTP_HEADER)
			return;
		if (!v2gtp_read(flow->message, &message.header)) {
			lose(flow, s, "there is no V2GTP header where one has to be", tell, arg);
			return;
		}
		if (message.header.length > LINK_MESSAGE_MAX) {
			lose(flow, s, "the message is longer than any may be", tell, arg);
			return;
		}
		flow->lost = false;
		flow->spoke = true;
		taken = fill_up(flow, V2GTP_HEADER + message.header.length, data, size);
		data += taken;
		size -= taken;
		if (flow->fill < V2GTP_HEADER + message.header.length)
			return;
		message.payload = flow->message + V2GTP_HEADER;
		tell(&message, arg);
		flow->fill = 0;
	}
}

void capture_flows_take(struct capture_flows *flows,
			const struct capture_segment *segment, captured_fn tell,
			void *arg)
{
	struct capture_segment s = *segment;
	struct flow *flow;
	uint32_t behind;

	if (!s.size && !s.syn)
		return;
	flow = find(flows, &s);
	flow->used = ++flows->segments;
	if (s.syn) {
		flow->next = ++s.sequence;
		flow->lost = false;
		flow->fill = 0;
	}
	/* Numbers go round: half of them are ahead, and half were seen before. */
	behind = flow->next - s.sequence;
	if (behind > INT32_MAX) {
		lose(flow, &s, "bytes are missing before this", tell, arg);
		behind = 0;
	}
	if (behind >= s.size)
		return;
	s.data += behind;
	s.size -= behind;
	flow->next = segment->sequence + segment->syn + (uint32_t)segment->size;
	if (flow->lost)
		flow->fill = 0;
	feed(flow, &s, tell, arg);
}
