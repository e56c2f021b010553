#include "exchange/opened.h"

#include "exchange/identify.h"
#include "exchange/sink.h"
#include "io/csv.h"

enum { OPENED_FIELDS = 8 };

/* The columns of each step that may be read, in their order. */
static const enum exchange_field shown[][OPENED_FIELDS] = {
    [EXCHANGE_TRAITS] = {EXCHANGE_F_CENTRE, EXCHANGE_F_IDACC, EXCHANGE_F_BIRTH_NAME,
	EXCHANGE_F_USED_NAME, EXCHANGE_F_GIVEN_NAMES, EXCHANGE_F_BIRTH_DATE, EXCHANGE_F_SEX,
	EXCHANGE_F_BIRTH_PLACE},
    [EXCHANGE_RESULT] = {EXCHANGE_F_CENTRE, EXCHANGE_F_IDACC, EXCHANGE_F_PSEUDONYM,
	EXCHANGE_F_CLASS},
    [EXCHANGE_OUTCOMES] = {EXCHANGE_F_CENTRE, EXCHANGE_F_IDACC, EXCHANGE_F_OUTCOME,
	EXCHANGE_F_DECEASED},
    [EXCHANGE_REKEYED] = {EXCHANGE_F_PSEUDONYM, EXCHANGE_F_RENEWED},
};
static const size_t shown_count[EXCHANGE_REKEYED + 1] = {
    [EXCHANGE_TRAITS] = 8, [EXCHANGE_RESULT] = 4, [EXCHANGE_OUTCOMES] = 4, [EXCHANGE_REKEYED] = 2};

/* A cell as people and programs read it: words for letters. */
static struct view cell(const struct exchange_manifest *m, const unsigned char *row,
    enum exchange_field field)
{
	struct view v;
	const char *word = NULL;

	if (exchange_field_size(m->step, field) == 0)
		return VIEW(m->subject);
	v = exchange_row_get(m->step, row, field);
	if (field == EXCHANGE_F_CLASS && v.len)
		word = exchange_class_name(v.ptr[0]);
	else if (field == EXCHANGE_F_OUTCOME && v.len)
		word = exchange_outcome_name(v.ptr[0]);
	return word ? VIEW(word) : v;
}

MUST_CHECK static int put_row(struct exchange_sink *sink, const struct exchange_manifest *m,
    const unsigned char *row, struct str *line, struct err *err)
{
	str_reset(line);
	for (size_t i = 0; i < shown_count[m->step]; i++) {
		enum exchange_field f = shown[m->step][i];

		csv_add_field(line, row ? cell(m, row, f) : VIEW(exchange_field_name(f)), i == 0);
	}
	csv_add_end(line);
	return exchange_sink_add(sink, line->buf, line->len, err);
}

MUST_CHECK static int put_rows(const struct exchange_work *w, struct exchange_envelope *e,
    struct exchange_sink *sink, uint64_t *ret_rows, struct err *err)
{
	const struct exchange_manifest *m = exchange_envelope_manifest(e);
	AUTO_STR struct str line = {0};
	const unsigned char *row;
	int rc;

	if (put_row(sink, m, NULL, &line, err) < 0)
		return -1;
	while ((rc = exchange_envelope_next(e, &row, err)) > 0) {
		if (put_row(sink, m, row, &line, err) < 0)
			return -1;
		*ret_rows += 1;
		progress_add(w->progress, 1);
	}
	return rc;
}

int exchange_open_csv(const struct exchange_work *w, const char *path, const char *out,
    uint64_t *ret_rows, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	struct exchange_sink *sink = NULL;
	enum exchange_step step;
	int rc;

	*ret_rows = 0;
	if (exchange_envelope_open(&e, path, w->project, w->directory, err) < 0 ||
	    exchange_envelope_unseal(e, w->key, err) < 0)
		return -1;
	step = exchange_envelope_manifest(e)->step;
	if (shown_count[step] == 0)
		return err_set(err, ERR_DENIED, "%s: nobody reads the step '%s' as a file", path,
		    exchange_step_name(step));
	rc = exchange_sink_open(&sink, out, true, err);
	if (rc == 0)
		rc = put_rows(w, e, sink, ret_rows, err);
	if (rc == 0)
		rc = exchange_sink_close(&sink, err);
	exchange_sink_discard(&sink);
	return rc;
}
