/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The vehicle's electrical side on a simulated board (evse_sim): what a cable and an
 * inverter are to a real one. Without a board it is a vehicle that only speaks.
 */
#ifndef EVSIM_BOARD_H
#define EVSIM_BOARD_H

#include "vehicle.h"

#define BOARD_PATH_SIZE	256

/**
 * struct board - a board
 * @path: its directory in debugfs; "" for none
 * @wants_c: the vehicle's pilot is in state C
 * @power_mw: what the vehicle's inverter was told
 */
struct board {
	char path[BOARD_PATH_SIZE];
	bool wants_c;
	int32_t power_mw;
};

/**
 * board_plug() - plug the vehicle in, in state B
 * @board: written here
 * @path: its directory in debugfs, or NULL for none
 * @battery: the battery is set to this
 * @why: on failure a sentence that names the file
 * @size: bytes of @why
 *
 * Return: false after a failure.
 */
bool board_plug(struct board *board, const char *path, const struct battery *battery,
		char *why, size_t size);

/** board_look() - what was measured: power of an AC vehicle, state of charge */
void board_look(const struct board *board, struct vehicle *vehicle);

/**
 * board_follow() - do what the vehicle wants: state of the pilot, power of its inverter
 * @board: the board
 * @vehicle: the vehicle
 *
 * Return: true when the state of the pilot is another one now.
 */
bool board_follow(struct board *board, const struct vehicle *vehicle);

#endif /* EVSIM_BOARD_H */
