/*
 * A private folder (0700) for what a database spills when memory is short,
 * removed with the variable. Spilled data are data of persons, unencrypted: so
 * only where the user has said (--temp), and nowhere without a word.
 */
#ifndef IO_TEMP_H
#define IO_TEMP_H

#include "base/base.h"

#define AUTO_TEMP_FOLDER AUTO(temp_folder_remove)

/* Made inside `parent`; with NULL nothing is made and *ret stays NULL. */
MUST_CHECK int temp_folder_make(char **ret, const char *parent, struct err *err);
void temp_folder_remove(char **path);

#endif
