#include "io/temp.h"

#include "base/str.h"
#include "io/file.h"

#include <errno.h>

int temp_folder_make(char **ret, struct err *err)
{
	const char *base = getenv("TMPDIR");
	char *path = str_format("%s/hygie-XXXXXX", base && *base ? base : "/var/tmp");

	if (!mkdtemp(path)) {
		(void)err_set(err, ERR_OUTPUT, "%s: cannot make a temporary folder: %s", path,
		    strerror(errno));
		free(path);
		return err_hint(err, "set TMPDIR to a folder you may write to");
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
