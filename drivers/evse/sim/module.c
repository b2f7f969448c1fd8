// SPDX-License-Identifier: GPL-2.0-only
/*
 * The identity memory of the power module: 256 bytes behind an address pointer that
 * moves on with each byte, as in a serial EEPROM whose write protection is on. Pure.
 */

#include <linux/crc32.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include <kunit/visibility.h>

#include "model.h"

#define BLOCK		64
#define SERIAL		16

/* The layout is that of evse,module-id.yaml; beyond the block it is erased. */
static void fill(const struct evse_sim_module *m, u8 *block)
{
	char serial[SERIAL + 1];

	if (m->blank) {
		memset(block, 0xff, BLOCK);
		return;
	}
	memset(block, 0, BLOCK);
	memcpy(block, "EVSM", 4);
	block[4] = m->layout;
	block[5] = BLOCK;
	put_unaligned_le16(m->vendor, block + 6);
	put_unaligned_le32(m->device, block + 8);
	put_unaligned_le16(m->revision, block + 12);
	put_unaligned_le32(m->voltage_mv, block + 16);
	put_unaligned_le32(m->current_ma, block + 20);
	put_unaligned_le32(m->export_ma, block + 24);
	memcpy(block + 28, serial,
	       snprintf(serial, sizeof(serial), "SIM-%d", m->serial));
	put_unaligned_le32(crc32_le(~0U, block, BLOCK - 4) ^ ~0U,
			   block + BLOCK - 4);
}

/* The first byte sets the pointer; data after it is not taken. */
int evse_sim_module_write(struct evse_sim_module *m, const u8 *data, size_t len)
{
	if (m->nak || len > 1)
		return -ENXIO;
	if (len)
		m->pointer = data[0];
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_module_write);

int evse_sim_module_read(struct evse_sim_module *m, u8 *data, size_t len)
{
	u8 block[BLOCK];
	size_t i;

	if (m->nak)
		return -ENXIO;
	fill(m, block);
	if (m->flip >= 0)
		block[m->flip / 8] ^= BIT(m->flip % 8);
	for (i = 0; i < len; i++, m->pointer++)
		data[i] = m->pointer < BLOCK ? block[m->pointer] : 0xff;
	/* Noise hits one bit of what is read now, and not again. */
	if (m->noise && len) {
		m->noise--;
		data[len / 2] ^= BIT(3);
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(evse_sim_module_read);
