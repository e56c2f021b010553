#include "io/temp.h"

#include "base/str.h"
#include "io/file.h"

#include <errno.h>

int temp_folder_make(char **ret, const char *parent, struct err *err)
{
	char *path;

	if (!parent)
		return 0;
	path = str_format("%s/hygie-XXXXXX", parent);
	if (!mkdtemp(path)) {
		free(path);
		return err_set(err, ERR_OUTPUT, "%s: cannot make a temporary folder: %s", parent,
		    strerror(errno));
	}
	*ret = path;
	return 0;
}

void temp_folder_remove(char **path)
{
	struct err err = {0};

	if (!*path)
		return;
	/* the result is out already: a folder that stays is no failure of it */
	(void)!path_remove(*path, &err);
	free(*path);
	*path = NULL;
}
