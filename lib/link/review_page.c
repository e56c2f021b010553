#include "link/review_page.h"

#include "base/embed.h"
#include "base/version.h"
#include "io/file.h"
#include "io/json.h"
#include "link/review_diff.h"
#include "report/html.h"
#include "report/page.h"

#include <inttypes.h>

/* Runs of characters of one mark: [["Hel", 0], ["e", 1]]. */
static void add_runs(struct json_writer *w, const struct link_glyphs *g)
{
	AUTO_STR struct str run = {0};

	json_begin_array(w);
	for (size_t i = 0; i < g->list.len; i++) {
		str_addz(&run, g->list.ptr[i].text);
		if (i + 1 < g->list.len && g->list.ptr[i + 1].mark == g->list.ptr[i].mark)
			continue;
		json_begin_array(w);
		json_add_text(w, str_view(&run));
		json_add_int(w, g->list.ptr[i].mark);
		json_end_array(w);
		str_reset(&run);
	}
	json_end_array(w);
}

static void add_cells(struct json_writer *w, const struct link_review *r, size_t pair)
{
	AUTO_LINK_GLYPHS struct link_glyphs a = {0};
	AUTO_LINK_GLYPHS struct link_glyphs b = {0};

	json_key(w, "cells");
	json_begin_array(w);
	for (size_t f = 0; f < r->fields; f++) {
		enum link_alike alike = link_review_diff(link_review_cell(r, pair, 0, f),
		    link_review_cell(r, pair, 1, f), &a, &b);

		json_begin_array(w);
		json_add_int(w, alike);
		add_runs(w, &a);
		add_runs(w, &b);
		json_end_array(w);
	}
	json_end_array(w);
}

static void add_records(struct json_writer *w, const struct link_records *d, const uint32_t side[2])
{
	json_key(w, "records");
	json_begin_array(w);
	for (int k = 0; k < 2; k++) {
		AUTO_STR struct str id = {0};

		link_record_name(d, side[k], &id);
		json_add_text(w, VIEW(link_record_source(d, side[k]) ? "right" : "left"));
		json_add_text(w, str_view(&id));
	}
	json_end_array(w);
}

static void add_heads(struct json_writer *w, const struct link_review *r, size_t pair,
    const struct link_texts *texts)
{
	static const char *const keys[2] = {"record_a", "record_b"};

	json_key(w, "heads");
	json_begin_array(w);
	for (int k = 0; k < 2; k++) {
		AUTO_FREE char *text =
		    link_review_heading(r, pair, k, link_text(texts, keys[k]));

		json_add_text(w, VIEW(text));
	}
	json_end_array(w);
}

static void add_pairs(
    struct json_writer *w, const struct link_review *r, const struct link_texts *texts)
{
	json_key(w, "pairs");
	json_begin_array(w);
	for (size_t i = 0; i < r->pairs.len; i++) {
		const struct link_review_pair *p = &r->pairs.ptr[i];
		const uint32_t side[2] = {p->a, p->b};

		if (p->settled)
			continue;
		json_begin_object(w);
		add_records(w, r->job->records, side);
		add_heads(w, r, i, texts);
		json_set_int(w, "answer", p->answer);
		add_cells(w, r, i);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_data(
    const struct link_review *r, const struct link_texts *texts, struct str *json)
{
	AUTO_FREE char *draw =
	    str_format("%s-%" PRIu64 "-%" PRIu64, r->population, r->seed, r->wanted);
	struct json_writer w = {.out = json};

	json_begin_object(&w);
	json_set_text(&w, "draw", draw);
	json_key(&w, "texts");
	json_begin_object(&w);
	for (size_t i = 0; i < texts->texts.len; i++) {
		AUTO_FREE char *key = str_format("%.*s", VIEW_ARG(texts->keys.entries.ptr[i].key));

		json_set_text(&w, key, texts->texts.ptr[i]);
	}
	json_end_object(&w);
	json_key(&w, "fields");
	json_begin_array(&w);
	for (size_t f = 0; f < r->fields; f++)
		json_add_text(&w, VIEW(r->job->records->field[f].column));
	json_end_array(&w);
	add_pairs(&w, r, texts);
	json_end_object(&w);
}

static void add_text(
    const struct link_texts *t, const char *before, const char *key, const char *after,
    struct str *out)
{
	report_add_element(out, before, link_text(t, key), after);
}

static void add_table(const struct link_texts *t, struct str *out)
{
	str_addz(out, "<table id=\"pair\"><thead><tr>");
	add_text(t, "<th scope=\"col\">", "page_field", "</th>", out);
	str_addz(out, "<th scope=\"col\" id=\"head-a\"></th><th scope=\"col\" id=\"head-b\"></th>");
	add_text(t, "<th scope=\"col\">", "page_alike", "</th>", out);
	str_addz(out, "</tr></thead><tbody aria-live=\"polite\"></tbody></table>\n");
}

static void add_button(
    const struct link_texts *t, const char *id, const char *key, struct str *out)
{
	str_addf(out, "<button type=\"button\" id=\"%s\">", id);
	add_text(t, "", key, "</button>", out);
}

static void add_answers(const struct link_texts *t, struct str *out)
{
	static const char *const keys[][2] = {
	    {"yes", "key_yes"}, {"no", "key_no"}, {"unsure", "key_unsure"}};

	str_addz(out, "<div class=\"buttons answers\" role=\"group\" ");
	add_text(t, "aria-label=\"", "question", "\">",
	    out);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		str_addf(out, "<button type=\"button\" data-answer=\"%zu\">", i + 1);
		add_text(t, "", keys[i][0], "", out);
		add_text(t, "<kbd>", keys[i][1], "</kbd></button>", out);
	}
	str_addz(out, "</div>\n<div class=\"buttons\">");
	add_button(t, "previous", "page_previous", out);
	add_button(t, "next", "page_next", out);
	add_button(t, "first-open", "page_first_open", out);
	str_addz(out, "</div>\n");
	add_text(t, "<p class=\"hint\">", "page_keys", "</p>\n", out);
}

static void add_saving(const struct link_texts *t, struct str *out)
{
	add_text(t, "<p id=\"finished\" hidden>", "done", "</p>\n", out);
	str_addz(out, "<div class=\"buttons\">");
	add_button(t, "save", "page_save", out);
	add_text(t, "<label class=\"load\">", "page_load",
	    "<input type=\"file\" id=\"load\" accept=\".csv,text/csv\"></label>", out);
	add_button(t, "forget", "page_clear", out);
	str_addz(out, "<output class=\"said\" id=\"unsaved\"></output>"
		      "<output class=\"said\" id=\"loaded\"></output></div>\n");
	add_text(t, "<p class=\"hint\">", "page_kept", "</p>\n", out);
}

static void add_body(const struct link_texts *t, struct str *out)
{
	str_addz(out, "<body>\n");
	add_text(t, "<p class=\"warning\" role=\"note\">⚠ ", "page_warning", "</p>\n", out);
	add_text(t, "<header>\n<h1>", "title", "</h1>\n", out);
	add_text(t, "<p class=\"lede\">", "page_lede", "</p>\n</header>\n", out);
	add_text(t, "<noscript><p>", "page_no_script", "</p></noscript>\n", out);
	str_addz(out, "<main class=\"review\" id=\"review\" hidden>\n<div class=\"progress\">"
		      "<strong id=\"where\"></strong><progress id=\"bar\"></progress>"
		      "<span id=\"done\"></span></div>\n");
	add_table(t, out);
	add_answers(t, out);
	add_saving(t, out);
	str_addf(out, "</main>\n<footer>hygie %s</footer>\n", hygie_version());
}

static void compose(const struct link_review *r, const struct link_texts *texts, struct str *out)
{
	AUTO_STR struct str style = {0};
	AUTO_STR struct str json = {0};
	struct report_page p = {
	    .lang = texts->lang == LINK_FR ? "fr" : "en", .title = link_text(texts, "title")};

	str_add(&style, embed_find("web/report.css"));
	str_add(&style, embed_find("web/review.css"));
	p.style = str_view(&style);
	report_page_add_script(&p, "web/review.js");
	report_page_head(&p, out);
	add_body(texts, out);
	write_data(r, texts, &json);
	report_page_data(out, "review-data", str_view(&json));
	report_page_end(&p, out);
	out->full |= json.full;
}

int link_review_page(const struct link_review *r, const struct link_texts *texts,
    const char *path, struct err *err)
{
	AUTO_STR struct str page = {0};

	if (r->pairs.len > LINK_PAGE_PAIRS_MAX)
		return err_set(err, ERR_LIMIT, "%s: %zu pairs, a page holds %d", path, r->pairs.len,
		    LINK_PAGE_PAIRS_MAX);
	compose(r, texts, &page);
	if (page.full)
		return err_set(
		    err, ERR_LIMIT, "%s: larger than %zu MB", path, STR_MAX_DEFAULT >> 20);
	return file_write_private(path, str_view(&page), err);
}
