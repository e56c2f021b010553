/* What of an application is public, on the site. */
#ifndef PORTAL_DESK_PUBLISH_H
#define PORTAL_DESK_PUBLISH_H

#include "portal/desk_told.h"

visit_handler publish_page, publish_api;

#endif
