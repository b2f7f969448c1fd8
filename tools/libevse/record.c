// SPDX-License-Identifier: GPL-2.0-or-later
/* What an attribute table can do: decode, compare, print, write JSON. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <netlink/attr.h>

#include "evse-json.h"
#include "evse-record.h"
#include "evse-units.h"

static size_t width(const struct evse_field *f)
{
	switch (f->type) {
	case EVSE_T_BOOL:
		return sizeof(uint8_t);
	case EVSE_T_U64:
		return sizeof(uint64_t);
	case EVSE_T_STRING:
		return f->size;
	default:
		return sizeof(uint32_t);
	}
}

static const struct evse_field *field_of(const struct evse_record *rec,
					 int attr)
{
	size_t i;

	for (i = 0; i < rec->count; i++)
		if (rec->field[i].attr == attr)
			return &rec->field[i];
	return NULL;
}

static unsigned int list_count(const struct evse_field *f, const void *obj)
{
	unsigned int count;

	memcpy(&count, (const char *)obj + f->count_offset, sizeof(count));
	return count;
}

static int decode_list(const struct evse_field *f, const struct nlattr *a,
		       char *obj)
{
	unsigned int count = list_count(f, obj);
	int err;

	if (count >= f->size)
		return -E2BIG;
	err = evse_record_decode(f->nest, nla_data(a), nla_len(a),
				 obj + f->offset + count * f->nest->size);
	count++;
	memcpy(obj + f->count_offset, &count, sizeof(count));
	return err;
}

static int decode_number(const struct evse_field *f, const struct nlattr *a,
			 char *obj)
{
	unsigned int count = list_count(f, obj);

	if (count >= f->size)
		return -E2BIG;
	if ((size_t)nla_len(a) < sizeof(uint32_t))
		return -EBADMSG;
	memcpy(obj + f->offset + count * sizeof(uint32_t), nla_data(a),
	       sizeof(uint32_t));
	count++;
	memcpy(obj + f->count_offset, &count, sizeof(count));
	return 0;
}

static int decode_field(const struct evse_field *f, const struct nlattr *a,
			char *obj)
{
	size_t len;

	switch (f->type) {
	case EVSE_T_LIST:
		return decode_list(f, a, obj);
	case EVSE_T_NUMBERS:
		return decode_number(f, a, obj);
	case EVSE_T_NEST:
		return evse_record_decode(f->nest, nla_data(a), nla_len(a),
					  obj + f->offset);
	case EVSE_T_STRING:
		len = strnlen(nla_data(a), (size_t)nla_len(a));
		if (len >= f->size)
			len = f->size - 1;
		memcpy(obj + f->offset, nla_data(a), len);
		obj[f->offset + len] = '\0';
		return 0;
	default:
		if ((size_t)nla_len(a) < width(f))
			return -EBADMSG;
		memcpy(obj + f->offset, nla_data(a), width(f));
		return 0;
	}
}

int evse_record_decode(const struct evse_record *rec,
		       const struct nlattr *attrs, int len, void *obj)
{
	const struct evse_field *f;
	const struct nlattr *a;
	uint64_t has = 0;
	int rem, err;

	memset(obj, 0, rec->size);
	nla_for_each_attr(a, attrs, len, rem) {
		f = field_of(rec, nla_type(a));
		if (!f)
			continue;
		err = decode_field(f, a, obj);
		if (err)
			return err;
		has |= UINT64_C(1) << f->attr;
	}
	memcpy(obj, &has, sizeof(has));
	return 0;
}

/* A number of any type. */
static int64_t get_number(const struct evse_field *f, const void *obj)
{
	const char *p = (const char *)obj + f->offset;
	uint32_t u;
	int32_t s;

	switch (f->type) {
	case EVSE_T_BOOL:
		return *(const uint8_t *)p;
	case EVSE_T_S32:
		memcpy(&s, p, sizeof(s));
		return s;
	default:
		memcpy(&u, p, sizeof(u));
		return u;
	}
}

static uint64_t get_u64(const struct evse_field *f, const void *obj)
{
	uint64_t u;

	memcpy(&u, (const char *)obj + f->offset, sizeof(u));
	return u;
}

static uint32_t nth_number(const struct evse_field *f, const void *obj,
			   unsigned int i)
{
	uint32_t u;

	memcpy(&u, (const char *)obj + f->offset + i * sizeof(u), sizeof(u));
	return u;
}

static void json_field(const struct evse_field *f, const void *obj,
		       struct evse_json *json)
{
	const char *p = (const char *)obj + f->offset;
	uint32_t number;
	unsigned int i;
	char key[64];

	switch (f->type) {
	case EVSE_T_BOOL:
		evse_json_bool(json, f->name, get_number(f, obj));
		break;
	case EVSE_T_U64:
		evse_json_uint(json, f->name, get_u64(f, obj));
		break;
	case EVSE_T_STRING:
		evse_json_string(json, f->name, p);
		break;
	case EVSE_T_ENUM:
		number = (uint32_t)get_number(f, obj);
		evse_json_string(json, f->name, evse_name_of(f->names, number));
		break;
	case EVSE_T_CODE:
		number = (uint32_t)get_number(f, obj);
		evse_json_uint(json, f->name, number);
		snprintf(key, sizeof(key), "%s-name", f->name);
		evse_json_string(json, key, evse_name_of(f->names, number));
		break;
	case EVSE_T_FLAGS:
		number = (uint32_t)get_number(f, obj);
		evse_json_open(json, f->name, '[');
		for (i = 0; i < f->names->count; i++)
			if (number & f->names->entry[i].value)
				evse_json_string(json, NULL,
						 f->names->entry[i].name);
		evse_json_close(json, ']');
		break;
	case EVSE_T_NEST:
		evse_json_open(json, f->name, '{');
		evse_record_json(f->nest, p, json);
		evse_json_close(json, '}');
		break;
	case EVSE_T_LIST:
		evse_json_open(json, f->name, '[');
		for (i = 0; i < list_count(f, obj); i++) {
			evse_json_open(json, NULL, '{');
			evse_record_json(f->nest, p + i * f->nest->size, json);
			evse_json_close(json, '}');
		}
		evse_json_close(json, ']');
		break;
	case EVSE_T_NUMBERS:
		evse_json_open(json, f->name, '[');
		for (i = 0; i < list_count(f, obj); i++)
			evse_json_uint(json, NULL, nth_number(f, obj, i));
		evse_json_close(json, ']');
		break;
	default:
		evse_json_int(json, f->name, get_number(f, obj));
		break;
	}
}

void evse_record_json(const struct evse_record *rec, const void *obj,
		      struct evse_json *json)
{
	size_t i;

	for (i = 0; i < rec->count; i++)
		if (evse_has(obj, rec->field[i].attr))
			json_field(&rec->field[i], obj, json);
}

static void flags_text(const struct evse_names *names, uint32_t bits,
		       char *buf, size_t size)
{
	size_t i, used = 0;
	int n;

	buf[0] = '\0';
	for (i = 0; i < names->count; i++) {
		if (!(bits & names->entry[i].value))
			continue;
		n = snprintf(buf + used, size - used, "%s%s", used ? " " : "",
			     names->entry[i].name);
		if (n < 0 || (size_t)n >= size - used)
			return;
		used += (size_t)n;
	}
	if (!used)
		snprintf(buf, size, "none");
}

static void numbers_text(const struct evse_field *f, const void *obj, char *buf,
			 size_t size)
{
	size_t used = 0;
	unsigned int i;
	char text[32];
	int n;

	buf[0] = '\0';
	for (i = 0; i < list_count(f, obj); i++) {
		n = snprintf(buf + used, size - used, "%s%s", i ? ", " : "",
			     evse_format(nth_number(f, obj, i), f->unit, text,
					 sizeof(text)));
		if (n < 0 || (size_t)n >= size - used) {
			buf[used] = '\0';
			return;
		}
		used += (size_t)n;
	}
}

char *evse_field_text(const struct evse_field *f, const void *obj, char *buf,
		      size_t size)
{
	uint32_t number;

	if (!evse_has(obj, f->attr)) {
		snprintf(buf, size, "-");
		return buf;
	}
	switch (f->type) {
	case EVSE_T_BOOL:
		snprintf(buf, size, "%s", get_number(f, obj) ? "yes" : "no");
		break;
	case EVSE_T_STRING:
		snprintf(buf, size, "%s", (const char *)obj + f->offset);
		break;
	case EVSE_T_ENUM:
		number = (uint32_t)get_number(f, obj);
		snprintf(buf, size, "%s", evse_name_of(f->names, number));
		break;
	case EVSE_T_FLAGS:
		flags_text(f->names, (uint32_t)get_number(f, obj), buf, size);
		break;
	case EVSE_T_NUMBERS:
		numbers_text(f, obj, buf, size);
		break;
	case EVSE_T_CODE:
		number = (uint32_t)get_number(f, obj);
		if (number)
			snprintf(buf, size, "0x%02" PRIX32 " %s", number,
				 evse_name_of(f->names, number));
		else
			snprintf(buf, size, "none");
		break;
	case EVSE_T_U64:
		/* Nanoseconds since boot and energies stay far below 2^63. */
		evse_format((int64_t)get_u64(f, obj), f->unit, buf, size);
		break;
	default:
		evse_format(get_number(f, obj), f->unit, buf, size);
		break;
	}
	return buf;
}

static bool nest_equal(const struct evse_record *rec, const char *a,
		       const char *b)
{
	size_t i;

	for (i = 0; i < rec->count; i++)
		if (!evse_field_equal(&rec->field[i], a, b))
			return false;
	return true;
}

bool evse_field_equal(const struct evse_field *f, const void *a, const void *b)
{
	const char *pa = (const char *)a + f->offset;
	const char *pb = (const char *)b + f->offset;
	unsigned int i;

	if (evse_has(a, f->attr) != evse_has(b, f->attr))
		return false;
	if (!evse_has(a, f->attr))
		return true;
	switch (f->type) {
	case EVSE_T_STRING:
		return !strcmp(pa, pb);
	case EVSE_T_NEST:
		return nest_equal(f->nest, pa, pb);
	case EVSE_T_LIST:
		if (list_count(f, a) != list_count(f, b))
			return false;
		for (i = 0; i < list_count(f, a); i++)
			if (!nest_equal(f->nest, pa + i * f->nest->size,
					pb + i * f->nest->size))
				return false;
		return true;
	case EVSE_T_NUMBERS:
		return list_count(f, a) == list_count(f, b) &&
		       !memcmp(pa, pb, list_count(f, a) * sizeof(uint32_t));
	default:
		return !memcmp(pa, pb, width(f));
	}
}
