/*
 * OMOP CDM 5.4 as a Frictionless Data Package: fields, types, lengths, what is
 * required, primary and foreign keys, from data/dqd/field.csv. Tables are in
 * small letters; all are optional but person.
 */
#ifndef OMOP_PACKAGE_H
#define OMOP_PACKAGE_H

#include "base/str.h"

MUST_CHECK int omop_package_write(struct str *ret, struct err *err);

#endif
