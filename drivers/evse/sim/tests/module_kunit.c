// SPDX-License-Identifier: GPL-2.0-only
/* The identity memory: pointer, wrap, protection, defects. */
#include <kunit/test.h>
#include <linux/crc32.h>
#include <linux/unaligned.h>

#include "../model.h"

static int module_init_test(struct kunit *test)
{
	struct evse_sim_module *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	*m = (struct evse_sim_module){
		.vendor = 0x0e5e, .device = 0x1001, .revision = 0x0102,
		.serial = 77, .layout = 1, .flip = -1,
	};
	test->priv = m;
	return 0;
}

static void point(struct kunit *test, u8 to)
{
	KUNIT_ASSERT_EQ(test, evse_sim_module_write(test->priv, &to, 1), 0);
}

static void reads_a_block(struct kunit *test)
{
	u8 data[64];

	point(test, 0);
	KUNIT_ASSERT_EQ(test, evse_sim_module_read(test->priv, data, 64), 0);
	KUNIT_EXPECT_EQ(test, memcmp(data, "EVSM", 4), 0);
	KUNIT_EXPECT_EQ(test, get_unaligned_le32(data + 8), 0x1001);
	KUNIT_EXPECT_EQ(test, memcmp(data + 28, "SIM-77\0", 7), 0);
	KUNIT_EXPECT_EQ(test, crc32_le(~0U, data, 60) ^ ~0U,
			get_unaligned_le32(data + 60));
}

/* In pieces it is the same as at once, and after the last byte comes the first. */
static void pointer_moves(struct kunit *test)
{
	u8 whole[256], piece[3];
	int at;

	point(test, 0);
	evse_sim_module_read(test->priv, whole, 256);
	KUNIT_EXPECT_EQ(test, whole[64], 0xff);
	for (at = 0; at < 255; at += 3) {
		evse_sim_module_read(test->priv, piece, 3);
		KUNIT_EXPECT_EQ(test, memcmp(piece, whole + at, 3), 0);
	}
	evse_sim_module_read(test->priv, piece, 2);
	KUNIT_EXPECT_EQ(test, piece[0], 0xff);
	KUNIT_EXPECT_EQ(test, piece[1], 'E');
	point(test, 2);
	evse_sim_module_read(test->priv, piece, 1);
	KUNIT_EXPECT_EQ(test, piece[0], 'S');
}

static void defects(struct kunit *test)
{
	struct evse_sim_module *m = test->priv;
	static const u8 write[] = { 0, 0xaa };
	u8 good[64], data[64];
	int i, wrong = 0;

	KUNIT_EXPECT_EQ(test, evse_sim_module_write(m, write, 2), -ENXIO);
	point(test, 0);
	evse_sim_module_read(m, good, 64);

	m->flip = 8 * 9 + 5;
	point(test, 0);
	evse_sim_module_read(m, data, 64);
	KUNIT_EXPECT_EQ(test, data[9], good[9] ^ 0x20);
	m->flip = -1;

	m->noise = 1;
	point(test, 0);
	evse_sim_module_read(m, data, 64);
	for (i = 0; i < 64; i++)
		wrong += data[i] != good[i];
	KUNIT_EXPECT_EQ(test, wrong, 1);
	point(test, 0);
	evse_sim_module_read(m, data, 64);
	KUNIT_EXPECT_EQ(test, memcmp(data, good, 64), 0);

	m->nak = 1;
	KUNIT_EXPECT_EQ(test, evse_sim_module_write(m, write, 1), -ENXIO);
	KUNIT_EXPECT_EQ(test, evse_sim_module_read(m, data, 64), -ENXIO);
}

static struct kunit_case module_cases[] = {
	KUNIT_CASE(reads_a_block),
	KUNIT_CASE(pointer_moves),
	KUNIT_CASE(defects),
	{}
};

static struct kunit_suite module_suite = {
	.name = "evse_sim_module",
	.init = module_init_test,
	.test_cases = module_cases,
};

kunit_test_suite(module_suite);
