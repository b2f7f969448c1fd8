// SPDX-License-Identifier: GPL-2.0-or-later
/* Certificates, keys and trust anchors as operators put them there, rightly and not. */
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"
#include "wire.h"

/* Names in the PKI's directory; "-" is none, and what has a colon is left as it is. */
static const struct bad {
	const char *certificate;
	const char *key;
	const char *trust;
	const char *about;		/* whose path the sentence begins with */
	const char *why;
} bads[] = {
	{ "nothing.pem", "secc.key", "trust-of-charger", "nothing.pem",
	  "No such file or directory; say where the PEM file is" },
	{ "trust-of-charger", "secc.key", "trust-of-charger", "trust-of-charger",
	  "not a file of at most 65536 bytes; say where the PEM file is" },
	{ "pipe", "secc.key", "trust-of-charger", "pipe",
	  "not a file of at most 65536 bytes; say where the PEM file is" },
	{ "large", "secc.key", "trust-of-charger", "large",
	  "not a file of at most 65536 bytes; say where the PEM file is" },
	{ "README", "secc.key", "trust-of-charger", "README",
	  "0 certificates are in it; put in the charger's or vehicle's own, and behind it those of its CAs, 5 at most" },
	{ "six.pem", "secc.key", "trust-of-charger", "six.pem",
	  "6 certificates are in it; put in the charger's or vehicle's own, and behind it those of its CAs, 5 at most" },
	{ "torn.pem", "secc.key", "trust-of-charger", "torn.pem",
	  "a certificate in it can not be read (bad end line); copy the file anew" },
	{ "garbled.pem", "secc.key", "trust-of-charger", "garbled.pem",
	  "a certificate in it can not be read (bad base64 decode); copy the file anew" },
	{ "swapped.pem", "secc.key", "trust-of-charger", "swapped.pem",
	  "certificate of \"CN=DE*TST*E1, O=Test CPO\" is not issued by the one behind it; put the leaf first, and behind each certificate that of its CA" },
	{ "p384.pem", "p384.key", "trust-of-charger", "p384.pem",
	  "the key of its first certificate is neither on secp521r1 nor Ed448; get a certificate for one that is" },
	{ "rsa.pem", "rsa.key", "trust-of-charger", "rsa.pem",
	  "the key of its first certificate is neither on secp521r1 nor Ed448; get a certificate for one that is" },
	{ "secc-expired-chain.pem", "secc-expired.key", "trust-of-charger",
	  "secc-expired-chain.pem",
	  "certificate of \"CN=DE*TST*E2, O=Test CPO\" expired at 2021-01-01 00:00 UTC; renew it, or set the clock" },
	{ "future.pem", "future.key", "trust-of-charger", "future.pem",
	  "certificate of \"CN=future\" is not valid before 2106-02-07 06:28 UTC; set the clock" },
	{ "secc-chain.pem", "nothing.key", "trust-of-charger", "nothing.key",
	  "No such file or directory; say where the PEM file is" },
	{ "secc-chain.pem", "README-only.key", "trust-of-charger", "README-only.key",
	  "no private key can be read from it (unsupported); it has to be PEM without a passphrase" },
	{ "secc-chain.pem", "locked.key", "trust-of-charger", "locked.key",
	  "no private key can be read from it (bad password read); it has to be PEM without a passphrase" },
	{ "secc-chain.pem", "open.key", "trust-of-charger", "open.key",
	  "everybody can read this key; say 'chmod o= $'" },
	{ "secc-chain.pem", "file:/nowhere?pin-value=1234", "trust-of-charger",
	  "file:/nowhere",
	  "no provider has a private key there (No such file or directory); look at the URI, and at the providers in OpenSSL's configuration" },
	{ "secc-chain.pem", "pkcs11:object=secc?pin-value=1234", "trust-of-charger",
	  "pkcs11:object=secc",
	  "no provider has a private key there (unsupported); look at the URI, and at the providers in OpenSSL's configuration" },
	{ "secc-chain.pem", "secc.key", "nowhere", "nowhere",
	  "No such file or directory; say which directory has the trust anchors" },
	{ "secc-chain.pem", "secc.key", "secc.key", "secc.key",
	  "Not a directory; say which directory has the trust anchors" },
	{ "secc-chain.pem", "secc.key", "trust-empty", "trust-empty",
	  "no certificate is in it; put there the roots that are trusted, as PEM files" },
	{ "secc-chain.pem", "secc.key", "trust-torn", "trust-torn/torn.pem",
	  "a certificate in it can not be read (bad end line); copy the file anew" },
	{ "secc-chain.pem", "secc.key", "trust-many", "trust-many/many.pem",
	  "with it there are more than 64 trust anchors; keep those of vehicles that charge here" },
};

static struct tls *load(const char *certificate, const char *key, const char *trust,
			bool server, char *why, size_t size)
{
	const char *names[] = { certificate, key, trust };
	char paths[3][4096];
	struct tls_files files = { paths[0], paths[1], paths[2] };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		snprintf(paths[i], sizeof(paths[i]), "%s",
			 strchr(names[i], ':') ? names[i] : pki(names[i]));
	return server ? tls_server(&files, why, size) : tls_client(&files, why, size);
}

static void put(const char *name, const char *text)
{
	FILE *out = fopen(pki(name), "w");

	if (!out || fputs(text, out) < 0 || fclose(out) || chmod(pki(name), 0600))
		check(false, "tls: write %s", name);
}

/* @n times the same file. */
static void put_copies(const char *name, const char *of, unsigned int n)
{
	char *text = read_file(pki(of)), *all = calloc(n, strlen(text) + 1);
	unsigned int i;

	for (i = 0; i < n; i++)
		strcat(all, text);
	put(name, all);
	free(all);
	free(text);
}

/* A certificate of no chain, NAME.pem and NAME.key, from that second on. */
static void put_single(const char *name, EVP_PKEY *key, time_t from)
{
	X509 *made = X509_new();
	char file[64];
	FILE *out;

	X509_set_version(made, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
	ASN1_TIME_set(X509_getm_notBefore(made), from);
	ASN1_TIME_set(X509_getm_notAfter(made), (time_t)5000000000);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC,
				   (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(made, X509_get_subject_name(made));
	X509_set_pubkey(made, key);
	X509_sign(made, key, EVP_PKEY_is_a(key, "ED448") ? NULL : EVP_sha256());
	snprintf(file, sizeof(file), "%s.pem", name);
	put(file, "");
	out = fopen(pki(file), "w");
	PEM_write_X509(out, made);
	fclose(out);
	X509_free(made);
	snprintf(file, sizeof(file), "%s.key", name);
	put(file, "");
	out = fopen(pki(file), "w");
	PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL);
	fclose(out);
	EVP_PKEY_free(key);
}

static void put_locked(const char *name)
{
	FILE *in = fopen(pki("secc.key"), "r"), *out;
	EVP_PKEY *key = PEM_read_PrivateKey(in, NULL, NULL, NULL);

	put(name, "");
	out = fopen(pki(name), "w");
	PEM_write_PrivateKey(out, key, EVP_aes_128_cbc(), (const unsigned char *)"x", 1, NULL,
			     NULL);
	EVP_PKEY_free(key);
	fclose(in);
	fclose(out);
}

static void prepare(void)
{
	char *text = read_file(pki("secc-chain.pem")), *sub, *last, swapped[8192];

	sub = strstr(text + 1, "-----BEGIN");
	last = strstr(sub + 1, "-----BEGIN");
	snprintf(swapped, sizeof(swapped), "%.*s%s", (int)(sub - text), text, last);
	put("swapped.pem", swapped);
	text[sub - text + 400] = '\0';
	put("torn.pem", text);
	text[100] = '*';
	put("garbled.pem", text);
	free(text);
	put_copies("six.pem", "secc-chain.pem", 2);
	put_copies("large", "secc-chain.pem", 30);
	put_copies("README-only.key", "README", 1);
	put_copies("open.key", "secc.key", 1);
	chmod(pki("open.key"), 0644);
	put_locked("locked.key");
	mkfifo(pki("pipe"), 0600);
	put_single("p384", EVP_EC_gen("P-384"), 0);
	put_single("rsa", EVP_RSA_gen(2048), 0);
	put_single("future", EVP_EC_gen("P-521"), (time_t)UINT32_MAX);
	put_single("ed448", EVP_PKEY_Q_keygen(NULL, NULL, "ED448"), 0);
	put_single("p256", EVP_EC_gen("P-256"), 0);
	mkdir(pki("trust-empty"), 0755);
	mkdir(pki("trust-empty/directory"), 0755);
	put("trust-empty/notes", "none yet\n");
	put_copies("trust-empty/.hidden.pem", "v2g-root.pem", 1);
	mkdir(pki("trust-torn"), 0755);
	put_copies("trust-torn/torn.pem", "torn.pem", 1);
	mkdir(pki("trust-many"), 0755);
	put_copies("trust-many/many.pem", "v2g-root.pem", 65);
	mkdir(pki("trust-mixed"), 0755);
	put_copies("trust-mixed/two-in-one", "v2g-root.pem", 2);
	put_copies("trust-mixed/README", "README", 1);
	mkfifo(pki("trust-mixed/pipe"), 0600);
}

static void test_bad(const struct bad *bad)
{
	const char *about = strchr(bad->about, ':') ? bad->about : pki(bad->about);
	const char *dollar = strchr(bad->why, '$');
	char want[8192], why[4096];
	int start;

	start = snprintf(want, sizeof(want), "%s: ", about);
	if (dollar)
		snprintf(want + start, sizeof(want) - start, "%.*s%s'",
			 (int)(dollar - bad->why), bad->why, about);
	else
		snprintf(want + start, sizeof(want) - start, "%s", bad->why);
	check(!load(bad->certificate, bad->key, bad->trust, true, why, sizeof(why)),
	      "tls: %s, %s, %s are not taken", bad->certificate, bad->key, bad->trust);
	check_text(why, want, "tls: and why");
}

static void test_mismatch(void)
{
	char want[8192], why[4096];
	int end;

	end = snprintf(want, sizeof(want), "%s: this key is not that of the first certificate",
		       pki("mismatched.key"));
	snprintf(want + end, sizeof(want) - end,
		 " in %s; name the key that the certificate was issued for",
		 pki("secc-chain.pem"));
	check(!load("secc-chain.pem", "mismatched.key", "trust-of-charger", true, why,
		    sizeof(why)), "tls: another's key is not taken");
	check_text(why, want, "tls: and why");
	check(!load("vehicle-chain.pem", "mismatched.key", "trust-of-vehicle", false, why,
		    sizeof(why)) && strstr(why, "is not that of the first certificate"),
	      "tls: nor by a vehicle");
	check(!load("secc-chain.pem", "nothing.key", "trust-of-charger", true, why, 16) &&
	      strlen(why) == 15, "tls: a sentence that does not fit is cut");
}

static void test_taken(const char *certificate, const char *key, const char *trust,
		       bool server)
{
	char why[4096];
	struct tls *tls = load(certificate, key, trust, server, why, sizeof(why));

	check(tls && !*why, "tls: %s, %s, %s are taken: %s", certificate, key, trust, why);
	tls_free(tls);
}

void test_tls_files(void)
{
	char uri[4200];
	size_t i;

	prepare();
	for (i = 0; i < ARRAY_LEN(bads); i++)
		test_bad(&bads[i]);
	test_mismatch();
	test_taken("ed448.pem", "ed448.key", "trust-of-charger", true);
	test_taken("p256.pem", "p256.key", "trust-of-charger", true);
	test_taken("secc-chain.pem", "secc.key", "trust-mixed", true);
	/* Whether it is too old is the charger's to say. */
	test_taken("vehicle-expired-chain.pem", "vehicle-expired.key", "trust-of-vehicle", false);
	snprintf(uri, sizeof(uri), "file:%s", pki("secc.key"));
	test_taken("secc-chain.pem", uri, "trust-of-charger", true);
}
