/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quantities as a person types and reads them: -5kW, 7200W, "7.2 kW", 16A.
 *
 * Reading is exact: whole milliwatts, milliamperes and milliseconds, in integer
 * arithmetic. A number without a unit is refused, except 0.
 */
#ifndef EVSE_UNITS_H
#define EVSE_UNITS_H

#include <stddef.h>
#include <stdint.h>

#include "evse-grid.h"
#include "evse-record.h"

/**
 * evse_parse_power() - "-5kW" to milliwatt
 * @text: number and mW, W, kW or MW, white space between them allowed
 * @mw: written here
 * @why: on failure, what is wrong and what to type; a constant
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_power(const char *text, int32_t *mw, const char **why);

/**
 * evse_parse_current() - "16A" to milliampere
 * @text: number, not negative, and mA or A
 * @ma: written here
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_current(const char *text, uint32_t *ma, const char **why);

/**
 * evse_parse_voltage() - "150V" to millivolt
 * @text: number, not negative, and mV, V or kV
 * @mv: written here
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_voltage(const char *text, int32_t *mv, const char **why);

/**
 * evse_parse_energy() - "60kWh" to milliwatthours
 * @text: number, not negative, and mWh, Wh or kWh
 * @mwh: written here
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_energy(const char *text, int64_t *mwh, const char **why);

/**
 * evse_parse_duration() - "1.5", "1.5s" or "1500ms" to milliseconds
 * @text: number, not negative, and ms or s
 * @bare: what a number without a unit is: "s" or "ms"
 * @ms: written here
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_duration(const char *text, const char *bare, uint32_t *ms,
			const char **why);

/**
 * evse_parse_carrier() - "16000", "16kHz" to hertz
 * @text: number, not negative, and Hz, kHz or nothing, which is Hz
 * @hz: written here
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_carrier(const char *text, uint32_t *hz, const char **why);

/**
 * evse_parse_threshold() - "85", "85C", "5C/min" to a thermal setting's value
 * @text: number, and C, or C/min for a rate, or nothing, which is the same
 * @element: enum evse_thermal_element
 * @value: written here, in thousandths
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_threshold(const char *text, uint32_t element, int32_t *value,
			 const char **why);

/**
 * evse_parse_pickup() - "0.88", "58.5Hz", "1Hz/s" to a grid setting's pick-up
 * @text: number and, in most units, a suffix; a bare number is p.u. or a gain
 * @unit: unit of the element
 * @pickup: written here
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_pickup(const char *text, enum evse_grid_unit unit,
		      int32_t *pickup, const char **why);

/**
 * evse_parse_setting() - "0.88/2s": PICKUP, PICKUP/TIME or /TIME
 * @text: the text
 * @setting: its element says in which unit; pickup and time_ms are written, and
 *	their bits in has
 * @why: as above
 *
 * Return: 0, -EINVAL or -ERANGE.
 */
int evse_parse_setting(const char *text, struct evse_grid_setting_info *setting,
		       const char **why);

/**
 * evse_format() - a quantity for people, rounded to three decimals
 * @value: the quantity
 * @unit: its unit
 * @buf: written here
 * @size: bytes of @buf, 32 are enough
 *
 * Return: @buf
 */
char *evse_format(int64_t value, enum evse_unit unit, char *buf, size_t size);

/**
 * evse_format_exact() - a quantity that the parsers read back to the same value
 * @value: the quantity
 * @unit: its unit
 * @buf: written here
 * @size: bytes of @buf, 32 are enough
 *
 * Return: @buf
 */
char *evse_format_exact(int64_t value, enum evse_unit unit, char *buf,
			size_t size);

/**
 * evse_format_pickup() - a pick-up for people
 * @pickup: the pick-up
 * @unit: enum evse_grid_unit
 * @buf: written here
 * @size: bytes of @buf, 32 are enough
 *
 * Return: @buf
 */
char *evse_format_pickup(int32_t pickup, uint32_t unit, char *buf, size_t size);

/**
 * evse_format_setting() - what evse_parse_setting() reads back
 * @setting: the setting; pick-up and time if it has them
 * @buf: written here
 * @size: bytes of @buf, 64 are enough
 *
 * Return: @buf
 */
char *evse_format_setting(const struct evse_grid_setting_info *setting,
			  char *buf, size_t size);

#endif /* EVSE_UNITS_H */
