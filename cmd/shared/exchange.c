#include "shared/exchange.h"

#include "base/secret.h"
#include "exchange/bytes.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { PASSPHRASE_MAX = 1024 };

int exchange_passphrase_read(char **ret, const char *path, struct err *err)
{
	AUTO_SECRET char *text = NULL;
	ssize_t n;
	int fd;

	if (!path)
		return 0;
	if (secret_new(&text, PASSPHRASE_MAX + 1, err) < 0)
		return -1;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	n = exchange_read_all(fd, text, PASSPHRASE_MAX);
	close(fd);
	if (n < 0)
		return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errno));
	text[strcspn(text, "\r\n")] = '\0';
	if (!text[0])
		return err_set(err, ERR_FORMAT, "%s: the passphrase is empty", path);
	*ret = TAKE(text);
	return 0;
}

int exchange_separator(const char *text, char *ret, struct err *err)
{
	if (strcmp(text, "tab") == 0)
		text = "\t";
	if (strlen(text) != 1 || strchr("\"\r\n", text[0]))
		return err_set(err, ERR_USAGE, "--separator is one character, or 'tab'");
	*ret = text[0];
	return 0;
}

MUST_CHECK static int open_key(struct exchange_session *s, const struct exchange_args *a,
    struct err *err)
{
	AUTO_FREE char *ledger = path_join(a->key, "ledger");
	AUTO_SECRET char *passphrase = NULL;

	/* Who holds a key is looked at by no debugger and leaves no core. */
	(void)prctl(PR_SET_DUMPABLE, 0); /* an older kernel goes on without */
	if (exchange_passphrase_read(&passphrase, a->passphrase, err) < 0 ||
	    exchange_key_open(&s->key, a->key, passphrase, err) < 0)
		return -1;
	return exchange_ledger_open(&s->ledger, ledger, err);
}

int exchange_session_open(struct exchange_session *s, const struct exchange_args *a,
    struct err *err)
{
	log_set_level(a->quiet ? LOG_QUIET : LOG_NORMAL);
	progress_init(&s->progress, a->quiet);
	if (exchange_project_read(&s->project, a->project, err) < 0 ||
	    (a->directory && exchange_directory_read(&s->directory, a->directory, err) < 0) ||
	    (a->key && open_key(s, a, err) < 0))
		return -1;
	s->work = (struct exchange_work){
	    .project = &s->project,
	    .directory = &s->directory,
	    .key = s->key,
	    .ledger = s->ledger,
	    .progress = &s->progress,
	};
	return 0;
}

void exchange_session_clear(struct exchange_session *s)
{
	exchange_project_clear(&s->project);
	exchange_directory_clear(&s->directory);
	exchange_key_close(&s->key);
	exchange_ledger_close(&s->ledger);
}
