/* What leaves as a file: attachments, and the dossier and its decisions as PDF. */
#include "portal/desk_form.h"

#include "base/hash.h"
#include "desk/document.h"
#include "desk/form_attachment.h"
#include "portal/inside.h"

/* RFC 6266 and RFC 8187: the name in UTF-8, and one that everybody can read. */
static void add_disposition(struct visit *v, const char *name)
{
	AUTO_STR struct str plain = {0}, value = {0};

	for (const char *c = name; *c; c++)
		str_addc(&plain, *c >= ' ' && *c < 0x7f && *c != '"' && *c != '\\' ? *c : '_');
	str_addf(&value, "attachment; filename=\"%s\"; filename*=UTF-8''", str_get(&plain));
	for (const unsigned char *c = (const unsigned char *)name; *c; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
		    (*c >= '0' && *c <= '9') || *c == '.' || *c == '-' || *c == '_')
			str_addc(&value, (char)*c);
		else
			str_addf(&value, "%%%02X", *c);
	http_add_header(v->r, "Content-Disposition", str_view(&value));
}

static const char *media_type(const char *kept)
{
	for (int i = 0; i < DESK_FILE_TYPES; i++)
		if (strcmp(desk_file_media_type((enum desk_file_type)i), kept) == 0)
			return desk_file_media_type((enum desk_file_type)i);
	return "application/octet-stream";
}

/* The name it was given in this application, when the visitor may have it. */
const struct desk_file *desk_file_of(const struct desk_paper *p,
    const struct desk_files *files, struct view sha256)
{
	AUTO_FREE char *handed =
	    p->version.n ? json_dumps(p->version.answers, JSON_COMPACT) : mem_strdup("");

	for (size_t i = files->all.len; i-- > 0;) {
		const struct desk_file *f = &files->all.ptr[i];
		const struct desk_field *field = desk_form_field(&p->draft.form, VIEW(f->field));

		if (!view_eq(VIEW(f->sha256), sha256))
			continue;
		if (p->own || (field && (p->with_private || !field->is_private) &&
				  strstr(handed, f->sha256)))
			return f;
	}
	return NULL;
}

int desk_get_file(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_DESK_FILES struct desk_files files = {0};
	struct desk desk = desk_of(v);
	const struct desk_file *f;

	if (desk_paper_open(v, &p, err) < 0 ||
	    desk_files_list(&desk, p.dossier.id, &files, err) < 0)
		return -1;
	f = desk_file_of(&p, &files, v->params[1]);
	if (!f)
		return visit_not_found(v, err);
	str_reset(&v->r->body);
	if (desk_file_open(v->hub->folder, VIEW(f->sha256), &v->r->body, err) < 0)
		return -1;
	v->r->type = media_type(f->type);
	add_disposition(v, f->name);
	return 0;
}

int desk_send_pdf(struct visit *v, const struct desk_document *d, const char *name,
    struct err *err)
{
	str_reset(&v->r->body);
	if (desk_document_pdf(d, &v->r->body, err) < 0)
		return -1;
	v->r->type = "application/pdf";
	add_disposition(v, name);
	return 0;
}

int desk_dossier_pdf(const struct visit *v, const struct desk_paper *p, bool draft,
    struct str *ret, struct err *err)
{
	AUTO_DESK_DOCUMENT struct desk_document d = {0};
	struct desk_form_view view = desk_paper_view(v, p);
	AUTO_FREE char *text = NULL;
	char sha256[SHA256_HEX_SIZE];

	view.answers = draft ? p->draft.answers : p->version.answers;
	view.form = draft ? &p->draft.form : &p->version.form;
	text = desk_version_text(view.form, view.answers);
	hash_sha256_hex(VIEW(text), sha256);
	desk_dossier_document(&d, &view, v->hub->conf.name[v->language], p->dossier.ref,
	    draft ? desk_today(v) : desk_paris_day(p->version.at));
	desk_document_stamp(&d, draft ? 0 : p->version.n, sha256);
	return desk_document_pdf(&d, ret, err);
}

/* Members have their draft until it is handed in; all have what was handed in. */
int desk_get_pdf(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_FREE char *name = NULL;
	bool draft;

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	draft = p.own && (!p.version.n || http_query(v->q, "draft").len > 0);
	if (!draft && !p.version.n)
		return visit_not_found(v, err);
	str_reset(&v->r->body);
	if (desk_dossier_pdf(v, &p, draft, &v->r->body, err) < 0)
		return -1;
	v->r->type = "application/pdf";
	name = str_format("%s.pdf", p.dossier.ref);
	add_disposition(v, name);
	return 0;
}
