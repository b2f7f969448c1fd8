/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents as JSON, for people and for tests. */
#ifndef SECC_EXI_PRINT_H
#define SECC_EXI_PRINT_H

#include "../../libevse/evse-json.h"
#include "exi.h"

/**
 * exi_print() - a document as an object with its root as the only member
 * @json: where to
 * @document: what exi_decode() gave
 *
 * Names are those of the schema. Bytes are hexadecimal or base64, as XML has them.
 */
void exi_print(struct evse_json *json, const struct exi_document *document);

/** exi_print_member() - its root as a member of the object that is open */
void exi_print_member(struct evse_json *json, const struct exi_document *document);

#endif /* SECC_EXI_PRINT_H */
