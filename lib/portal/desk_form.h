/* Filling in an application: its form, files, members, comments and documents. */
#ifndef PORTAL_DESK_FORM_H
#define PORTAL_DESK_FORM_H

#include "desk/form_record.h"
#include "portal/desk_pages.h"

visit_handler desk_page_list, desk_get_list, desk_get_list_json, desk_api_list;
visit_handler desk_page_form, desk_page_section, desk_do_section, desk_do_comment, desk_do_resolve,
    desk_do_copy, desk_page_changes, desk_page_members, desk_do_member, desk_do_join, desk_get_file,
    desk_get_pdf, desk_get_decision;
/* The same as JSON (desk_form_api.c). */
visit_handler desk_api_form, desk_api_section, desk_api_save, desk_api_copy, desk_api_changes,
    desk_api_resolve, desk_api_file, desk_api_members, desk_api_invite, desk_api_comments,
    desk_api_comment;

/* An application with what the visitor may see of what is filled in. */
struct desk_paper {
	struct desk_dossier dossier;
	struct desk_draft draft;     /* others than members: answers of the last version */
	struct desk_version version; /* the last; n 0: none yet */
	struct desk_problems problems;
	bool own, writes;  /* a member; one who writes */
	bool with_private; /* sees what is not made public */
	bool talks;        /* sees and writes comments */
	enum desk_role as;
};

#define AUTO_DESK_PAPER AUTO(desk_paper_clear)

void desk_paper_clear(struct desk_paper *p);
/* The application that params[0] names; 404 as desk_open_dossier. */
MUST_CHECK int desk_paper_open(struct visit *v, struct desk_paper *ret, struct err *err);
/* Its section params[1]; -1: 404. */
MUST_CHECK int desk_paper_section(struct visit *v, const struct desk_paper *p, size_t *ret,
    struct err *err);
/* Both, for somebody who may write there: ERR_DENIED. */
MUST_CHECK int desk_paper_write(struct visit *v, struct desk_paper *ret, size_t *section,
    struct err *err);
struct desk_form_view desk_paper_view(const struct visit *v, const struct desk_paper *p);
/* Those answers to a form that the visitor may see, of one section or, SIZE_MAX, of all. */
json_t *desk_paper_answers(const struct desk_paper *p, const struct desk_form *form,
    const json_t *answers, size_t section);
/* The visitor may change the answers of this section now. */
bool desk_paper_is_open(const struct visit *v, const struct desk_paper *p, size_t section);
size_t desk_paper_problems(const struct desk_paper *p, size_t section);

/* Frame of all pages around a form: reference, title, addresses, steps. */
void desk_form_frame(struct visit *v, const struct desk_paper *p, size_t here);
/* Shows the section: its inputs or its answers, with comments. */
MUST_CHECK int desk_show_section(struct visit *v, const struct desk_paper *p, size_t section,
    struct err *err);
/* {name, email} of an account; "" for none. */
json_t *desk_person_model(const struct visit *v, int64_t account);
/* "21 November 2026, 14:05" in Paris. */
json_t *desk_time_text(const struct visit *v, int64_t at);
/* The file of this sum, under the name it was last given, when the visitor may have it; NULL. */
const struct desk_file *desk_file_of(const struct desk_paper *p, const struct desk_files *files,
    struct view sha256);
/* What is filled in, or what was handed in last, as PDF. */
MUST_CHECK int desk_dossier_pdf(const struct visit *v, const struct desk_paper *p, bool draft,
    struct str *ret, struct err *err);
struct desk_document;
/* The document as the file `name`. */
MUST_CHECK int desk_send_pdf(struct visit *v, const struct desk_document *d, const char *name,
    struct err *err);
/* Opinions, outcomes, and what silence decided: [{n, day, name, tacit}]. */
json_t *desk_decisions_model(const struct visit *v, const struct desk_dossier *d);
/* What a step that hands in still lacks, with links. */
MUST_CHECK int desk_add_missing(struct visit *v, const struct desk_dossier *d,
    const struct desk_step *step, struct err *err);

/* What came for a section, of a page or of the API. */
struct desk_coming {
	json_t *answers; /* all of the form, with what came */
	json_t *files;   /* new ones */
	int64_t expected;
};

#define AUTO_DESK_COMING AUTO(desk_coming_clear)

void desk_coming_clear(struct desk_coming *c);
/* Keeps the uploads of the request that belong to the section. ERR_FORMAT, ERR_LIMIT. */
MUST_CHECK int desk_take_files(struct visit *v, const struct desk_paper *p, size_t section,
    struct desk_coming *c, struct err *err);
/* As desk_draft_save. */
MUST_CHECK int desk_save_section(struct visit *v, const struct desk_paper *p, size_t section,
    const struct desk_coming *c, int64_t *ret_revision, struct err *err);

/* Asks an address to join; mails it. ERR_FORMAT, ERR_DENIED. */
MUST_CHECK int desk_ask_to_join(struct visit *v, const struct desk_paper *p, struct view email,
    struct view name, struct view kind, struct err *err);
/* {{#asked_list}} of a visitor who judges: these join only with desk_do_join. */
MUST_CHECK int desk_add_asked(struct visit *v, struct err *err);
/* Joins the applications that the visitor was asked to; who judges is left alone. */
MUST_CHECK int desk_join_asked(struct visit *v, bool *ret_joined, struct err *err);
/* Datasets of the catalogue by their IRIs: [{dataset, holder}]. ERR_USAGE: one is not there. */
MUST_CHECK int desk_dataset_rows(struct visit *v, const json_t *identifiers, json_t **ret,
    struct err *err);
/* Such rows into the form's table of datasets, if it has one. */
MUST_CHECK int desk_prefill_datasets(struct visit *v, const struct desk_dossier *d, json_t *rows,
    struct err *err);

#endif
