// SPDX-License-Identifier: GPL-2.0-or-later
/* The completion offers what the tables have, at every place, and nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "synopsis.h"
#include "test.h"

#define OFFERED_MAX	96

/* What the completion says, a word each; of every command's options, whether they came */
struct offered {
	char words[OFFERED_MAX][WORD_SIZE];
	unsigned int n_words;
	unsigned int n_global;
};

static const char *const global[] = {
	"-p", "--port", "-j", "--json", "-q", "--quiet", "-h", "--help", "-V", "--version",
};

static bool is_global(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(global); i++)
		if (!strcmp(global[i], word))
			return true;
	return false;
}

static void ask_bash(const char *path, struct offered *offered)
{
	char command[2048], line[256], script[1024];
	FILE *in;

	*offered = (struct offered){ };
	snprintf(script, sizeof(script), "%s", source("tests/unit/completion.bash"));
	snprintf(command, sizeof(command), "bash '%s' \"$(realpath '%s')\" %s", script,
		 source("tools/evsectl/evsectl.bash-completion"), path);
	in = popen(command, "r");
	while (in && fgets(line, sizeof(line), in) && offered->n_words < OFFERED_MAX) {
		line[strcspn(line, "\n")] = '\0';
		if (is_global(line))
			offered->n_global++;
		else
			snprintf(offered->words[offered->n_words++], WORD_SIZE, "%.31s", line);
	}
	if (!in || pclose(in))
		snprintf(offered->words[0], WORD_SIZE, "bash failed");
}

static bool has(const char (*words)[WORD_SIZE], unsigned int n, const char *word)
{
	while (n--)
		if (!strcmp(words[n], word))
			return true;
	return false;
}

static void test_place(const struct place *place)
{
	struct offered offered;
	char said[1024] = "";
	size_t used = 0;
	unsigned int i;

	ask_bash(place->path, &offered);
	for (i = 0; i < place->n_words; i++)
		if (!has(offered.words, offered.n_words, place->words[i]))
			used += (size_t)snprintf(said + used, sizeof(said) - used,
						 " %s is missing", place->words[i]);
	for (i = 0; i < offered.n_words; i++)
		if (!has(place->words, place->n_words, offered.words[i]))
			used += (size_t)snprintf(said + used, sizeof(said) - used,
						 " %s is too much", offered.words[i]);
	check(!*said, "completion: behind 'evsectl %s':%s", place->path, said);
	if (!*place->path)
		check(offered.n_global == ARRAY_LEN(global),
		      "completion: options of every command");
}

void test_completion(void)
{
	static struct place places[PLACES_MAX];
	unsigned int i, count = synopsis_places(places);

	for (i = 0; i < count; i++)
		test_place(&places[i]);
}
