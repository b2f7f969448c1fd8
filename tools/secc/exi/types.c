// SPDX-License-Identifier: GPL-2.0-or-later
/* Types of XML Schema: tables. Their ranges decide how they are encoded. */
#include "types.h"

EXI_RANGE_TABLE(exi_boolean, 0, 1)
EXI_RANGE_TABLE(exi_byte, INT8_MIN, INT8_MAX)
EXI_RANGE_TABLE(exi_ubyte, 0, UINT8_MAX)
EXI_INTEGER_TABLE(exi_short, EXI_SIGNED, INT16_MIN, INT16_MAX)
EXI_INTEGER_TABLE(exi_ushort, EXI_UNSIGNED, 0, UINT16_MAX)
EXI_INTEGER_TABLE(exi_int, EXI_SIGNED, INT32_MIN, INT32_MAX)
EXI_INTEGER_TABLE(exi_uint, EXI_UNSIGNED, 0, UINT32_MAX)
EXI_INTEGER_TABLE(exi_ulong, EXI_UNSIGNED, 0, UINT64_MAX)
/* Serial numbers have no more (RFC 5280, 4.1.2.2). */
EXI_LENGTH_TABLE(exi_integer, EXI_LONG, 0, 20)
EXI_LENGTH_TABLE(exi_text, EXI_TEXT, 0, UINT32_MAX)
EXI_LENGTH_TABLE(exi_id, EXI_TEXT, 0, UINT32_MAX)
EXI_LENGTH_TABLE(exi_uri, EXI_TEXT, 0, UINT32_MAX)
EXI_LENGTH_TABLE(exi_base64, EXI_BASE64, 0, UINT32_MAX)
EXI_LENGTH_TABLE(exi_none, EXI_TEXT, 0, 0)
