#include "shared/guard_conform.h"

#include "omop/package.h"
#include "snds/package.h"

static int read_snds(struct guard_schema *ret, const char *name, const struct guard_files *files,
    struct err *err)
{
	const char *folder = name[4] == ':' ? name + 5 : NULL;
	AUTO_SNDS_SCHEMA struct snds_schema *schema = NULL;
	AUTO_STR struct str json = {0};
	const char **tables = mem_zalloc(files->list.len + 1, sizeof(*tables));
	int rc;

	for (size_t i = 0; i < files->list.len; i++)
		tables[i] = files->list.ptr[i].table;
	rc = snds_schema_open(&schema, folder, err);
	if (rc == 0)
		rc = snds_package_write(&json, schema, tables, files->list.len, err);
	free(tables);
	return rc < 0 ? -1 : guard_schema_parse(ret, name, NULL, str_view(&json), err);
}

static int read_omop(struct guard_schema *ret, struct err *err)
{
	AUTO_STR struct str json = {0};

	if (omop_package_write(&json, err) < 0)
		return -1;
	return guard_schema_parse(ret, "omop", NULL, str_view(&json), err);
}

static int read_schema(struct guard_schema *ret, const char *name, const struct guard_files *files,
    struct err *err)
{
	if (strcmp(name, "snds") == 0 || strncmp(name, "snds:", 5) == 0)
		return read_snds(ret, name, files, err);
	if (strcmp(name, "omop") == 0)
		return read_omop(ret, err);
	return guard_schema_read(ret, name, err);
}

int guard_conform_run(const struct guard_conform *c, struct guard_checks *ret, struct err *err)
{
	AUTO_SCHEMA struct guard_schema schema = {0};
	AUTO_FILES struct guard_files files = {0};
	AUTO_RULES struct guard_rules rules = {0};

	if (!c->schema && !c->rules)
		return 0;
	if (guard_files_find(&files, c->path, err) < 0 ||
	    (c->schema && read_schema(&schema, c->schema, &files, err) < 0) ||
	    (c->rules && guard_rules_read(&rules, c->rules, err) < 0))
		return -1;
	if (c->rules && guard_rules_check(ret, &rules, c->schema ? &schema : NULL, &files,
			    c->options, err) < 0)
		return -1;
	return c->schema ? guard_schema_check(ret, &schema, &files, c->options, err) : 0;
}
