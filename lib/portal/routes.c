#include "portal/inside.h"

const struct route routes[] = {
    {HTTP_GET, ROUTE_PAGE, "/", ROLE_PUBLIC, portal_home, NULL},
    {HTTP_GET, ROUTE_PAGE, "/accessibility", ROLE_PUBLIC, portal_accessibility, NULL},
    {HTTP_GET, ROUTE_FILE, "/static/{name}", ROLE_PUBLIC, portal_style, NULL},
    {HTTP_GET, ROUTE_FILE, "/robots.txt", ROLE_PUBLIC, portal_robots, NULL},
};
const size_t route_count = ARRAY_LEN(routes);
