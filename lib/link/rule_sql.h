/*
 * Blocking rules as Splink writes them, for model_json.c: equalities joined by
 * AND, of columns and of pieces of columns.
 *
 *   l.surname = r.surname AND substr(l.dob, 1, 4) = substr(r.dob, 1, 4)
 *
 * A side is l.column, or of it left(.., n), right(.., 4), substr or
 * substring(.., 1, n), split_part(.., ' ', -1), split_part(.., '@', 1), lower
 * or upper. What SQL cannot say stands behind the equality in a comment:
 * "sound" (the first four letters stand for it), "either order" (of the given
 * name and the surname before it). "1 = 1" is every pair.
 */
#ifndef LINK_RULE_SQL_H
#define LINK_RULE_SQL_H

#include "link/model.h"

void link_rule_write(const struct link_given_pass *p, const struct link_records *r,
    struct str *out);
/* ERR_FORMAT: something else; the message names the rule's number and the character. */
MUST_CHECK int link_rule_read(struct link_given_pass *ret, const struct link_records *r,
    struct view sql, const char *name, size_t number, struct err *err);

#endif
