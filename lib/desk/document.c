#include "desk/document.h"

#include "base/embed.h"
#include "io/template.h"
#include "report/page.h"

#include <inttypes.h>

void desk_document_begin(struct desk_document *d, const char *title, const char *body,
    enum desk_language language, date_t created)
{
	*d = (struct desk_document){.language = language, .created = created};
	d->title = arena_strdup(&d->memory, VIEW(title));
	d->body = arena_strdup(&d->memory, VIEW(body));
}

void desk_document_clear(struct desk_document *d)
{
	vec_clear(&d->blocks);
	arena_clear(&d->memory);
}

static struct desk_block *add(struct desk_document *d, enum desk_block_kind kind, int level,
    const char *label, const char *text)
{
	struct desk_block *b = vec_push(&d->blocks);

	*b = (struct desk_block){kind, level, arena_strdup(&d->memory, VIEW(label)),
	    arena_strdup(&d->memory, VIEW(text)), ""};
	return b;
}

void desk_document_heading(struct desk_document *d, int level, const char *text)
{
	add(d, DESK_BLOCK_HEADING, level, "", text);
}

void desk_document_text(struct desk_document *d, const char *text)
{
	add(d, DESK_BLOCK_TEXT, 0, "", text);
}

void desk_document_fact(struct desk_document *d, const char *label, const char *text)
{
	add(d, DESK_BLOCK_FACT, 0, label, text);
}

void desk_document_item(struct desk_document *d, const char *text)
{
	add(d, DESK_BLOCK_ITEM, 0, "", text);
}

void desk_document_amount(struct desk_document *d, const char *label, const char *note,
    const char *amount)
{
	add(d, DESK_BLOCK_AMOUNT, 0, label, note)->amount =
	    arena_strdup(&d->memory, VIEW(amount));
}

void desk_document_total(struct desk_document *d, const char *label, const char *amount)
{
	add(d, DESK_BLOCK_TOTAL, 0, label, "")->amount = arena_strdup(&d->memory, VIEW(amount));
}

void desk_document_signature(struct desk_document *d, const char *lines)
{
	add(d, DESK_BLOCK_SIGNATURE, 0, "", lines);
}

void desk_document_stamp(struct desk_document *d, int64_t version, const char *sha256)
{
	static const char *const words[DESK_LANGUAGES][2] = {
	    {"Draft", "Version"}, {"Brouillon", "Version"}};
	const char *word = words[d->language][version != 0];

	d->stamp = version ? arena_format(&d->memory, "%s %" PRId64 " · SHA-256 %s", word, version,
				 sha256)
	                   : arena_format(&d->memory, "%s · SHA-256 %s", word, sha256);
}

static void add_element(struct str *out, const char *name, const char *text)
{
	str_addf(out, "<%s>", name);
	template_escape(out, VIEW(text));
	str_addf(out, "</%s>\n", name);
}

/* Lists of a kind stand in one element. */
static const char *group_of(const struct desk_document *d, size_t i)
{
	if (i >= d->blocks.len)
		return NULL;
	switch (d->blocks.ptr[i].kind) {
	case DESK_BLOCK_FACT:
	case DESK_BLOCK_AMOUNT:
	case DESK_BLOCK_TOTAL: return "dl";
	case DESK_BLOCK_ITEM: return "ul";
	case DESK_BLOCK_HEADING:
	case DESK_BLOCK_SIGNATURE:
	case DESK_BLOCK_TEXT: break;
	}
	return NULL;
}

static void add_block(struct str *out, const struct desk_block *b)
{
	switch (b->kind) {
	case DESK_BLOCK_HEADING: add_element(out, b->level > 2 ? "h3" : "h2", b->text); break;
	case DESK_BLOCK_TEXT:
	case DESK_BLOCK_SIGNATURE: add_element(out, "p", b->text); break;
	case DESK_BLOCK_ITEM: add_element(out, "li", b->text); break;
	case DESK_BLOCK_FACT:
		add_element(out, "dt", b->label);
		add_element(out, "dd", b->text);
		break;
	case DESK_BLOCK_AMOUNT:
	case DESK_BLOCK_TOTAL:
		add_element(out, "dt", b->label);
		add_element(out, "dd", b->amount);
		if (*b->text)
			add_element(out, "dd", b->text);
		break;
	}
}

void desk_document_html(const struct desk_document *d, struct str *out)
{
	static const char *const languages[DESK_LANGUAGES] = {"en", "fr"};
	struct report_page page = {.lang = languages[d->language], .title = d->title};

	page.style = embed_find("desk/data/document.css");
	report_page_head(&page, out);
	str_addz(out, "<main>\n");
	add_element(out, "p", d->body);
	add_element(out, "h1", d->title);
	if (d->stamp)
		add_element(out, "p", d->stamp);
	for (size_t i = 0; i < d->blocks.len; i++) {
		const char *group = group_of(d, i), *next = group_of(d, i + 1);

		if (group && (i == 0 || group_of(d, i - 1) != group))
			str_addf(out, "<%s>\n", group);
		add_block(out, &d->blocks.ptr[i]);
		if (group && next != group)
			str_addf(out, "</%s>\n", group);
	}
	str_addz(out, "</main>\n");
	report_page_end(&page, out);
}

static const char *day_text(date_t day, enum desk_language language,
    char buf[DATE_WORDS_SIZE])
{
	return date_words(day, language == DESK_FRENCH ? DATE_FRENCH : DATE_ENGLISH, buf);
}

static const char *text_at(const json_t *j, const char *key)
{
	return json_string_value(json_object_get(j, key));
}

void desk_dossier_document(struct desk_document *ret, const struct desk_form_view *v,
    const char *body, const char *reference, date_t created)
{
	static const char *const words[][DESK_LANGUAGES] = {
	    {"Application", "Demande"}, {"Date", "Date"}, {"not answered", "sans réponse"}};
	AUTO_JSON json_t *model = desk_form_answers_model(v);
	const json_t *section, *answer;
	char day[DATE_WORDS_SIZE];
	size_t i, k;

	desk_document_begin(ret, v->form->title.in[v->language], body, v->language, created);
	ret->contents = true;
	desk_document_fact(ret, words[0][v->language], reference);
	desk_document_fact(ret, words[1][v->language],
	    day_text(created, v->language, day));
	json_array_foreach(json_object_get(model, "sections"), i, section)
	{
		desk_document_heading(ret, 2, text_at(section, "title"));
		json_array_foreach(json_object_get(section, "answers"), k, answer)
		{
			const char *text = text_at(answer, "text");

			desk_document_fact(ret, text_at(answer, "label"),
			    *text ? text : words[2][v->language]);
		}
	}
}

static void add_known(struct desk_document *d, const char *label, const char *text)
{
	if (text)
		desk_document_fact(d, label, text);
}

static void add_list(struct desk_document *d, const char *heading, const char *const *items)
{
	if (items && *items)
		desk_document_heading(d, 2, heading);
	for (; items && *items; items++)
		desk_document_item(d, *items);
}

void desk_decision_document(struct desk_document *ret, const struct desk_decision *decision,
    enum desk_language language)
{
	enum { REFERENCE,
		APPLICATION,
		PROJECT,
		APPLICANT,
		DATE,
		OUTCOME,
		EFFECT,
		BASIS,
		REASONS,
		CONDITIONS,
		REMEDIES,
		SIGNED,
		TACIT };
	static const char *const words[][DESK_LANGUAGES] = {
	    {"Reference", "Référence"},
	    {"Application", "Demande"},
	    {"Project", "Projet"},
	    {"Applicant", "Demandeur"},
	    {"Date", "Date"},
	    {"Outcome", "Sens"},
	    {"Effect", "Effet"},
	    {"Legal basis", "Fondement"},
	    {"Reasons", "Motifs"},
	    {"Conditions", "Conditions"},
	    {"Remedies", "Voies de recours"},
	    {"For the body:", "Pour l’organisme :"},
	    {"No express decision was taken: this follows from the end of the legal delay.",
		"Aucune décision expresse n’a été prise : ceci résulte de l’expiration du délai "
		"légal."},
	};
	char day[DATE_WORDS_SIZE];

	desk_document_begin(ret, decision->title, decision->body, language, decision->date);
	ret->columns = true;
	add_known(ret, words[REFERENCE][language], decision->reference);
	add_known(ret, words[APPLICATION][language], decision->application);
	add_known(ret, words[PROJECT][language], decision->project);
	add_known(ret, words[APPLICANT][language], decision->applicant);
	desk_document_fact(ret, words[DATE][language], day_text(decision->date, language, day));
	add_known(ret, words[OUTCOME][language], decision->outcome);
	add_known(ret, words[EFFECT][language], decision->effect);
	add_known(ret, words[BASIS][language], decision->basis);
	if (decision->tacit)
		desk_document_text(ret, words[TACIT][language]);
	add_list(ret, words[REASONS][language], decision->reasons);
	add_list(ret, words[CONDITIONS][language], decision->conditions);
	if (decision->remedies) {
		desk_document_heading(ret, 2, words[REMEDIES][language]);
		desk_document_text(ret, decision->remedies);
	}
	if (decision->signed_by) {
		AUTO_FREE char *lines =
		    str_format("%s\n%s", words[SIGNED][language], decision->signed_by);

		desk_document_signature(ret, lines);
	}
}
