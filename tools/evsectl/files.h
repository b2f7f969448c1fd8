/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EVSECTL_FILES_H
#define EVSECTL_FILES_H

#include "conf.h"

/**
 * file_read() - read a file of sections, all of it before anything is done
 * @path: the file, "-" for standard input
 * @kind: what it has to be about
 * @conf: written here; conf_free() it in any case
 *
 * Return: 0, or an exit status after a message.
 */
int file_read(const char *path, enum conf_kind kind, struct conf *conf);

/**
 * file_write() - write a file so that it is there whole or not at all
 * @path: the file, "-" for standard output
 * @text: what it has to contain
 *
 * Return: 0, or 1 after a message.
 */
int file_write(const char *path, const char *text);

#endif /* EVSECTL_FILES_H */
