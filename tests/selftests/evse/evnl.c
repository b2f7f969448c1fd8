// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One request of the family "evse", words in and words out, for test scripts.
 *
 *	evnl CMD [ATTR=VALUE...]	one request; a line for each attribute
 *	evnl -d CMD [ATTR=VALUE...]	a dump; an object on each line; what repeats
 *					is "name.0=", "name.1=", ...
 *	evnl -i [-k MS [-p ID]]		requests from standard input on one socket,
 *					one line answers each, ending in "ok" or
 *					"error ERRNO SENTENCE"; with -k, the session
 *					of port ID is renewed every MS meanwhile
 *	evnl -m GROUP [-n COUNT] [-t MS]	events, one on each line, until there
 *					were COUNT or none came for MS
 *
 * Exit: 0, 1 with errno's name and the kernel's sentence, 2 for a bad request.
 */
#include <signal.h>
#include <time.h>

#include "evnl.h"

enum kind { U8, U32, S32, U64, STR, NEST, MULTI };

static const char *const states[] = { "unready", "available", "connected",
	"requesting", "locking", "checking", "closing", "energised", "stopping",
	"opening", "fault", NULL };
static const char *const modes[] = { "off", "charge", "v2g", "v2h", NULL };
static const char *const vehicles[] = { "unknown", "a", "b", "c", "d", "e", "f",
	NULL };
static const char *const outputs[] = { "auto", "steady", "hlc", "current",
	"unavailable", NULL };
static const char *const locks[] = { "none", "unlocked", "moving", "locked",
	"failed", NULL };
static const char *const supplies[] = { "ac", "dc", NULL };
static const char *const guard_states[] = { "hold", "permit", "cease", "trip",
	NULL };
static const char *const severities[] = { "warn", "stop", "trip", NULL };
static const char *const policies[] = { "manual", "bound", "retry",
	"enter-service", "auto", NULL };
static const char *const grid_states[] = { "unknown", "normal", "ride-through",
	"ceased", "tripped", "waiting", "ramping", NULL };
static const char *const elements[] = { "none", "uv1", "uv2", "uv3", "ov1",
	"ov2", "ov-mean", "uf1", "uf2", "of1", "of2", "rocof", "vector-shift",
	"island", "cease-uv", "cease-ov", "warn-uv", "warn-ov", "enter-v-low",
	"enter-v-high", "enter-f-low", "enter-f-high", "enter-delay",
	"enter-ramp", "active", "droop", "droop-of-band", "droop-of-slope",
	"droop-uf-band", "droop-uf-slope", "volt-watt", "volt-watt-v1",
	"volt-watt-v2", "volt-watt-p2", NULL };
static const char *const grid_units[] = { "permille", "mhz", "mhz-per-s", "mdeg",
	"ms", "per-khz", "part", "switch", NULL };
static const char *const bridge_states[] = { "off", "armed", "tripped", "lost",
	"out-of-range", NULL };

static const char *const thermal_states[] = { "unknown", "normal", "rising",
	"derating", "tripped", "bus-error", "arbitration-lost", "open", "short",
	"out-of-range", "frozen", NULL };
static const char *const thermal_elements[] = { "derate", "trip", "clear",
	"rise", NULL };

struct attr {
	const char *name;
	enum kind kind;
	const char *const *names;
	const struct attr *nested;
	int nested_max;
};

static const struct attr guard_attrs[EVSE_A_GUARD_MAX + 1] = {
	[EVSE_A_GUARD_NAME] = { "name", STR },
	[EVSE_A_GUARD_STATE] = { "state", U32, guard_states },
	[EVSE_A_GUARD_SCOPE] = { "scope", U32 },
	[EVSE_A_GUARD_CODE] = { "code", U32 },
};

static const struct attr limiter_attrs[EVSE_A_LIMITER_MAX + 1] = {
	[EVSE_A_LIMITER_NAME] = { "name", STR },
	[EVSE_A_LIMITER_MIN_MW] = { "min-mw", S32 },
	[EVSE_A_LIMITER_MAX_MW] = { "max-mw", S32 },
};

static const struct attr contact_attrs[EVSE_A_CONTACT_MAX + 1] = {
	[EVSE_A_CONTACT_NAME] = { "name", STR },
	[EVSE_A_CONTACT_COMMANDED] = { "commanded", U8 },
	[EVSE_A_CONTACT_CLOSED] = { "closed", U8 },
};

static const struct attr counter_attrs[EVSE_A_COUNTERS_MAX + 1] = {
	[EVSE_A_COUNTERS_MATINGS] = { "matings", U64 },
	[EVSE_A_COUNTERS_CYCLES] = { "cycles", U64 },
	[EVSE_A_COUNTERS_LOADED_OPENINGS] = { "loaded-openings", U64 },
	[EVSE_A_COUNTERS_TRIPS] = { "trips", U64 },
	[EVSE_A_COUNTERS_ENERGY_IMPORT_MWH] = { "energy-import-mwh", U64 },
	[EVSE_A_COUNTERS_ENERGY_EXPORT_MWH] = { "energy-export-mwh", U64 },
	[EVSE_A_COUNTERS_CLEANED] = { "cleaned", U64 },
};

static const struct attr port_attrs[EVSE_A_PORT_MAX + 1] = {
	[EVSE_A_PORT_ID] = { "id", U32 },
	[EVSE_A_PORT_NAME] = { "name", STR },
	[EVSE_A_PORT_STATE] = { "state", U32, states },
	[EVSE_A_PORT_MODE] = { "mode", U32, modes },
	[EVSE_A_PORT_VEHICLE] = { "vehicle", U32, vehicles },
	[EVSE_A_PORT_LOCK] = { "lock", U32, locks },
	[EVSE_A_PORT_REQUEST_MW] = { "request-mw", S32 },
	[EVSE_A_PORT_EFFECTIVE_MW] = { "effective-mw", S32 },
	[EVSE_A_PORT_LIMITER] = { "limiter", STR },
	[EVSE_A_PORT_MIN_MW] = { "min-mw", S32 },
	[EVSE_A_PORT_MAX_MW] = { "max-mw", S32 },
	[EVSE_A_PORT_RATED_MIN_MW] = { "rated-min-mw", S32 },
	[EVSE_A_PORT_RATED_MAX_MW] = { "rated-max-mw", S32 },
	[EVSE_A_PORT_BASIC] = { "basic", U8 },
	[EVSE_A_PORT_CABLE_MA] = { "cable-ma", U32 },
	[EVSE_A_PORT_PILOT_OUTPUT] = { "pilot-output", U32, outputs },
	[EVSE_A_PORT_PILOT_MA] = { "pilot-ma", U32 },
	[EVSE_A_PORT_DUTY_PERMYRIAD] = { "duty-permyriad", U32 },
	[EVSE_A_PORT_GUARDS] = { "guards", NEST, NULL, guard_attrs,
				EVSE_A_GUARD_MAX },
	[EVSE_A_PORT_LIMITERS] = { "limiters", NEST, NULL, limiter_attrs,
				  EVSE_A_LIMITER_MAX },
	[EVSE_A_PORT_CONTACTS] = { "contacts", NEST, NULL, contact_attrs,
				  EVSE_A_CONTACT_MAX },
	[EVSE_A_PORT_COUNTERS] = { "counters", NEST, NULL, counter_attrs,
				  EVSE_A_COUNTERS_MAX },
	[EVSE_A_PORT_FAULT_CODE] = { "fault-code", U32 },
	[EVSE_A_PORT_FAULT_COUNT] = { "fault-count", U32 },
	[EVSE_A_PORT_SESSION_PORT] = { "session-port", U32 },
	[EVSE_A_PORT_SESSION_SHARED] = { "session-shared", U8 },
	[EVSE_A_PORT_LEASE_MS] = { "lease-ms", U32 },
	[EVSE_A_PORT_DEADLINE_MS] = { "deadline-ms", U32 },
	[EVSE_A_PORT_STAGE] = { "stage", U8 },
	[EVSE_A_PORT_LOCKED] = { "locked", U8 },
	[EVSE_A_PORT_BPT] = { "bpt", U8 },
	[EVSE_A_PORT_ZERO_ENERGY] = { "zero-energy", U8 },
	[EVSE_A_PORT_LINK_MV] = { "link-mv", S32 },
	[EVSE_A_PORT_WAITING_FOR] = { "waiting-for", STR },
	[EVSE_A_PORT_UPDATE_LOCKED] = { "update-locked", U8 },
	[EVSE_A_PORT_SUPPLY] = { "supply", U32, supplies },
	[EVSE_A_PORT_PHASES] = { "phases", U32 },
	[EVSE_A_PORT_RATED_MV] = { "rated-mv", U32 },
	[EVSE_A_PORT_RATED_MA] = { "rated-ma", U32 },
	[EVSE_A_PORT_RATED_EXPORT_MA] = { "rated-export-ma", U32 },
};

static const struct attr fault_attrs[EVSE_A_FAULT_MAX + 1] = {
	[EVSE_A_FAULT_PORT] = { "port", U32 },
	[EVSE_A_FAULT_CODE] = { "code", U32 },
	[EVSE_A_FAULT_NAME] = { "name", STR },
	[EVSE_A_FAULT_TEXT] = { "text", STR },
	[EVSE_A_FAULT_SEVERITY] = { "severity", U32, severities },
	[EVSE_A_FAULT_POLICY] = { "policy", U32, policies },
	[EVSE_A_FAULT_ACTIVE] = { "active", U8 },
	[EVSE_A_FAULT_LATCHED] = { "latched", U8 },
	[EVSE_A_FAULT_FIRST] = { "first", U8 },
	[EVSE_A_FAULT_SOURCE] = { "source", STR },
	[EVSE_A_FAULT_COUNT] = { "count", U32 },
	[EVSE_A_FAULT_VALUE] = { "value", S32 },
	[EVSE_A_FAULT_BOUND] = { "bound", S32 },
	[EVSE_A_FAULT_RETRIES_LEFT] = { "retries-left", U32 },
	[EVSE_A_FAULT_RETRY_IN_MS] = { "retry-in-ms", U32 },
	[EVSE_A_FAULT_EDGE_NS] = { "edge-ns", U64 },
	[EVSE_A_FAULT_GATES_OFF_NS] = { "gates-off-ns", U64 },
	[EVSE_A_FAULT_COIL_OFF_NS] = { "coil-off-ns", U64 },
	[EVSE_A_FAULT_CONTACT_OPEN_NS] = { "contact-open-ns", U64 },
	[EVSE_A_FAULT_THREAD_NS] = { "thread-ns", U64 },
	[EVSE_A_FAULT_TOLD_NS] = { "told-ns", U64 },
	[EVSE_A_FAULT_MREC] = { "mrec", U32 },
	[EVSE_A_FAULT_RAISABLE] = { "raisable", U8 },
};

static const struct attr sample_attrs[EVSE_A_SAMPLE_MAX + 1] = {
	[EVSE_A_SAMPLE_PORT] = { "port", U32 },
	[EVSE_A_SAMPLE_TIME_NS] = { "time-ns", U64 },
	[EVSE_A_SAMPLE_VOLTAGE_MV] = { "voltage-mv", S32 },
	[EVSE_A_SAMPLE_CURRENT_MA] = { "current-ma", S32 },
	[EVSE_A_SAMPLE_POWER_MW] = { "power-mw", S32 },
};

static const struct attr grid_attrs[EVSE_A_GRID_MAX + 1] = {
	[EVSE_A_GRID_PORT] = { "port", U32 },
	[EVSE_A_GRID_PROFILE] = { "profile", STR },
	[EVSE_A_GRID_TITLE] = { "title", STR },
	[EVSE_A_GRID_STATE] = { "state", U32, grid_states },
	[EVSE_A_GRID_NOMINAL_MHZ] = { "nominal-mhz", U32 },
	[EVSE_A_GRID_NOMINAL_MV] = { "nominal-mv", U32 },
	[EVSE_A_GRID_VOLTAGES_MV] = { "voltages-mv", MULTI },
	[EVSE_A_GRID_FREQUENCY_MHZ] = { "frequency-mhz", U32 },
	[EVSE_A_GRID_ROCOF_MHZ_S] = { "rocof-mhz-s", S32 },
	[EVSE_A_GRID_SHIFT_MDEG] = { "shift-mdeg", S32 },
	[EVSE_A_GRID_RELAY] = { "relay", U8 },
	[EVSE_A_GRID_ACTIVE] = { "active", U8 },
	[EVSE_A_GRID_OUTSIDE] = { "outside", U32 },
	[EVSE_A_GRID_RUNNING] = { "running", U32, elements },
	[EVSE_A_GRID_RUNNING_MS] = { "running-ms", U32 },
	[EVSE_A_GRID_LAST_TRIP] = { "last-trip", U32, elements },
	[EVSE_A_GRID_WAIT_MS] = { "wait-ms", U32 },
	[EVSE_A_GRID_RAMP_PERMILLE] = { "ramp-permille", U32 },
};

static const struct attr setting_attrs[EVSE_A_GRID_SETTING_MAX + 1] = {
	[EVSE_A_GRID_SETTING_PORT] = { "port", U32 },
	[EVSE_A_GRID_SETTING_ELEMENT] = { "element", U32, elements },
	[EVSE_A_GRID_SETTING_UNIT] = { "unit", U32, grid_units },
	[EVSE_A_GRID_SETTING_PICKUP] = { "pickup", S32 },
	[EVSE_A_GRID_SETTING_PICKUP_MIN] = { "pickup-min", S32 },
	[EVSE_A_GRID_SETTING_PICKUP_MAX] = { "pickup-max", S32 },
	[EVSE_A_GRID_SETTING_TIME_MS] = { "time-ms", U32 },
	[EVSE_A_GRID_SETTING_TIME_MIN_MS] = { "time-min-ms", U32 },
	[EVSE_A_GRID_SETTING_TIME_MAX_MS] = { "time-max-ms", U32 },
};

static const struct attr bridge_attrs[EVSE_A_BRIDGE_MAX + 1] = {
	[EVSE_A_BRIDGE_PORT] = { "port", U32 },
	[EVSE_A_BRIDGE_STATE] = { "state", U32, bridge_states },
	[EVSE_A_BRIDGE_CARRIER_HZ] = { "carrier-hz", U32 },
	[EVSE_A_BRIDGE_CARRIER_MIN_HZ] = { "carrier-min-hz", U32 },
	[EVSE_A_BRIDGE_CARRIER_MAX_HZ] = { "carrier-max-hz", U32 },
	[EVSE_A_BRIDGE_DEAD_TIME_NS] = { "dead-time-ns", U32 },
	[EVSE_A_BRIDGE_MINIMUM_PULSE_NS] = { "minimum-pulse-ns", U32 },
	[EVSE_A_BRIDGE_LOCKED] = { "locked", U8 },
	[EVSE_A_BRIDGE_PHASE_ERROR_MDEG] = { "phase-error-mdeg", S32 },
	[EVSE_A_BRIDGE_FORMING] = { "forming", U8 },
	[EVSE_A_BRIDGE_LINK_MV] = { "link-mv", S32 },
	[EVSE_A_BRIDGE_POWER_MW] = { "power-mw", S32 },
	[EVSE_A_BRIDGE_CONTROL_HZ] = { "control-hz", U32 },
	[EVSE_A_BRIDGE_STEPS] = { "steps", U64 },
};

static const struct attr thermal_attrs[EVSE_A_THERMAL_MAX + 1] = {
	[EVSE_A_THERMAL_PORT] = { "port", U32 },
	[EVSE_A_THERMAL_SENSOR] = { "sensor", STR },
	[EVSE_A_THERMAL_STATE] = { "state", U32, thermal_states },
	[EVSE_A_THERMAL_TEMP_MC] = { "temp-mc", S32 },
	[EVSE_A_THERMAL_SLOPE_MC_MIN] = { "slope-mc-min", S32 },
	[EVSE_A_THERMAL_LIMIT_PERMILLE] = { "limit-permille", U32 },
};

static const struct attr threshold_attrs[EVSE_A_THERMAL_SETTING_MAX + 1] = {
	[EVSE_A_THERMAL_SETTING_PORT] = { "port", U32 },
	[EVSE_A_THERMAL_SETTING_SENSOR] = { "sensor", STR },
	[EVSE_A_THERMAL_SETTING_ELEMENT] = { "element", U32, thermal_elements },
	[EVSE_A_THERMAL_SETTING_VALUE] = { "value", S32 },
	[EVSE_A_THERMAL_SETTING_VALUE_MIN] = { "value-min", S32 },
	[EVSE_A_THERMAL_SETTING_VALUE_MAX] = { "value-max", S32 },
};

struct set {
	const struct attr *attrs;
	int max;
};

static const struct set set_port = { port_attrs, EVSE_A_PORT_MAX };
static const struct set set_fault = { fault_attrs, EVSE_A_FAULT_MAX };
static const struct set set_sample = { sample_attrs, EVSE_A_SAMPLE_MAX };

static const struct set set_grid = { grid_attrs, EVSE_A_GRID_MAX };
static const struct set set_setting = { setting_attrs,
	EVSE_A_GRID_SETTING_MAX };
static const struct set set_bridge = { bridge_attrs, EVSE_A_BRIDGE_MAX };
static const struct set set_thermal = { thermal_attrs, EVSE_A_THERMAL_MAX };
static const struct set set_threshold = { threshold_attrs,
	EVSE_A_THERMAL_SETTING_MAX };

static const struct cmd {
	const char *name;
	const struct set *set;
} cmds[EVSE_CMD_MAX + 1] = {
	[EVSE_CMD_PORT_GET] = { "port-get", &set_port },
	[EVSE_CMD_PORT_NTF] = { "port-ntf", &set_port },
	[EVSE_CMD_PORT_SET] = { "port-set", &set_port },
	[EVSE_CMD_SESSION_OPEN] = { "session-open", &set_port },
	[EVSE_CMD_SESSION_RENEW] = { "session-renew", &set_port },
	[EVSE_CMD_SESSION_CLOSE] = { "session-close", &set_port },
	[EVSE_CMD_ENERGISE] = { "energise", &set_port },
	[EVSE_CMD_DE_ENERGISE] = { "de-energise", &set_port },
	[EVSE_CMD_POWER_SET] = { "power-set", &set_port },
	[EVSE_CMD_VEHICLE_LIMITS_SET] = { "vehicle-limits-set", &set_port },
	[EVSE_CMD_PILOT_SET] = { "pilot-set", &set_port },
	[EVSE_CMD_LOCK_SET] = { "lock-set", &set_port },
	[EVSE_CMD_COUNTERS_SET] = { "counters-set", &set_port },
	[EVSE_CMD_UPDATE_LOCK_SET] = { "update-lock-set", &set_port },
	[EVSE_CMD_FAULT_GET] = { "fault-get", &set_fault },
	[EVSE_CMD_FAULT_NTF] = { "fault-ntf", &set_fault },
	[EVSE_CMD_FAULT_CLEAR] = { "fault-clear", &set_fault },
	[EVSE_CMD_FAULT_RAISE] = { "fault-raise", &set_fault },
	[EVSE_CMD_CATALOGUE_GET] = { "catalogue-get", &set_fault },
	[EVSE_CMD_METER_GET] = { "meter-get", &set_sample },
	[EVSE_CMD_METER_NTF] = { "meter-ntf", &set_sample },
	[EVSE_CMD_GRID_GET] = { "grid-get", &set_grid },
	[EVSE_CMD_GRID_NTF] = { "grid-ntf", &set_grid },
	[EVSE_CMD_GRID_SET] = { "grid-set", &set_grid },
	[EVSE_CMD_GRID_PROFILE_GET] = { "grid-profile-get", &set_grid },
	[EVSE_CMD_GRID_SETTING_GET] = { "grid-setting-get", &set_setting },
	[EVSE_CMD_GRID_SETTING_SET] = { "grid-setting-set", &set_setting },
	[EVSE_CMD_BRIDGE_GET] = { "bridge-get", &set_bridge },
	[EVSE_CMD_BRIDGE_SET] = { "bridge-set", &set_bridge },
	[EVSE_CMD_THERMAL_GET] = { "thermal-get", &set_thermal },
	[EVSE_CMD_THERMAL_NTF] = { "thermal-ntf", &set_thermal },
	[EVSE_CMD_THERMAL_SETTING_GET] = { "thermal-setting-get", &set_threshold },
	[EVSE_CMD_THERMAL_SETTING_SET] = { "thermal-setting-set", &set_threshold },
};

static struct evnl ev;
static uint32_t renew_port;

/* Output */

static void print_value(const struct attr *attr, struct nlattr *nla)
{
	int64_t value = 0;
	int i;

	switch (attr->kind) {
	case STR:
		printf("%s", nla_get_string(nla));
		return;
	case U8:
		value = nla_get_u8(nla);
		break;
	case U32:
	case MULTI:
		value = nla_get_u32(nla);
		break;
	case S32:
		value = nla_get_s32(nla);
		break;
	default:
		value = nla_get_u64(nla);
	}
	for (i = 0; attr->names && attr->names[i]; i++)
		if (i == value) {
			printf("%s", attr->names[i]);
			return;
		}
	printf("%" PRId64, value);
}

static void print_attrs(const struct attr *attrs, int max, struct nlattr *head,
			int len, const char *prefix, char sep)
{
	int count[EVSE_A_PORT_MAX + 1] = { };
	struct nlattr *nla;
	char inner[64];
	int left;

	nla_for_each_attr(nla, head, len, left) {
		int type = nla_type(nla);
		const struct attr *attr = &attrs[type];

		if (type > max || !attr->name)
			continue;
		if (attr->kind == NEST) {
			if (type == EVSE_A_PORT_COUNTERS)
				snprintf(inner, sizeof(inner), "%s.", attr->name);
			else
				snprintf(inner, sizeof(inner), "%s.%d.",
					 attr->name, count[type]++);
			print_attrs(attr->nested, attr->nested_max,
				    nla_data(nla), nla_len(nla), inner, sep);
			continue;
		}
		if (attr->kind == MULTI)
			printf("%s%s.%d=", prefix, attr->name, count[type]++);
		else
			printf("%s%s=", prefix, attr->name);
		print_value(attr, nla);
		putchar(sep);
	}
}

static void print_object(const struct nlmsghdr *nlh, char sep)
{
	struct genlmsghdr *ghdr = genlmsg_hdr((struct nlmsghdr *)nlh);
	const struct cmd *cmd = &cmds[ghdr->cmd];

	if (ghdr->cmd > EVSE_CMD_MAX || !cmd->set)
		return;
	print_attrs(cmd->set->attrs, cmd->set->max, genlmsg_attrdata(ghdr, 0),
		    genlmsg_attrlen(ghdr, 0), "", sep);
}

static void print_lines(const struct nlmsghdr *nlh, void *arg)
{
	print_object(nlh, '\n');
}

static void print_words(const struct nlmsghdr *nlh, void *arg)
{
	print_object(nlh, ' ');
}

static void print_row(const struct nlmsghdr *nlh, void *arg)
{
	print_object(nlh, ' ');
	putchar('\n');
}

/* Input */

static bool put_attr(struct nl_msg *msg, const struct attr *attrs, int max,
		     const char *name, const char *text)
{
	char *end;
	long long value = strtoll(text, &end, 0);
	bool number = *text && !*end;
	int type, i;

	for (type = 1; type <= max; type++)
		if (attrs[type].name && !strcmp(attrs[type].name, name))
			break;
	if (type > max)
		return false;
	if (attrs[type].kind == STR)
		return !nla_put_string(msg, type, text);
	for (i = 0; attrs[type].names && attrs[type].names[i]; i++)
		if (!strcmp(attrs[type].names[i], text)) {
			value = i;
			number = true;
		}
	if (!number)
		return false;
	switch (attrs[type].kind) {
	case U8:
		return !nla_put_u8(msg, type, value);
	case U64:
		return !nla_put_u64(msg, type, value);
	default:
		return !nla_put_u32(msg, type, value);
	}
}

/* ATTR=VALUE; "counters.cycles=3" opens the nest where it is met first. */
static bool put_word(struct nl_msg *msg, const struct set *set, char *word,
		     struct nlattr **nest)
{
	char *value = strchr(word, '=');

	if (!value)
		return false;
	*value++ = '\0';
	if (!strncmp(word, "counters.", 9)) {
		if (!*nest)
			*nest = nla_nest_start(msg, EVSE_A_PORT_COUNTERS |
					       NLA_F_NESTED);
		return put_attr(msg, counter_attrs, EVSE_A_COUNTERS_MAX,
				word + 9, value);
	}
	return put_attr(msg, set->attrs, set->max, word, value);
}

static struct nl_msg *request(int argc, char **argv, int flags)
{
	struct nlattr *nest = NULL;
	struct nl_msg *msg;
	int cmd, i;

	for (cmd = 1; cmd <= EVSE_CMD_MAX; cmd++)
		if (cmds[cmd].name && !strcmp(cmds[cmd].name, argv[0]))
			break;
	if (cmd > EVSE_CMD_MAX)
		return NULL;
	msg = evnl_msg(&ev, cmd, flags);
	for (i = 1; i < argc; i++)
		if (!put_word(msg, cmds[cmd].set, argv[i], &nest)) {
			nlmsg_free(msg);
			return NULL;
		}
	if (nest)
		nla_nest_end(msg, nest);
	return msg;
}

/* Modes */

static int once(int argc, char **argv, bool dump)
{
	struct nl_msg *msg = request(argc, argv, dump ? NLM_F_DUMP : 0);
	int ret;

	if (!msg) {
		fprintf(stderr, "evnl: bad request\n");
		return 2;
	}
	ret = evnl_call(&ev, msg, dump ? print_row : print_lines, NULL);
	if (!ret)
		return 0;
	fprintf(stderr, "error %s %s\n", strerrorname_np(-ret), ev.sentence);
	return 1;
}

static void serve_line(char *line)
{
	char *argv[32];
	struct nl_msg *msg;
	char *word;
	int argc = 0;
	int ret;

	for (word = strtok(line, "\n "); word && argc < 32;
	     word = strtok(NULL, "\n "))
		argv[argc++] = word;
	msg = argc ? request(argc, argv, 0) : NULL;
	if (!msg) {
		puts("error EUSAGE bad request");
		return;
	}
	/* Replies come before the acknowledgement: "ok" would be too early. */
	ret = evnl_call(&ev, msg, print_words, NULL);
	if (ret)
		printf("error %s %s\n", strerrorname_np(-ret), ev.sentence);
	else
		puts("ok");
}

static int serve(int keep_ms)
{
	struct pollfd pfd = { STDIN_FILENO, POLLIN, 0 };
	char line[1024];
	size_t have = 0;
	char *end;
	int ret;

	for (;;) {
		ret = poll(&pfd, 1, keep_ms ? keep_ms : -1);
		if (ret < 0)
			return 1;
		if (keep_ms)
			evnl_do(&ev, EVSE_CMD_SESSION_RENEW, renew_port);
		if (!ret)
			continue;
		ret = read(STDIN_FILENO, line + have, sizeof(line) - 1 - have);
		if (ret <= 0)
			return 0;
		have += ret;
		line[have] = '\0';
		while ((end = strchr(line, '\n'))) {
			*end++ = '\0';
			serve_line(line);
			have -= end - line;
			memmove(line, end, have + 1);
		}
	}
}

static int monitor(const char *group, int count, int quiet_ms)
{
	struct pollfd pfd = { nl_socket_get_fd(ev.sk), POLLIN, 0 };
	int id = genl_ctrl_resolve_grp(ev.sk, EVSE_FAMILY_NAME, group);
	static char buf[65536];

	if (id < 0 || nl_socket_add_membership(ev.sk, id)) {
		fprintf(stderr, "evnl: no group %s\n", group);
		return 1;
	}
	puts("listening");
	while (count && poll(&pfd, 1, quiet_ms) > 0) {
		int left = recv(pfd.fd, buf, sizeof(buf), 0);
		const struct nlmsghdr *nlh = (void *)buf;

		if (left < 0) {
			printf("lost %s\n", strerrorname_np(errno));
			continue;
		}
		for (; count && NLMSG_OK(nlh, (unsigned int)left);
		     nlh = NLMSG_NEXT(nlh, left)) {
			struct genlmsghdr *ghdr =
				genlmsg_hdr((struct nlmsghdr *)nlh);

			if (nlh->nlmsg_type != ev.family)
				continue;
			printf("%s ", ghdr->cmd <= EVSE_CMD_MAX &&
			       cmds[ghdr->cmd].name ? cmds[ghdr->cmd].name : "?");
			print_row(nlh, NULL);
			count--;
		}
	}
	return count > 0;
}

int main(int argc, char **argv)
{
	int keep_ms = 0, quiet_ms = -1, count = -1, opt;
	const char *group = NULL;
	bool dump = false, inter = false;

	setvbuf(stdout, NULL, _IOLBF, 0);
	while ((opt = getopt(argc, argv, "+dik:p:m:n:t:")) != -1) {
		switch (opt) {
		case 'd':
			dump = true;
			break;
		case 'i':
			inter = true;
			break;
		case 'k':
			keep_ms = atoi(optarg);
			break;
		case 'p':
			renew_port = atoi(optarg);
			break;
		case 'm':
			group = optarg;
			break;
		case 'n':
			count = atoi(optarg);
			break;
		case 't':
			quiet_ms = atoi(optarg);
			break;
		default:
			return 2;
		}
	}
	if (evnl_open(&ev)) {
		fprintf(stderr, "evnl: there is no family \"evse\"\n");
		return 1;
	}
	if (inter)
		return serve(keep_ms);
	if (group)
		return monitor(group, count, quiet_ms);
	if (optind == argc)
		return 2;
	return once(argc - optind, argv + optind, dump);
}
