/* The loaders of the model, one file or two each. Order matters: rates before places, drugs
 * and diseases before treatments and stays. */
#ifndef SNDS_DATA_H
#define SNDS_DATA_H

#include "snds/model.h"

MUST_CHECK int data_load_people(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_places(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_drugs(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_diseases(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_episodes(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_effects(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_stays(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_details(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_care(struct snds_model *m, struct err *err);
MUST_CHECK int data_load_rates(struct snds_model *m, struct err *err);

#endif
