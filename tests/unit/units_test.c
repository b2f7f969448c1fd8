// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "../../tools/libevse/evse-units.h"
#include "test.h"

static const struct power {
	const char *text;
	int err;
	int32_t mw;
} powers[] = {
	{ "-5kW", 0, -5000000 },
	{ "7200W", 0, 7200000 },
	{ "7.2 kW", 0, 7200000 },
	{ " 7.2kW ", 0, 7200000 },
	{ "+5kW", 0, 5000000 },
	{ "5KW", 0, 5000000 },
	{ "5kw", 0, 5000000 },
	{ "5w", 0, 5000 },
	{ "0", 0, 0 },
	{ "0.0", 0, 0 },
	{ "-0", 0, 0 },
	{ "0W", 0, 0 },
	{ "000", 0, 0 },
	{ ".5kW", 0, 500000 },
	{ "5.kW", 0, 5000000 },
	{ "1.5MW", 0, 1500000000 },
	{ "1500mW", 0, 1500 },
	{ "-1mW", 0, -1 },
	{ "0.001W", 0, 1 },
	{ "1.0010000W", 0, 1001 },
	{ "007kW", 0, 7000000 },
	{ "2147483647mW", 0, INT32_MAX },
	{ "-2147483648mW", 0, INT32_MIN },
	{ "2147.483647kW", 0, INT32_MAX },
	{ "2147483648mW", -ERANGE, 0 },
	{ "-2147483649mW", -ERANGE, 0 },
	{ "2.2MW", -ERANGE, 0 },
	{ "99999999999999999999999kW", -ERANGE, 0 },
	{ "-99999999999999999999999kW", -ERANGE, 0 },
	{ "18446744073709551616mW", -ERANGE, 0 },
	{ "0.0001W", -EINVAL, 0 },
	{ "0.1mW", -EINVAL, 0 },
	{ "5", -EINVAL, 0 },
	{ "-5", -EINVAL, 0 },
	{ "0.5", -EINVAL, 0 },
	{ "5mw", -EINVAL, 0 },
	{ "5Mw", -EINVAL, 0 },
	{ "5kWh", -EINVAL, 0 },
	{ "5A", -EINVAL, 0 },
	{ "5 k W", -EINVAL, 0 },
	{ "kW", -EINVAL, 0 },
	{ "-kW", -EINVAL, 0 },
	{ ".kW", -EINVAL, 0 },
	{ "", -EINVAL, 0 },
	{ " ", -EINVAL, 0 },
	{ "--5kW", -EINVAL, 0 },
	{ "- 5kW", -EINVAL, 0 },
	{ "5,2kW", -EINVAL, 0 },
	{ "1e3W", -EINVAL, 0 },
	{ "0x10W", -EINVAL, 0 },
	{ "5kW\n5", -EINVAL, 0 },
	{ "nan", -EINVAL, 0 },
	{ "5\xc2\xb5W", -EINVAL, 0 },
};

static void test_power(void)
{
	const struct power *p;
	const char *why;
	int32_t mw;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_LEN(powers); i++) {
		p = &powers[i];
		mw = 42;
		why = NULL;
		err = evse_parse_power(p->text, &mw, &why);
		if (p->err)
			check(err == p->err && mw == 42 && why && *why,
			      "units: power '%s' is refused with a reason",
			      p->text);
		else
			check(!err && mw == p->mw && !why,
			      "units: power '%s' is %d mW", p->text, p->mw);
	}
	evse_parse_power("5", &mw, &why);
	check(strstr(why, "add W or kW"),
	      "units: a bare number is told to add W or kW");
	evse_parse_power("2.2MW", &mw, &why);
	check(strstr(why, "2147483.647 W"),
	      "units: out of range states the range");
}

static void test_current(void)
{
	const char *why;
	uint32_t ma = 0;

	check(!evse_parse_current("16A", &ma, &why) && ma == 16000,
	      "units: current 16A");
	check(!evse_parse_current("6.5 A", &ma, &why) && ma == 6500,
	      "units: current 6.5 A");
	check(!evse_parse_current("80000mA", &ma, &why) && ma == 80000,
	      "units: current 80000mA");
	check(!evse_parse_current("0", &ma, &why) && !ma, "units: current 0");
	check(!evse_parse_current("4294967295mA", &ma, &why) &&
	      ma == UINT32_MAX, "units: greatest current");
	check(evse_parse_current("4294967296mA", &ma, &why) == -ERANGE,
	      "units: current too great");
	check(evse_parse_current("-1A", &ma, &why) == -ERANGE,
	      "units: current below zero");
	check(evse_parse_current("16", &ma, &why) == -EINVAL &&
	      strstr(why, "add A"), "units: current without unit");
	check(evse_parse_current("16W", &ma, &why) == -EINVAL,
	      "units: current in watts");
}

static void test_voltage(void)
{
	const char *why;
	int32_t mv = 0;

	check(!evse_parse_voltage("150 V", &mv, &why) && mv == 150000,
	      "units: voltage 150 V");
	check(!evse_parse_voltage("0.4kV", &mv, &why) && mv == 400000,
	      "units: voltage 0.4kV");
	check(!evse_parse_voltage("2147483647mV", &mv, &why) && mv == INT32_MAX,
	      "units: greatest voltage");
	check(evse_parse_voltage("2147483648mV", &mv, &why) == -ERANGE &&
	      strstr(why, "2147483.647 V"), "units: voltage too great");
	check(evse_parse_voltage("-1V", &mv, &why) == -ERANGE,
	      "units: voltage below zero");
	check(evse_parse_voltage("150", &mv, &why) == -EINVAL &&
	      strstr(why, "add V"), "units: voltage without unit");
	check(evse_parse_voltage("150A", &mv, &why) == -EINVAL && mv == INT32_MAX,
	      "units: voltage in amperes");
}

static void test_energy(void)
{
	const char *why;
	int64_t mwh = 0;

	check(!evse_parse_energy("60kWh", &mwh, &why) && mwh == 60000000,
	      "units: energy 60kWh");
	check(!evse_parse_energy("0.5 Wh", &mwh, &why) && mwh == 500, "units: energy 0.5 Wh");
	check(evse_parse_energy("1001kWh", &mwh, &why) == -ERANGE &&
	      strstr(why, "1000 kWh"), "units: energy too great");
	check(evse_parse_energy("-1Wh", &mwh, &why) == -ERANGE, "units: energy below zero");
	check(evse_parse_energy("60", &mwh, &why) == -EINVAL && strstr(why, "add kWh"),
	      "units: energy without unit");
	check(evse_parse_energy("60kW", &mwh, &why) == -EINVAL && mwh == 500,
	      "units: energy in watts");
}

static const struct threshold {
	const char *text;
	uint32_t element;
	int err;
	int32_t value;
	const char *why;
} thresholds[] = {
	{ "85", EVSE_THERMAL_ELEMENT_TRIP, 0, 85000, NULL },
	{ "85C", EVSE_THERMAL_ELEMENT_DERATE, 0, 85000, NULL },
	{ "62.5 c", EVSE_THERMAL_ELEMENT_CLEAR, 0, 62500, NULL },
	{ "62500mC", EVSE_THERMAL_ELEMENT_CLEAR, 0, 62500, NULL },
	{ "-40", EVSE_THERMAL_ELEMENT_CLEAR, 0, -40000, NULL },
	{ "5", EVSE_THERMAL_ELEMENT_RISE, 0, 5000, NULL },
	{ "0.125C/min", EVSE_THERMAL_ELEMENT_RISE, 0, 125, NULL },
	{ "5 K/min", EVSE_THERMAL_ELEMENT_RISE, 0, 5000, NULL },
	{ "2147483.647", EVSE_THERMAL_ELEMENT_TRIP, 0, INT32_MAX, NULL },
	{ "2147483.648", EVSE_THERMAL_ELEMENT_TRIP, -ERANGE, 0, "32 bits" },
	{ "85F", EVSE_THERMAL_ELEMENT_TRIP, -EINVAL, 0, "use C" },
	{ "358K", EVSE_THERMAL_ELEMENT_TRIP, -EINVAL, 0, "use C" },
	{ "5C/min", EVSE_THERMAL_ELEMENT_TRIP, -EINVAL, 0, "use C" },
	{ "5C", EVSE_THERMAL_ELEMENT_RISE, -EINVAL, 0, "use C/min" },
	{ "5C/s", EVSE_THERMAL_ELEMENT_RISE, -EINVAL, 0, "use C/min" },
	{ "0.0001", EVSE_THERMAL_ELEMENT_TRIP, -EINVAL, 0, "finer than 0.001 C" },
	{ "warm", EVSE_THERMAL_ELEMENT_TRIP, -EINVAL, 0, "85 or 85C" },
	{ "", EVSE_THERMAL_ELEMENT_RISE, -EINVAL, 0, "5 or 5C/min" },
};

static void test_thresholds(void)
{
	const struct threshold *t;
	const char *why;
	int32_t value;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_LEN(thresholds); i++) {
		t = &thresholds[i];
		value = 0;
		err = evse_parse_threshold(t->text, t->element, &value, &why);
		check(err == t->err && value == t->value &&
		      (t->why ? why && strstr(why, t->why) : !why),
		      "units: threshold '%s'", t->text);
	}
}

static void test_carrier(void)
{
	const char *why;
	uint32_t hz = 0;

	check(!evse_parse_carrier("16000", &hz, &why) && hz == 16000,
	      "units: a bare carrier is hertz");
	check(!evse_parse_carrier("16kHz", &hz, &why) && hz == 16000,
	      "units: carrier 16kHz");
	check(!evse_parse_carrier("19.992 kHz", &hz, &why) && hz == 19992,
	      "units: carrier 19.992 kHz");
	check(!evse_parse_carrier("5000 Hz", &hz, &why) && hz == 5000,
	      "units: carrier 5000 Hz");
	check(evse_parse_carrier("4294967296", &hz, &why) == -ERANGE &&
	      strstr(why, "4294967.295 kHz"), "units: carrier too high");
	check(evse_parse_carrier("-1", &hz, &why) == -ERANGE,
	      "units: carrier below zero");
	check(evse_parse_carrier("0.5", &hz, &why) == -EINVAL &&
	      strstr(why, "finer than a hertz"), "units: half a hertz");
	check(evse_parse_carrier("16MHz", &hz, &why) == -EINVAL &&
	      strstr(why, "use Hz or kHz"), "units: carrier in megahertz");
	check(evse_parse_carrier("fast", &hz, &why) == -EINVAL && hz == 5000,
	      "units: no carrier");
}

static void test_duration(void)
{
	const char *why;
	uint32_t ms = 0;

	check(!evse_parse_duration("5", "s", &ms, &why) && ms == 5000,
	      "units: 5 seconds");
	check(!evse_parse_duration("500", "ms", &ms, &why) && ms == 500,
	      "units: 500 milliseconds");
	check(!evse_parse_duration("0.5s", "ms", &ms, &why) && ms == 500,
	      "units: 0.5s where ms is meant");
	check(!evse_parse_duration("250ms", "s", &ms, &why) && ms == 250,
	      "units: 250ms where s is meant");
	check(evse_parse_duration("0.5", "ms", &ms, &why) == -EINVAL,
	      "units: half a millisecond");
	check(evse_parse_duration("-1", "s", &ms, &why) == -ERANGE,
	      "units: a duration below zero");
	check(evse_parse_duration("5min", "s", &ms, &why) == -EINVAL,
	      "units: minutes");
}

static const struct setting {
	uint32_t element;
	const char *text;
	int err;
	int32_t pickup;
	int64_t time_ms;
	const char *exact;
} settings[] = {
	{ EVSE_GRID_ELEMENT_UV1, "0.88", 0, 880, -1, "0.88p.u." },
	{ EVSE_GRID_ELEMENT_UV1, "0.88 p.u.", 0, 880, -1, "0.88p.u." },
	{ EVSE_GRID_ELEMENT_OV1, "1.1pu", 0, 1100, -1, "1.1p.u." },
	{ EVSE_GRID_ELEMENT_OV1, "110%", 0, 1100, -1, "1.1p.u." },
	{ EVSE_GRID_ELEMENT_UV1, "88.1 %", 0, 881, -1, "0.881p.u." },
	{ EVSE_GRID_ELEMENT_UV1, "0.88/2s", 0, 880, 2000, "0.88p.u./2000ms" },
	{ EVSE_GRID_ELEMENT_UV1, "0.88 / 0.16 s", 0, 880, 160, "0.88p.u./160ms" },
	{ EVSE_GRID_ELEMENT_UV1, "0/0", 0, 0, 0, "0p.u./0ms" },
	{ EVSE_GRID_ELEMENT_UF1, "58.5Hz", 0, 58500, -1, "58.5Hz" },
	{ EVSE_GRID_ELEMENT_OF2, "61800mHz/160ms", 0, 61800, 160, "61.8Hz/160ms" },
	{ EVSE_GRID_ELEMENT_ROCOF, "1Hz/s", 0, 1000, -1, "1Hz/s" },
	{ EVSE_GRID_ELEMENT_ROCOF, "1.25 Hz/s/500ms", 0, 1250, 500,
	  "1.25Hz/s/500ms" },
	{ EVSE_GRID_ELEMENT_VECTOR_SHIFT, "-12deg", 0, -12000, -1, "-12deg" },
	{ EVSE_GRID_ELEMENT_ENTER_DELAY, "300s", 0, 300000, -1, "300s" },
	{ EVSE_GRID_ELEMENT_ENTER_RAMP, "0/300s", 0, 0, 300000, "0ms/300s" },
	{ EVSE_GRID_ELEMENT_ISLAND, "50ms", 0, 50, -1, "50ms" },
	{ EVSE_GRID_ELEMENT_ACTIVE, "0.05", 0, 50, -1, "0.05/Hz" },
	{ EVSE_GRID_ELEMENT_ACTIVE, "0.05/Hz", 0, 50, -1, "0.05/Hz" },
	{ EVSE_GRID_ELEMENT_ACTIVE, "0", 0, 0, -1, "0/Hz" },
	{ EVSE_GRID_ELEMENT_DROOP, "on/5s", 0, 1, 5000, "on/5000ms" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT, " off / 10 s", 0, 0, 10000, "off/10s" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT, "On", 0, 1, -1, "on" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT, "1", -EINVAL, 0, 0, "type on or off" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT, "offf", -EINVAL, 0, 0, "type on or off" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT, "", -EINVAL, 0, 0, "type on or off" },
	{ EVSE_GRID_ELEMENT_DROOP_OF_BAND, "36mHz", 0, 36, -1, "0.036Hz" },
	{ EVSE_GRID_ELEMENT_DROOP_UF_SLOPE, "3.5 %", 0, 35, -1, "3.5%" },
	{ EVSE_GRID_ELEMENT_DROOP_UF_SLOPE, "0.05", -EINVAL, 0, 0, "add %" },
	{ EVSE_GRID_ELEMENT_VOLT_WATT_V2, "1.1", 0, 1100, -1, "1.1p.u." },
	{ EVSE_GRID_ELEMENT_VOLT_WATT_P2, "100%", 0, 1000, -1, "100%" },
	{ EVSE_GRID_ELEMENT_UV1, "/2s", 0, 0, 2000, "/2000ms" },
	{ EVSE_GRID_ELEMENT_UV1, " / 12.5s", 0, 0, 12500, "/12.5s" },
	{ EVSE_GRID_ELEMENT_UV1, "", -EINVAL, 0, 0, "is no voltage" },
	{ EVSE_GRID_ELEMENT_UV1, "/", -EINVAL, 0, 0, "is no voltage" },
	{ EVSE_GRID_ELEMENT_UV1, "0.88/", -EINVAL, 0, 0, "unknown unit" },
	{ EVSE_GRID_ELEMENT_UV1, "0.88/2", -EINVAL, 0, 0, "add s or ms" },
	{ EVSE_GRID_ELEMENT_UV1, "0.88/-2s", -ERANGE, 0, 0, "out of range" },
	{ EVSE_GRID_ELEMENT_UV1, "0.88/2s/2s", -EINVAL, 0, 0, "unknown unit" },
	{ EVSE_GRID_ELEMENT_UV1, "0.8805", -EINVAL, 0, 0, "finer than 0.001 p.u." },
	{ EVSE_GRID_ELEMENT_UV1, "211V", -EINVAL, 0, 0, "use p.u. or %" },
	{ EVSE_GRID_ELEMENT_UV1, "9999999", -ERANGE, 0, 0, "out of range" },
	{ EVSE_GRID_ELEMENT_UF1, "58.5", -EINVAL, 0, 0, "add Hz" },
	{ EVSE_GRID_ELEMENT_UF1, "58.5Hz/s", -EINVAL, 0, 0, "use Hz or mHz" },
	{ EVSE_GRID_ELEMENT_ROCOF, "1Hz", -EINVAL, 0, 0, "use Hz/s" },
	{ EVSE_GRID_ELEMENT_ENTER_DELAY, "300", -EINVAL, 0, 0, "add s or ms" },
	{ EVSE_GRID_ELEMENT_UV1,
	  "0.000000000000000000000000000000000000000000000000000000000000000001",
	  -EINVAL, 0, 0, "too long" },
};

static void test_setting(void)
{
	struct evse_grid_setting_info s;
	const struct setting *t;
	const char *why;
	char buf[64];
	bool timed;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_LEN(settings); i++) {
		t = &settings[i];
		s = (struct evse_grid_setting_info){ .element = t->element };
		err = evse_parse_setting(t->text, &s, &why);
		if (t->err) {
			check(err == t->err && strstr(why, t->exact),
			      "units: setting '%s' %s", t->text, t->exact);
			continue;
		}
		timed = evse_has(&s, EVSE_A_GRID_SETTING_TIME_MS);
		check(!err && !why && s.pickup == t->pickup &&
		      timed == (t->time_ms >= 0) &&
		      (!timed || s.time_ms == t->time_ms) &&
		      evse_has(&s, EVSE_A_GRID_SETTING_PICKUP) ==
		      (*t->exact != '/'), "units: setting '%s'", t->text);
		check_text(evse_format_setting(&s, buf, sizeof(buf)), t->exact,
			   "units: setting '%s' is written", t->text);
		s.has = 0;
		s.pickup = 0;
		check(!evse_parse_setting(buf, &s, &why) &&
		      s.pickup == t->pickup, "units: and read back");
	}
	check(evse_parse_pickup("1", 77, &s.pickup, &why) == -EINVAL,
	      "units: a unit of a newer kernel is refused");
	check_text(evse_format_pickup(77, 77, buf, sizeof(buf)), "77",
		   "units: and shown as it is");
}

static const struct shown {
	int64_t value;
	enum evse_unit unit;
	const char *text;
	const char *exact;
} shown[] = {
	{ 0, EVSE_U_MW, "0 W", "0W" },
	{ -5000000, EVSE_U_MW, "-5 kW", "-5kW" },
	{ 7200000, EVSE_U_MW, "7.2 kW", "7.2kW" },
	{ 3678912, EVSE_U_MW, "3.679 kW", "3.678912kW" },
	{ -3678912, EVSE_U_MW, "-3.679 kW", "-3.678912kW" },
	{ 999999, EVSE_U_MW, "999.999 W", "999.999W" },
	{ 1000, EVSE_U_MW, "1 W", "1W" },
	{ 999, EVSE_U_MW, "999 mW", "999mW" },
	{ -1, EVSE_U_MW, "-1 mW", "-1mW" },
	{ INT32_MIN, EVSE_U_MW, "-2147.484 kW", "-2147.483648kW" },
	{ 16000, EVSE_U_MA, "16 A", "16A" },
	{ 6500, EVSE_U_MA, "6.5 A", "6.5A" },
	{ -1, EVSE_U_MA, "-0.001 A", "-0.001A" },
	{ 230100, EVSE_U_MV, "230.1 V", "230.1V" },
	{ 500, EVSE_U_MS, "500 ms", "500ms" },
	{ 12500, EVSE_U_MS, "12.5 s", "12.5s" },
	{ 533, EVSE_U_PERMYRIAD, "5.33 %", "5.33%" },
	{ 1234567, EVSE_U_MWH, "1.235 kWh", "1.234567kWh" },
	{ 1000000001, EVSE_U_NS, "1.000000001 s", "1.000000001s" },
	{ 995, EVSE_U_PERMILLE, "99.5 %", "99.5%" },
	{ 880, EVSE_U_PU, "0.88 p.u.", "0.88p.u." },
	{ 20000, EVSE_U_HZ, "20 kHz", "20kHz" },
	{ 19992, EVSE_U_HZ, "19.992 kHz", "19.992kHz" },
	{ 999, EVSE_U_HZ, "999 Hz", "999Hz" },
	{ 59980, EVSE_U_MHZ, "59.98 Hz", "59.98Hz" },
	{ -12, EVSE_U_MHZ_S, "-0.012 Hz/s", "-0.012Hz/s" },
	{ 250, EVSE_U_MDEG, "0.25 deg", "0.25deg" },
	{ 50, EVSE_U_PER_KHZ, "0.05 /Hz", "0.05/Hz" },
	{ 7, EVSE_U_NONE, "7", "7" },
	{ INT64_MIN, EVSE_U_NONE, "-9223372036854775808",
	  "-9223372036854775808" },
};

static void test_format(void)
{
	char buf[32];
	size_t i;

	for (i = 0; i < ARRAY_LEN(shown); i++) {
		evse_format(shown[i].value, shown[i].unit, buf, sizeof(buf));
		check_text(buf, shown[i].text, "units: shows %s",
			   shown[i].text);
		evse_format_exact(shown[i].value, shown[i].unit, buf,
				  sizeof(buf));
		check_text(buf, shown[i].exact, "units: writes %s",
			   shown[i].exact);
	}
}

/* What is written is read back, all over the range. */
static void test_round_trip(void)
{
	int64_t step, value;
	const char *why;
	char buf[32];
	int32_t mw;

	for (step = 1; step < INT32_MAX; step = step * 7 + 3) {
		for (value = INT32_MIN; value <= INT32_MAX;
		     value += step + INT32_MAX / 1000) {
			evse_format_exact(value, EVSE_U_MW, buf, sizeof(buf));
			if (evse_parse_power(buf, &mw, &why) || mw != value) {
				check(false, "units: %s is read back", buf);
				return;
			}
		}
	}
	check(true, "units: what is written is read back");
}

void test_units(void)
{
	test_power();
	test_current();
	test_voltage();
	test_energy();
	test_carrier();
	test_thresholds();
	test_duration();
	test_setting();
	test_format();
	test_round_trip();
}
