/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be set on a board: a table of values with their names.
 */
#ifndef _EVSE_SIM_KNOB_H
#define _EVSE_SIM_KNOB_H

#include "board.h"

/**
 * struct evse_sim_knob - a file, or one in each of several directories
 * @dir: directory; with @count the parent of directories 0 to @count - 1
 * @name: file
 * @offset: of its s32 in struct evse_sim
 * @from: of an s32 that is the default, 0: @def is
 * @count: how many there are, 0 for a single one
 * @stride: distance of their values
 * @min: smallest value
 * @max: largest value
 * @def: default
 * @names: words in place of numbers
 * @changed: called under the lock after the value was written
 */
struct evse_sim_knob {
	const char *dir;
	const char *name;
	size_t offset;
	size_t from;
	unsigned int count;
	size_t stride;
	s32 min;
	s32 max;
	s32 def;
	const char * const *names;
	void (*changed)(struct evse_sim *b, s32 *value);
};

extern const struct evse_sim_knob evse_sim_knobs[];
extern const unsigned int evse_sim_knob_count;

s32 *evse_sim_knob_value(struct evse_sim *b, const struct evse_sim_knob *knob,
			 unsigned int index);
int evse_sim_knob_parse(const struct evse_sim_knob *knob, const char *text,
			s32 *value);
const struct evse_sim_knob *evse_sim_knob_find(const char *path,
					       unsigned int *index);
void evse_sim_knob_set(struct evse_sim *b, const struct evse_sim_knob *knob,
		       s32 *place, s32 value);
void evse_sim_knob_defaults(struct evse_sim *b, bool tell);

#endif /* _EVSE_SIM_KNOB_H */
