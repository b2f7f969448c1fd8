// SPDX-License-Identifier: GPL-2.0-only
/* Identities of power modules: right ones, and every way to be wrong. */
#include <kunit/test.h>
#include <linux/crc32.h>
#include <linux/evse.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include "../identity.h"

/* Vendor 0x0e5e, device 0x1001, revision 1.2, 500 V, 40 A, 30 A, "A-17" */
static const u8 fine[EVSE_IDENTITY_SIZE] = {
	'E', 'V', 'S', 'M', 1, 64, 0x5e, 0x0e,
	0x01, 0x10, 0x00, 0x00, 0x02, 0x01, 0x00, 0x00,
	0x20, 0xa1, 0x07, 0x00, 0x40, 0x9c, 0x00, 0x00,
	0x30, 0x75, 0x00, 0x00, 'A', '-', '1', '7',
	[60] = 0x8d, 0x17, 0xc5, 0x6c,
};

static void seal(u8 *data)
{
	put_unaligned_le32(crc32_le(~0U, data, 60) ^ ~0U, data + 60);
}

static void expect(struct kunit *test, const u8 *data,
		   enum evse_identity_verdict verdict)
{
	struct evse_identity id;

	KUNIT_EXPECT_EQ(test, evse_identity_parse(data, EVSE_IDENTITY_SIZE, &id),
			verdict);
	/* What is not valid leaves nothing behind that could be believed. */
	if (verdict != EVSE_IDENTITY_FINE)
		KUNIT_EXPECT_TRUE(test, !id.vendor && !id.device && !id.serial[0]);
}

static void reads_all(struct kunit *test)
{
	struct evse_identity id;

	KUNIT_ASSERT_EQ(test, evse_identity_parse(fine, sizeof(fine), &id),
			EVSE_IDENTITY_FINE);
	KUNIT_EXPECT_EQ(test, id.vendor, 0x0e5e);
	KUNIT_EXPECT_EQ(test, id.device, 0x1001);
	KUNIT_EXPECT_EQ(test, id.revision, 0x0102);
	KUNIT_EXPECT_EQ(test, id.voltage_mv, 500000);
	KUNIT_EXPECT_EQ(test, id.current_ma, 40000);
	KUNIT_EXPECT_EQ(test, id.export_ma, 30000);
	KUNIT_EXPECT_STREQ(test, id.serial, "A-17");
}

static void truncated(struct kunit *test)
{
	struct evse_identity id;
	size_t size;

	for (size = 0; size < EVSE_IDENTITY_SIZE; size++)
		KUNIT_EXPECT_EQ(test, evse_identity_parse(fine, size, &id),
				EVSE_IDENTITY_UNREAD);
}

/* No single wrong bit goes unnoticed, wherever it is. */
static void wrong_bits(struct kunit *test)
{
	u8 data[EVSE_IDENTITY_SIZE];
	int bit;

	for (bit = 0; bit < EVSE_IDENTITY_SIZE * 8; bit++) {
		memcpy(data, fine, sizeof(data));
		data[bit / 8] ^= 1 << bit % 8;
		expect(test, data, bit < 32 ? EVSE_IDENTITY_FOREIGN :
					      EVSE_IDENTITY_CORRUPT);
	}
}

static void other_layouts(struct kunit *test)
{
	u8 data[EVSE_IDENTITY_SIZE];

	memcpy(data, fine, sizeof(data));
	data[4] = 2;
	seal(data);
	expect(test, data, EVSE_IDENTITY_NEWER);
	data[4] = 0;
	seal(data);
	expect(test, data, EVSE_IDENTITY_NEWER);
	data[4] = 1;
	data[5] = 128;
	seal(data);
	expect(test, data, EVSE_IDENTITY_NEWER);
	data[5] = 64;
	seal(data);
	expect(test, data, EVSE_IDENTITY_FINE);
}

static void blank(struct kunit *test)
{
	u8 data[EVSE_IDENTITY_SIZE];

	memset(data, 0xff, sizeof(data));
	expect(test, data, EVSE_IDENTITY_FOREIGN);
	memset(data, 0, sizeof(data));
	expect(test, data, EVSE_IDENTITY_FOREIGN);
}

/* A serial number of full length ends; what is no text becomes none. */
static void serials(struct kunit *test)
{
	u8 data[EVSE_IDENTITY_SIZE];
	struct evse_identity id;

	memcpy(data, fine, sizeof(data));
	memcpy(data + 28, "0123456789abcdef", 16);
	data[29] = '\n';
	data[30] = 0x80;
	data[31] = ' ';
	seal(data);
	KUNIT_ASSERT_EQ(test, evse_identity_parse(data, sizeof(data), &id),
			EVSE_IDENTITY_FINE);
	KUNIT_EXPECT_STREQ(test, id.serial, "0???456789abcdef");
}

static void judged(struct kunit *test)
{
	static const u32 allowed[] = { 0x0e5e, 0x1000, 0x0e5e, 0x1001 };
	struct evse_rating rating = {
		.voltage_mv = 500000, .current_ma = 40000, .export_ma = 30000,
	};
	struct evse_identity id;

	evse_identity_parse(fine, sizeof(fine), &id);
	KUNIT_EXPECT_EQ(test, evse_identity_judge(&id, allowed, 2, &rating),
			EVSE_IDENTITY_FINE);
	KUNIT_EXPECT_EQ(test, evse_identity_judge(&id, allowed, 1, &rating),
			EVSE_IDENTITY_UNKNOWN);
	KUNIT_EXPECT_EQ(test, evse_identity_judge(&id, allowed, 0, &rating),
			EVSE_IDENTITY_UNKNOWN);
	/* Another vendor's device of the same number is another device. */
	id.vendor = 0x1001;
	KUNIT_EXPECT_EQ(test, evse_identity_judge(&id, allowed, 2, &rating),
			EVSE_IDENTITY_UNKNOWN);
	id.vendor = 0x0e5e;

	rating.voltage_mv++;
	KUNIT_EXPECT_EQ(test, evse_identity_judge(&id, allowed, 2, &rating),
			EVSE_IDENTITY_WEAK);
	rating.voltage_mv--;
	rating.current_ma++;
	KUNIT_EXPECT_EQ(test, evse_identity_judge(&id, allowed, 2, &rating),
			EVSE_IDENTITY_WEAK);
	rating.current_ma--;
	rating.export_ma++;
	KUNIT_EXPECT_EQ(test, evse_identity_judge(&id, allowed, 2, &rating),
			EVSE_IDENTITY_WEAK);
}

static struct kunit_case identity_cases[] = {
	KUNIT_CASE(reads_all),
	KUNIT_CASE(truncated),
	KUNIT_CASE(wrong_bits),
	KUNIT_CASE(other_layouts),
	KUNIT_CASE(blank),
	KUNIT_CASE(serials),
	KUNIT_CASE(judged),
	{}
};

static struct kunit_suite identity_suite = {
	.name = "evse_identity",
	.test_cases = identity_cases,
};

kunit_test_suite(identity_suite);
