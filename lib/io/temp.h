/*
 * A private folder for what a database spills (0700), removed with the
 * variable. In $TMPDIR, otherwise /var/tmp: it may have to hold more than
 * memory does.
 */
#ifndef IO_TEMP_H
#define IO_TEMP_H

#include "base/base.h"

#define AUTO_TEMP_FOLDER AUTO(temp_folder_remove)

MUST_CHECK int temp_folder_make(char **ret, struct err *err);
void temp_folder_remove(char **path);

#endif
