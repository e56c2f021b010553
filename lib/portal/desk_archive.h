/* What leaves for others' programs: a whole dossier, and the days to keep as a calendar. */
#ifndef PORTAL_DESK_ARCHIVE_H
#define PORTAL_DESK_ARCHIVE_H

#include "portal/visit.h"

visit_handler archive_zip;
/* desk_calendar.c */
visit_handler calendar_file, calendar_do;

#endif
