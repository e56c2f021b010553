/*
 * The texts others give: project, card, directory, ledger, depositors' files, links.
 * The first byte chooses. An error, or a value that keeps its promises.
 */
#include "exchange/identify.h"
#include "exchange/input.h"
#include "io/file.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_project(const char *path, struct err *err)
{
	AUTO_EXCHANGE_PROJECT struct exchange_project p = {0};
	struct exchange_route route;

	if (exchange_project_read(&p, path, err) < 0)
		return;
	for (int step = EXCHANGE_NIR; step <= EXCHANGE_REKEYED; step++)
		if (exchange_route(&route, &p, (enum exchange_step)step, p.centres.ptr[0].name,
			err) == 0 &&
		    strcmp(route.sender, route.recipient) == 0)
			abort();
	*err = (struct err){.code = ERR_FORMAT};
}

/* Either way is right, but a failure says why. */
static void either(int rc, const struct err *err)
{
	if (rc < 0 && err->code == ERR_NONE)
		abort();
}

static void read_directory(const char *path, struct err *err)
{
	AUTO_EXCHANGE_DIRECTORY struct exchange_directory d = {0};
	struct exchange_card card;

	either(exchange_directory_read(&d, path, err), err);
	*err = (struct err){0};
	either(exchange_card_read(&card, path, err), err);
}

static void read_ledger(const char *path, struct err *err)
{
	AUTO_EXCHANGE_LEDGER struct exchange_ledger *l = NULL;

	either(exchange_ledger_open(&l, path, err), err);
}

static void read_input(const char *path, enum exchange_step step, struct err *err)
{
	struct exchange_input_options o = {.path = path, .separator = ',', .step = step};
	struct exchange_input_report report;
	int rc = exchange_input_check(&o, &report, err);

	for (int i = 0; i < EXCHANGE_RULES_FATAL && rc == 0; i++)
		if (report.rules[i].rows)
			abort();
}

static void read_links(const char *path, struct err *err)
{
	AUTO_EXCHANGE_LINKS struct exchange_links *l = NULL;

	either(exchange_links_read(&l, path, ',', err), err);
}

static void read_one(int what, const char *path, struct err *err)
{
	switch (what % 7) {
	case 0:
		read_project(path, err);
		break;
	case 1:
		read_directory(path, err);
		break;
	case 2:
		read_ledger(path, err);
		break;
	case 3:
		read_input(path, EXCHANGE_NIR, err);
		break;
	case 4:
		read_input(path, EXCHANGE_TRAITS, err);
		break;
	case 5:
		read_input(path, EXCHANGE_PSEUDONYMS, err);
		break;
	default:
		read_links(path, err);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *path = NULL;
	struct err err = {0};
	int fd;

	if (size < 1)
		return 0;
	fd = memfd_create("text", MFD_CLOEXEC);
	if (fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)size - 1) {
		path = str_format("/proc/self/fd/%d", fd);
		read_one(data[0], path, &err);
	}
	if (fd >= 0)
		close(fd);
	return 0;
}
