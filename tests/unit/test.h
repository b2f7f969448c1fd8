/* SPDX-License-Identifier: GPL-2.0-or-later */
/* KTAP from host tests: each check is a result, the plan comes at the end. */
#ifndef UNIT_TEST_H
#define UNIT_TEST_H

#include <stdbool.h>
#include <stddef.h>

/* check() - one result; returns @ok */
bool check(bool ok, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* check_text() - one result: two texts are the same; shows both when not */
bool check_text(const char *got, const char *want, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* source() - path of a file of the project */
const char *source(const char *path);

/* read_file() - the whole file, to be freed; ends the run when it is not there */
char *read_file(const char *path);

void test_alias(void);
void test_board(void);
void test_bridge(void);
void test_capture(void);
void test_cli(void);
void test_client(void);
void test_completion(void);
void test_conf(void);
void test_config(void);
void test_decode(void);
void test_doc_commands(void);
void test_docs(void);
void test_exi(void);
void test_grid(void);
void test_json(void);
void test_lights(void);
void test_link(void);
void test_pages(void);
void test_names(void);
void test_notify(void);
void test_options(void);
void test_record(void);
void test_replay(void);
void test_sdp(void);
void test_scenario(void);
void test_selftest(void);
void test_session_order(void);
void test_session_port(void);
void test_session_power(void);
void test_thermal(void);
void test_trace(void);
void test_tls(void);
void test_tls_files(void);
void test_units(void);
void test_vehicle(void);
void test_vehicle_events(void);
void test_vehicle_mischief(void);

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif /* UNIT_TEST_H */
