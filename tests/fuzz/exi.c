// SPDX-License-Identifier: GPL-2.0-or-later
/* Documents of every grammar: any bytes; what is read is written, and read the same again. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../tools/secc/exi/apphand.h"
#include "../../tools/secc/exi/iso20_ac.h"
#include "../../tools/secc/exi/iso20_common.h"
#include "../../tools/secc/exi/iso20_dc.h"
#include "../../tools/secc/exi/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct exi_grammar *const grammars[] = {
	&apphand_grammar, &iso20_common_grammar, &iso20_ac_grammar, &iso20_dc_grammar,
	&iso20_common_fragment, &iso20_ac_fragment, &iso20_dc_fragment, &dsig_fragment,
};

#define ROOM		32768

static char *as_json(const struct exi_document *document)
{
	struct evse_json json = { };
	char *text = NULL;
	size_t size;

	json.out = open_memstream(&text, &size);
	if (!json.out)
		abort();
	exi_print(&json, document);
	fclose(json.out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static _Alignas(8) uint8_t memory[ROOM], other[ROOM];
	const struct exi_grammar *grammar;
	struct exi_document d, again;
	struct exi_error error;
	char *first, *second;
	static uint8_t out[ROOM];
	size_t written;

	if (!size)
		return 0;
	grammar = grammars[data[0] % (sizeof(grammars) / sizeof(grammars[0]))];
	if (!exi_decode(grammar, data + 1, size - 1, memory, sizeof(memory), &d, &error)) {
		if (!error.why || !error.where)
			abort();
		return 0;
	}
	written = exi_encode(grammar, &d, out, sizeof(out), &error);
	if (!written || written > size - 1 ||
	    !exi_decode(grammar, out, written, other, sizeof(other), &again, &error))
		abort();
	first = as_json(&d);
	second = as_json(&again);
	if (strcmp(first, second))
		abort();
	free(first);
	free(second);
	return 0;
}
