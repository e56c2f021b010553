/* Statements by name: sections "-- [add]" of the embedded files of records/. */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include "base/view.h"

/*
 * The SQL of "desk/records/event.sql:add". A name that does not exist is a defect: aborts.
 * What begins with '=' is SQL itself: for tables that are only known from the database
 * (table.h).
 */
struct view store_statement(const char *name);

#endif
