/* A whole dossier as a ZIP: PDF, answers of each version, files, events, permit, sums. */
#include "portal/desk_archive.h"

#include "base/hash.h"
#include "desk/form_attachment.h"
#include "desk/permit_record.h"
#include "io/zip.h"
#include "portal/desk_form.h"
#include "portal/inside.h"

#include <inttypes.h>

enum { ARCHIVE_BYTES = 256 << 20 };

struct archive {
	struct zip_writer zip;
	struct str sums;    /* "SHA-256  NAME", as sha256sum -c reads */
	struct str missing; /* idem, of files that are not there */
};

static void clear(struct archive *a)
{
	zip_writer_clear(&a->zip);
	str_clear(&a->sums);
	str_clear(&a->missing);
}

static int add(struct archive *a, const char *name, struct view bytes, struct err *err)
{
	char sum[SHA256_HEX_SIZE];

	if (str_view(a->zip.out).len + bytes.len > ARCHIVE_BYTES) {
		err_set_(err, ERR_LIMIT, "the files are too large for one archive");
		return err_hint(err, "fetch them one by one");
	}
	hash_sha256_hex(bytes, sum);
	str_addf(&a->sums, "%s  %s\n", sum, name);
	return zip_add(&a->zip, name, bytes, err);
}

static int add_events(struct archive *a, const struct desk_dossier *d, struct err *err)
{
	AUTO_STR struct str lines = {0};

	for (size_t i = 0; i < d->events.len; i++) {
		desk_event_format(&d->events.ptr[i], &lines);
		str_addc(&lines, '\n');
	}
	return add(a, "events.jsonl", str_view(&lines), err);
}

static int add_version(struct archive *a, const struct visit *v, const struct desk_paper *p,
    int64_t n, struct err *err)
{
	AUTO_DESK_VERSION struct desk_version version = {0};
	AUTO_FREE char *name = str_format("versions/%" PRId64 ".json", n), *text = NULL;
	AUTO_JSON json_t *shown = NULL;
	struct desk desk = desk_of(v);

	if (desk_version_load(&desk, p->dossier.id, n, &version, err) < 0)
		return -1;
	shown = desk_paper_answers(p, &version.form, version.answers, SIZE_MAX);
	text = desk_version_text(&version.form, shown);
	return add(a, name, VIEW(text), err);
}

static int add_versions(struct archive *a, const struct visit *v, const struct desk_paper *p,
    struct err *err)
{
	AUTO_STR struct str pdf = {0};

	if (!p->version.n)
		return 0;
	for (int64_t n = 1; n <= p->version.n; n++)
		if (add_version(a, v, p, n, err) < 0)
			return -1;
	return desk_dossier_pdf(v, p, false, &pdf, err) < 0
	           ? -1
	           : add(a, "dossier.pdf", str_view(&pdf), err);
}

/* A file may have been attached under several names: the bytes are there once. */
static bool was_before(const struct desk_files *files, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(files->all.ptr[k].sha256, files->all.ptr[i].sha256) == 0)
			return true;
	return false;
}

/* A file that cannot be read is named in MISSING: the rest is worth keeping all the same. */
static int add_file(struct archive *a, const struct visit *v, const struct desk_file *f,
    struct err *err)
{
	AUTO_FREE char *name = str_format("files/%03" PRId64 "-%s", f->n, f->name);
	AUTO_STR struct str bytes = {0};
	struct err lost = {0};

	if (desk_file_open(v->hub->folder, VIEW(f->sha256), &bytes, &lost) < 0) {
		str_addf(&a->missing, "%s  %s\n", f->sha256, name);
		return 0;
	}
	return add(a, name, str_view(&bytes), err);
}

static int add_files(struct archive *a, const struct visit *v, const struct desk_paper *p,
    struct err *err)
{
	AUTO_DESK_FILES struct desk_files files = {0};
	struct desk desk = desk_of(v);

	if (desk_files_list(&desk, p->dossier.id, &files, err) < 0)
		return -1;
	for (size_t i = 0; i < files.all.len; i++)
		if (!was_before(&files, i) &&
		    desk_file_of(p, &files, VIEW(files.all.ptr[i].sha256)) &&
		    add_file(a, v, &files.all.ptr[i], err) < 0)
			return -1;
	return str_view(&a->missing).len > 0 ? add(a, "MISSING", str_view(&a->missing), err) : 0;
}

static int add_permit(struct archive *a, const struct visit *v, const struct desk_paper *p,
    struct err *err)
{
	AUTO_DESK_KEPT_PERMIT struct desk_kept_permit kept = {0};
	bool there;

	if (desk_permit_load(v->hub->store, p->dossier.id, &kept, &there, err) < 0)
		return -1;
	if (!there)
		return 0;
	return add(a, "permit.note", str_view(&kept.permit), err) < 0 ||
	               (str_view(&kept.notices).len > 0 &&
			   add(a, "notices.note", str_view(&kept.notices), err) < 0)
	           ? -1
	           : 0;
}

int archive_zip(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO(clear)
	struct archive a = {.zip = {.out = &v->r->body}};
	AUTO_FREE char *name = NULL;

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	str_reset(&v->r->body);
	if (add_versions(&a, v, &p, err) < 0 || add_events(&a, &p.dossier, err) < 0 ||
	    add_files(&a, v, &p, err) < 0 || add_permit(&a, v, &p, err) < 0 ||
	    zip_add(&a.zip, "SHA256SUMS", str_view(&a.sums), err) < 0)
		return -1;
	zip_end(&a.zip);
	v->r->type = "application/zip";
	name = str_format("attachment; filename=\"%s.zip\"", p.dossier.ref);
	http_add_header(v->r, "Content-Disposition", VIEW(name));
	return 0;
}
