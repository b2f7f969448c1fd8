// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a power module says of itself. Pure: bytes in, a verdict out. The bytes are
 * not to be trusted before their checksum is right, and not much after it.
 */
#include <linux/crc32.h>
#include <linux/evse.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include <kunit/visibility.h>

#include "identity.h"

static const u8 evse_identity_magic[4] = { 'E', 'V', 'S', 'M' };

/* Places in the block; all numbers are little endian. */
enum {
	AT_MAGIC = 0,
	AT_LAYOUT = 4,
	AT_SIZE = 5,
	AT_VENDOR = 6,
	AT_DEVICE = 8,
	AT_REVISION = 12,
	AT_VOLTAGE = 16,
	AT_CURRENT = 20,
	AT_EXPORT = 24,
	AT_SERIAL = 28,
	AT_CRC = EVSE_IDENTITY_SIZE - 4,
};

/* What is not printable would be no name in a log or a file. */
static void evse_identity_text(char *text, const u8 *data, size_t size)
{
	size_t i;

	for (i = 0; i < size && data[i]; i++)
		text[i] = data[i] > ' ' && data[i] < 0x7f ? data[i] : '?';
	text[i] = '\0';
}

/**
 * evse_identity_parse() - read the block that a module has
 * @data: its bytes
 * @size: how many there are
 * @id: filled when they are a module's
 *
 * Return: EVSE_IDENTITY_FINE when they are.
 */
enum evse_identity_verdict evse_identity_parse(const u8 *data, size_t size,
					       struct evse_identity *id)
{
	*id = (struct evse_identity){ };
	if (size < EVSE_IDENTITY_SIZE)
		return EVSE_IDENTITY_UNREAD;
	if (memcmp(data + AT_MAGIC, evse_identity_magic,
		   sizeof(evse_identity_magic)))
		return EVSE_IDENTITY_FOREIGN;
	/* The checksum before the rest: a layout may be nothing but a wrong bit. */
	if ((crc32_le(~0U, data, AT_CRC) ^ ~0U) !=
	    get_unaligned_le32(data + AT_CRC))
		return EVSE_IDENTITY_CORRUPT;
	if (data[AT_LAYOUT] != EVSE_IDENTITY_LAYOUT ||
	    data[AT_SIZE] != EVSE_IDENTITY_SIZE)
		return EVSE_IDENTITY_NEWER;

	id->vendor = get_unaligned_le16(data + AT_VENDOR);
	id->device = get_unaligned_le32(data + AT_DEVICE);
	id->revision = get_unaligned_le16(data + AT_REVISION);
	id->voltage_mv = get_unaligned_le32(data + AT_VOLTAGE);
	id->current_ma = get_unaligned_le32(data + AT_CURRENT);
	id->export_ma = get_unaligned_le32(data + AT_EXPORT);
	evse_identity_text(id->serial, data + AT_SERIAL, EVSE_IDENTITY_SERIAL);
	return EVSE_IDENTITY_FINE;
}
EXPORT_SYMBOL_IF_KUNIT(evse_identity_parse);

/**
 * evse_identity_judge() - may this module be in that port
 * @id: the module
 * @devices: pairs of vendor and device id that are allowed
 * @count: how many pairs
 * @rating: of the port
 *
 * Return: EVSE_IDENTITY_FINE when it may.
 */
enum evse_identity_verdict evse_identity_judge(const struct evse_identity *id,
					       const u32 *devices,
					       unsigned int count,
					       const struct evse_rating *rating)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (devices[2 * i] == id->vendor &&
		    devices[2 * i + 1] == id->device)
			break;
	if (i == count)
		return EVSE_IDENTITY_UNKNOWN;
	if (id->voltage_mv < rating->voltage_mv ||
	    id->current_ma < rating->current_ma ||
	    id->export_ma < rating->export_ma)
		return EVSE_IDENTITY_WEAK;
	return EVSE_IDENTITY_FINE;
}
EXPORT_SYMBOL_IF_KUNIT(evse_identity_judge);
