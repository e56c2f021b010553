#include "exchange/identify.h"
#include "base/secret.h"
#include "exchange/sink.h"
#include "io/csv.h"
#include "io/file.h"

struct ends {
	struct exchange_writer *nir;
	struct exchange_writer *outcomes;
	struct exchange_sink *review; /* NULL: none */
};

const char *exchange_outcome_name(int letter)
{
	static const char *const words[256] = {
	    [EXCHANGE_IDENTIFIED] = "identifie",
	    [EXCHANGE_RECTIFIED] = "identifie_rectifie",
	    [EXCHANGE_USED_NAME] = "identifie_nom_usage_seul",
	    [EXCHANGE_ONE_ECHO] = "echo_unique",
	    [EXCHANGE_SOME_ECHOES] = "echos_multiples",
	    [EXCHANGE_NO_ECHO] = "aucun_echo",
	    [EXCHANGE_REJECTED] = "rejet",
	};

	return words[letter & 255];
}

bool exchange_outcome_is_certain(enum exchange_outcome outcome)
{
	return outcome == EXCHANGE_IDENTIFIED || outcome == EXCHANGE_RECTIFIED;
}

static struct exchange_traits traits_of(const unsigned char *row, const char *centre)
{
	const enum exchange_step t = EXCHANGE_TRAITS;

	return (struct exchange_traits){
	    .idacc = exchange_row_get(t, row, EXCHANGE_F_IDACC),
	    .centre = VIEW(centre),
	    .birth_name = exchange_row_get(t, row, EXCHANGE_F_BIRTH_NAME),
	    .used_name = exchange_row_get(t, row, EXCHANGE_F_USED_NAME),
	    .given_names = exchange_row_get(t, row, EXCHANGE_F_GIVEN_NAMES),
	    .birth_date = exchange_row_get(t, row, EXCHANGE_F_BIRTH_DATE),
	    .sex = exchange_row_get(t, row, EXCHANGE_F_SEX),
	    .birth_place = exchange_row_get(t, row, EXCHANGE_F_BIRTH_PLACE),
	};
}

/* "sends NIR, sex, birth date and the temporary number": nothing else goes on. */
MUST_CHECK static int put_nir(struct exchange_writer *w, const struct exchange_traits *t,
    const struct exchange_identity *found, struct err *err)
{
	unsigned char row[EXCHANGE_ROW_MAX] = {0};
	char good = EXCHANGE_NIR_GOOD;
	int rc;

	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_IDACC, t->idacc);
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_OWN, VIEW(found->nir));
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_OWN_CLASS, (struct view){&good, 1});
	exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_BIRTH_DATE, VIEW(found->birth_date));
	if (found->sex)
		exchange_row_set(EXCHANGE_NIR, row, EXCHANGE_F_SEX, (struct view){&found->sex, 1});
	rc = exchange_writer_put(w, row, err);
	sodium_memzero(row, sizeof(row));
	return rc;
}

MUST_CHECK static int put_outcome(struct exchange_writer *w, const struct exchange_traits *t,
    const struct exchange_identity *found, struct err *err)
{
	unsigned char row[EXCHANGE_ROW_MAX] = {0};
	char letter = (char)found->outcome;

	exchange_row_set(EXCHANGE_OUTCOMES, row, EXCHANGE_F_IDACC, t->idacc);
	exchange_row_set(EXCHANGE_OUTCOMES, row, EXCHANGE_F_OUTCOME, (struct view){&letter, 1});
	if (found->deceased)
		exchange_row_set(EXCHANGE_OUTCOMES, row, EXCHANGE_F_DECEASED, VIEW_LIT("1"));
	return exchange_writer_put(w, row, err);
}

MUST_CHECK static int put_review(struct exchange_sink *s, const struct exchange_traits *t,
    const struct exchange_identity *found, struct err *err)
{
	AUTO_STR struct str line = {0};

	csv_add_field(&line, t->centre, true);
	csv_add_field(&line, t->idacc, false);
	csv_add_field(&line, VIEW(found->nir), false);
	csv_add_field(&line, VIEW(exchange_outcome_name((int)found->outcome)), false);
	csv_add_end(&line);
	return exchange_sink_add(s, line.buf, line.len, err);
}

MUST_CHECK static int answer(struct ends *ends, const struct exchange_traits *t,
    const struct exchange_identity *found, struct exchange_found *ret, struct err *err)
{
	ret->rows++;
	ret->by_outcome[(unsigned char)found->outcome]++;
	ret->deceased += found->deceased;
	if (exchange_outcome_is_certain(found->outcome) && put_nir(ends->nir, t, found, err) < 0)
		return -1;
	if (ends->review && found->outcome == EXCHANGE_ONE_ECHO &&
	    put_review(ends->review, t, found, err) < 0)
		return -1;
	return put_outcome(ends->outcomes, t, found, err);
}

MUST_CHECK static int ask_all(const struct exchange_work *w, struct exchange_envelope *e,
    const struct exchange_matcher *matcher, struct ends *ends, struct exchange_found *ret,
    struct err *err)
{
	const char *centre = exchange_envelope_manifest(e)->subject;
	const unsigned char *row;
	int rc;

	while ((rc = exchange_envelope_next(e, &row, err)) > 0) {
		struct exchange_traits t = traits_of(row, centre);
		struct exchange_identity found = {.outcome = EXCHANGE_NO_ECHO};

		if (matcher->find(matcher->ctx, &t, &found, err) < 0 ||
		    answer(ends, &t, &found, ret, err) < 0)
			return -1;
		progress_add(w->progress, 1);
	}
	return rc;
}

MUST_CHECK static int open_ends(const struct exchange_work *w, const char *centre,
    const char *out_nir, const char *out_outcomes, const char *review, struct ends *ends,
    struct err *err)
{
	static const char header[] = "centre,idacc,nir,outcome\n";

	if (exchange_writer_open(&ends->nir, out_nir, w->project, EXCHANGE_NIR, centre, w->key,
		w->directory, err) < 0 ||
	    exchange_writer_open(&ends->outcomes, out_outcomes, w->project, EXCHANGE_OUTCOMES,
		centre, w->key, w->directory, err) < 0)
		return -1;
	if (!review)
		return 0;
	if (exchange_sink_open(&ends->review, review, true, err) < 0)
		return -1;
	return exchange_sink_add(ends->review, header, strlen(header), err);
}

MUST_CHECK static int close_ends(struct ends *ends, struct err *err)
{
	if ((ends->review && exchange_sink_close(&ends->review, err) < 0) ||
	    exchange_writer_close(&ends->outcomes, NULL, err) < 0)
		return -1;
	return exchange_writer_close(&ends->nir, NULL, err);
}

int exchange_identify(const struct exchange_work *w, const char *path,
    const struct exchange_matcher *matcher, const char *out_nir, const char *out_outcomes,
    const char *review, struct exchange_found *ret, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	struct ends ends = {0};
	int rc;

	*ret = (struct exchange_found){0};
	if (exchange_envelope_open(&e, path, w->project, w->directory, err) < 0 ||
	    exchange_envelope_unseal(e, w->key, err) < 0)
		return -1;
	rc = exchange_work_begin(w, e, out_nir, err);
	if (rc)
		return rc;
	rc = open_ends(w, exchange_envelope_manifest(e)->subject, out_nir, out_outcomes, review,
	    &ends, err);
	if (rc == 0)
		rc = ask_all(w, e, matcher, &ends, ret, err);
	if (rc == 0)
		rc = close_ends(&ends, err);
	exchange_writer_discard(&ends.nir);
	exchange_writer_discard(&ends.outcomes);
	exchange_sink_discard(&ends.review);
	return rc < 0 ? -1 : exchange_work_end(w, e, err);
}
