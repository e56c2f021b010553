/* What the commands of the register share. */
#ifndef CMD_SHARED_REGISTER_H
#define CMD_SHARED_REGISTER_H

#include "register/export.h"
#include "register/records.h"

/* The hub itself, now. */
struct register_author register_hub_author(void);
/* In transactions of some hundred sheets; counts are added to. */
MUST_CHECK int register_write_all(struct store *s, const struct register_rows *rows, bool dry,
    size_t counts[REGISTER_OUTCOMES], struct err *err);
/* The rows of a JSON array of sheets; rows borrow it. */
struct register_rows register_array_rows(const json_t *sheets);

#endif
