#include "exchange/pseudonymise.h"
#include "exchange/token.h"
#include "io/file.h"

int exchange_work_begin(const struct exchange_work *w, const struct exchange_envelope *input,
    const char *out, struct err *err)
{
	const struct exchange_manifest *m = exchange_envelope_manifest(input);
	const struct exchange_entry *last;
	char hash[65];

	if (!w->ledger)
		return 0;
	exchange_manifest_hash(m, hash);
	last = exchange_ledger_last(w->ledger, m->project, m->step, m->subject);
	if (last && memcmp(last->hash, hash, 64) == 0)
		return path_exists(out) && !w->again;
	if (!last || w->again)
		return 0;
	(void)err_set(err, ERR_DENIED,
	    "project %s: another envelope '%s' of %s was worked on before", m->project,
	    exchange_step_name(m->step), m->subject);
	return err_hint(err, "a centre deposits once; when it was agreed on: --again");
}

int exchange_work_end(const struct exchange_work *w, const struct exchange_envelope *input,
    struct err *err)
{
	const struct exchange_manifest *m = exchange_envelope_manifest(input);
	const struct exchange_entry *last;
	char hash[65];

	if (!w->ledger)
		return 0;
	exchange_manifest_hash(m, hash);
	last = exchange_ledger_last(w->ledger, m->project, m->step, m->subject);
	if (last && memcmp(last->hash, hash, 64) == 0)
		return 0;
	return exchange_ledger_add(w->ledger, EXCHANGE_DONE, m, err);
}

MUST_CHECK static int renew_rows(const struct exchange_work *w, struct exchange_envelope *e,
    int64_t from, struct exchange_writer *writer, struct exchange_counts *ret, struct err *err)
{
	AUTO_EXCHANGE_CHAIN struct exchange_chain *chain = NULL;
	const unsigned char *in;
	int rc;

	if (exchange_chain_new(&chain, w->key, w->project, err) < 0)
		return -1;
	while ((rc = exchange_envelope_next(e, &in, err)) > 0) {
		struct view old = exchange_row_get(EXCHANGE_PSEUDONYMS, in, EXCHANGE_F_PSEUDONYM);
		unsigned char row[EXCHANGE_ROW_MAX] = {0};
		char renewed[EXCHANGE_PSEUDONYM_SIZE];

		ret->rows++;
		if (!exchange_pseudonym_renew(chain, from, old, renewed))
			return err_set(err, ERR_FORMAT, "row %llu is no pseudonym",
			    (unsigned long long)ret->rows);
		exchange_row_set(EXCHANGE_REKEYED, row, EXCHANGE_F_PSEUDONYM, old);
		exchange_row_set(EXCHANGE_REKEYED, row, EXCHANGE_F_RENEWED, VIEW(renewed));
		progress_add(w->progress, 1);
		if (exchange_writer_put(writer, row, err) < 0)
			return -1;
	}
	return rc;
}

int exchange_renew(const struct exchange_work *w, const char *path, int64_t from,
    const char *out, struct exchange_counts *ret, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	AUTO_EXCHANGE_WRITER struct exchange_writer *writer = NULL;

	*ret = (struct exchange_counts){0};
	if (from < 0 || from >= w->project->epoch) {
		(void)err_set(err, ERR_USAGE, "project %s is in epoch %lld: nothing to renew from "
					      "epoch %lld",
		    w->project->name,
		    (long long)w->project->epoch, (long long)from);
		return err_hint(err, "raise 'epoch' in the project file first");
	}
	if (exchange_envelope_open(&e, path, w->project, w->directory, err) < 0 ||
	    exchange_envelope_unseal(e, w->key, err) < 0 ||
	    exchange_writer_open(&writer, out, w->project, EXCHANGE_REKEYED,
		w->project->controller, w->key, w->directory, err) < 0)
		return -1;
	if (renew_rows(w, e, from, writer, ret, err) < 0)
		return err_wrap(err, "%s", path);
	return exchange_writer_close(&writer, NULL, err);
}
