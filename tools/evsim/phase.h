/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the phases of a vehicle share. Each pair of messages has two functions:
 *
 *	make	fills in the request
 *	take	looks at the response; returns the next request, or an enum vehicle_end
 */
#ifndef EVSIM_PHASE_H
#define EVSIM_PHASE_H

#include "../secc/number.h"
#include "vehicle.h"

/** enum vehicle_end - instead of an enum message_id */
enum vehicle_end {
	VEHICLE_ENDS = MESSAGES,
	VEHICLE_FAILS,
};

/** vehicle_room() - memory for what a request points at, zeroed; always there */
void *vehicle_room(struct vehicle *v, size_t size);

#define VEHICLE_ROOM_FOR(v, type) \
	((struct type *)vehicle_room(v, sizeof(struct type)))

/** vehicle_fail() - end the session, for this reason; returns VEHICLE_FAILS */
int vehicle_fail(struct vehicle *v, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** vehicle_text() - an exi_string of what lasts */
struct exi_string vehicle_text(const char *text);

/** vehicle_departure_s() - seconds until the driver leaves */
uint32_t vehicle_departure_s(const struct vehicle *v);

/** vehicle_clip_mw() - what battery, service and charger leave of a power */
int32_t vehicle_clip_mw(const struct vehicle *v, int64_t power_mw);

/** vehicle_heed() - do what EVSEStatus says, if there is one */
void vehicle_heed(struct vehicle *v, const struct iso20_evse_status *status);

/** vehicle_after_delivery() - what follows the loop and the begin of power delivery */
int vehicle_after_delivery(struct vehicle *v);

/* setup.c */
void make_app_protocol(struct vehicle *v, void *req);
void make_session_setup(struct vehicle *v, void *req);
void make_authorization(struct vehicle *v, void *req);
void make_service_detail(struct vehicle *v, void *req);
void make_service_selection(struct vehicle *v, void *req);
int take_app_protocol_res(struct vehicle *v, const void *res);
int take_session_setup_res(struct vehicle *v, const void *res);
int take_authorization_setup_res(struct vehicle *v, const void *res);
int take_authorization_res(struct vehicle *v, const void *res);
int take_service_discovery_res(struct vehicle *v, const void *res);
int take_service_detail_res(struct vehicle *v, const void *res);
int take_service_selection_res(struct vehicle *v, const void *res);

/* parameters.c */
void make_ac_parameters(struct vehicle *v, void *req);
void make_dc_parameters(struct vehicle *v, void *req);
int take_ac_parameters_res(struct vehicle *v, const void *res);
int take_dc_parameters_res(struct vehicle *v, const void *res);

/* schedule.c */
void make_schedule_exchange(struct vehicle *v, void *req);
int take_schedule_exchange_res(struct vehicle *v, const void *res);
/** vehicle_energies() - what it needs until its departure */
void vehicle_energies(const struct vehicle *v, struct iso20_rational *target,
		      struct iso20_rational *most, struct iso20_rational *least);
/** vehicle_profile() - EVPowerProfile of what is planned */
struct iso20_ev_power_profile *vehicle_profile(struct vehicle *v);
/** vehicle_planned_mw() - what is planned for now */
int32_t vehicle_planned_mw(const struct vehicle *v);

/* delivery.c */
void make_pre_charge(struct vehicle *v, void *req);
void make_power_delivery(struct vehicle *v, void *req);
void make_welding_detection(struct vehicle *v, void *req);
void make_session_stop(struct vehicle *v, void *req);
int take_cable_check_res(struct vehicle *v, const void *res);
int take_pre_charge_res(struct vehicle *v, const void *res);
int take_power_delivery_res(struct vehicle *v, const void *res);
int take_welding_detection_res(struct vehicle *v, const void *res);
int take_session_stop_res(struct vehicle *v, const void *res);

/* loop.c */
void make_ac_loop(struct vehicle *v, void *req);
void make_dc_loop(struct vehicle *v, void *req);
int take_ac_loop_res(struct vehicle *v, const void *res);
int take_dc_loop_res(struct vehicle *v, const void *res);

#endif /* EVSIM_PHASE_H */
