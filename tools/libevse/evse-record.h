/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The attribute tables: one line for each netlink attribute of a port, fault,
 * sample. The same line decodes the attribute into its C structure, prints it
 * as text and writes it as JSON.
 */
#ifndef EVSE_RECORD_H
#define EVSE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/evse.h>

/* Bytes of strings, the end of string included; longer ones are cut */
#define EVSE_NAME_SIZE		(EVSE_NAME_MAX + 1)
#define EVSE_TEXT_SIZE		160

struct evse_json;
struct nlattr;

/**
 * struct evse_name - one entry of an enumeration
 * @value: the number on the wire
 * @name: its name in the netlink specification
 */
struct evse_name {
	uint32_t value;
	const char *name;
};

/**
 * struct evse_names - an enumeration
 * @title: what its values are, for messages: "mode"
 * @entry: the entries
 * @count: how many
 */
struct evse_names {
	const char *title;
	const struct evse_name *entry;
	size_t count;
};

extern const struct evse_names evse_port_state_names;
extern const struct evse_names evse_mode_names;
extern const struct evse_names evse_pilot_state_names;
extern const struct evse_names evse_pilot_output_names;
extern const struct evse_names evse_lock_state_names;
extern const struct evse_names evse_supply_names;
extern const struct evse_names evse_guard_state_names;
extern const struct evse_names evse_scope_names;
extern const struct evse_names evse_fault_code_names;
extern const struct evse_names evse_fault_severity_names;
extern const struct evse_names evse_fault_policy_names;
extern const struct evse_names evse_grid_state_names;
extern const struct evse_names evse_grid_element_names;
extern const struct evse_names evse_grid_unit_names;
extern const struct evse_names evse_grid_window_names;
extern const struct evse_names evse_bridge_state_names;
extern const struct evse_names evse_thermal_state_names;
extern const struct evse_names evse_thermal_element_names;

/**
 * evse_name_of() - name of a value
 * @names: the enumeration
 * @value: the value
 *
 * Return: the name, "?" when a newer kernel knows more than this library.
 */
const char *evse_name_of(const struct evse_names *names, uint32_t value);

/**
 * evse_value_of() - value of a name, in any case, with '_' or '-'
 * @names: the enumeration
 * @name: the name
 * @value: the value is written here
 *
 * Return: true when there is such a name.
 */
bool evse_value_of(const struct evse_names *names, const char *name,
		   uint32_t *value);

/**
 * evse_fault_code_of() - fault code from what a person types
 * @text: a number (0x20, 32), a name (ground-fault, GROUND_FAULT,
 *	ERR_LOCK_FAIL) or V2G-502
 * @code: the code is written here
 *
 * Numbers need not be known to the library: the kernel has the catalogue.
 *
 * Return: true when @text is one of these.
 */
bool evse_fault_code_of(const char *text, uint32_t *code);

/**
 * enum evse_type - type of an attribute
 * @EVSE_T_BOOL: u8, 0 or 1
 * @EVSE_T_U32: u32
 * @EVSE_T_S32: s32
 * @EVSE_T_U64: u64
 * @EVSE_T_STRING: string in an array inside the structure
 * @EVSE_T_ENUM: u32 with a name
 * @EVSE_T_FLAGS: u32 of named bits
 * @EVSE_T_CODE: u32 fault code
 * @EVSE_T_NEST: a record inside this one
 * @EVSE_T_LIST: the attribute repeats; an array inside the structure
 * @EVSE_T_NUMBERS: the attribute repeats; an array of u32 inside the structure
 */
enum evse_type {
	EVSE_T_BOOL,
	EVSE_T_U32,
	EVSE_T_S32,
	EVSE_T_U64,
	EVSE_T_STRING,
	EVSE_T_ENUM,
	EVSE_T_FLAGS,
	EVSE_T_CODE,
	EVSE_T_NEST,
	EVSE_T_LIST,
	EVSE_T_NUMBERS,
};

/**
 * enum evse_unit - unit of a number
 * @EVSE_U_NONE: a plain number
 * @EVSE_U_MW: milliwatt
 * @EVSE_U_MA: milliampere
 * @EVSE_U_MV: millivolt
 * @EVSE_U_MWH: milliwatt-hour
 * @EVSE_U_MS: milliseconds
 * @EVSE_U_NS: nanoseconds
 * @EVSE_U_PERMYRIAD: 1/10000
 * @EVSE_U_PERMILLE: 1/1000, as a part of a whole
 * @EVSE_U_PU: 1/1000 of nominal
 * @EVSE_U_HZ: hertz
 * @EVSE_U_MHZ: millihertz
 * @EVSE_U_MHZ_S: millihertz a second
 * @EVSE_U_MDEG: millidegree
 * @EVSE_U_PER_KHZ: 1/1000 of a half cycle per hertz
 * @EVSE_U_MC: thousandths of a degree Celsius
 * @EVSE_U_MC_MIN: thousandths of a degree a minute
 */
enum evse_unit {
	EVSE_U_NONE,
	EVSE_U_MW,
	EVSE_U_MA,
	EVSE_U_MV,
	EVSE_U_MWH,
	EVSE_U_MS,
	EVSE_U_NS,
	EVSE_U_PERMYRIAD,
	EVSE_U_PERMILLE,
	EVSE_U_PU,
	EVSE_U_HZ,
	EVSE_U_MHZ,
	EVSE_U_MHZ_S,
	EVSE_U_MDEG,
	EVSE_U_PER_KHZ,
	EVSE_U_MC,
	EVSE_U_MC_MIN,
};

struct evse_record;

/**
 * struct evse_field - one attribute
 * @name: its name in the netlink specification
 * @attr: its number
 * @type: its type
 * @unit: its unit
 * @offset: where the structure has it
 * @size: bytes of the array of a string, or entries of the array of a list or
 *	of numbers
 * @count_offset: where the structure counts the entries of a list or the numbers
 * @names: names of an enumeration or of bits
 * @nest: what is nested
 */
struct evse_field {
	const char *name;
	uint16_t attr;
	uint8_t type;
	uint8_t unit;
	size_t offset;
	size_t size;
	size_t count_offset;
	const struct evse_names *names;
	const struct evse_record *nest;
};

/**
 * struct evse_record - an attribute set and the structure that holds it
 * @name: name of the attribute set in the netlink specification
 * @size: size of the structure. It begins with a uint64_t: bit N is set when
 *	attribute N was present
 * @field: the attributes
 * @count: how many
 */
struct evse_record {
	const char *name;
	size_t size;
	const struct evse_field *field;
	size_t count;
};

extern const struct evse_record evse_guard_record;
extern const struct evse_record evse_limiter_record;
extern const struct evse_record evse_contact_record;
extern const struct evse_record evse_counters_record;
extern const struct evse_record evse_port_record;
extern const struct evse_record evse_fault_record;
extern const struct evse_record evse_sample_record;
extern const struct evse_record evse_grid_record;
extern const struct evse_record evse_grid_setting_record;
extern const struct evse_record evse_bridge_record;
extern const struct evse_record evse_thermal_record;
extern const struct evse_record evse_thermal_setting_record;

/**
 * evse_has() - was an attribute present?
 * @obj: a structure of a record
 * @attr: the attribute
 *
 * Return: true when it was.
 */
static inline bool evse_has(const void *obj, unsigned int attr)
{
	return (*(const uint64_t *)obj >> attr) & 1;
}

/**
 * evse_record_decode() - attributes into a structure
 * @rec: the record
 * @attrs: the first attribute
 * @len: bytes of attributes
 * @obj: the structure; cleared first
 *
 * Attributes that the table does not have are skipped.
 *
 * Return: 0, -EBADMSG when an attribute is shorter than its type, -E2BIG when
 * a list has more entries than the structure.
 */
int evse_record_decode(const struct evse_record *rec,
		       const struct nlattr *attrs, int len, void *obj);

/**
 * evse_record_json() - write the attributes that are present as JSON members
 * @rec: the record
 * @obj: the structure
 * @json: an object that is open
 */
void evse_record_json(const struct evse_record *rec, const void *obj,
		      struct evse_json *json);

/**
 * evse_field_text() - value of one attribute for people
 * @field: the attribute; not a nest or a list
 * @obj: the structure
 * @buf: the text is written here
 * @size: bytes of @buf
 *
 * Return: @buf
 */
char *evse_field_text(const struct evse_field *field, const void *obj,
		      char *buf, size_t size);

/**
 * evse_field_equal() - is an attribute the same in two structures?
 * @field: the attribute
 * @a: one
 * @b: the other
 *
 * Return: true when both have the same value, or both have none.
 */
bool evse_field_equal(const struct evse_field *field, const void *a,
		      const void *b);

#endif /* EVSE_RECORD_H */
