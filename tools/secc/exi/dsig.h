/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures in messages (XML Signature), as far as ISO 15118 uses them: the rest is
 * refused.
 */
#ifndef SECC_EXI_DSIG_H
#define SECC_EXI_DSIG_H

#include "types.h"

#define DSIG_ALGORITHM(X, S) \
	X(S, ATTR, algorithm, Algorithm, exi_uri) \
	X(S, SKIP, any, *, exi_none)
EXI_STRUCT(dsig_algorithm, DSIG_ALGORITHM)

#define DSIG_SIGNATURE_METHOD(X, S) \
	X(S, ATTR, algorithm, Algorithm, exi_uri) \
	X(S, SKIP, hmac_output_length, HMACOutputLength, exi_none) \
	X(S, SKIP, any, *, exi_none)
EXI_STRUCT(dsig_signature_method, DSIG_SIGNATURE_METHOD)

#define DSIG_TRANSFORM(X, S) \
	X(S, ATTR, algorithm, Algorithm, exi_uri) \
	X(S, SKIP, xpath, XPath, exi_none) \
	X(S, SKIP, any, *, exi_none)
EXI_STRUCT(dsig_transform, DSIG_TRANSFORM)

#define DSIG_TRANSFORMS(X, S) \
	X(S, LIST, transform, Transform, dsig_transform, 0)
EXI_STRUCT(dsig_transforms, DSIG_TRANSFORMS)

#define DSIG_REFERENCE(X, S) \
	X(S, ATTR0, id, Id, exi_id) \
	X(S, ATTR0, type, Type, exi_uri) \
	X(S, ATTR0, uri, URI, exi_uri) \
	X(S, PTR, transforms, Transforms, dsig_transforms) \
	X(S, ONE, digest_method, DigestMethod, dsig_algorithm) \
	X(S, ONE, digest_value, DigestValue, exi_base64)
EXI_STRUCT(dsig_reference, DSIG_REFERENCE)

#define DSIG_SIGNED_INFO(X, S) \
	X(S, ATTR0, id, Id, exi_id) \
	X(S, ONE, canonicalization_method, CanonicalizationMethod, dsig_algorithm) \
	X(S, ONE, signature_method, SignatureMethod, dsig_signature_method) \
	X(S, LIST, reference, Reference, dsig_reference, 0)
EXI_STRUCT(dsig_signed_info, DSIG_SIGNED_INFO)

#define DSIG_SIGNATURE_VALUE(X, S) \
	X(S, ATTR0, id, Id, exi_id) \
	X(S, TEXT, content, CONTENT, exi_base64)
EXI_STRUCT(dsig_signature_value, DSIG_SIGNATURE_VALUE)

#define DSIG_SIGNATURE(X, S) \
	X(S, ATTR0, id, Id, exi_id) \
	X(S, ONE, signed_info, SignedInfo, dsig_signed_info) \
	X(S, ONE, signature_value, SignatureValue, dsig_signature_value) \
	X(S, SKIP, key_info, KeyInfo, exi_none) \
	X(S, SKIP, object, Object, exi_none)
EXI_STRUCT(dsig_signature, DSIG_SIGNATURE)

#define DSIG_X509_ISSUER_SERIAL(X, S) \
	X(S, ONE, x509_issuer_name, X509IssuerName, exi_text) \
	X(S, ONE, x509_serial_number, X509SerialNumber, exi_integer)
EXI_STRUCT(dsig_x509_issuer_serial, DSIG_X509_ISSUER_SERIAL)

extern const struct exi_grammar dsig_fragment;

#endif /* SECC_EXI_DSIG_H */
