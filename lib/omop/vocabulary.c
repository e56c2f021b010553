#include "omop/vocabulary.h"

#include "base/embed.h"
#include "io/file.h"
#include "table/query.h"

static const char concepts[] = "CONCEPT.csv";
static const char relationships[] = "CONCEPT_RELATIONSHIP.csv";

static int find(const char *folder, const char *name, struct err *err)
{
	AUTO_FREE char *path = path_join(folder, name);

	if (path_exists(path))
		return 0;
	(void)err_set(err, ERR_IO, "%s: no such file", path);
	return err_hint(err, "expected a folder that Athena made, with CONCEPT.csv and "
			     "CONCEPT_RELATIONSHIP.csv");
}

int omop_vocabulary_find(const char *folder, struct err *err)
{
	if (!folder)
		return 0;
	return find(folder, concepts, err) < 0 ? -1 : find(folder, relationships, err);
}

static void quote_file(struct str *out, const char *folder, const char *name)
{
	AUTO_FREE char *path = path_join(folder, name);

	table_quote_input(out, path);
}

static int read_folder(struct mainbase *b, const char *folder, struct err *err)
{
	static const char file[] = "omop/sql/vocabulary_read.sql";
	AUTO_STR struct str concept = {0};
	AUTO_STR struct str relationship = {0};
	AUTO_STR struct str sql = {0};

	quote_file(&concept, folder, concepts);
	quote_file(&relationship, folder, relationships);
	table_fill(&sql, embed_find(file),
	    TABLE_WORDS({"concept", str_get(&concept)}, {"relationship", str_get(&relationship)}));
	if (table_run(b->db, folder, str_view(&sql), TABLE_NO_PARAMS, NULL, err) < 0 ||
	    mainbase_run(b, "omop/sql/vocabulary.sql", TABLE_NO_PARAMS, err) < 0) {
		if (err->code == ERR_LIMIT || err->code == ERR_CANCELLED)
			return -1;
		(void)err_set(err, ERR_FORMAT, "%s: not a vocabulary of Athena", folder);
		return err_hint(err, "CONCEPT.csv and CONCEPT_RELATIONSHIP.csv have tabs between "
				     "their fields and Athena's columns");
	}
	return 0;
}

static int count_mapped(struct table_db *db, struct omop_code_count *counts, struct err *err)
{
	static const char file[] = "omop/sql/vocabulary_count.sql";
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	if (table_query_open(&q, db, file, embed_find(file), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			for (int v = 0; v < OMOP_VOCABULARIES; v++) {
				const char *name = omop_vocabulary_name((enum omop_vocabulary)v);

				if (!view_eq(table_query_text(q, 0, i), VIEW(name)))
					continue;
				counts[v].mapped = table_query_i64(q, 1)[i];
				counts[v].mapped_rows = table_query_i64(q, 2)[i];
			}
	return rc;
}

int omop_vocabulary_make(struct mainbase *b, const char *folder, struct progress *progress,
    struct omop_code_count counts[OMOP_VOCABULARIES], struct err *err)
{
	int rc;

	if (!folder)
		return mainbase_run(b, "omop/sql/vocabulary_none.sql", TABLE_NO_PARAMS, err);
	progress_start(progress, "standard concepts", NULL, 100);
	rc = read_folder(b, folder, err);
	progress_end(progress);
	return rc < 0 ? -1 : count_mapped(b->db, counts, err);
}
