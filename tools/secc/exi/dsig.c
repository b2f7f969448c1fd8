// SPDX-License-Identifier: GPL-2.0-or-later
/* Signatures: tables. */
#include "dsig.h"

EXI_TABLE_MIXED(dsig_algorithm, DSIG_ALGORITHM, true)
EXI_TABLE_MIXED(dsig_signature_method, DSIG_SIGNATURE_METHOD, true)
EXI_TABLE_MIXED(dsig_transform, DSIG_TRANSFORM, true)
EXI_TABLE(dsig_transforms, DSIG_TRANSFORMS)
EXI_TABLE(dsig_reference, DSIG_REFERENCE)
EXI_TABLE(dsig_signed_info, DSIG_SIGNED_INFO)
EXI_TABLE(dsig_signature_value, DSIG_SIGNATURE_VALUE)
EXI_TABLE(dsig_signature, DSIG_SIGNATURE)
EXI_TABLE(dsig_x509_issuer_serial, DSIG_X509_ISSUER_SERIAL)

static const struct exi_root signed_parts[] = {
	EXI_ROOT(SignedInfo, dsig_signed_info, 32),
};

/* The signature itself is over a document of this schema alone. */
const struct exi_grammar dsig_fragment = {
	.name = "fragment of XML Signature",
	.roots = sizeof(signed_parts) / sizeof(signed_parts[0]),
	.others = 45,
	.fragment = true,
	.root = signed_parts,
};
