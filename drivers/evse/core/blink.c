// SPDX-License-Identifier: GPL-2.0-only
/*
 * What status lights say, as flashes. Pure: values in, values out.
 * Documentation/admin-guide/status-lights.rst is for those who read them.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <kunit/visibility.h>

#include "blink.h"

/*
 * A digit of a code is its fives and ones, so that nobody has to count far; the
 * lengths and pauses are apart by a factor of two and a half and more, so that
 * nobody has to measure.
 */
#define ONE_MS		200
#define FIVE_MS		800
#define ZERO_MS		2000
#define FLASH_GAP_MS	300
#define DIGIT_GAP_MS	1200
#define CODE_GAP_MS	3000

#define DIGITS_MAX	8
#define DIGITS_MIN	2

/* The state light says in two seconds what it says. */
static const struct {
	struct evse_flash flash[2];
	unsigned int count;
} states[EVSE_SHOWS] = {
	[EVSE_SHOWS_NOTHING] = { .count = 0 },
	[EVSE_SHOWS_WAITING] = { { { 200, 1800 } }, 1 },
	[EVSE_SHOWS_BUSY] = { { { 300, 300 } }, 1 },
	[EVSE_SHOWS_READY] = { { { 0, 0 } }, 1 },
	[EVSE_SHOWS_CHARGING] = { { { 1000, 1000 } }, 1 },
	[EVSE_SHOWS_FEEDING] = { { { 200, 200 }, { 200, 1400 } }, 2 },
};

/**
 * evse_blink_shows() - what the state light says of a port
 * @state: state of the port
 * @power_mw: effective power, charging positive
 *
 * Return: what it says.
 */
enum evse_shows evse_blink_shows(enum evse_port_state state, s32 power_mw)
{
	switch (state) {
	case EVSE_PORT_STATE_CONNECTED:
	case EVSE_PORT_STATE_REQUESTING:
		return EVSE_SHOWS_WAITING;
	case EVSE_PORT_STATE_LOCKING:
	case EVSE_PORT_STATE_CHECKING:
	case EVSE_PORT_STATE_CLOSING:
	case EVSE_PORT_STATE_STOPPING:
	case EVSE_PORT_STATE_OPENING:
		return EVSE_SHOWS_BUSY;
	case EVSE_PORT_STATE_ENERGISED:
		if (power_mw > 0)
			return EVSE_SHOWS_CHARGING;
		return power_mw < 0 ? EVSE_SHOWS_FEEDING : EVSE_SHOWS_READY;
	default:
		return EVSE_SHOWS_NOTHING;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_blink_shows);

/**
 * evse_blink_state() - the pattern of the state light
 * @blink: set to it, at its beginning
 * @shows: enum evse_shows
 */
void evse_blink_state(struct evse_blink *blink, u32 shows)
{
	unsigned int i;

	*blink = (struct evse_blink){ .count = states[shows].count };
	for (i = 0; i < blink->count; i++)
		blink->flash[i] = states[shows].flash[i];
}
EXPORT_SYMBOL_IF_KUNIT(evse_blink_state);

static void add(struct evse_blink *blink, unsigned int times, u16 on_ms)
{
	while (times--)
		blink->flash[blink->count++] =
			(struct evse_flash){ on_ms, FLASH_GAP_MS };
}

/**
 * evse_blink_code() - the pattern of the fault light
 * @blink: set to it, at its beginning
 * @code: code of a fault; EVSE_FAULT_CODE_NONE is a dark light
 *
 * The hexadecimal digits of the code from the left, two at least.
 */
void evse_blink_code(struct evse_blink *blink, u32 code)
{
	unsigned int digits = DIGITS_MAX;

	*blink = (struct evse_blink){ };
	if (code == EVSE_FAULT_CODE_NONE)
		return;

	while (digits > DIGITS_MIN && !(code >> (4 * (digits - 1))))
		digits--;
	while (digits--) {
		u32 digit = code >> (4 * digits) & 0xf;

		add(blink, !digit, ZERO_MS);
		add(blink, digit / 5, FIVE_MS);
		add(blink, digit % 5, ONE_MS);
		blink->flash[blink->count - 1].off_ms =
			digits ? DIGIT_GAP_MS : CODE_GAP_MS;
	}
}
EXPORT_SYMBOL_IF_KUNIT(evse_blink_code);

/**
 * evse_blink_next() - go on to the next part of a pattern
 * @blink: the pattern
 * @lit: set to whether the light is on in this part
 *
 * Return: how long this part lasts, in milliseconds; 0 for good.
 */
u32 evse_blink_next(struct evse_blink *blink, bool *lit)
{
	const struct evse_flash *flash = &blink->flash[blink->at / 2];

	*lit = blink->count && blink->at % 2 == 0;
	if (!blink->count)
		return 0;
	blink->at = (blink->at + 1) % (2 * blink->count);
	return *lit ? flash->on_ms : flash->off_ms;
}
EXPORT_SYMBOL_IF_KUNIT(evse_blink_next);
