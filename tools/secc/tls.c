// SPDX-License-Identifier: GPL-2.0-or-later
/* What TLS is allowed to be (ISO 15118-20), for either end. */
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>

#include "link-internal.h"

#define CIPHERSUITES	"TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"

/*
 * The first two of each are the standard's. The others come behind them as vehicles and
 * PKIs of test events are still made with the certificates of ISO 15118-2, on secp256r1:
 * both sides have to have what the standard asks for, so it is used wherever it can be.
 */
#define GROUPS		"P-521:X448:X25519:P-256"
#define SIGNATURES	"ecdsa_secp521r1_sha512:ed448:ecdsa_secp256r1_sha256"

/* Five certificates of 1600 bytes, with room for what is around them */
#define CHAIN_SIZE	16384

/* 128 bits, whatever the configuration of this machine's OpenSSL says */
#define SECURITY_LEVEL	2

static bool restrict_to_standard(SSL_CTX *context)
{
	if (!SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) ||
	    !SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) ||
	    !SSL_CTX_set_ciphersuites(context, CIPHERSUITES) ||
	    !SSL_CTX_set1_groups_list(context, GROUPS) ||
	    !SSL_CTX_set1_sigalgs_list(context, SIGNATURES))
		return false;
	SSL_CTX_set_security_level(context, SECURITY_LEVEL);
	/* A session begins with a whole handshake: nothing is kept for a next one. */
	SSL_CTX_set_num_tickets(context, 0);
	SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
	SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_NO_AUTO_CHAIN);
	/* One record at a time, so that no flood of empty ones keeps SSL_read() busy. */
	SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
	SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
			   tls_verified);
	SSL_CTX_set_verify_depth(context, TLS_SUB_CAS);
	SSL_CTX_set_max_cert_list(context, CHAIN_SIZE);
	return true;
}

static struct tls *make(const struct tls_files *files, bool server, char *why,
			size_t size)
{
	struct tls *tls = calloc(1, sizeof(*tls));
	const char *text;

	*why = '\0';
	if (!tls) {
		snprintf(why, size, "no memory for TLS: free some");
		return NULL;
	}
	ERR_clear_error();
	tls->socket = tls_socket();
	tls->context = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method());
	if (!tls->socket || !tls->context || !restrict_to_standard(tls->context)) {
		text = ERR_reason_error_string(ERR_peek_last_error());
		snprintf(why, size,
			 "OpenSSL can not do TLS 1.3 as ISO 15118-20 wants it (%s): look at its configuration",
			 text ? text : "it does not say why");
	} else if (tls_own(tls->context, files, server, why, size) &&
		   tls_trust(tls->context, files->trust, why, size)) {
		return tls;
	}
	tls_free(tls);
	return NULL;
}

struct tls *tls_server(const struct tls_files *files, char *why, size_t size)
{
	return make(files, true, why, size);
}

struct tls *tls_client(const struct tls_files *files, char *why, size_t size)
{
	return make(files, false, why, size);
}

void tls_free(struct tls *tls)
{
	if (!tls)
		return;
	SSL_CTX_free(tls->context);
	BIO_meth_free(tls->socket);
	free(tls);
}
