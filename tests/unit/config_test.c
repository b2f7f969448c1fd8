// SPDX-License-Identifier: GPL-2.0-or-later
/* Configuration of sessions: what is taken, and a sentence for all that is not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../tools/libevse/evse-record.h"
#include "../../tools/secc/config_keys.h"
#include "program.h"
#include "test.h"

/* What is said about a text; to be freed. */
static char *report_of(struct config *config, const char *text, size_t size,
		       unsigned int *wrong)
{
	char *report = NULL;
	size_t room;
	FILE *stream = open_memstream(&report, &room);

	config_default(config);
	*wrong = config_parse(config, text, size, "f", stream);
	fclose(stream);
	return report;
}

static bool parse(struct config *config, const char *text)
{
	unsigned int wrong;
	char *report = report_of(config, text, strlen(text), &wrong);
	bool ok = !wrong && !*report;

	if (!ok)
		printf("# %s", report);
	free(report);
	return ok;
}

static char *print(const struct config *config, bool as_json)
{
	struct evse_json json = { };
	char *text = NULL;
	size_t size;

	json.out = open_memstream(&text, &size);
	if (as_json)
		config_print_json(config, &json);
	else
		config_print(config, json.out);
	fclose(json.out);
	return text;
}

/* Of two configurations: the same numbers and texts. */
static bool same(const struct config *a, const struct config *b)
{
	char *first = print(a, true), *second = print(b, true);
	bool equal = !strcmp(first, second);

	free(first);
	free(second);
	return equal;
}

static const struct bad {
	const char *text;
	const char *report;
} bads[] = {
	/* keys */
	{ "prot: evse0\n", "f:1: 'prot' is no key of the file: write port\n" },
	{ "evse-id: x\n", "f:1: 'evse-id' is no key of the file: write evse_id\n" },
	{ "\n\nzzz: 1\n", "f:3: 'zzz' is no key of the file: leave it out; v2g_config.yaml(5) has all that are\n" },
	{ "<<: 1\n", "f:1: '<<' is no key of the file: leave it out; v2g_config.yaml(5) has all that are\n" },
	{ "min_voltage: 3V\n", "f:1: min_voltage is no key of the file: write it indented below 'dc:'\n" },
	{ "tls:\n  port: evse0\n", "f:2: port is no key of tls: write it without indentation\n" },
	{ "tls:\n  enabeld: no\n", "f:2: 'enabeld' is no key of tls: write enabled\n" },
	{ "tls:\n  min_voltage: 3V\n", "f:2: min_voltage is no key of tls: write it indented below 'dc:'\n" },
	{ "port: evse0\nport: evse1\n", "f:2: port is there already, in line 1: leave out one of them\n" },
	{ "tls: {}\ntls: {}\n", "f:2: tls is there already, in line 1: leave out one of them\n" },
	{ "{port: evse0, port: evse0}", "f:1: port is there already, in line 1: leave out one of them\n" },
	{ "[port]: evse0\n", "f:1: a key is a word: write for example 'port: evse0'\n" },
	{ "a-name-that-is-much-longer-than-any-key-of-this-file: 1\n",
	  "f:1: 'a-name-that-is-much-longer-than-any-key-' is no key of the file: leave it out; v2g_config.yaml(5) has all that are\n" },
	/* kinds of nodes */
	{ "port: [evse0]\n", "f:1: port: it takes one value: write it behind the colon, for example evse0\n" },
	{ "port:\n", "f:1: port: it has no value: write one, for example evse0, or leave out the key\n" },
	{ "port: ~\n", "f:1: port: it has no value: write one, for example evse0, or leave out the key\n" },
	{ "max_charge_rate:\n", "f:1: max_charge_rate: it has no value: write one, or leave out the key\n" },
	{ "max_charge_rate: {}\n", "f:1: max_charge_rate: it takes one value: write it behind the colon\n" },
	{ "tls: yes\n", "f:1: tls: it takes keys: write them in the lines below, indented\n" },
	{ "dc:\n", "f:1: dc: it takes keys: write them in the lines below, indented\n" },
	{ "control_modes: dynamic\n", "f:1: control_modes: it takes a list: write for example [dynamic, scheduled]\n" },
	{ "control_modes: []\n", "f:1: control_modes: it takes a list: write for example [dynamic, scheduled]\n" },
	{ "control_modes: [[dynamic]]\n", "f:1: control_modes: it takes one value: write it behind the colon, for example scheduled\n" },
	{ "schedule: x\n", "f:1: schedule: it takes a list: write entries that begin with '-', or [] for none\n" },
	{ "port\n", "f:1: there are no keys: write for example 'port: evse0'\n" },
	{ "- port\n", "f:1: there are no keys: write for example 'port: evse0'\n" },
	/* values */
	{ "port: grid0\n", "f:1: port: 'grid0' is no port: write evse0, evse1, ...\n" },
	{ "port: evse\n", "f:1: port: 'evse' is no port: write evse0, evse1, ...\n" },
	{ "port: evse1x\n", "f:1: port: 'evse1x' is no port: write evse0, evse1, ...\n" },
	{ "port: evse100000\n", "f:1: port: 'evse100000' is no port: write evse0, evse1, ...\n" },
	{ "port: \"evse0\\0\"\n", "f:1: port: '?' is no port: write evse0, evse1, ...\n" },
	{ "interface: a/b\n", "f:1: interface: 'a/b' is no network interface: write a name of at most 15 characters that 'ip link' shows\n" },
	{ "interface: a-name-of-16-let\n", "f:1: interface: 'a-name-of-16-let' is no network interface: write a name of at most 15 characters that 'ip link' shows\n" },
	{ "interface: ..\n", "f:1: interface: '..' is no network interface: write a name of at most 15 characters that 'ip link' shows\n" },
	{ "interface: ''\n", "f:1: interface: '' is no network interface: write a name of at most 15 characters that 'ip link' shows\n" },
	{ "evse_id: \"\"\n", "f:1: evse_id: '' has 0 characters: write 1 to 255\n" },
	{ "evse_id: \"a\\e[1mb\"\n", "f:1: evse_id: 'a?[1mb' has a character that is no printable ASCII: leave out character 2\n" },
	{ "evse_id: \xc3\xa4\n", "f:1: evse_id: '?" "?' has a character that is no printable ASCII: leave out character 1\n" },
	{ "energy_transfer_mode: v2g\n", "f:1: energy_transfer_mode: 'v2g' is no energy transfer mode: write ac, dc, bidirectional_ac or bidirectional_dc\n" },
	{ "control_modes: [dynamic, fast]\n", "f:1: control_modes: 'fast' is no control mode: write scheduled or dynamic\n" },
	{ "control_modes:\n  - dynamic\n  - scheduled\n  - dynamic\n", "f:4: control_modes: 'dynamic' is there twice: leave out one\n" },
	{ "max_charge_rate: 11\n", "f:1: max_charge_rate: '11' has no unit: add W or kW\n" },
	{ "max_discharge_rate: -5 kW\n", "f:1: max_discharge_rate: '-5 kW' is negative, but the key says the direction: write 5 kW\n" },
	{ "depth_of_discharge_floor: 101\n", "f:1: depth_of_discharge_floor: '101' is no share: write whole percent, 0% to 100%\n" },
	{ "depth_of_discharge_floor: -1\n", "f:1: depth_of_discharge_floor: '-1' is no share: write whole percent, 0% to 100%\n" },
	{ "depth_of_discharge_floor: 20.5%\n", "f:1: depth_of_discharge_floor: '20.5%' is no share: write whole percent, 0% to 100%\n" },
	{ "depth_of_discharge_floor: 99999999999999999999\n",
	  "f:1: depth_of_discharge_floor: '99999999999999999999' is no share: write whole percent, 0% to 100%\n" },
	{ "dc:\n  min_voltage: 150\n", "f:2: min_voltage: '150' has no unit: add V\n" },
	{ "dc: {min_voltage: 0.9V}\n", "f:1: min_voltage: '0.9V' is out of range: write 1 V to 1500 V\n" },
	{ "dc: {min_voltage: 1501V}\n", "f:1: min_voltage: '1501V' is out of range: write 1 V to 1500 V\n" },
	{ "bench: maybe\n", "f:1: bench: 'maybe' is neither yes nor no: write one of these\n" },
	{ "tls: {certificate: secc.pem}\n", "f:1: certificate: 'secc.pem' is no absolute path: write for example /etc/evse/pki/secc-chain.pem\n" },
	{ "tls: {certificate: ''}\n", "f:1: certificate: '' has 0 characters: write 1 to 255\n" },
	{ "tls: {key: secc.key}\n", "f:1: key: 'secc.key' is neither an absolute path nor an URI: write for example /etc/evse/pki/secc.key\n" },
	{ "log: trace\n", "f:1: log: 'trace' is no absolute path: write for example /var/log/evse/v2g_trace.log\n" },
	/* the schedule */
	{ "schedule: [x]\n", "f:1: schedule: an entry is a mapping: write for example '- at: \"17:00\"' and 'power: -5kW' below 'at'\n" },
	{ "schedule:\n  - power: 1kW\n", "f:2: schedule: the entry has none of at and after: write one of them\n" },
	{ "schedule:\n  - {at: \"10:00\", after: 0s, power: 0}\n", "f:2: schedule: the entry has both of at and after: write one of them\n" },
	{ "schedule:\n  - at: 10:00\n", "f:2: schedule: the entry has no power: write for example 'power: -5kW'\n" },
	{ "schedule: [{at: 24:00, power: 0}]\n", "f:1: at: '24:00' is no time of day: write 00:00 to 23:59, or 23:59:59\n" },
	{ "schedule: [{at: 10:60, power: 0}]\n", "f:1: at: '10:60' is no time of day: write 00:00 to 23:59, or 23:59:59\n" },
	{ "schedule: [{at: 10:00:60, power: 0}]\n", "f:1: at: '10:00:60' is no time of day: write 00:00 to 23:59, or 23:59:59\n" },
	{ "schedule: [{at: 9:00, power: 0}]\n", "f:1: at: '9:00' is no time of day: write 00:00 to 23:59, or 23:59:59\n" },
	{ "schedule: [{at: 10:00:00:00, power: 0}]\n", "f:1: at: '10:00:00:00' is no time of day: write 00:00 to 23:59, or 23:59:59\n" },
	{ "schedule: [{after: 5, power: 0}]\n", "f:1: after: '5' is no duration: write for example 30s, 10min or 2h\n" },
	{ "schedule: [{after: -5s, power: 0}]\n", "f:1: after: '-5s' is no duration: write for example 30s, 10min or 2h\n" },
	{ "schedule: [{after: 169h, power: 0}]\n", "f:1: after: '169h' is out of range: write 0s to 168h\n" },
	{ "schedule: [{after: 4294967296s, power: 0}]\n", "f:1: after: '4294967296s' is out of range: write 0s to 168h\n" },
	{ "schedule: [{after: 0s, power: 3}]\n", "f:1: power: '3' has no unit: add W or kW\n" },
	{ "schedule: [{after: 0s, power: 0, price_level: 256}]\n", "f:1: price_level: '256' is no price level: write 0 (cheapest) to 255\n" },
	{ "schedule: [{after: 0s, power: 0, price: 2}]\n", "f:1: 'price' is no key of an entry of the schedule: write at or after, power, price_level\n" },
	{ "schedule: [{after: 0s, power: 0, power: 0}]\n", "f:1: power is there already, in line 1: leave out one of them\n" },
	{ "schedule: [{after: 30s, power: 0}]\n", "f:1: schedule: nothing is said of the time before the first entry: write 'after: 0s' there\n" },
	{ "schedule:\n  - {at: 10:00, power: 0}\n  - {after: 3s, power: 0}\n", "f:3: schedule: some entries have at, others after: write the same for all\n" },
	{ "schedule:\n  - {after: 0s, power: 0}\n  - {after: 0s, power: 0}\n", "f:3: schedule: the entry before begins at the same time: leave out one of them\n" },
	{ "schedule:\n  - {at: 10:00, power: 0}\n  - {at: 09:59, power: 0}\n", "f:3: schedule: the entry begins before the one before it: write entries in the order of time\n" },
	{ "energy_transfer_mode: ac\nschedule:\n  - {at: 10:00, power: -1W}\n",
	  "f:2: schedule: it discharges, but energy_transfer_mode does not: write powers that are not negative, or a bidirectional mode\n" },
	/* TLS */
	{ "port: evse0\ntls:\n  enabled: no\n", "f:3: tls: ISO 15118-20 is not to be spoken without TLS: write 'enabled: yes', or 'bench: yes' where no vehicle but your own is\n" },
	{ "tls: {enabled: no}\nbench: maybe\n", "f:2: bench: 'maybe' is neither yes nor no: write one of these\n" },
	/* YAML that is more than this needs, and what is none */
	{ "port: &a evse0\ninterface: *a\n", "f:1: an anchor (&) has no meaning here: write the value itself\n"
	  "f:2: an alias (*) has no meaning here: write the value itself\n" },
	{ "tls: &a {}\n", "f:1: an anchor (&) has no meaning here: write the value itself\n" },
	{ "schedule: &a [*a]\n", "f:1: an anchor (&) has no meaning here: write the value itself\n"
	  "f:1: an alias (*) has no meaning here: write the value itself\n" },
	{ "port: !!str evse0\n", "f:1: a tag (!) has no meaning here: write the value itself\n" },
	{ "control_modes: !x []\n", "f:1: a tag (!) has no meaning here: write the value itself\n" },
	{ "port: evse0\n---\nport: evse1\n", "f:2: a second document begins: leave out '---' and what is behind it\n" },
	{ "a: [[[[]]]]\n", "f:1: no key takes lists and mappings this deep in each other: look at the indentation and the brackets\n" },
	{ "tls:\n\tenabled: no\n\tkey: /x\n", "f:2: a tab is no indentation: write blanks\nf:3: a tab is no indentation: write blanks\n" },
	{ "port: evse0\n\nlog: \"x\n", "f:4: no YAML: while scanning a quoted scalar, found unexpected end of stream: write 'key: value' lines\n" },
	{ "port: @x\n", "f:1: no YAML: while scanning for the next token, found character that cannot start any token: write 'key: value' lines\n" },
	{ "port: evse0\n  log: x\n", "f:2: no YAML: mapping values are not allowed in this context: write 'key: value' lines\n" },
	{ "port: evse0\n\nl\x01g: x\n", "f:3: no YAML: control characters are not allowed: write 'key: value' lines\n" },
	{ "\xff\xfep\n", "f:1: no YAML: invalid leading UTF-8 octet: write 'key: value' lines\n" },
	/* everything that is wrong, not the first thing alone */
	{ "port: x\nbench: 2\ndc: {min_voltage: 1}\n", "f:1: port: 'x' is no port: write evse0, evse1, ...\n"
	  "f:2: bench: '2' is neither yes nor no: write one of these\n"
	  "f:3: min_voltage: '1' has no unit: add V\n" },
};

static void test_bad(void)
{
	struct config config, untouched;
	unsigned int wrong;
	char *report;
	size_t i;

	config_default(&untouched);
	for (i = 0; i < ARRAY_LEN(bads); i++) {
		report = report_of(&config, bads[i].text, strlen(bads[i].text), &wrong);
		check_text(report, bads[i].report, "config: refused: %s", bads[i].text);
		if (!wrong || !same(&config, &untouched))
			check(false, "config: changed by what is refused: %s", bads[i].text);
		free(report);
	}
	report = report_of(&config, bads[ARRAY_LEN(bads) - 1].text,
			   strlen(bads[ARRAY_LEN(bads) - 1].text), &wrong);
	check(wrong == 3, "config: what is wrong is counted");
	free(report);
}

/* Texts that are too long to be written down here. */
static void test_long(void)
{
	static char text[CONFIG_FILE_MAX + 2];
	struct config config;
	unsigned int wrong, i;
	size_t used = 0;
	char *report;

	memset(text, '#', CONFIG_FILE_MAX + 1);
	report = report_of(&config, text, CONFIG_FILE_MAX, &wrong);
	check(!wrong, "config: 64 KiB");
	free(report);
	report = report_of(&config, text, CONFIG_FILE_MAX + 1, &wrong);
	check_text(report, "f:1: it has 65537 bytes: write at most 65536\n",
		   "config: more than 64 KiB");
	free(report);
	memset(text, '[', CONFIG_FILE_MAX);
	report = report_of(&config, text, CONFIG_FILE_MAX, &wrong);
	check(wrong == 1 && strstr(report, "this deep"), "config: nothing but brackets");
	free(report);

	snprintf(text, sizeof(text), "evse_id: %0255d\n", 0);
	check(parse(&config, text) && strlen(config.evse_id) == 255,
	      "config: an EVSEID of 255 characters");
	snprintf(text, sizeof(text), "evse_id: %0256d\n", 0);
	report = report_of(&config, text, strlen(text), &wrong);
	check_text(report, "f:1: evse_id: '0000000000000000000000000000000000000000' has 256 characters: write 1 to 255\n",
		   "config: an EVSEID of 256 characters");
	free(report);

	for (i = 0; i <= CONFIG_SCHEDULE_MAX; i++) {
		if (i == CONFIG_SCHEDULE_MAX)
			check(parse(&config, text) &&
			      config.n_schedule == CONFIG_SCHEDULE_MAX,
			      "config: 96 entries");
		used += (size_t)sprintf(text + used, "%s- {after: %us, power: %uW}\n",
					i ? "" : "schedule:\n", i, i);
	}
	report = report_of(&config, text, used, &wrong);
	check_text(report, "f:98: schedule: there are too many entries: write at most 96\n",
		   "config: 97 entries");
	free(report);
}

static const char defaults[] =
	"port: \"evse0\"\n"
	"interface: \"eth1\"\n"
	"evse_id: \"ZZ00000\"\n"
	"energy_transfer_mode: bidirectional_ac\n"
	"control_modes: [dynamic, scheduled]\n"
	"depth_of_discharge_floor: 20%\n"
	"dc:\n"
	"  min_voltage: 150V\n"
	"bench: no\n"
	"tls:\n"
	"  enabled: yes\n"
	"  certificate: \"/etc/evse/pki/secc-chain.pem\"\n"
	"  key: \"/etc/evse/pki/secc.key\"\n"
	"  trust_anchors: \"/etc/evse/pki/trust\"\n"
	"schedule: []\n"
	"log: \"/var/log/evse/v2g_trace.log\"\n";

static void test_default(void)
{
	static const char *const empty[] = {
		"", "\n", "# nothing\n", "---\n", "{}\n", "~\n", "%YAML 1.1\n---\n...\n",
		"\xef\xbb\xbf", "tls: {}\ndc: {}\n",
	};
	struct config config, parsed;
	char *text;
	size_t i;

	memset(&config, 0xff, sizeof(config));
	config_default(&config);
	check(config.max_charge_mw == INT32_MAX && config.max_discharge_mw == INT32_MAX &&
	      config.control[0] == CONTROL_DYNAMIC &&
	      config.control[1] == CONTROL_SCHEDULED &&
	      config.n_control == 2 && config.dc_min_voltage_mv == 150000 && config.tls &&
	      !config.bench && config.min_soc_percent == 20 && !config.n_schedule &&
	      config_bidirectional(&config) && !config_is_dc(&config),
	      "config: defaults");
	text = print(&config, false);
	check_text(text, defaults, "config: defaults are printed");
	free(text);
	for (i = 0; i < ARRAY_LEN(empty); i++)
		check(parse(&parsed, empty[i]) && same(&parsed, &config),
		      "config: nothing said: %s", empty[i]);
}

static const char full[] =
	"# all of it\n"
	"port: evse12\n"
	"interface: eth0.7\n"
	"evse_id: 'DE*ABC*E1\"x\\'\n"
	"energy_transfer_mode: bidirectional_dc\n"
	"control_modes: [scheduled]\n"
	"max_charge_rate: 11 kW\n"
	"max_discharge_rate: 0\n"
	"depth_of_discharge_floor: 30\n"
	"dc: {min_voltage: 0.2 kV}\n"
	"bench: true\n"
	"tls:\n"
	"  enabled: no\n"
	"  key: pkcs11:object=secc;type=private\n"
	"schedule:\n"
	"  - at: 07:00\n"
	"    power: 7.2kW\n"
	"  - {at: \"17:00:30\", power: -5kW, price_level: 3}\n"
	"log: \"\"\n";

static const char full_json[] =
	"{\"port\":\"evse12\",\"interface\":\"eth0.7\",\"evse_id\":\"DE*ABC*E1\\\"x\\\\\","
	"\"energy_transfer_mode\":\"bidirectional_dc\",\"control_modes\":[\"scheduled\"],"
	"\"max_charge_rate_mw\":11000000,\"max_discharge_rate_mw\":0,"
	"\"depth_of_discharge_floor_percent\":30,\"dc\":{\"min_voltage_mv\":200000},"
	"\"bench\":true,\"tls\":{\"enabled\":false,"
	"\"certificate\":\"/etc/evse/pki/secc-chain.pem\","
	"\"key\":\"pkcs11:object=secc;type=private\",\"trust_anchors\":\"/etc/evse/pki/trust\"},"
	"\"schedule\":[{\"at_s\":25200,\"power_mw\":7200000,\"price_level\":0},"
	"{\"at_s\":61230,\"power_mw\":-5000000,\"price_level\":3}],\"log\":\"\"}";

/* What is printed means the same, and is printed the same. */
static void round_trip(const struct config *config, const char *what)
{
	char *first = print(config, false), *second;
	struct config again;

	if (!check(parse(&again, first) && same(&again, config), "config: read back: %s", what)) {
		free(first);
		return;
	}
	second = print(&again, false);
	check_text(second, first, "config: printed again: %s", what);
	free(first);
	free(second);
}

static void test_good(void)
{
	struct config config;
	char *text;

	check(parse(&config, full) && config.of_day && config.n_schedule == 2 &&
	      config.n_control == 1 && config.control[0] == CONTROL_SCHEDULED &&
	      config_is_dc(&config), "config: all keys");
	text = print(&config, true);
	check_text(text, full_json, "config: all keys as JSON");
	free(text);
	round_trip(&config, "all keys");
	check(parse(&config, "schedule:\n- {after: 0, power: 1mW}\n- {after: 90 s, power: 0}\n"
		    "- {after: 10min, power: -2147483648mW}\n- {after: 168h, power: 2147483647mW}\n") &&
	      !config.of_day && config.n_schedule == 4 &&
	      config.schedule[1].start_s == 90 &&
	      config.schedule[2].start_s == 600 && config.schedule[3].start_s == 604800 &&
	      config.schedule[2].power_mw == INT32_MIN, "config: a schedule that runs once");
	round_trip(&config, "a schedule that runs once");
	check(parse(&config, "energy_transfer_mode: dc\nschedule: [{at: 00:00, power: 1kW}]\n") &&
	      !config_bidirectional(&config) && config_is_dc(&config),
	      "config: a charger that only charges");
	check(parse(&config, "energy_transfer_mode: AC\n") && config.transfer == TRANSFER_AC &&
	      !config_is_dc(&config), "config: words in any case");
}

/* A text takes the place of a longer one, all of it. */
static void test_over(void)
{
	static const struct config nothing;
	struct config config;
	FILE *none = fopen("/dev/null", "w");

	config_default(&config);
	config_parse(&config, "evse_id: abcdefghij", 19, "f", none);
	config_parse(&config, "evse_id: xy", 11, "f", none);
	check(!memcmp(config.evse_id, "xy", 3) &&
	      !memcmp(config.evse_id + 2, nothing.evse_id, CONFIG_EVSE_ID_SIZE - 2),
	      "config: nothing is left of a longer text");
	config_parse(&config, "schedule: [{at: 00:00, power: 1kW}]", 35, "f", none);
	config_parse(&config, "schedule: []", 12, "f", none);
	check(!config.n_schedule && !config.of_day, "config: a schedule is taken back");
	fclose(none);
}

static void test_example(void)
{
	char *text = read_file(source("Documentation/iso15118/v2g_config.yaml"));
	struct config config;

	check(parse(&config, text) && config.n_schedule == 4 &&
	      config.max_discharge_mw == 5000000, "config: the example");
	round_trip(&config, "the example");
	free(text);
}

/* The line that a key's paragraph begins with, or NULL. */
static const char *man_of(const char *man, const struct config_key *key)
{
	char bare[64], takes[64];
	const char *at;

	snprintf(bare, sizeof(bare), "\n.TP\n.B %s\n", key->name);
	snprintf(takes, sizeof(takes), "\n.TP\n.BR %s \"", key->name);
	at = strstr(man, takes);
	if (!at)
		at = strstr(man, bare);
	return at ? at + strlen("\n.TP\n") : NULL;
}

/* Every key, its default, its words. */
static void test_man(void)
{
	char *man = read_file(source("Documentation/man/v2g_config.yaml.5"));
	const struct config_key *key;
	const char *at, *end;
	char want[256];
	size_t w;
	bool ok;

	for (key = config_keys; key < config_keys + CONFIG_KEYS; key++) {
		at = man_of(man, key);
		snprintf(want, sizeof(want), " (%s)\"", key->preset);
		end = at ? strchr(at, '\n') - strlen(want) : NULL;
		ok = end && (!*key->preset || !strncmp(end, want, strlen(want)));
		for (w = 0; ok && key->names && w < key->names->count; w++) {
			snprintf(want, sizeof(want), " %s", key->names->entry[w].name);
			ok = strstr(end, want) != NULL;
		}
		check(ok, "docs: v2g_config.yaml(5) has %s, its default and its words",
		      key->name);
	}
	free(man);
}

static void write_text(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	if (!file)
		abort();
	fputs(text, file);
	fclose(file);
	chmod(path, mode);
}

static void expect_file(const char *command, const char *path, int status,
			const char *part)
{
	char line[256];

	snprintf(line, sizeof(line), "%s|%s", command, path);
	expect(line, status, part);
}

static void test_files(void)
{
	static const mode_t open_modes[] = { 0640, 0604, 0620, 0602, 0666 };
	char dir[] = "/tmp/config-XXXXXX", path[64], want[256];
	size_t i;

	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/f.yaml", dir);
	write_text(path, full, 0600);
	snprintf(want, sizeof(want), "%s: valid\n", path);
	expect_file("config|check", path, 0, want);
	expect_file("config|show", path, 0, "port: \"evse12\"\n");
	expect_file("--json|config|show", path, 0, "{\"port\":\"evse12\"");
	expect_file("--json|config|check", path, 0, "\",\"valid\":true,\"errors\":[]}\n");
	write_text(path, "prot: x\nport: y\n", 0600);
	snprintf(want, sizeof(want), "%s:1: 'prot' is no key of the file: write port\n%s:2: port: 'y' is",
		 path, path);
	expect_file("config|check", path, 1, want);
	expect_file("config|show", path, 1, want);
	expect_file("--json|config|check", path, 1, "write evse0, evse1, ...\"]}\n");
	check(!strncmp(out, "{\"file\":\"/tmp/", 14) && strstr(out, "\"valid\":false,\"errors\":[\"") &&
	      !*err, "evsectl --json config check: a list of what is wrong");
	for (i = 0; i < ARRAY_LEN(open_modes); i++) {
		chmod(path, open_modes[i]);
		snprintf(want, sizeof(want), "%s: others than its owner may read or write it: type 'chmod 600 %s'\n",
			 path, path);
		expect_file("config|check", path, 1, want);
	}
	if (!geteuid()) {
		write_text(path, "", 0600);
		check(!chown(path, 12345, 0), "config: a file of somebody else");
		expect_file("config|check", path, 1, "user 12345 owns it and could change it: run this as that user, or type 'chown root ");
		check(!chown(path, 0, 0), "config: given back");
	}
	unlink(path);
	expect_file("config|check", path, 1, "No such file or directory: write the file, see v2g_config.yaml(5)\n");
	check(!mkfifo(path, 0600), "config: a pipe");
	expect_file("config|check", path, 1, "it is no regular file: name a file\n");
	unlink(path);
	expect_file("config|check", dir, 1, "it is no regular file: name a file\n");
	write_text(path, "", 0600);
	check(!truncate(path, CONFIG_FILE_MAX + 1), "config: a file that is too long");
	expect_file("config|check", path, 1, ":1: it has more than 65536 bytes: write fewer\n");
	unlink(path);
	rmdir(dir);
	expect("config", 2, "something is missing");
	expect("config|frob", 2, "unknown word 'frob'");
	expect("config|check|a|b", 2, "unexpected 'b'");
}

void test_config(void)
{
	test_default();
	test_good();
	test_over();
	test_bad();
	test_long();
	test_example();
	test_man();
	test_files();
}
