// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "../../../tools/secc/exi/iso20_ac.h"
#include "../../../tools/secc/exi/iso20_common.h"
#include "../../../tools/secc/exi/iso20_dc.h"
#include "codec.h"

const char codec_name[] = "exi";

static _Alignas(8) uint8_t memory[1 << 18];
static struct exi_document document;
static struct exi_error error;

static const struct exi_grammar *grammar_of(const char *schema)
{
	return !strcmp(schema, "ac") ? &iso20_ac_grammar :
	       !strcmp(schema, "dc") ? &iso20_dc_grammar : &iso20_common_grammar;
}

bool codec_read(const char *schema, const uint8_t *in, size_t size)
{
	return exi_decode(grammar_of(schema), in, size, memory, sizeof(memory),
			  &document, &error);
}

size_t codec_write(const char *schema, uint8_t *out, size_t room)
{
	return exi_encode(grammar_of(schema), &document, out, room, &error);
}

/* The least that it can be decoded in */
size_t codec_memory(const char *schema, const uint8_t *in, size_t size)
{
	size_t room = 0;

	while (room <= sizeof(memory) &&
	       !exi_decode(grammar_of(schema), in, size, memory, room, &document, &error))
		room += 8;
	return room;
}
