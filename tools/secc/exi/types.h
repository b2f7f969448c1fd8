/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types that XML Schema has by itself. */
#ifndef SECC_EXI_TYPES_H
#define SECC_EXI_TYPES_H

#include "fields.h"

EXI_SIMPLE(exi_boolean, uint8_t)
EXI_SIMPLE(exi_byte, int8_t)
EXI_SIMPLE(exi_ubyte, uint8_t)
EXI_SIMPLE(exi_short, int16_t)
EXI_SIMPLE(exi_ushort, uint16_t)
EXI_SIMPLE(exi_int, int32_t)
EXI_SIMPLE(exi_uint, uint32_t)
EXI_SIMPLE(exi_ulong, uint64_t)
EXI_SIMPLE(exi_integer, struct exi_binary)
EXI_SIMPLE(exi_text, struct exi_string)
EXI_SIMPLE(exi_id, struct exi_string)
EXI_SIMPLE(exi_uri, struct exi_string)
EXI_SIMPLE(exi_base64, struct exi_binary)

/* Of what is refused */
EXI_SIMPLE(exi_none, struct exi_string)

#endif /* SECC_EXI_TYPES_H */
