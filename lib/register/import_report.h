/* What an import found, as a document. */
#ifndef REGISTER_IMPORT_REPORT_H
#define REGISTER_IMPORT_REPORT_H

#include "register/import.h"
#include "register/records.h"
#include "report/report.h"

struct report *register_import_report(const struct register_import *i, const char *file,
    const size_t counts[REGISTER_OUTCOMES], bool dry);

#endif
