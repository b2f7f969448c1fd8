// SPDX-License-Identifier: GPL-2.0-or-later
/* TLS of one link: its bytes, whose certificate it is, and why it failed. */
#include <errno.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "link-internal.h"

/*
 * OpenSSL's own BIO of a socket calls write(), which raises SIGPIPE; this one sends as
 * links without TLS do, and keeps the errno.
 */
static int socket_write(BIO *bio, const char *data, int size)
{
	ssize_t bytes = link_transmit(BIO_get_data(bio), data, size);

	BIO_clear_retry_flags(bio);
	if (bytes == LINK_LATER)
		BIO_set_retry_write(bio);
	return bytes < 0 ? -1 : (int)bytes;
}

static int socket_read(BIO *bio, char *data, int size)
{
	ssize_t bytes = link_receive(BIO_get_data(bio), data, size);

	BIO_clear_retry_flags(bio);
	if (bytes == LINK_LATER)
		BIO_set_retry_read(bio);
	return bytes < 0 ? -1 : (int)bytes;
}

static long socket_control(BIO *bio, int command, long number, void *data)
{
	const struct link *link = BIO_get_data(bio);

	(void)number;
	(void)data;
	switch (command) {
	case BIO_CTRL_FLUSH:
		return 1;
	case BIO_CTRL_EOF:
		return link->ended;
	default:
		return 0;
	}
}

BIO_METHOD *tls_socket(void)
{
	BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "link");

	if (method) {
		BIO_meth_set_write(method, socket_write);
		BIO_meth_set_read(method, socket_read);
		BIO_meth_set_ctrl(method, socket_control);
	}
	return method;
}

bool tls_begin(struct link *link, struct tls *tls, bool server)
{
	BIO *bio = BIO_new(tls->socket);

	link->ssl = SSL_new(tls->context);
	if (!link->ssl || !bio) {
		SSL_free(link->ssl);
		BIO_free(bio);
		return false;
	}
	BIO_set_data(bio, link);
	BIO_set_init(bio, 1);
	SSL_set_bio(link->ssl, bio, bio);
	SSL_set_app_data(link->ssl, link);
	if (server)
		SSL_set_accept_state(link->ssl);
	else
		SSL_set_connect_state(link->ssl);
	return true;
}

void tls_end(struct link *link)
{
	ERR_clear_error();
	if (link->state == LINK_OPEN || link->state == LINK_CLOSED)
		SSL_shutdown(link->ssl);
	SSL_free(link->ssl);
	ERR_clear_error();
}

/* The other side chose what is in its subject: all but printable ASCII is escaped. */
void tls_subject(const X509 *certificate, char *text, size_t size)
{
	BIO *bio = BIO_new(BIO_s_mem());
	int bytes = 0;

	if (bio && X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0,
				      ASN1_STRFLGS_RFC2253 | XN_FLAG_SEP_CPLUS_SPC |
				      XN_FLAG_DN_REV | XN_FLAG_FN_SN) > 0)
		bytes = BIO_read(bio, text, (int)size - 1);
	text[bytes > 0 ? bytes : 0] = '\0';
	BIO_free(bio);
}

/* What to do about a certificate that is refused. */
static const char *remedy(int error)
{
	switch (error) {
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
		return "; to trust it, put its root into the directory of trust anchors";
	case X509_V_ERR_CERT_HAS_EXPIRED:
		return "; it is to be renewed, or the clock here is wrong";
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return "; the clock here is wrong, or the other's was";
	default:
		return "";
	}
}

int tls_verified(int good, X509_STORE_CTX *store)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store,
					      SSL_get_ex_data_X509_STORE_CTX_idx());
	const X509 *certificate = X509_STORE_CTX_get_current_cert(store);
	int error = X509_STORE_CTX_get_error(store);
	struct link *link = SSL_get_app_data(ssl);
	char subject[LINK_SUBJECT_SIZE];

	if (good)
		return good;
	if (!certificate)
		certificate = X509_STORE_CTX_get0_cert(store);
	tls_subject(certificate, subject, sizeof(subject));
	link->denied = true;
	link_fail(link, "certificate of \"%s\" is refused: %s, at depth %d of its chain%s",
		  subject, X509_verify_cert_error_string(error),
		  X509_STORE_CTX_get_error_depth(store), remedy(error));
	return 0;
}

static const struct {
	int reason;
	bool denied;
	const char *why;
} reasons[] = {
	{ SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE, true,
	  "the other side shows no certificate: a vehicle of ISO 15118-20 needs one" },
	{ SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED, true,
	  "the other side wants a certificate, and was shown none" },
	{ SSL_R_BAD_SIGNATURE, true,
	  "the other side has not the key of the certificate that it shows: it needs both" },
	{ SSL_R_UNSUPPORTED_PROTOCOL, false,
	  "the other side has no TLS 1.3, and ISO 15118-20 nothing else: it has to be updated" },
	{ SSL_R_WRONG_VERSION_NUMBER, false,
	  "the other side speaks without TLS where TLS was agreed: it is to be set up for TLS" },
	{ SSL_R_UNEXPECTED_EOF_WHILE_READING, false,
	  "the other side closed the connection without an end of TLS" },
};

/* Alerts that are about the certificate that was shown. */
static bool is_about_certificate(int alert)
{
	switch (alert) {
	case SSL_AD_BAD_CERTIFICATE:
	case SSL_AD_UNSUPPORTED_CERTIFICATE:
	case SSL_AD_CERTIFICATE_REVOKED:
	case SSL_AD_CERTIFICATE_EXPIRED:
	case SSL_AD_CERTIFICATE_UNKNOWN:
	case SSL_AD_UNKNOWN_CA:
		return true;
	default:
		return false;
	}
}

static void explain(struct link *link)
{
	unsigned long error = ERR_peek_last_error();
	int reason = ERR_GET_REASON(error), alert = reason - SSL_AD_REASON_OFFSET;
	const char *text = ERR_reason_error_string(error);
	size_t i;

	/* tls_verified() knows better. */
	if (link->state == LINK_FAILED)
		return;
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (ERR_GET_LIB(error) == ERR_LIB_SSL && reason == reasons[i].reason) {
			link->denied = reasons[i].denied;
			link_fail(link, "%s", reasons[i].why);
			return;
		}
	if (ERR_GET_LIB(error) != ERR_LIB_SSL || alert < 0) {
		link_fail(link, "TLS failed: %s", text ? text : "OpenSSL does not say why");
	} else if (is_about_certificate(alert)) {
		link->denied = true;
		link_fail(link, "the other side refuses the certificate of this one: %s",
			  SSL_alert_desc_string_long(alert));
	} else {
		link_fail(link, "the other side ended TLS: %s",
			  SSL_alert_desc_string_long(alert));
	}
}

/* What became of @done, which SSL_read() or another one returned. */
static ssize_t outcome(struct link *link, int done)
{
	if (done > 0)
		return done;
	switch (SSL_get_error(link->ssl, done)) {
	case SSL_ERROR_WANT_READ:
	case SSL_ERROR_WANT_WRITE:
		return LINK_LATER;
	case SSL_ERROR_ZERO_RETURN:
		return LINK_END;
	case SSL_ERROR_SYSCALL:
		return LINK_BROKEN;
	default:
		explain(link);
		return LINK_BROKEN;
	}
}

/* Returns false when there is no memory for it. */
static bool know_peer(struct link *link)
{
	X509 *peer = SSL_get1_peer_certificate(link->ssl);
	bool known;

	if (!peer)
		return false;
	tls_subject(peer, link->peer, sizeof(link->peer));
	known = X509_digest(peer, EVP_sha512(), link->identity, NULL);
	X509_free(peer);
	return known;
}

ssize_t tls_shake(struct link *link)
{
	ssize_t done;

	ERR_clear_error();
	done = outcome(link, SSL_do_handshake(link->ssl));
	link->wants = SSL_want_write(link->ssl) ? POLLOUT : POLLIN;
	if (done == LINK_END)
		link_fail(link, "the other side ended TLS before it began");
	else if (done > 0 && !know_peer(link))
		link_fail(link, "no memory for the other side's certificate");
	return link->state == LINK_FAILED ? LINK_BROKEN : done;
}

ssize_t tls_read(struct link *link, void *data, size_t size)
{
	ssize_t bytes;

	ERR_clear_error();
	bytes = outcome(link, SSL_read(link->ssl, data, (int)size));
	link->wants = SSL_want_write(link->ssl) ? POLLOUT : 0;
	return bytes;
}

ssize_t tls_write(struct link *link, const void *data, size_t size)
{
	ERR_clear_error();
	return outcome(link, SSL_write(link->ssl, data, (int)size));
}
