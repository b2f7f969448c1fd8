// SPDX-License-Identifier: GPL-2.0-or-later
/* libcbv2g, where somebody has its sources: make bench PEER=.../libcbv2g */
#include <string.h>

#include <cbv2g/common/exi_bitstream.h>
#include <cbv2g/iso_20/iso20_AC_Datatypes.h>
#include <cbv2g/iso_20/iso20_AC_Decoder.h>
#include <cbv2g/iso_20/iso20_AC_Encoder.h>
#include <cbv2g/iso_20/iso20_CommonMessages_Datatypes.h>
#include <cbv2g/iso_20/iso20_CommonMessages_Decoder.h>
#include <cbv2g/iso_20/iso20_CommonMessages_Encoder.h>
#include <cbv2g/iso_20/iso20_DC_Datatypes.h>
#include <cbv2g/iso_20/iso20_DC_Decoder.h>
#include <cbv2g/iso_20/iso20_DC_Encoder.h>

#include "codec.h"

const char codec_name[] = "exi.peer";

static struct iso20_exiDocument common;
static struct iso20_ac_exiDocument ac;
static struct iso20_dc_exiDocument dc;

bool codec_read(const char *schema, const uint8_t *in, size_t size)
{
	exi_bitstream_t stream;

	exi_bitstream_init(&stream, (uint8_t *)in, size, 0, NULL);
	return !(!strcmp(schema, "ac") ? decode_iso20_ac_exiDocument(&stream, &ac) :
		 !strcmp(schema, "dc") ? decode_iso20_dc_exiDocument(&stream, &dc) :
					 decode_iso20_exiDocument(&stream, &common));
}

size_t codec_write(const char *schema, uint8_t *out, size_t room)
{
	exi_bitstream_t stream;
	int err;

	exi_bitstream_init(&stream, out, room, 0, NULL);
	err = !strcmp(schema, "ac") ? encode_iso20_ac_exiDocument(&stream, &ac) :
	      !strcmp(schema, "dc") ? encode_iso20_dc_exiDocument(&stream, &dc) :
				      encode_iso20_exiDocument(&stream, &common);
	return err ? 0 : exi_bitstream_get_length(&stream);
}

size_t codec_memory(const char *schema, const uint8_t *in, size_t size)
{
	(void)in;
	(void)size;
	return !strcmp(schema, "ac") ? sizeof(ac) :
	       !strcmp(schema, "dc") ? sizeof(dc) : sizeof(common);
}
