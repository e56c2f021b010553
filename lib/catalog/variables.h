/*
 * The variables of a dataset as CSVW: DATASET#variables is the group, a table
 * DATASET#variables-TABLE, its columns with name, title in both spellings,
 * description and type. From files of other programs: a scan of hygie guard, a
 * Table Schema (https://specs.frictionlessdata.io/table-schema/, as the SNDS's
 * schema is published).
 */
#ifndef CATALOG_VARIABLES_H
#define CATALOG_VARIABLES_H

#include "catalog/graph.h"

struct catalog_variables {
	struct rdf_graph *g;
	uint32_t table;
	size_t count;
	char stem[400];
};

/* Says that the dataset has structured data and this table; ids of long names are cut. */
void catalog_variables_begin(struct catalog_variables *v, struct rdf_graph *g,
    struct view dataset, const char *title, const char *table);
/* `type`: a datatype of CSVW. An empty description becomes the name. */
void catalog_variables_add(struct catalog_variables *v, struct view name, struct view description,
    const char *type);
#define CATALOG_DISCO "http://rdf-vocabulary.ddialliance.org/discovery#"
enum { CATALOG_VALUE_ROWS = 11 }; /* of a value that is told: CASD, no cell of fewer than 11 */

/*
 * A JSON file: a guard scan (--format json) or a Table Schema. `values`: also how often which
 * value stands in a variable; of a Table Schema, and of a scan without what is sensitive, that is
 * ERR_FORMAT. ERR_FORMAT when it is
 * neither, ERR_LIMIT beyond 100,000 variables.
 */
MUST_CHECK int catalog_variables_read(struct rdf_graph *g, struct view dataset, const char *path,
    bool values, struct err *err);
/*
 * The Turtle of a quality label (hygie guard label --turtle): its statements, if it
 * speaks of this dataset; ERR_FORMAT if not.
 */
MUST_CHECK int catalog_label_read(struct rdf_graph *g, struct view dataset, const char *path,
    struct err *err);

#endif
