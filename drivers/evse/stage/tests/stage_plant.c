// SPDX-License-Identifier: GPL-2.0-only
/* A grid, a filter of resistance and inductance, and a bridge without switches. */
#include "stage_plant.h"

/* What the control thinks that the filter is. */
#define FILTER_NH	2600000
#define FILTER_UOHM	100000

static s32 grid_mv(const struct stage_plant *p, unsigned int phase)
{
	return (s64)p->peak_mv * evse_sine(p->angle - phase * EVSE_TURN_3) >> 16;
}

/* Against the middle of the link; what all have in common drives no current. */
static void bridge_mv(const struct stage_plant *p, s32 mv[EVSE_LEGS])
{
	s32 leg[EVSE_LEGS], common = 0;
	unsigned int i;

	for (i = 0; i < EVSE_LEGS; i++) {
		leg[i] = (s64)p->link_mv * ((s32)p->duty[i] - EVSE_Q16 / 2) >> 16;
		common += leg[i];
	}
	if (p->phases == 1) {
		mv[0] = leg[0] - leg[1];
		return;
	}
	for (i = 0; i < EVSE_LEGS; i++)
		mv[i] = leg[i] - common / 3;
}

/* V - v = R I + L dI/dt, with the grid's voltage in the middle of the step. */
void stage_plant_fine_step(struct stage_plant *p, u32 ns)
{
	u32 half = evse_phase_turn(evse_phase_rate(p->uhz), ns) / 2;
	s32 v[EVSE_LEGS];
	unsigned int i;

	p->angle += half;
	bridge_mv(p, v);
	for (i = 0; i < p->phases; i++) {
		s64 drop_uv = div_s64(p->ua[i] * p->resistance_uohm, 1000000);
		s64 uv = (s64)(grid_mv(p, i) - v[i]) * 1000 - drop_uv;

		p->ua[i] += div_s64(uv * ns, p->inductance_nh);
	}
	p->angle += half;
}

/* From the grid, at this moment. */
s64 stage_plant_mw(const struct stage_plant *p)
{
	s64 nw = 0;
	unsigned int i;

	for (i = 0; i < p->phases; i++)
		nw += p->ua[i] * grid_mv(p, i);
	return div_s64(nw, 1000000);
}

struct stage_bench *stage_bench_new(struct kunit *test,
				    const struct stage_case *c)
{
	const struct evse_control_config control = {
		.phases = c->phases,
		.rated_mw = c->rated_mw,
		.resistance_uohm = FILTER_UOHM,
		.inductance_nh = FILTER_NH,
		.step_ns = STAGE_STEP_NS,
		.delay_ns = STAGE_STEP_NS * 3 / 2,
		.headroom_mv = 40000,
		.trim_permille = 150,
	};
	const struct evse_modulator_config modulator = {
		.topology = c->phases == 3 ? EVSE_TOPOLOGY_THREE_PHASE :
					     EVSE_TOPOLOGY_FULL_BRIDGE,
		.scheme = c->phases == 3 ? EVSE_SCHEME_SPACE_VECTOR :
					   EVSE_SCHEME_SINE,
	};
	struct stage_bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, b);
	KUNIT_ASSERT_EQ(test, 0, evse_control_init(&b->control, &control));
	KUNIT_ASSERT_EQ(test, 0, evse_control_grid(&b->control, c->rms_mv, c->uhz));
	KUNIT_ASSERT_EQ(test, 0, evse_modulator_init(&b->modulator, &modulator));
	KUNIT_ASSERT_EQ(test, 0, evse_modulator_link(&b->modulator, c->link_mv));
	KUNIT_ASSERT_EQ(test, 0, evse_reference_init(&b->reference, c->rated_mw,
						     16000000, 2000000,
						     STAGE_STEP_NS));
	b->plant = (struct stage_plant) {
		.phases = c->phases,
		.peak_mv = (u64)c->rms_mv * 92682 >> 16,
		.uhz = c->uhz,
		.link_mv = c->link_mv,
		.resistance_uohm = FILTER_UOHM,
		.inductance_nh = FILTER_NH / 1000 * c->inductance_permille,
	};
	b->min_mw = -c->rated_mw;
	b->max_mw = c->rated_mw;
	/* The bridge begins with the grid's voltage, as if armed a step ago. */
	stage_bench_step(test, b);
	memset(b->plant.ua, 0, sizeof(b->plant.ua));
	return b;
}

/* What a step computes holds from the next one on, as in shadow registers. */
void stage_bench_step(struct kunit *test, struct stage_bench *b)
{
	u32 duty[EVSE_LEGS] = { EVSE_Q16 / 2, EVSE_Q16 / 2, EVSE_Q16 / 2 };
	struct evse_vector v;
	unsigned int i;

	b->asked_mw = evse_reference_step(&b->reference, b->min_mw, b->max_mw);
	KUNIT_ASSERT_EQ(test, 0, evse_control_step(&b->control, b->asked_mw,
						   b->plant.angle +
						   evse_turn_of_mdeg(b->error_mdeg),
						   &v));
	if (evse_modulator_step(&b->modulator, &v, duty))
		b->refused++;
	for (i = 0; i < STAGE_FINE; i++)
		stage_plant_fine_step(&b->plant, STAGE_STEP_NS / STAGE_FINE);
	memcpy(b->plant.duty, duty, sizeof(duty));
	b->now += STAGE_STEP_NS;
}

void stage_bench_pass(struct kunit *test, struct stage_bench *b, u32 ms)
{
	u32 i;

	for (i = 0; i < ms * (NSEC_PER_MSEC / STAGE_STEP_NS); i++)
		stage_bench_step(test, b);
}

/* The peak of the current that makes a power. */
s64 stage_bench_peak_ua(const struct stage_bench *b, s32 power_mw)
{
	return div_s64(2000000LL * power_mw,
		       (s32)b->plant.phases * b->plant.peak_mv);
}

/* How far the current is from the sine that makes a power: the worst phase. */
s64 stage_bench_off_ua(const struct stage_bench *b, s32 power_mw)
{
	s64 peak = stage_bench_peak_ua(b, power_mw), off = 0;
	unsigned int i;

	for (i = 0; i < b->plant.phases; i++) {
		s64 want = peak * evse_sine(b->plant.angle - i * EVSE_TURN_3) >> 16;

		off = max(off, abs(b->plant.ua[i] - want));
	}
	return off;
}

/* Over a cycle, from now on. */
s64 stage_bench_mean_mw(struct kunit *test, struct stage_bench *b)
{
	u32 steps = div_u64(1000000000000000ULL / STAGE_STEP_NS, b->plant.uhz), i;
	s64 sum = 0;

	for (i = 0; i < steps; i++) {
		stage_bench_step(test, b);
		sum += stage_plant_mw(&b->plant);
	}
	return div_s64(sum, steps);
}
