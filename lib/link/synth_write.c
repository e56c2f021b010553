#include "link/synth_write.h"

#include <assert.h>
#include <stdio.h>

/* French names of civil status; of people too, whose identifiant is the truth's cluster. */
static const struct table_column record_columns[] = {
    {"identifiant", TABLE_TYPE_TEXT},
    {"nom_naissance", TABLE_TYPE_TEXT},
    {"nom_usage", TABLE_TYPE_TEXT},
    {"prenoms", TABLE_TYPE_TEXT},
    {"sexe", TABLE_TYPE_TEXT},
    {"date_naissance", TABLE_TYPE_TEXT},
    {"code_lieu_naissance", TABLE_TYPE_TEXT},
    {"lieu_naissance", TABLE_TYPE_TEXT},
    {"nir", TABLE_TYPE_TEXT},
};

enum { ID,
	SURNAME,
	USED,
	GIVEN,
	SEX,
	DATE,
	CODE,
	PLACE,
	NIR };

static const struct table_column truth_columns[] = {
    {"identifiant", TABLE_TYPE_TEXT},
    {"cluster", TABLE_TYPE_TEXT}, /* the person's identifiant in people */
    {"erreurs", TABLE_TYPE_TEXT},
};

static const struct table_schema schemas[] = {
    {"records", record_columns, ARRAY_LEN(record_columns) - 1},
    {"records", record_columns, ARRAY_LEN(record_columns)},
    {"truth", truth_columns, ARRAY_LEN(truth_columns)},
    {"people", record_columns, ARRAY_LEN(record_columns)},
};

const struct table_schema *synth_record_schema(bool nir)
{
	return &schemas[nir];
}

const struct table_schema *synth_truth_schema(void)
{
	return &schemas[2];
}

const struct table_schema *synth_people_schema(void)
{
	return &schemas[3];
}

const char *synth_id(char letter, uint64_t number, char buf[SYNTH_ID_SIZE])
{
	uint64_t n = number + 1;

	buf[0] = letter;
	for (int i = 9; i > 0; i--, n /= 10)
		buf[i] = (char)('0' + n % 10);
	buf[10] = '\0';
	return buf;
}

static void set_text(struct table_batch *b, size_t column, const struct synth_text *t,
    bool capitals)
{
	if (t->plain_len == 0)
		return;
	table_set_text(b, column,
	    capitals ? (struct view){t->plain, t->plain_len}
		     : (struct view){t->display, t->display_len});
}

static void set_word(struct table_batch *b, size_t column, const char *word)
{
	if (word[0])
		table_set_text(b, column, VIEW(word));
}

void synth_put_record(struct table_batch *b, uint64_t record, const struct synth_record *rec,
    bool nir)
{
	char id[SYNTH_ID_SIZE];

	table_batch_row(b);
	set_word(b, ID, synth_id('R', record, id));
	set_text(b, SURNAME, &rec->surname, rec->capitals);
	set_text(b, USED, &rec->used, rec->capitals);
	set_text(b, GIVEN, &rec->given, rec->capitals);
	if (rec->sex)
		table_set_literal(b, SEX, rec->sex == 'M' ? VIEW_LIT("M") : VIEW_LIT("F"));
	set_word(b, DATE, rec->date);
	set_word(b, CODE, rec->code);
	set_text(b, PLACE, &rec->place, rec->capitals);
	if (nir)
		set_word(b, NIR, rec->nir);
}

void synth_put_truth(struct table_batch *b, uint64_t record, uint64_t person, uint64_t errors,
    const char *const names[SYNTH_ERRORS])
{
	char id[SYNTH_ID_SIZE], words[1024];
	size_t len = 0;

	for (int e = 0; e < SYNTH_ERRORS; e++) {
		size_t n = strlen(names[e]);

		if (!(errors >> e & 1))
			continue;
		assert(len + n + 1 < sizeof(words));
		if (len > 0)
			words[len++] = ' ';
		memcpy(words + len, names[e], n);
		len += n;
	}
	table_batch_row(b);
	set_word(b, 0, synth_id('R', record, id));
	set_word(b, 1, synth_id('P', person, id));
	if (len > 0)
		table_set_text(b, 2, (struct view){words, len});
}

static void set_given(struct table_batch *b, const struct synth_model *m,
    const struct synth_person *p)
{
	struct synth_text t = {.plain_len = 0};

	for (int i = 0; i < p->given_count; i++) {
		if (i > 0)
			synth_addz(&t, " ");
		synth_add_word(&t, &m->names.ptr[p->given[i]].word);
	}
	set_text(b, GIVEN, &t, false);
}

void synth_put_person(struct table_batch *b, uint64_t person, const struct synth_model *m,
    const struct synth_person *p)
{
	char id[SYNTH_ID_SIZE], date[BIRTH_TEXT_SIZE];
	const struct synth_word *place = p->city ? p->city : &p->place->name;

	table_batch_row(b);
	set_word(b, ID, synth_id('P', person, id));
	set_text(b, SURNAME, &p->surname, false);
	set_text(b, USED, &p->used, false);
	set_given(b, m, p);
	table_set_literal(b, SEX, p->woman ? VIEW_LIT("F") : VIEW_LIT("M"));
	set_word(b, DATE, birth_date_format(p->birth, date));
	set_word(b, CODE, p->code);
	table_set_text(b, PLACE, place->display);
	set_word(b, NIR, p->nir);
}
