/* Rows of the files of a synthesis, for synth.c. */
#ifndef LINK_SYNTH_WRITE_H
#define LINK_SYNTH_WRITE_H

#include "link/synth_layout.h"
#include "link/synth_record.h"
#include "table/writer.h"

/* The schemas; that of records has a last column more with NIRs. */
const struct table_schema *synth_record_schema(bool nir);
const struct table_schema *synth_truth_schema(void);
const struct table_schema *synth_people_schema(void);

/* "R000000001" and "P000000001" of the numbers from 0. */
enum { SYNTH_ID_SIZE = 16 };
const char *synth_id(char letter, uint64_t number, char buf[SYNTH_ID_SIZE]);

void synth_put_record(struct table_batch *b, uint64_t record, const struct synth_record *rec,
    bool nir);
void synth_put_truth(struct table_batch *b, uint64_t record, uint64_t person, uint64_t errors,
    const char *const names[SYNTH_ERRORS]);
void synth_put_person(struct table_batch *b, uint64_t person, const struct synth_model *m,
    const struct synth_person *p);

#endif
