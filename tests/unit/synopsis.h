/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of usage in evsectl's tables, word by word. */
#ifndef UNIT_SYNOPSIS_H
#define UNIT_SYNOPSIS_H

#include "../../tools/evsectl/evsectl.h"

#define PLACES_MAX	128
#define WORDS_MAX	48
#define WORD_SIZE	32

/**
 * struct place - behind some words of a command line
 * @path: those words: "grid profile"
 * @words: what may come next and has a fixed spelling: words, options
 * @n_words: how many
 */
struct place {
	char path[64];
	char words[WORDS_MAX][WORD_SIZE];
	unsigned int n_words;
};

/**
 * synopsis_places() - every place of every command
 * @places: PLACES_MAX of them; the first is behind nothing
 *
 * Return: how many.
 */
unsigned int synopsis_places(struct place *places);

/* synopsis_path() - the fixed words that a line of usage begins with: "grid profile set" */
void synopsis_path(const char *line, char *path, size_t size);

#endif /* UNIT_SYNOPSIS_H */
