// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "synopsis.h"
#include "test.h"

/* Places that are being collected */
struct places {
	struct place *list;
	unsigned int count;
};

static struct place *place_of(struct places *all, const char *path)
{
	unsigned int i;

	for (i = 0; i < all->count; i++)
		if (!strcmp(all->list[i].path, path))
			return &all->list[i];
	if (all->count == PLACES_MAX)
		abort();
	all->list[i] = (struct place){ };
	snprintf(all->list[i].path, sizeof(all->list[i].path), "%s", path);
	all->count++;
	return &all->list[i];
}

static void add(struct place *place, const char *word)
{
	unsigned int i;

	for (i = 0; i < place->n_words; i++)
		if (!strcmp(place->words[i], word))
			return;
	if (place->n_words == WORDS_MAX || strlen(word) >= WORD_SIZE)
		abort();
	memcpy(place->words[place->n_words++], word, strlen(word) + 1);
}

/* Both spellings of an option, whichever a line of usage has */
static void add_option(struct place *place, const struct command *cmd, const char *word)
{
	const struct option_desc *o;
	char text[WORD_SIZE];

	for (o = cmd->options; o && o->name; o++) {
		if (word[1] == '-' ? strcmp(word + 2, o->name) : word[1] != o->letter)
			continue;
		snprintf(text, sizeof(text), "--%s", o->name);
		add(place, text);
		if (!o->letter)
			return;
		snprintf(text, sizeof(text), "-%c", o->letter);
		add(place, text);
		return;
	}
	add(place, word);
}

static void add_commands(struct place *place)
{
	const struct command *const *cmd;

	for (cmd = commands; *cmd; cmd++)
		add(place, (*cmd)->name);
}

/* "auto|steady", "--lease", "HEX|-"; names of what is typed are in capitals */
static void add_choices(struct place *place, const struct command *cmd, char *words)
{
	char *word, *save = NULL;

	if (strchr(words, '=') || !strcmp(words, "..."))
		return;
	for (word = strtok_r(words, "|", &save); word; word = strtok_r(NULL, "|", &save)) {
		if (*word == '-' && word[1])
			add_option(place, cmd, word);
		else if (!isupper((unsigned char)*word))
			add(place, word);
		else if (cmd == &cmd_help)
			add_commands(place);
	}
}

static bool is_fixed(const char *word)
{
	return islower((unsigned char)*word) && !strpbrk(word, "[]|=");
}

static void extend(char *path, size_t size, const char *word)
{
	size_t used = strlen(path);

	snprintf(path + used, size - used, "%s%s", used ? " " : "", word);
}

void synopsis_path(const char *line, char *path, size_t size)
{
	char text[256], *word, *save = NULL;

	*path = '\0';
	snprintf(text, sizeof(text), "%s", line);
	for (word = strtok_r(text, " ", &save); word && is_fixed(word);
	     word = strtok_r(NULL, " ", &save))
		extend(path, size, word);
}

/* What follows the fixed words; of a bracket, the first is a choice, the rest its values */
static void add_rest(struct places *all, const struct command *cmd, const char *path,
		     char *rest)
{
	char *word, *end, *save = NULL, choice[WORD_SIZE] = "", at[128];
	struct place *place = place_of(all, path);
	bool inside;
	int depth = 0;

	for (word = strtok_r(rest, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		inside = depth && *word != '[';
		for (; *word == '['; word++)
			depth++;
		end = word + strcspn(word, "]");
		depth -= (int)strlen(end);
		*end = '\0';
		if (!inside) {
			snprintf(choice, sizeof(choice), "%s", word);
			add_choices(place, cmd, word);
		} else if (strchr(word, '|')) {
			snprintf(at, sizeof(at), "%s %s", path, choice);
			add_choices(place_of(all, at), cmd, word);
		}
	}
}

static void add_line(struct places *all, const struct command *cmd, const char *line)
{
	char path[64], next[64], text[256], *word, *save = NULL;

	synopsis_path(line, path, sizeof(path));
	snprintf(text, sizeof(text), "%s", line + strlen(path));
	add_rest(all, cmd, path, text);
	*next = '\0';
	for (word = strtok_r(path, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		add(place_of(all, next), word);
		extend(next, sizeof(next), word);
		place_of(all, next);
	}
}

unsigned int synopsis_places(struct place *places)
{
	struct places all = { .list = places };
	const struct command *const *cmd;
	const char *const *line;

	place_of(&all, "");
	for (cmd = commands; *cmd; cmd++)
		for (line = (*cmd)->synopsis; *line; line++)
			add_line(&all, *cmd, *line);
	return all.count;
}
