// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sine from a table, angle and length of a vector by CORDIC.
 *
 * Values in, values out. A sine costs some 12 instructions, a vector some 150.
 */
#include <kunit/visibility.h>
#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/export.h>

#include "sine.h"

/* Steps of a quarter turn, as a power of two. */
#define EVSE_SINE_BITS		8

/* What is left of an angle within a quarter. */
#define EVSE_SINE_SHIFT		(30 - EVSE_SINE_BITS)

/*
 * round(65536 * sin(i / 256 * 90 degrees)). Between two of them it is a straight
 * line, which is off by at most (pi / 2 / 256)^2 / 8, a third of the last digit.
 * The last one is there twice, as the end of a line of no length.
 */
static const u32 evse_sine_quarter[(1 << EVSE_SINE_BITS) + 2] = {
	0, 402, 804, 1206, 1608, 2010, 2412, 2814, 3216,
	3617, 4019, 4420, 4821, 5222, 5623, 6023, 6424, 6824,
	7224, 7623, 8022, 8421, 8820, 9218, 9616, 10014, 10411,
	10808, 11204, 11600, 11996, 12391, 12785, 13180, 13573, 13966,
	14359, 14751, 15143, 15534, 15924, 16314, 16703, 17091, 17479,
	17867, 18253, 18639, 19024, 19409, 19792, 20175, 20557, 20939,
	21320, 21699, 22078, 22457, 22834, 23210, 23586, 23961, 24335,
	24708, 25080, 25451, 25821, 26190, 26558, 26925, 27291, 27656,
	28020, 28383, 28745, 29106, 29466, 29824, 30182, 30538, 30893,
	31248, 31600, 31952, 32303, 32652, 33000, 33347, 33692, 34037,
	34380, 34721, 35062, 35401, 35738, 36075, 36410, 36744, 37076,
	37407, 37736, 38064, 38391, 38716, 39040, 39362, 39683, 40002,
	40320, 40636, 40951, 41264, 41576, 41886, 42194, 42501, 42806,
	43110, 43412, 43713, 44011, 44308, 44604, 44898, 45190, 45480,
	45769, 46056, 46341, 46624, 46906, 47186, 47464, 47741, 48015,
	48288, 48559, 48828, 49095, 49361, 49624, 49886, 50146, 50404,
	50660, 50914, 51166, 51417, 51665, 51911, 52156, 52398, 52639,
	52878, 53114, 53349, 53581, 53812, 54040, 54267, 54491, 54714,
	54934, 55152, 55368, 55582, 55794, 56004, 56212, 56418, 56621,
	56823, 57022, 57219, 57414, 57607, 57798, 57986, 58172, 58356,
	58538, 58718, 58896, 59071, 59244, 59415, 59583, 59750, 59914,
	60075, 60235, 60392, 60547, 60700, 60851, 60999, 61145, 61288,
	61429, 61568, 61705, 61839, 61971, 62101, 62228, 62353, 62476,
	62596, 62714, 62830, 62943, 63054, 63162, 63268, 63372, 63473,
	63572, 63668, 63763, 63854, 63944, 64031, 64115, 64197, 64277,
	64354, 64429, 64501, 64571, 64639, 64704, 64766, 64827, 64884,
	64940, 64993, 65043, 65091, 65137, 65180, 65220, 65259, 65294,
	65328, 65358, 65387, 65413, 65436, 65457, 65476, 65492, 65505,
	65516, 65525, 65531, 65535, 65536, 65536,
};

/**
 * evse_sine() - sine of an angle
 * @angle: 2^32 is a turn
 *
 * Return: Q16, -65536 to 65536; off by less than EVSE_SINE_ERROR.
 */
s32 evse_sine(u32 angle)
{
	u32 at = angle & (EVSE_TURN_4 - 1), rest;
	const u32 *line;
	s32 sine;

	if (angle & EVSE_TURN_4)
		at = EVSE_TURN_4 - at;
	line = &evse_sine_quarter[at >> EVSE_SINE_SHIFT];
	rest = at & ((1 << EVSE_SINE_SHIFT) - 1);
	sine = line[0] + (((line[1] - line[0]) * rest +
			   (1 << (EVSE_SINE_SHIFT - 1))) >> EVSE_SINE_SHIFT);
	return angle >> 31 ? -sine : sine;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sine);

/* round(atan(2^-i) / 360 degrees * 2^32) */
static const u32 evse_polar_turn[] = {
	536870912, 316933406, 167458907, 85004756, 42667331, 21354465,
	10679838, 5340245, 2670163, 1335087, 667544, 333772,
	166886, 83443, 41722, 20861,
};

/* Each of the rotations makes the vector longer: Q32 of what takes that back. */
#define EVSE_POLAR_GAIN		2608131497U

/* Digits behind the point while the vector is turned. */
#define EVSE_POLAR_BITS		8

/**
 * evse_polar() - angle and length of a vector
 * @x: its part at angle 0, less than EVSE_POLAR_MAX either way
 * @y: its part a quarter turn later, likewise
 * @angle: set; off by less than 0.002 degrees, and what x and y leave open
 *
 * The vector is turned to angle 0 by steps whose tangents are powers of two.
 *
 * Return: the length, off by less than one.
 */
u32 evse_polar(s32 x, s32 y, u32 *angle)
{
	u32 turn = 0;
	unsigned int i;

	if (x < 0) {
		x = -x;
		y = -y;
		turn = 2 * EVSE_TURN_4;
	}
	x *= 1 << EVSE_POLAR_BITS;
	y *= 1 << EVSE_POLAR_BITS;
	for (i = 0; i < ARRAY_SIZE(evse_polar_turn); i++) {
		s32 dx = y >> i, dy = x >> i;

		if (y > 0) {
			x += dx;
			y -= dy;
			turn += evse_polar_turn[i];
		} else {
			x -= dx;
			y += dy;
			turn -= evse_polar_turn[i];
		}
	}
	*angle = turn;
	return ((u64)x * EVSE_POLAR_GAIN + (1ULL << (31 + EVSE_POLAR_BITS))) >>
	       (32 + EVSE_POLAR_BITS);
}
EXPORT_SYMBOL_IF_KUNIT(evse_polar);
