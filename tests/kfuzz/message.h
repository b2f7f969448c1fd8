/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of the family, right and wrong, from the table in family.h; values
 * that replies had are used again, so that much of what is asked can be granted.
 */
#ifndef KFUZZ_MESSAGE_H
#define KFUZZ_MESSAGE_H

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "family.h"
#include "random.h"

#define MESSAGE_MAX	20000
#define ROOM		64	/* kept free behind what is built */
#define PORTS		3

/**
 * struct message - bytes to send, and what is known of them
 * @op: what it asks for, NULL for none of the family's
 * @dump: it asks for all of them
 * @core: the kernel may refuse it before the family sees it
 * @len: bytes
 * @bytes: header and all
 */
struct message {
	const struct op *op;
	bool dump;
	bool core;
	size_t len;
	unsigned char bytes[MESSAGE_MAX + ROOM] __attribute__((aligned(8)));
};

/* --- values that were seen --------------------------------------------------- */

#define SEEN	24
#define TEXT	40

/* Of each attribute of each set, the numbers and the names of replies */
struct seen {
	const struct attr *attr;
	int count;
	uint64_t value[SEEN];
	char text[SEEN][TEXT];
};

static struct seen seen[512];

static struct seen *seen_of(const struct attr *attr)
{
	int i;

	for (i = 0; i < COUNT(seen); i++) {
		if (seen[i].attr == attr)
			return &seen[i];
		if (!seen[i].attr) {
			seen[i].attr = attr;
			return &seen[i];
		}
	}
	abort();
}

static void learn_value(const struct attr *attr, const void *data, int len)
{
	struct seen *s = seen_of(attr);
	uint64_t value = 0;
	char text[TEXT] = "";
	int i;

	if (attr->kind == KIND_STRING)
		snprintf(text, sizeof(text), "%.*s", len, (const char *)data);
	else
		memcpy(&value, data, len > 8 ? 8 : len);
	for (i = 0; i < s->count && i < SEEN; i++)
		if (s->value[i] == value && !strcmp(s->text[i], text))
			return;
	i = s->count < SEEN ? s->count++ : (int)rnd(SEEN);
	s->value[i] = value;
	memcpy(s->text[i], text, sizeof(text));
}

/* Replies as a whole: what belongs together in them is granted together. */
#define ROWS		256
#define ROW_MAX		512

static struct row {
	const struct set *set;
	int len;
	unsigned char bytes[ROW_MAX];
} rows[ROWS];

static int row_next;

static void learn_row(const struct set *set, const unsigned char *at, int left)
{
	struct row *row = &rows[row_next++ % ROWS];

	if (left > ROW_MAX)
		return;
	row->set = set;
	row->len = left;
	memcpy(row->bytes, at, left);
}

static const struct row *any_row(const struct set *set)
{
	int i, from = rnd(ROWS);

	for (i = 0; i < ROWS; i++)
		if (rows[(from + i) % ROWS].set == set)
			return &rows[(from + i) % ROWS];
	return NULL;
}

static void learn(const struct set *set, const unsigned char *at, int left)
{
	while (left >= (int)sizeof(struct nlattr)) {
		const struct nlattr *nla = (const void *)at;
		unsigned int type = nla->nla_type & NLA_TYPE_MASK;
		int len = NLA_ALIGN(nla->nla_len);

		if (nla->nla_len < sizeof(*nla) || nla->nla_len > left)
			return;
		if (type && type <= set->last) {
			const struct attr *attr = &set->attrs[type];

			if (attr->kind == KIND_NEST)
				learn(attr->set, at + NLA_HDRLEN,
				      nla->nla_len - NLA_HDRLEN);
			else if (attr->kind > KIND_PAD)
				learn_value(attr, at + NLA_HDRLEN,
					    nla->nla_len - NLA_HDRLEN);
		}
		at += len;
		left -= len;
	}
}

/* --- building ------------------------------------------------------------------ */

static struct nlmsghdr *head(struct message *m)
{
	return (struct nlmsghdr *)m->bytes;
}

/* An attribute, as far as there is room for it */
static void put(struct message *m, unsigned int type, const void *data, size_t len)
{
	struct nlattr nla = { .nla_len = NLA_HDRLEN + len, .nla_type = type };

	if (m->len + NLA_HDRLEN + NLA_ALIGN(len) > MESSAGE_MAX)
		return;
	memcpy(m->bytes + m->len, &nla, sizeof(nla));
	memset(m->bytes + m->len + NLA_HDRLEN, 0, NLA_ALIGN(len));
	memcpy(m->bytes + m->len + NLA_HDRLEN, data, len);
	m->len += NLA_HDRLEN + NLA_ALIGN(len);
}

static uint64_t number(const struct attr *attr)
{
	const struct seen *s = seen_of(attr);

	if (s->count && rnd(3))
		return s->value[rnd(s->count)];
	if (attr->high != attr->low && rnd(8))
		return attr->low + rnd64() % (attr->high - attr->low + 1ULL);
	return rnd_edge();
}

static void put_string(struct message *m, unsigned int type, const struct attr *attr)
{
	const struct seen *s = seen_of(attr);
	char text[300];
	size_t len;

	if (s->count && rnd(8)) {
		const char *known = s->text[rnd(s->count)];

		put(m, type, known, strlen(known) + 1);
		return;
	}
	len = rnd(4) ? rnd(attr->high + 2) : rnd(sizeof(text));
	memset(text, 'a' + rnd(26), sizeof(text));
	if (one_in(3))
		rnd_bytes(text, len);
	if (len && rnd(4))
		text[len - 1] = '\0';
	put(m, type, text, len);
}

static void put_value(struct message *m, unsigned int type,
		      const struct attr *attr);

static void put_nest(struct message *m, unsigned int type, const struct set *set)
{
	size_t start = m->len;
	unsigned int inner;
	struct nlattr nla;

	put(m, type | NLA_F_NESTED, "", 0);
	for (inner = 1; inner <= set->last; inner++)
		if (set->attrs[inner].kind > KIND_PAD && rnd(2))
			put_value(m, inner, &set->attrs[inner]);
	nla = (struct nlattr){ .nla_len = m->len - start,
			       .nla_type = type | NLA_F_NESTED };
	memcpy(m->bytes + start, &nla, sizeof(nla));
}

static void put_value(struct message *m, unsigned int type,
		      const struct attr *attr)
{
	uint64_t value;

	switch (attr->kind) {
	case KIND_U8:
	case KIND_U32:
	case KIND_S32:
	case KIND_U64:
		value = number(attr);
		put(m, type, &value, attr->kind == KIND_U8 ? 1 :
				     attr->kind == KIND_U64 ? 8 : 4);
		break;
	case KIND_STRING:
		put_string(m, type, attr);
		break;
	case KIND_NEST:
		put_nest(m, type, attr->set);
		break;
	default:
		put(m, type, "", 0);
	}
}

/* --- what may be wrong about a message --------------------------------------------- */

static const struct attr *attr_of(const struct op *op, unsigned int type)
{
	return type && type <= op->set->last ? &op->set->attrs[type] : NULL;
}

static void wrong_length(struct message *m)
{
	unsigned char data[64];
	size_t len = rnd(4) ? rnd(12) : rnd(sizeof(data));

	rnd_bytes(data, len);
	put(m, m->op->asked[rnd(ASKED_MAX)], data, len);
}

static void other_attribute(struct message *m)
{
	unsigned int type = rnd(m->op->set->last + 8);
	const struct attr *attr = attr_of(m->op, type);

	if (attr && attr->kind > KIND_PAD)
		put_value(m, type, attr);
	else
		put(m, type, "\1\0\0\0", rnd(5));
}

static void again(struct message *m)
{
	unsigned int type = m->op->asked[rnd(ASKED_MAX)];
	int count = 1 + rnd(one_in(16) ? 2000 : 6);
	const struct attr *attr = attr_of(m->op, type);

	while (attr && count--)
		put_value(m, type, attr);
}

/* Nests of nests of nothing, or of what belongs elsewhere */
static void nested_wrongly(struct message *m)
{
	int depth = 1 + rnd(30), i;
	size_t start = m->len;

	for (i = 0; i < depth; i++)
		put(m, rnd(12) | (rnd(4) ? NLA_F_NESTED : 0), "", 0);
	for (i = 0; i < depth && start + 4 * i < m->len; i++) {
		uint16_t len = m->len - start - 4 * i + (one_in(8) ? rnd(9) : 0);

		memcpy(m->bytes + start + 4 * i, &len, sizeof(len));
	}
}

static void wrong_flags(struct message *m)
{
	size_t at = NLMSG_HDRLEN + GENL_HDRLEN;
	uint16_t type;

	if (m->len < at + NLA_HDRLEN)
		return;
	memcpy(&type, m->bytes + at + 2, sizeof(type));
	type |= rnd(2) ? NLA_F_NESTED : NLA_F_NET_BYTEORDER;
	memcpy(m->bytes + at + 2, &type, sizeof(type));
}

static void cut(struct message *m)
{
	m->len -= 1 + rnd(m->len - 1 < 12 ? m->len - 1 : 12);
	m->core |= m->len < NLMSG_HDRLEN + GENL_HDRLEN;
}

/* A length that lies about one of its attributes */
static void lying_attribute(struct message *m)
{
	size_t at = NLMSG_HDRLEN + GENL_HDRLEN;
	uint16_t len = one_in(2) ? rnd(4) : rnd(70) + 1;

	if (m->len >= at + NLA_HDRLEN)
		memcpy(m->bytes + at, &len, sizeof(len));
}

static void left_over(struct message *m)
{
	size_t len = 1 + rnd(ROOM - 1);

	rnd_bytes(m->bytes + m->len, len);
	m->len += len;
}

static void any_byte(struct message *m)
{
	size_t from = NLMSG_HDRLEN + GENL_HDRLEN;

	if (m->len > from)
		m->bytes[from + rnd(m->len - from)] ^= 1 << rnd(8);
}

static void header_of_chance(struct message *m)
{
	struct genlmsghdr *genl = (void *)(m->bytes + NLMSG_HDRLEN);

	if (one_in(2))
		genl->version = rnd(256);
	else
		genl->reserved = rnd(65536);
	m->core = true;
}

static void flags_of_chance(struct message *m)
{
	head(m)->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | (rnd64() & 0x0ff8);
	m->dump = (head(m)->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	m->core = true;
}

static void (*const wrongs[])(struct message *m) = {
	wrong_length, wrong_length, other_attribute, other_attribute, again, again,
	nested_wrongly, wrong_flags, cut, lying_attribute, left_over, any_byte,
	header_of_chance, flags_of_chance,
};

/* --- a message --------------------------------------------------------------------- */

static void begin(struct message *m, int family, uint32_t seq, uint32_t pid, uint8_t cmd)
{
	struct genlmsghdr genl = { .cmd = cmd, .version = EVSE_FAMILY_VERSION };

	*head(m) = (struct nlmsghdr){
		.nlmsg_type = family, .nlmsg_seq = seq, .nlmsg_pid = pid,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | (m->dump ? NLM_F_DUMP : 0),
	};
	memcpy(m->bytes + NLMSG_HDRLEN, &genl, sizeof(genl));
	m->len = NLMSG_HDRLEN + GENL_HDRLEN;
}

/* The attribute as a reply had it; false when it had none. */
static bool put_from(struct message *m, unsigned int type, const struct row *row)
{
	int at = 0;

	while (row && row->len - at >= NLA_HDRLEN) {
		const struct nlattr *nla = (const void *)(row->bytes + at);

		if (nla->nla_len < NLA_HDRLEN || nla->nla_len > row->len - at)
			return false;
		if ((nla->nla_type & NLA_TYPE_MASK) == type) {
			put(m, nla->nla_type, row->bytes + at + NLA_HDRLEN,
			    nla->nla_len - NLA_HDRLEN);
			return true;
		}
		at += NLA_ALIGN(nla->nla_len);
	}
	return false;
}

/* Most codes are the kernel's own. */
static bool put_raisable(struct message *m, unsigned int type)
{
	static const uint32_t codes[] = {
		EVSE_FAULT_CODE_ISO_HANDSHAKE, EVSE_FAULT_CODE_HANDSHAKE_DENIED,
		EVSE_FAULT_CODE_PLC_FAILURE, EVSE_FAULT_CODE_PACKET_LOSS,
	};

	if (m->op->cmd != EVSE_CMD_FAULT_RAISE || type != EVSE_A_FAULT_CODE ||
	    one_in(2))
		return false;
	put(m, type, &codes[rnd(COUNT(codes))], sizeof(codes[0]));
	return true;
}

/* What names a port is mostly that of one that exists. */
static void put_asked(struct message *m)
{
	const struct row *row = one_in(2) ? any_row(m->op->set) : NULL;
	uint32_t port = rnd(32) ? rnd(PORTS) : (uint32_t)rnd_edge();
	int i;

	for (i = 0; i < ASKED_MAX && m->op->asked[i]; i++) {
		unsigned int type = m->op->asked[i];
		const struct attr *attr = attr_of(m->op, type);
		bool names_port = !strcmp(attr->name, "id") ||
				  !strcmp(attr->name, "port");

		if (one_in(i ? 5 : 24) || put_raisable(m, type) ||
		    put_from(m, type, row))
			continue;
		if (names_port)
			put(m, type, &port, sizeof(port));
		else
			put_value(m, type, attr);
	}
}

static const struct op *op_of(uint8_t cmd)
{
	int i;

	for (i = 0; i < OPS; i++)
		if (ops[i].cmd == cmd)
			return &ops[i];
	return NULL;
}

/* Without @op any command, which may be one of the family's, and attributes of chance. */
static void make_message(struct message *m, const struct op *op, bool crooked,
			 int family, uint32_t seq, uint32_t pid)
{
	uint8_t cmd = op ? op->cmd : rnd(2) ? rnd(NUMBERS + 4) : rnd(256);
	int i;

	m->op = op_of(cmd);
	m->core = !op;
	m->dump = op ? one_in(op->dump ? 4 : 40) : one_in(4);
	begin(m, family, seq, pid, cmd);
	if (op) {
		put_asked(m);
		for (i = crooked ? 1 + rnd(2) : 0; i; i--)
			wrongs[rnd(COUNT(wrongs))](m);
	} else {
		rnd_bytes(m->bytes + m->len, 48);
		m->len += rnd(48);
	}
	head(m)->nlmsg_len = m->len;
}

#endif /* KFUZZ_MESSAGE_H */
