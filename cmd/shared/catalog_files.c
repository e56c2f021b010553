#include "shared/catalog_files.h"
#include "catalog/sheet.h"
#include "io/file.h"
#include "io/out_file.h"

enum { SHEET_MAX = 512 << 20 };

static int read_sheet(struct rdf_graph *g, const struct catalog_rules *r, const char *path,
    const char *base, struct err *err)
{
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_STR struct str text = {.max = SHEET_MAX};

	if (catalog_sheet_open(&sheet, err) < 0 || file_read(path, SHEET_MAX, &text, err) < 0)
		return -1;
	return catalog_sheet_read(&sheet, g, r, base, path, str_view(&text), err);
}

int catalog_files_read(struct rdf_graph *g, const struct catalog_rules *r,
    const struct opt_list *files, const char *base, const char *address, struct err *err)
{
	for (size_t i = 0; i < files->items.len; i++) {
		const char *path = files->items.ptr[i];
		int syntax = rdf_syntax_of(path);
		bool csv = view_ends(VIEW(path), VIEW_LIT(".csv"));

		if (syntax < 0 && !csv)
			return err_set(err, ERR_USAGE,
			    "%s: not .ttl, .trig, .nt, .nq, .rdf, .jsonld or .csv", path);
		if ((csv ? read_sheet(g, r, path, base, err)
			 : rdf_read_file(g, path, (enum rdf_syntax)syntax, address, NULL, err)) < 0)
			return -1;
	}
	rdf_index(g);
	return 0;
}

int catalog_files_write(const struct rdf_graph *g, const struct catalog_rules *r, int to,
    const char *path, struct err *err)
{
	AUTO_OUT_FILE struct out_file out = {0};
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_STR struct str text = {.max = (size_t)4 << 30};

	if (to == CATALOG_AS_CSV) {
		if (catalog_sheet_open(&sheet, err) < 0)
			return -1;
		catalog_sheet_write(&sheet, g, r, &text);
	} else if (rdf_write(g, (enum rdf_syntax)to, &text, err) < 0) {
		return -1;
	}
	if (out_file_open(&out, path, err) < 0 || out_file_add(&out, str_view(&text), err) < 0)
		return -1;
	return out_file_commit(&out, err);
}

int catalog_base_check(const char *base, struct err *err)
{
	if (rdf_iri_is_valid(VIEW(base)) && !view_ends(VIEW(base), VIEW_LIT("/")))
		return 0;
	return err_set(
	    err, ERR_USAGE, "--base: an address without '/' at its end, like %s", CATALOG_BASE);
}
