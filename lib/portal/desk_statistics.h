/* The year of the desk, for everybody: numbers without persons. */
#ifndef PORTAL_DESK_STATISTICS_H
#define PORTAL_DESK_STATISTICS_H

#include "portal/desk_told.h"

visit_handler statistics_page, statistics_csv, statistics_json, statistics_api, statistics_script;

#endif
