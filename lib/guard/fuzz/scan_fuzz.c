/*
 * Any bytes as a file: scanned, judged, reported, or refused by a limit. What
 * is counted adds up, and the risk is measured over the same rows.
 */
#include "guard/classes.h"
#include "guard/report.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct guard_knowledge knowledge;
static struct progress progress;
static int fd = -1;

static void start(void)
{
	struct err err = {0};

	if (fd >= 0)
		return;
	fd = memfd_create("scan", MFD_CLOEXEC);
	if (fd < 0 || guard_knowledge_load(&knowledge, &err) < 0)
		abort();
}

static void check_column(const struct guard_column *c, const struct guard_structure *s)
{
	uint64_t cells = 0;

	for (int i = 0; i < GUARD_FORMS; i++)
		cells += c->forms[i];
	if (cells != c->cells || cells > s->rows || guard_distinct_count(&c->values) > cells)
		abort();
	for (int i = 0; i < GUARD_DETECTORS; i++)
		if (c->detected[i].count > cells || c->detected[i].first[0] > s->rows)
			abort();
}

static void judge(const struct guard_csv *c, const char *path, const struct guard_csv_options *o)
{
	AUTO_FINDINGS struct guard_findings findings = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_STR struct str json = {0};
	struct guard_risk risk;
	struct guard_diversity diversity;
	struct err err = {0};

	for (size_t i = 0; i < c->dialect.names.len; i++)
		check_column(&c->columns[i], &c->structure);
	guard_findings_make(&findings, c, &knowledge);
	guard_risk_propose(&risk, &findings);
	guard_diversity_propose(&diversity, &risk, &findings);
	if (guard_classes_measure(&risk, &diversity, c, path, o, &err) < 0 ||
	    risk.rows > c->structure.rows)
		abort();
	report = guard_report(c, &findings, &risk, "fuzz");
	guard_report_diversity(report, &diversity, c);
	report_to_json(report, &json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct guard_csv_options o = {
	    .threads = 1,
	    .memory_bytes = 1 << 20,
	    .limits = {.ratio = 1000, .bytes = 1 << 24},
	    .row_max = 1 << 23,
	    .column_max = 200,
	    .reader = "/bin/false",
	    .progress = &progress,
	};
	AUTO_GUARD_CSV struct guard_csv c = {0};
	struct err err = {0};
	char path[32];

	start();
	if (ftruncate(fd, 0) < 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (guard_csv_scan(&c, path, &o, &err) < 0) {
		if (err.code != ERR_LIMIT && err.code != ERR_FORMAT)
			abort();
		return 0;
	}
	judge(&c, path, &o);
	return 0;
}
