// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frequency, its rate of change and vector shift from the times of zero
 * crossings.
 *
 * Values in, values out: no device, clock or lock. It runs in the hard
 * interrupt of the crossing: an edge costs a few dozen operations, and a 64-bit
 * division only when the phase has jumped; a reading costs five divisions and a
 * sum over the RoCoF window.
 *
 * Only times between crossings of the same direction are compared, so that a
 * comparator whose output is not high for exactly half of the time does no
 * harm.
 *
 * A jump of the phase moves one crossing and all that follow by the same time.
 * Left in the stamps, it would be a frequency that never was, for as long as a
 * window has a foot on each side: 60 degrees are 1.7 Hz over five cycles, and
 * tens of hertz a second. So each crossing is compared with the line through
 * those before it. When one is off by 3 degrees, readings stand still until the
 * next two or three have told what it was:
 *
 *   it was alone:            noise; it is put back on the line
 *   they stay off as much:   a jump; it is shown, and taken out of the stamps
 *   they go further off:     the frequency has changed; they count as they are
 *
 * Where crossings are noisy, what counts as off grows with the noise.
 *
 * Two jumps within two cycles go further off, or come back, as well, and some of
 * them is left in the stamps. A reading that has it says that it is not sure.
 */
#include <kunit/visibility.h>
#include <linux/build_bug.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "grid_freq.h"

/* Half a period in ns is this, divided by the frequency in millihertz. */
#define EVSE_FREQ_HALF		(500ULL * NSEC_PER_SEC)

#define EVSE_FREQ_HALF_MIN_NS	(EVSE_FREQ_HALF / EVSE_FREQ_MAX_MHZ)
#define EVSE_FREQ_HALF_MAX_NS	(EVSE_FREQ_HALF / EVSE_FREQ_MIN_MHZ)

/* Without a measured period, patience is that of 50 Hz at least. */
#define EVSE_FREQ_HALF_UNKNOWN	(EVSE_FREQ_HALF / 50000)

/* Crossings in a row that are more than an edge now and then: a period. */
#define EVSE_FREQ_PERIOD	3

/* Half cycles of the slow reading. */
#define EVSE_FREQ_SLOW		120

/* Half cycles that the line through earlier crossings is drawn from. */
#define EVSE_FREQ_LINE		8

/* Half cycles that tell whether a fast reading is sure, some of before it. */
#define EVSE_FREQ_DOUBT		(EVSE_FREQ_FAST + EVSE_FREQ_OPEN)

/* Half cycles in which a new frequency becomes that of the line. */
#define EVSE_FREQ_SETTLE	(EVSE_FREQ_LINE + 2)

/*
 * Half cycles with stray edges, in a row, that no lock survives. They are fewer
 * than a lock takes, so that none is made of them either.
 */
#define EVSE_FREQ_DIRTY		8

/*
 * A crossing within 3 degrees of the line is on it. A jump of less than that
 * moves the fast reading by no more than 100 mHz at 60 Hz.
 */
#define EVSE_FREQ_ON_LINE(half)	((half) / 60)

/* Whoever counts crossings back finds them. */
static_assert(EVSE_FREQ_SLOW + 1 + EVSE_FREQ_OPEN + 1 <= EVSE_FREQ_RING);
static_assert(EVSE_FREQ_FAST + 1 <= EVSE_FREQ_LOCK);
static_assert(EVSE_FREQ_LINE + 3 <= EVSE_FREQ_LOCK);
static_assert(EVSE_FREQ_DIRTY + 1 < EVSE_FREQ_LOCK);

static s64 evse_freq_after(s64 when, u32 ns)
{
	s64 sum;

	return check_add_overflow(when, (s64)ns, &sum) ? S64_MAX : sum;
}

/* The stamp that many crossings ago. */
static u32 evse_freq_at(const struct evse_freq *f, u32 ago)
{
	return f->stamp[(f->head - ago) % EVSE_FREQ_RING];
}

static void evse_freq_move(struct evse_freq *f, u32 ago, s32 ns)
{
	f->stamp[(f->head - ago) % EVSE_FREQ_RING] -= ns;
}

/*
 * How many crossings ago readings end: at the latest that is known to be good.
 * Of those on the line, the latest may be one that a jump has cut short by less
 * than was noticed.
 */
static u32 evse_freq_end(const struct evse_freq *f)
{
	return f->open ? f->open + 1 : 0;
}

/* Time that the half cycles up to there took. */
static u32 evse_freq_span(const struct evse_freq *f, u32 halves)
{
	u32 end = evse_freq_end(f);

	return evse_freq_at(f, end) - evse_freq_at(f, end + halves);
}

static bool evse_freq_is_mains(u32 span_ns, u32 halves)
{
	return span_ns >= halves * (u32)EVSE_FREQ_HALF_MIN_NS &&
	       span_ns <= halves * (u32)EVSE_FREQ_HALF_MAX_NS;
}

/* Forget all but the latest crossings, this many (0 or 1). */
static void evse_freq_restart(struct evse_freq *f, u32 count)
{
	f->count = count;
	f->open = 0;
	f->before = 0;
	f->drift = 0;
	f->settle = 0;
	f->noise = 0;
	f->skew = 0;
	f->shift_mdeg = 0;
	f->shift_left = 0;
	f->stray = false;
	f->dirty = 0;
}

static void evse_freq_learn_skew(struct evse_freq *f)
{
	s32 most = f->half_ns / 4;
	s32 now = evse_freq_at(f, 0) - evse_freq_at(f, 1);
	s32 prev = evse_freq_at(f, 1) - evse_freq_at(f, 2);
	s32 skew = (f->rising ? prev - now : now - prev) / 2;

	f->skew += (clamp(skew, -most, most) - f->skew) / 8;
}

static void evse_freq_learn_noise(struct evse_freq *f, s32 off, s32 limit)
{
	f->noise += (min(abs(off), limit) - f->noise) / 16;
}

/* Periods have to be those of a mains, and each like the one before. */
static bool evse_freq_acquire(struct evse_freq *f)
{
	s32 change;

	if (f->count < 3)
		return true;
	if (!evse_freq_is_mains(evse_freq_span(f, 2), 2))
		return false;
	if (f->count < 4)
		return true;
	change = evse_freq_span(f, 2) -
		 (evse_freq_at(f, 1) - evse_freq_at(f, 3));
	return abs(change) <= (s32)f->half_ns / 16;
}

/*
 * How late the latest crossing is, by the four cycles that end with the latest
 * one of the same direction that is on the line, and by what a steady change of
 * frequency has made of such predictions up to now: the middle of those cycles
 * lies 2.5 cycles back, so that an error of 5 a cycle ahead is 12 two ahead.
 */
static s32 evse_freq_off(const struct evse_freq *f)
{
	u32 cycles = f->open > 2 ? 2 : 1;
	u32 from = evse_freq_at(f, cycles * 2);
	u32 line = from - evse_freq_at(f, cycles * 2 + EVSE_FREQ_LINE);
	s32 drift = cycles == 1 ? f->drift : f->drift * 12 / 5;

	return evse_freq_at(f, 0) - from -
	       cycles * line / (EVSE_FREQ_LINE / 2) - drift;
}

/* A crossing or two stood alone: back on the line with them. */
static void evse_freq_outlier(struct evse_freq *f, s32 limit)
{
	u32 i;

	for (i = 0; i < f->open; i++)
		evse_freq_learn_noise(f, f->off[i], limit);
	evse_freq_move(f, 2, f->off[0]);
	if (abs(f->off[1]) > limit)
		evse_freq_move(f, 1, f->off[1]);
	f->open = 0;
}

/*
 * The phase has jumped, and since then crossings are late by @ns. When that
 * made the voltage change its sign, the crossing at that moment is late by less
 * than all others: @cut of them is put back on the line.
 */
static void evse_freq_jump(struct evse_freq *f, s32 ns, u32 cut)
{
	u32 half_ns = evse_freq_span(f, EVSE_FREQ_LINE) / EVSE_FREQ_LINE;
	s32 mdeg = div_s64(-(s64)ns * 180000, half_ns);
	u32 ago;

	if (cut)
		evse_freq_move(f, f->open - 1, f->off[0]);
	else
		evse_freq_move(f, f->open, f->before);
	for (ago = 0; ago < f->open - cut; ago++)
		evse_freq_move(f, ago, ns);
	f->offset += ns;
	f->open = 0;

	if (abs(mdeg) >= abs(f->shift_mdeg))
		f->shift_mdeg = mdeg;
	f->shift_left = EVSE_FREQ_FAST;
}

static bool evse_freq_same(s32 off, s32 earlier, s32 limit)
{
	return abs(off - earlier) <= limit / 2 + abs(earlier) / 4;
}

static bool evse_freq_is_back(s32 off, s32 earlier, s32 limit)
{
	return (off < 0) != (earlier < 0) ||
	       abs(off) <= max(limit, abs(earlier) / 2);
}

/*
 * Off is one direction only: the crossing that it is predicted from was, by
 * less than was noticed. The prediction of the other one, in between, is freed
 * from what the latest before it was off.
 */
static bool evse_freq_is_alone(const struct evse_freq *f)
{
	s32 other = f->off[1] + f->before * 5 / 4;

	return (other < 0) != (f->off[0] < 0) ||
	       abs(other) < abs(f->off[0]) / 2;
}

/*
 * What the latest crossing says about those that are off the line.
 *
 * Each is compared with the one a cycle earlier: both are predicted from the
 * same crossing, so that a constant rate of change, which makes the first two
 * off by the same, is not mistaken for a jump.
 */
static bool evse_freq_explain(struct evse_freq *f)
{
	s32 limit = max_t(s32, EVSE_FREQ_ON_LINE(f->half_ns), f->noise * 4);
	s32 off;

	f->open++;
	off = evse_freq_off(f);
	f->off[f->open - 1] = off;

	switch (f->open) {
	case 1:
		if (abs(off) > limit)
			return true;
		f->open = 0;
		f->drift += clamp(f->before, -limit / 4, limit / 4) / 8;
		f->before = off;
		evse_freq_learn_noise(f, off, limit);
		evse_freq_learn_skew(f);
		return true;
	case 2:
		return true;
	case 3:
		if (evse_freq_is_back(off, f->off[0], limit))
			evse_freq_outlier(f, limit);
		else if (!evse_freq_same(off, f->off[0], limit))
			return true;
		else if (evse_freq_is_alone(f))
			f->open = 0;
		else if (abs(off - f->off[0]) <= abs(off - f->off[1]))
			evse_freq_jump(f, (off + f->off[0]) / 2, 0);
		else
			evse_freq_jump(f, (off + f->off[1]) / 2, 1);
		break;
	default:
		if (evse_freq_same(off, f->off[1], limit)) {
			evse_freq_jump(f, (off + f->off[1]) / 2, 1);
			break;
		}
		evse_freq_learn_noise(f, f->off[0], limit);
		f->open = 0;
		f->settle = EVSE_FREQ_SETTLE;
		/* Noise all over the half cycles is no frequency. */
		if (f->dirty > EVSE_FREQ_OPEN / 2)
			return false;
	}
	f->before = 0;
	return f->noise <= (s32)f->half_ns / 16;
}

static bool evse_freq_follow(struct evse_freq *f)
{
	if (f->settle) {
		f->settle--;
		f->drift += evse_freq_off(f) / 4;
	} else if (!evse_freq_explain(f)) {
		return false;
	}
	return evse_freq_is_mains(evse_freq_span(f, EVSE_FREQ_FAST),
				  EVSE_FREQ_FAST);
}

static bool evse_freq_take(struct evse_freq *f)
{
	bool locked = f->count > EVSE_FREQ_LOCK;

	f->dirty = f->stray ? f->dirty + 1 : 0;
	f->stray = false;
	if (f->dirty > EVSE_FREQ_DIRTY)
		return false;
	return locked ? evse_freq_follow(f) : evse_freq_acquire(f);
}

/**
 * evse_freq_init() - start without any crossing
 * @f: the crossings
 * @nominal_mhz: nominal frequency, millihertz
 */
void evse_freq_init(struct evse_freq *f, u32 nominal_mhz)
{
	memset(f, 0, sizeof(*f));
	f->half_ns = div_u64(EVSE_FREQ_HALF, clamp_t(u32, nominal_mhz,
						     EVSE_FREQ_MIN_MHZ,
						     EVSE_FREQ_MAX_MHZ));
}
EXPORT_SYMBOL_IF_KUNIT(evse_freq_init);

static bool evse_freq_is_crossing(struct evse_freq *f, s64 when, bool rising)
{
	bool near;

	if (!f->count)
		return true;
	near = when <= evse_freq_after(f->last, f->half_ns / 2 - 1);
	if (!near && rising != f->rising)
		return true;
	/*
	 * Two in the same direction: one of them is wrong. Before there is a
	 * lock it may be the first, a notch's, and would be for ever.
	 */
	if (!near && f->count < EVSE_FREQ_LOCK) {
		evse_freq_restart(f, 0);
		return true;
	}
	/* More than 22 degrees away it is not the crossing's own noise. */
	if (when > evse_freq_after(f->last, f->half_ns / 8))
		f->stray = true;
	return false;
}

/**
 * evse_freq_edge() - take an edge of the line in
 * @f: the crossings
 * @when: of the edge, ns
 * @rising: the line went high: the voltage became positive
 *
 * Of several edges around a crossing, the first is the crossing. Refused is
 * what comes earlier than half a nominal half period after the latest crossing,
 * or, once there is a lock, has the same direction. An edge later than evse_freq_deadline() is the
 * first one of a new history, as after evse_freq_lost().
 *
 * Return: true when it is a crossing.
 */
bool evse_freq_edge(struct evse_freq *f, s64 when, bool rising)
{
	if (when > evse_freq_deadline(f))
		evse_freq_lost(f);

	if (!evse_freq_is_crossing(f, when, rising)) {
		f->glitches++;
		return false;
	}

	f->last = when;
	f->rising = rising;
	f->head = (f->head + 1) % EVSE_FREQ_RING;
	f->stamp[f->head] = (u32)when - f->offset;
	if (f->count < EVSE_FREQ_RING)
		f->count++;
	if (f->shift_left && !--f->shift_left)
		f->shift_mdeg = 0;

	if (!evse_freq_take(f))
		evse_freq_restart(f, 1);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(evse_freq_edge);

/**
 * evse_freq_lost() - a crossing is overdue
 * @f: the crossings
 *
 * The lock is lost, and what was known with it.
 */
void evse_freq_lost(struct evse_freq *f)
{
	evse_freq_restart(f, 0);
}
EXPORT_SYMBOL_IF_KUNIT(evse_freq_lost);

/**
 * evse_freq_deadline() - when the next crossing is overdue
 * @f: the crossings
 *
 * One and a half times the half period that is running, by the measured period
 * and the measured skew of the line; without a lock, by the nominal period, or
 * that of 50 Hz where it is longer. Jumps of up to 90 degrees come in time.
 *
 * Return: ns; S64_MAX before the first crossing.
 */
s64 evse_freq_deadline(const struct evse_freq *f)
{
	u32 half_ns;

	if (!f->count)
		return S64_MAX;
	if (f->count < EVSE_FREQ_LOCK)
		half_ns = max_t(u32, f->half_ns, EVSE_FREQ_HALF_UNKNOWN);
	else
		half_ns = evse_freq_span(f, EVSE_FREQ_LINE) / EVSE_FREQ_LINE;
	half_ns += half_ns / 2;
	half_ns += f->rising ? f->skew : -f->skew;
	return evse_freq_after(f->last, half_ns);
}
EXPORT_SYMBOL_IF_KUNIT(evse_freq_deadline);

/**
 * evse_freq_arrive() - crossings arrive again after they were lost
 * @f: the crossings
 *
 * Edges that are all overdue, as those of a line that hums or of an island far
 * below the mains, are none.
 *
 * Return: true when the latest ones make a period that can be one of the mains.
 */
bool evse_freq_arrive(const struct evse_freq *f)
{
	return f->count >= EVSE_FREQ_PERIOD;
}
EXPORT_SYMBOL_IF_KUNIT(evse_freq_arrive);

/* Rounded, millihertz. */
static u32 evse_freq_mhz(const struct evse_freq *f, u32 halves)
{
	u32 span_ns = evse_freq_span(f, halves);

	return div_u64(EVSE_FREQ_HALF * halves + span_ns / 2, span_ns);
}

/*
 * Least squares over the periods P(i), one of each half cycle i. With x(i)
 * counted from the middle of the window, two to the half cycle:
 *
 *   dP/di = 2 sum(x P) / sum(x x)		sum(x x) = n (n * n - 1) / 3
 *   df/dt = -f^2 dP/dt = -2 f^3 dP/di
 *
 * With f in mHz and P in ns, df/dt in mHz/s is -4 f^3 sum(x P) / sum(x x) /
 * 10^15. Of f^3, 24 bits are dropped first so that 64 suffice. That the half
 * cycles are not equally long makes less than 1 % at 5 Hz/s over 1 s.
 */
static s32 evse_freq_rocof(const struct evse_freq *f, u32 window_ms)
{
	const s32 scale = (s32)(1000000000000000LL / 4 >> 24);
	u32 half_ns = evse_freq_span(f, EVSE_FREQ_LINE) / EVSE_FREQ_LINE;
	u32 halves = min_t(u32, window_ms * NSEC_PER_MSEC / half_ns,
			   EVSE_FREQ_RING - EVSE_FREQ_OPEN - 2);
	s32 n = halves - 1, x = n - 1;
	s64 sum = 0;
	u64 cube;
	u32 ago = evse_freq_end(f);

	if (f->count - ago <= halves)
		return 0;

	for (; x > -n; ago++, x -= 2)
		sum += (s64)x * (s32)(evse_freq_at(f, ago) -
				      evse_freq_at(f, ago + 2));
	cube = evse_freq_mhz(f, halves);
	cube = cube * cube * cube >> 24;
	sum = div_s64(-sum * (s64)cube, n * (n * n - 1) / 3);
	return div_s64(sum, scale);
}

/* A half cycle that ended so many crossings ago, its skew taken out. */
static s32 evse_freq_half(const struct evse_freq *f, u32 ago)
{
	bool negative = f->rising == !(ago & 1);
	s32 ns = evse_freq_at(f, ago) - evse_freq_at(f, ago + 1);

	return negative ? ns + f->skew : ns - f->skew;
}

/*
 * What a mains does to its half cycles makes them longer or makes them shorter,
 * be it a ramp or a step. What is left of jumps is in a few of them, which are
 * longer or shorter than those before and those after: where the reading begins,
 * the ones before are not in it. The latest one has none after it, and has to be
 * like the one before.
 */
static bool evse_freq_is_sure(const struct evse_freq *f)
{
	s32 limit = max_t(s32, EVSE_FREQ_ON_LINE(f->half_ns), f->noise * 8);
	bool longer = false, shorter = false;
	u32 end = evse_freq_end(f), i;

	for (i = 0; i < EVSE_FREQ_DOUBT && end + i + 2 < f->count; i++) {
		s32 change = evse_freq_half(f, end + i) - evse_freq_half(f, end + i + 1);

		if (abs(change) > limit && !i)
			return false;
		longer |= change > limit;
		shorter |= change < -limit;
		if (i == EVSE_FREQ_FAST - 2 && !longer && !shorter)
			return true;
	}
	return !(longer && shorter);
}

/**
 * evse_freq_read() - what the crossings say
 * @f: the crossings
 * @rocof_window_ms: for the rate of change of frequency, 100 to 1000
 * @reading: set
 *
 * Each reading ends with the latest crossing that is explained. After a jump of
 * the phase or a step of the frequency that is at most four half cycles ago.
 * RoCoF windows of more half cycles than the ring has are as long as the ring.
 */
void evse_freq_read(const struct evse_freq *f, u32 rocof_window_ms,
		    struct evse_freq_reading *reading)
{
	*reading = (struct evse_freq_reading) {
		.locked = f->count >= EVSE_FREQ_LOCK,
	};
	if (!reading->locked)
		return;

	reading->sure = evse_freq_is_sure(f);
	reading->fast_mhz = evse_freq_mhz(f, EVSE_FREQ_FAST);
	reading->slow_mhz = evse_freq_mhz(f, min_t(u32, EVSE_FREQ_SLOW,
						   (f->count - evse_freq_end(f) - 1) & ~1U));
	reading->rocof_mhz_s = evse_freq_rocof(f, clamp_t(u32, rocof_window_ms,
							  100, 1000));
	reading->shift_mdeg = f->shift_mdeg;
}
EXPORT_SYMBOL_IF_KUNIT(evse_freq_read);
