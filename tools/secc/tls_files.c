// SPDX-License-Identifier: GPL-2.0-or-later
/* Certificates, keys and trust anchors, from files or from where a provider has them. */
#include <dirent.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/store.h>
#include <openssl/ui.h>
#include <openssl/x509v3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "link-internal.h"

/* What a file may have, and a directory: the other side is told all the names in it. */
#define FILE_MAX		65536
#define ANCHORS_MAX		64

/* Objects of a provider's URI that are looked at for a key */
#define OBJECTS_MAX		16

/* A leaf, the CAs above it, and the root, which need not be sent */
#define OWN_MAX			(TLS_SUB_CAS + 2)

/* A sentence, and where it goes */
struct reply {
	char *why;
	size_t size;
};

static bool refuse(const struct reply *reply, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static bool refuse(const struct reply *reply, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(reply->why, reply->size, fmt, args);
	va_end(args);
	return false;
}

static const char *openssl_says(void)
{
	unsigned long error = ERR_peek_last_error();
	const char *text = ERR_reason_error_string(error);

	if (ERR_SYSTEM_ERROR(error))
		return strerror(ERR_GET_REASON(error));
	return text ? text : "OpenSSL does not say why";
}

/* Neither waits for a pipe's other end nor reads without an end. */
static BIO *open_file(const char *path, const struct reply *reply)
{
	struct stat st;
	BIO *bio;

	if (stat(path, &st)) {
		refuse(reply, "%s: %s; say where the PEM file is", path, strerror(errno));
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX) {
		refuse(reply, "%s: not a file of at most %d bytes; say where the PEM file is",
		       path, FILE_MAX);
		return NULL;
	}
	bio = BIO_new_file(path, "r");
	if (!bio)
		refuse(reply, "%s: %s; let evsectl read it", path, strerror(errno));
	return bio;
}

/* Those of a file, in its order; none is no mistake yet. NULL after one. */
static struct stack_st_X509 *read_certificates(const char *path,
					       const struct reply *reply)
{
	struct stack_st_X509 *all;
	BIO *bio = open_file(path, reply);
	X509 *one;

	if (!bio)
		return NULL;
	ERR_clear_error();
	all = sk_X509_new_null();
	while (all && (one = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
		if (sk_X509_push(all, one))
			continue;
		X509_free(one);
		break;
	}
	BIO_free(bio);
	if (ERR_GET_LIB(ERR_peek_last_error()) == ERR_LIB_PEM &&
	    ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE) {
		ERR_clear_error();
		return all;
	}
	refuse(reply, "%s: a certificate in it can not be read (%s); copy the file anew", path,
	       openssl_says());
	sk_X509_pop_free(all, X509_free);
	return NULL;
}

static void date(const ASN1_TIME *when, char *text, size_t size)
{
	struct tm tm;

	if (!ASN1_TIME_to_tm(when, &tm) || !strftime(text, size, "%Y-%m-%d %H:%M UTC", &tm))
		snprintf(text, size, "a time that is none");
}

static bool is_current(const char *path, const X509 *one, const struct reply *reply)
{
	const ASN1_TIME *from = X509_get0_notBefore(one);
	const ASN1_TIME *until = X509_get0_notAfter(one);
	char subject[LINK_SUBJECT_SIZE], when[64];

	tls_subject(one, subject, sizeof(subject));
	if (X509_cmp_current_time(until) <= 0) {
		date(until, when, sizeof(when));
		return refuse(reply,
			      "%s: certificate of \"%s\" expired at %s; renew it, or set the clock",
			      path, subject, when);
	}
	if (X509_cmp_current_time(from) >= 0) {
		date(from, when, sizeof(when));
		return refuse(reply,
			      "%s: certificate of \"%s\" is not valid before %s; set the clock",
			      path, subject, when);
	}
	return true;
}

static bool is_chain(const char *path, struct stack_st_X509 *chain,
		     const struct reply *reply)
{
	char subject[LINK_SUBJECT_SIZE];
	int i;

	for (i = 0; i + 1 < sk_X509_num(chain); i++) {
		X509 *one = sk_X509_value(chain, i), *next = sk_X509_value(chain, i + 1);

		if (X509_check_issued(next, one) == X509_V_OK)
			continue;
		tls_subject(one, subject, sizeof(subject));
		return refuse(reply,
			      "%s: certificate of \"%s\" is not issued by the one behind it; put the leaf first, and behind each certificate that of its CA",
			      path, subject);
	}
	return true;
}

/* What the signature algorithms that are offered can sign with. */
static bool is_usable(const char *path, const X509 *leaf, const struct reply *reply)
{
	EVP_PKEY *key = X509_get0_pubkey(leaf);
	char group[64] = "";

	if (key && EVP_PKEY_is_a(key, "ED448"))
		return true;
	if (key && EVP_PKEY_is_a(key, "EC") &&
	    EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) &&
	    (!strcmp(group, SN_secp521r1) || !strcmp(group, SN_X9_62_prime256v1)))
		return true;
	return refuse(reply,
		      "%s: the key of its first certificate is neither on secp521r1 nor Ed448; get a certificate for one that is",
		      path);
}

/* Nobody is there to be asked for a passphrase. */
static int no_passphrase(char *buffer, int size, int writing, void *data)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)data;
	return -1;
}

static EVP_PKEY *read_key_file(const char *path, const struct reply *reply)
{
	struct stat st;
	EVP_PKEY *key;
	BIO *bio;

	if (!stat(path, &st) && S_ISREG(st.st_mode) && st.st_mode & 0007) {
		refuse(reply, "%s: everybody can read this key; say 'chmod o= %s'", path, path);
		return NULL;
	}
	bio = open_file(path, reply);
	if (!bio)
		return NULL;
	key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	if (!key)
		refuse(reply,
		       "%s: no private key can be read from it (%s); it has to be PEM without a passphrase",
		       path, openssl_says());
	return key;
}

static EVP_PKEY *read_key_uri(const char *uri, const struct reply *reply)
{
	OSSL_STORE_CTX *store = OSSL_STORE_open(uri, UI_null(), NULL, NULL, NULL);
	OSSL_STORE_INFO *info;
	EVP_PKEY *key = NULL;
	int i;

	if (store)
		OSSL_STORE_expect(store, OSSL_STORE_INFO_PKEY);
	for (i = 0; store && !key && i < OBJECTS_MAX && !OSSL_STORE_eof(store); i++) {
		info = OSSL_STORE_load(store);
		if (info && OSSL_STORE_INFO_get_type(info) == OSSL_STORE_INFO_PKEY)
			key = OSSL_STORE_INFO_get1_PKEY(info);
		OSSL_STORE_INFO_free(info);
	}
	/* What a URI may have behind "?", such as a PIN, is not repeated. */
	if (!key)
		refuse(reply,
		       "%.*s: no provider has a private key there (%s); look at the URI, and at the providers in OpenSSL's configuration",
		       (int)strcspn(uri, "?"), uri, openssl_says());
	OSSL_STORE_close(store);
	return key;
}

/* A scheme is before any slash. */
static bool is_uri(const char *name)
{
	return name[strcspn(name, ":/")] == ':';
}

static bool use(SSL_CTX *context, struct stack_st_X509 *chain,
		const struct tls_files *files, const struct reply *reply)
{
	X509 *leaf = sk_X509_shift(chain);
	EVP_PKEY *key;
	bool good;

	ERR_clear_error();
	key = is_uri(files->key) ? read_key_uri(files->key, reply) :
				   read_key_file(files->key, reply);
	if (!key) {
		good = false;
	} else if (!X509_check_private_key(leaf, key)) {
		good = refuse(reply,
			      "%.*s: this key is not that of the first certificate in %s; name the key that the certificate was issued for",
			      (int)strcspn(files->key, "?"), files->key, files->certificate);
	} else {
		good = SSL_CTX_use_cert_and_key(context, leaf, key, chain, 1) ||
		       refuse(reply, "%s: OpenSSL can not use it (%s); get another certificate",
			      files->certificate, openssl_says());
	}
	EVP_PKEY_free(key);
	X509_free(leaf);
	return good;
}

bool tls_own(SSL_CTX *context, const struct tls_files *files, bool server, char *why,
	     size_t size)
{
	const struct reply reply = { why, size };
	struct stack_st_X509 *chain = read_certificates(files->certificate, &reply);
	int i, n = sk_X509_num(chain);
	bool good = true;

	if (!chain)
		return false;
	if (n < 1 || n > OWN_MAX)
		good = refuse(&reply,
			      "%s: %d certificates are in it; put in the charger's or vehicle's own, and behind it those of its CAs, %d at most",
			      files->certificate, n, OWN_MAX);
	/* Whether one of a vehicle is too old is the charger's to say. */
	for (i = 0; server && good && i < n; i++)
		good = is_current(files->certificate, sk_X509_value(chain, i), &reply);
	good = good && is_chain(files->certificate, chain, &reply) &&
	       is_usable(files->certificate, sk_X509_value(chain, 0), &reply) &&
	       use(context, chain, files, &reply);
	sk_X509_pop_free(chain, X509_free);
	return good;
}

/* Files of the directory, by their full names; anything else there is passed over. */
static bool next_file(DIR *dir, const char *directory, char *path, size_t size)
{
	const struct dirent *entry;
	struct stat st;
	int length;

	while ((entry = readdir(dir))) {
		if (*entry->d_name == '.')
			continue;
		length = snprintf(path, size, "%s/%s", directory, entry->d_name);
		if (length < (int)size && !stat(path, &st) && S_ISREG(st.st_mode))
			return true;
	}
	return false;
}

static bool add_anchors(X509_STORE *store, struct stack_st_X509_NAME *names,
			struct stack_st_X509 *anchors)
{
	X509_NAME *name;
	int i;

	for (i = 0; i < sk_X509_num(anchors); i++) {
		X509 *anchor = sk_X509_value(anchors, i);

		name = X509_NAME_dup(X509_get_subject_name(anchor));
		if (!name || !X509_STORE_add_cert(store, anchor) ||
		    !sk_X509_NAME_push(names, name)) {
			X509_NAME_free(name);
			return false;
		}
	}
	return true;
}

static bool add_file(SSL_CTX *context, struct stack_st_X509_NAME *names, const char *path,
		     const struct reply *reply)
{
	struct stack_st_X509 *anchors = read_certificates(path, reply);
	bool good;

	if (!anchors)
		return false;
	if (sk_X509_NAME_num(names) + sk_X509_num(anchors) > ANCHORS_MAX)
		good = refuse(reply,
			      "%s: with it there are more than %d trust anchors; keep those of vehicles that charge here",
			      path, ANCHORS_MAX);
	else
		good = add_anchors(SSL_CTX_get_cert_store(context), names, anchors) ||
		       refuse(reply, "%s: OpenSSL can not use it (%s); copy it anew", path,
			      openssl_says());
	sk_X509_pop_free(anchors, X509_free);
	return good;
}

bool tls_trust(SSL_CTX *context, const char *directory, char *why, size_t size)
{
	const struct reply reply = { why, size };
	struct stack_st_X509_NAME *names = sk_X509_NAME_new_null();
	DIR *dir = opendir(directory);
	char path[4096];
	bool good = true;

	if (!names)
		good = refuse(&reply, "no memory for trust anchors: free some");
	else if (!dir)
		good = refuse(&reply, "%s: %s; say which directory has the trust anchors",
			      directory, strerror(errno));
	while (good && next_file(dir, directory, path, sizeof(path)))
		good = add_file(context, names, path, &reply);
	if (good && !sk_X509_NAME_num(names))
		good = refuse(&reply,
			      "%s: no certificate is in it; put there the roots that are trusted, as PEM files",
			      directory);
	if (dir)
		closedir(dir);
	if (good)
		SSL_CTX_set0_CA_list(context, names);
	else
		sk_X509_NAME_pop_free(names, X509_NAME_free);
	return good;
}
