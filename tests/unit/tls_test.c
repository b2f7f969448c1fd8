// SPDX-License-Identifier: GPL-2.0-or-later
/* Links with TLS: who is let in, who is not, and what either side is told. */
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../tools/secc/link-internal.h"
#include "test.h"
#include "wire.h"

static struct tls *make(const char *certificate, const char *key, const char *trust,
			bool server)
{
	char paths[3][4096], why[512];
	struct tls_files files = { paths[0], paths[1], paths[2] };
	struct tls *tls;

	snprintf(paths[0], sizeof(paths[0]), "%s", pki(certificate));
	snprintf(paths[1], sizeof(paths[1]), "%s", pki(key));
	snprintf(paths[2], sizeof(paths[2]), "%s", pki(trust));
	tls = server ? tls_server(&files, why, sizeof(why)) :
		       tls_client(&files, why, sizeof(why));
	if (!tls)
		check(false, "tls: %s", why);
	return tls;
}

static struct tls *good_charger(void)
{
	return make("secc-chain.pem", "secc.key", "trust-of-charger", true);
}

static struct tls *good_vehicle(void)
{
	return make("vehicle-chain.pem", "vehicle.key", "trust-of-vehicle", false);
}

/* SHA-512 of the first certificate of a file. */
static void identity_of(const char *name, uint8_t identity[LINK_IDENTITY_SIZE])
{
	FILE *in = fopen(pki(name), "r");
	X509 *leaf = in ? PEM_read_X509(in, NULL, NULL, NULL) : NULL;
	unsigned char *der = NULL;
	int size = i2d_X509(leaf, &der);

	memset(identity, 0, LINK_IDENTITY_SIZE);
	if (size > 0)
		EVP_Digest(der, (size_t)size, identity, NULL, EVP_sha512(), NULL);
	OPENSSL_free(der);
	X509_free(leaf);
	if (in)
		fclose(in);
}

static bool names(SSL *ssl, const char *common_name)
{
	const struct stack_st_X509_NAME *all = SSL_get0_peer_CA_list(ssl);
	char text[256];
	int i;

	for (i = 0; i < sk_X509_NAME_num(all); i++) {
		X509_NAME_get_text_by_NID(sk_X509_NAME_value(all, i), NID_commonName,
					  text, sizeof(text));
		if (!strcmp(text, common_name))
			return true;
	}
	return false;
}

static unsigned int tickets;

static int count_ticket(SSL *ssl, SSL_SESSION *session)
{
	(void)ssl;
	(void)session;
	tickets++;
	return 0;
}

static void test_good(void)
{
	struct tls *charger = good_charger(), *vehicle = good_vehicle();
	uint8_t want[LINK_IDENTITY_SIZE], got[LINK_IDENTITY_SIZE];
	const uint8_t *message;
	struct wire wire;
	size_t size;

	SSL_CTX_set_session_cache_mode(vehicle->context, SSL_SESS_CACHE_CLIENT);
	SSL_CTX_sess_set_new_cb(vehicle->context, count_ticket);
	wire_open(&wire, charger, vehicle, true);
	check(link_work(wire.charger) == LINK_CONNECTING &&
	      link_events(wire.charger) == POLLIN, "tls: the charger waits for a vehicle");
	check(!*link_cipher(wire.charger) && !*link_peer(wire.charger),
	      "tls: before the handshake nobody is known");
	size = message_of(LINK_MESSAGE_MAX, 1, &message);
	check(link_send(wire.vehicle, message, size), "tls: a message before the handshake");
	wire_run(&wire);
	check(wire.charger_state == LINK_OPEN && wire.vehicle_state == LINK_OPEN,
	      "tls: open: '%s' '%s'", link_why(wire.charger), link_why(wire.vehicle));
	check(takes(wire.charger, LINK_MESSAGE_MAX, 1), "tls: the message comes after it");
	check(link_events(wire.charger) == POLLIN && link_events(wire.vehicle) == POLLIN,
	      "tls: both wait for messages");
	size = message_of(LINK_MESSAGE_MAX, 2, &message);
	link_send(wire.charger, message, size);
	wire_run(&wire);
	check(takes(wire.vehicle, LINK_MESSAGE_MAX, 2), "tls: an answer");
	check_text(link_cipher(wire.charger), "TLS_AES_256_GCM_SHA384", "tls: the cipher");
	check_text(SSL_get_version(wire.charger->ssl), "TLSv1.3", "tls: the version");
	check(SSL_get_negotiated_group(wire.charger->ssl) == NID_secp521r1, "tls: the group");
	check_text(link_peer(wire.charger), "CN=WTESTV2G000000001, O=Test OEM",
		   "tls: the vehicle's name");
	check_text(link_peer(wire.vehicle), "CN=DE*TST*E1, O=Test CPO",
		   "tls: the charger's name");
	identity_of("vehicle-chain.pem", want);
	link_identity(wire.charger, got);
	check(!memcmp(want, got, sizeof(want)), "tls: the vehicle's identity");
	identity_of("secc-chain.pem", want);
	link_identity(wire.vehicle, got);
	check(!memcmp(want, got, sizeof(want)), "tls: the charger's identity");
	check(names(wire.vehicle->ssl, "OEM Root CA") && names(wire.vehicle->ssl, "V2G Root CA"),
	      "tls: the charger says whom it trusts");
	check(names(wire.charger->ssl, "V2G Root CA"), "tls: the vehicle says whom it trusts");
	check(!tickets, "tls: no ticket for a next session");

	link_free(wire.vehicle);
	wire.vehicle = NULL;
	check(link_work(wire.charger) == LINK_CLOSED && !*link_why(wire.charger),
	      "tls: an orderly end");
	wire_close(&wire);
	tls_free(charger);
	tls_free(vehicle);
	tls_free(NULL);
}

/* Many messages at once, that nobody takes until they are there. */
static void test_many(void)
{
	struct tls *charger = good_charger(), *vehicle = good_vehicle();
	unsigned int i, taken = 0, length = 7000;
	const uint8_t *message;
	struct wire wire;
	size_t size;

	wire_open(&wire, charger, vehicle, false);
	wire_run(&wire);
	for (i = 0; i < 8; i++) {
		size = message_of(length, (uint8_t)i, &message);
		check(link_send(wire.vehicle, message, size), "tls: message %u at once", i);
		wire_run(&wire);
	}
	check(!(link_events(wire.charger) & POLLIN), "tls: the buffer is full");
	while (taken < 8 && takes(wire.charger, length, (uint8_t)taken)) {
		taken++;
		wire_run(&wire);
	}
	check(taken == 8, "tls: %u of 8 arrive", taken);
	wire_close(&wire);
	tls_free(charger);
	tls_free(vehicle);
}

static void without_certificate(struct tls *tls)
{
	SSL_CTX *context = tls->context;
	X509_STORE *trust = SSL_CTX_get_cert_store(context);

	X509_STORE_up_ref(trust);
	tls->context = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_cert_store(tls->context, trust);
	SSL_CTX_free(context);
}

static void with_expired_charger(struct tls *tls)
{
	SSL_CTX_use_certificate_chain_file(tls->context, pki("secc-expired-chain.pem"));
	SSL_CTX_use_PrivateKey_file(tls->context, pki("secc-expired.key"), SSL_FILETYPE_PEM);
}

/* The public key of the certificate, and another private one. */
static void with_stolen_certificate(struct tls *tls)
{
	FILE *in = fopen(pki("mismatched.key"), "r");
	EVP_PKEY *own = PEM_read_PrivateKey(in, NULL, NULL, NULL), *forged = NULL;
	X509 *leaf = SSL_CTX_get0_certificate(tls->context);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	unsigned char *point = NULL;
	size_t size = EVP_PKEY_get1_encoded_public_key(X509_get0_pubkey(leaf), &point);
	BIGNUM *secret = NULL;
	OSSL_PARAM *params;

	fclose(in);
	EVP_PKEY_get_bn_param(own, OSSL_PKEY_PARAM_PRIV_KEY, &secret);
	OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-521", 0);
	OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, size);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, secret);
	params = OSSL_PARAM_BLD_to_param(build);
	if (EVP_PKEY_fromdata_init(context) <= 0 ||
	    EVP_PKEY_fromdata(context, &forged, EVP_PKEY_KEYPAIR, params) <= 0 ||
	    !SSL_CTX_use_PrivateKey(tls->context, forged))
		check(false, "tls: forge a key");
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(context);
	EVP_PKEY_free(own);
	EVP_PKEY_free(forged);
	BN_free(secret);
	OPENSSL_free(point);
}

static void with_old_version(struct tls *tls)
{
	SSL_CTX_set_min_proto_version(tls->context, TLS1_2_VERSION);
	SSL_CTX_set_max_proto_version(tls->context, TLS1_2_VERSION);
}

static void with_weaker_cipher(struct tls *tls)
{
	SSL_CTX_set_ciphersuites(tls->context, "TLS_AES_128_GCM_SHA256");
}

static const struct refusal {
	const char *name;
	const char *certificate;	/* the vehicle's */
	const char *trust;
	void (*charger_is)(struct tls *tls);
	void (*vehicle_is)(struct tls *tls);
	bool charger_denies;
	bool vehicle_denies;
	const char *charger_says;
	const char *vehicle_says;
} refusals[] = {
	{ .name = "an expired vehicle", .certificate = "vehicle-expired",
	  .charger_denies = true, .vehicle_denies = true,
	  .charger_says = "certificate of \"CN=WTESTV2G000000002, O=Test OEM\" is refused: certificate has expired, at depth 0 of its chain; it is to be renewed, or the clock here is wrong",
	  .vehicle_says = "the other side refuses the certificate of this one: certificate expired" },
	{ .name = "an unknown vehicle", .certificate = "vehicle-stranger",
	  .charger_denies = true, .vehicle_denies = true,
	  .charger_says = "certificate of \"CN=WTESTV2G000000003, O=Nobody\" is refused: unable to get local issuer certificate, at depth 0 of its chain; to trust it, put its root into the directory of trust anchors",
	  .vehicle_says = "the other side refuses the certificate of this one: unknown CA" },
	{ .name = "a chain too long", .certificate = "vehicle-deep",
	  .charger_denies = true, .vehicle_denies = true,
	  .charger_says = "certificate of \"CN=OEM Sub-CA 1, O=Test OEM\" is refused: certificate chain too long, at depth 4 of its chain",
	  .vehicle_says = "the other side refuses the certificate of this one: unknown CA" },
	{ .name = "a vehicle without a certificate", .vehicle_is = without_certificate,
	  .charger_denies = true, .vehicle_denies = true,
	  .charger_says = "the other side shows no certificate: a vehicle of ISO 15118-20 needs one",
	  .vehicle_says = "the other side wants a certificate, and was shown none" },
	{ .name = "a vehicle with another's certificate",
	  .vehicle_is = with_stolen_certificate, .charger_denies = true,
	  .charger_says = "the other side has not the key of the certificate that it shows: it needs both",
	  .vehicle_says = "the other side ended TLS: decrypt error" },
	{ .name = "an expired charger", .charger_is = with_expired_charger,
	  .charger_denies = true, .vehicle_denies = true,
	  .charger_says = "the other side refuses the certificate of this one: certificate expired",
	  .vehicle_says = "certificate of \"CN=DE*TST*E2, O=Test CPO\" is refused: certificate has expired, at depth 0 of its chain; it is to be renewed, or the clock here is wrong" },
	{ .name = "an unknown charger", .trust = "trust-of-nobody",
	  .charger_denies = true, .vehicle_denies = true,
	  .charger_says = "the other side refuses the certificate of this one: unknown CA",
	  .vehicle_says = "certificate of \"CN=CPO Sub-CA 1, O=Test CPO\" is refused: unable to get local issuer certificate, at depth 2 of its chain; to trust it, put its root into the directory of trust anchors" },
	{ .name = "a charger with another's certificate",
	  .charger_is = with_stolen_certificate, .vehicle_denies = true,
	  .charger_says = "the other side ended TLS: decrypt error",
	  .vehicle_says = "the other side has not the key of the certificate that it shows: it needs both" },
	{ .name = "a vehicle with TLS 1.2", .vehicle_is = with_old_version,
	  .charger_says = "the other side has no TLS 1.3, and ISO 15118-20 nothing else: it has to be updated",
	  .vehicle_says = "the other side ended TLS: protocol version" },
	{ .name = "a charger with TLS 1.2", .charger_is = with_old_version,
	  .charger_says = "the other side has no TLS 1.3, and ISO 15118-20 nothing else: it has to be updated",
	  .vehicle_says = "the other side ended TLS: protocol version" },
	{ .name = "a vehicle with a weaker cipher", .vehicle_is = with_weaker_cipher,
	  .charger_says = "TLS failed: no shared cipher",
	  .vehicle_says = "the other side ended TLS: handshake failure" },
};

static void test_refusal(const struct refusal *r)
{
	const char *certificate = r->certificate ? r->certificate : "vehicle";
	struct tls *charger = good_charger(), *vehicle;
	char chain[64], key[64];
	const uint8_t *message;
	struct wire wire;
	size_t size;

	snprintf(chain, sizeof(chain), "%s-chain.pem", certificate);
	snprintf(key, sizeof(key), "%s.key", certificate);
	vehicle = make(chain, key, r->trust ? r->trust : "trust-of-vehicle", false);
	if (r->charger_is)
		r->charger_is(charger);
	if (r->vehicle_is)
		r->vehicle_is(vehicle);
	wire_open(&wire, charger, vehicle, true);
	/* A vehicle's handshake may end before the charger looks at its certificate. */
	size = message_of(200, 1, &message);
	link_send(wire.vehicle, message, size);
	wire_run(&wire);
	check(wire.charger_state == LINK_FAILED && wire.vehicle_state == LINK_FAILED,
	      "tls: %s is refused", r->name);
	check_text(link_why(wire.charger), r->charger_says, "tls: %s: why, the charger", r->name);
	check_text(link_why(wire.vehicle), r->vehicle_says, "tls: %s: why, the vehicle", r->name);
	check(link_denied(wire.charger) == r->charger_denies &&
	      link_denied(wire.vehicle) == r->vehicle_denies,
	      "tls: %s: is it about a certificate", r->name);
	wire_close(&wire);
	tls_free(charger);
	tls_free(vehicle);
}

/* The charger is gone before the vehicle looks: the alert is still found. */
static void test_late_alert(void)
{
	struct tls *charger = good_charger();
	struct tls *vehicle = make("vehicle-stranger-chain.pem", "vehicle-stranger.key",
				   "trust-of-vehicle", false);
	const uint8_t *message;
	struct wire wire;
	int i;

	wire_open(&wire, charger, vehicle, true);
	for (i = 0; i < 20 && wire.vehicle_state == LINK_CONNECTING; i++) {
		link_work(wire.charger);
		poll(NULL, 0, 2);
		wire.vehicle_state = link_work(wire.vehicle);
	}
	poll(NULL, 0, 2);
	wire.charger_state = link_work(wire.charger);
	link_free(wire.charger);
	wire.charger = NULL;
	poll(NULL, 0, 2);
	for (i = 0; i < 2; i++)
		link_send(wire.vehicle, message, message_of(200, 1, &message));
	wire.vehicle_state = link_work(wire.vehicle);
	check(wire.charger_state == LINK_FAILED && wire.vehicle_state == LINK_FAILED &&
	      link_denied(wire.vehicle), "tls: an alert is found though sending fails: %s",
	      link_why(wire.vehicle));
	wire_close(&wire);
	tls_free(charger);
	tls_free(vehicle);
}

/* The charger chooses, not the vehicle. */
static void test_preference(void)
{
	struct tls *charger = good_charger(), *vehicle = good_vehicle();
	struct wire wire;

	SSL_CTX_set_ciphersuites(vehicle->context,
				 "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384");
	wire_open(&wire, charger, vehicle, false);
	wire_run(&wire);
	check_text(link_cipher(wire.charger), "TLS_AES_256_GCM_SHA384", "tls: AES first");
	wire_close(&wire);
	SSL_CTX_set_ciphersuites(vehicle->context, "TLS_CHACHA20_POLY1305_SHA256");
	SSL_CTX_set1_groups_list(vehicle->context, "X448");
	wire_open(&wire, charger, vehicle, false);
	wire_run(&wire);
	check_text(link_cipher(wire.vehicle), "TLS_CHACHA20_POLY1305_SHA256",
		   "tls: ChaCha20 where AES is not");
	check(SSL_get_negotiated_group(wire.vehicle->ssl) == NID_X448, "tls: x448");
	wire_close(&wire);
	tls_free(charger);
	tls_free(vehicle);
}

static void test_odd_name(void)
{
	struct tls *charger = good_charger();
	struct tls *vehicle = make("vehicle-odd-chain.pem", "vehicle-odd.key",
				   "trust-of-vehicle", false);
	struct wire wire;

	wire_open(&wire, charger, vehicle, false);
	wire_run(&wire);
	check_text(link_peer(wire.charger),
		   "CN=a/b\\;c=d\\1B[31m, O=Caf\\C3\\A9\\, \\\"Test\\\"\\0A",
		   "tls: a name with odd characters");
	wire_close(&wire);
	tls_free(charger);
	tls_free(vehicle);
}

/* What is no TLS, to who expects it. */
static void test_plain(void)
{
	struct tls *charger = good_charger(), *vehicle = good_vehicle();
	const uint8_t *message;
	struct wire wire;

	wire_open(&wire, charger, NULL, false);
	link_send(wire.vehicle, message, message_of(20, 1, &message));
	wire_run(&wire);
	check(wire.charger_state == LINK_FAILED && !link_denied(wire.charger),
	      "tls: a vehicle without TLS is refused");
	check_text(link_why(wire.charger),
		   "the other side speaks without TLS where TLS was agreed: it is to be set up for TLS",
		   "tls: and it is told why");
	wire_close(&wire);
	wire_open(&wire, NULL, vehicle, false);
	wire_run(&wire);
	check(wire.charger_state == LINK_FAILED, "tls: a vehicle with TLS where there is none");
	check_text(link_why(wire.charger),
		   "the other side sent 16 03 where a V2GTP header begins with 01 fe: let it speak ISO 15118 on this port",
		   "tls: and it is told why as well");
	wire_close(&wire);
	tls_free(charger);
	tls_free(vehicle);
}

/* @most bytes from one socket to the other; the number, 0 for none. */
static size_t pass(int from, int to, size_t most)
{
	uint8_t bytes[4096];
	size_t size = most < sizeof(bytes) ? most : sizeof(bytes);
	ssize_t n = recv(from, bytes, size, MSG_DONTWAIT);

	if (n <= 0 || send(to, bytes, (size_t)n, MSG_NOSIGNAL) != n)
		return 0;
	return (size_t)n;
}

/* Links with the test between them. */
static void open_apart(struct wire *wire, int middle[2], struct tls *charger,
		       struct tls *vehicle)
{
	int left[2], right[2];

	wire_sockets(left, false);
	wire_sockets(right, false);
	*wire = (struct wire){ 0 };
	wire->charger = link_accept(left[0], charger);
	wire->vehicle = link_connect(right[0], vehicle);
	middle[0] = left[1];
	middle[1] = right[1];
}

static void test_slow(void)
{
	struct tls *charger = good_charger(), *vehicle = good_vehicle();
	unsigned int idle = 0, bytes = 0;
	const uint8_t *message;
	struct wire wire;
	int middle[2];
	size_t passed;

	open_apart(&wire, middle, charger, vehicle);
	link_send(wire.vehicle, message, message_of(300, 4, &message));
	while (idle < 2) {
		wire.charger_state = link_work(wire.charger);
		wire.vehicle_state = link_work(wire.vehicle);
		passed = pass(middle[0], middle[1], 1) + pass(middle[1], middle[0], 1);
		bytes += passed;
		idle = passed ? 0 : idle + 1;
	}
	check(wire.charger_state == LINK_OPEN && wire.vehicle_state == LINK_OPEN &&
	      takes(wire.charger, 300, 4), "tls: %u bytes, one at a time", bytes);
	wire_close(&wire);
	close(middle[0]);
	close(middle[1]);
	tls_free(charger);
	tls_free(vehicle);
}

/* The vehicle's side ends after that many bytes, anywhere in the handshake. */
static void test_cut(void)
{
	struct tls *charger = good_charger(), *vehicle = good_vehicle();
	unsigned int cut, cuts = 0, failed = 0, open = 0;
	struct wire wire;
	int middle[2];
	size_t left;

	for (cut = 0; !open && cut < 20000; cut += 311, cuts++) {
		open_apart(&wire, middle, charger, vehicle);
		left = cut;
		do {
			link_work(wire.charger);
			link_work(wire.vehicle);
			pass(middle[0], middle[1], 4096);
			left -= pass(middle[1], middle[0], left);
		} while (left && link_work(wire.charger) == LINK_CONNECTING);
		open += link_work(wire.charger) == LINK_OPEN;
		close(middle[0]);
		failed += link_work(wire.charger) == LINK_FAILED &&
			  !link_denied(wire.charger) &&
			  !strcmp(link_why(wire.charger),
				  "the other side closed the connection without an end of TLS");
		wire_close(&wire);
		close(middle[1]);
	}
	check(open == 1 && cuts > 8 && failed == cuts, "tls: cut at %u places", cuts);
	tls_free(charger);
	tls_free(vehicle);
}

void test_tls(void)
{
	size_t i;

	test_good();
	test_many();
	for (i = 0; i < ARRAY_LEN(refusals); i++)
		test_refusal(&refusals[i]);
	test_late_alert();
	test_preference();
	test_odd_name();
	test_plain();
	test_slow();
	test_cut();
}
