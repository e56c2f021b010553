#include "snds/emit.h"

#include <stdio.h>

/* A CIP13 is 3400, 9 or 93 of the CIP7's country, the CIP7 and a key: fiche Medicament. */
enum { CIP7_AT = 5,
	CIP7_LEN = 7 };

/* IR_PHA_R: the drugs of data/drugs.csv, GC those that last three months. */
void snds_emit_drugs(struct snds_sink *s)
{
	const struct snds_model *m = s->world->model;
	struct table_batch *b = s->batches[SNDS_IR_PHA_R];

	for (size_t i = 0; i < m->drugs.len; i++) {
		const struct snds_drug *d = &m->drugs.ptr[i];
		char cip[32];

		snprintf(cip, sizeof(cip), "%013lld", (long long)d->cip13);
		table_batch_row(b);
		table_set_text(b, IR_PHA_R_PHA_CIP_C13, VIEW(cip));
		table_set_text(b, IR_PHA_R_PHA_PRS_IDE, (struct view){cip + CIP7_AT, CIP7_LEN});
		table_set_literal(b, IR_PHA_R_PHA_ATC_C07, d->atc);
		table_set_literal(b, IR_PHA_R_PHA_CND_TOP,
		    d->days >= 80 ? VIEW_LIT("GC") : VIEW_LIT("NGC"));
	}
}
