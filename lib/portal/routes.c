#include "portal/desk_pages.h"
#include "portal/inside.h"
#include "portal/register.h"

/* Who has something to do at the desk. */
#define AT_DESK                                                                      \
	(ROLE_APPLICANT | ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUTHORITY | \
	    ROLE_HOLDER | ROLE_AUDITOR)

const struct route routes[] = {
    {HTTP_GET, ROUTE_PAGE, "/", ROLE_PUBLIC, portal_home, NULL},
    {HTTP_GET, ROUTE_PAGE, "/accessibility", ROLE_PUBLIC, portal_accessibility, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk", AT_DESK, desk_page_home, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/new", ROLE_APPLICANT, desk_page_new, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/new", ROLE_APPLICANT, desk_do_create, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}", AT_DESK, desk_page_dossier, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/step/{event}", AT_DESK, desk_page_step, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/step/{event}", AT_DESK, desk_do_step, NULL},
    {HTTP_GET, ROUTE_PAGE, "/procedures", ROLE_PUBLIC, desk_page_routes, NULL},
    {HTTP_GET, ROUTE_PAGE, "/procedures/{route}", ROLE_PUBLIC, desk_page_route, NULL},
    {HTTP_GET, ROUTE_FILE, "/static/{name}", ROLE_PUBLIC, portal_style, NULL},
    {HTTP_GET, ROUTE_FILE, "/robots.txt", ROLE_PUBLIC, portal_robots, NULL},
    {HTTP_GET, ROUTE_PAGE, "/register", ROLE_PUBLIC, portal_register_list, NULL},
    {HTTP_GET, ROUTE_PAGE, "/register/open-data", ROLE_PUBLIC, portal_register_years, NULL},
    {HTTP_GET, ROUTE_PAGE, "/register/feed.atom", ROLE_PUBLIC, portal_register_feed, NULL},
    {HTTP_GET, ROUTE_PAGE, "/register/{reference}", ROLE_PUBLIC, portal_register_sheet, NULL},
    {HTTP_GET, ROUTE_FILE, "/register/{reference}", ROLE_PUBLIC, portal_register_go, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.csv", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.xlsx", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.json", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.ttl", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/sitemap.xml", ROLE_PUBLIC, portal_sitemap, NULL},
    {HTTP_GET, ROUTE_FILE, "/sitemap/{part}", ROLE_PUBLIC, portal_sitemap_part, NULL},
    {HTTP_GET, ROUTE_API, "/openapi.json", ROLE_PUBLIC, portal_openapi, "this description"},
    {HTTP_GET, ROUTE_API, "/procedures", ROLE_PUBLIC, desk_api_routes,
	"the procedures that an application can take, in all their versions"},
    {HTTP_GET, ROUTE_API, "/procedures/{route}", ROLE_PUBLIC, desk_api_route,
	"a procedure as it is in force today, with its delays"},
    {HTTP_POST, ROUTE_API, "/desk", ROLE_APPLICANT, desk_api_create,
	"begins an application: {\"route\", \"title\"}"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}", AT_DESK, desk_api_dossier,
	"where an application stands, its delays, its events, and what you can do now"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/steps/{event}", AT_DESK, desk_api_step,
	"takes a step: {\"seen\": number of events, \"data\": what the step needs}"},
    {HTTP_GET, ROUTE_API, "/register", ROLE_PUBLIC, portal_register_api,
	"projects that a query finds, a page at a time, with facets"},
    {HTTP_GET, ROUTE_API, "/register/{reference}", ROLE_PUBLIC, portal_register_api_sheet,
	"the public sheet of a project"},
};
const size_t route_count = ARRAY_LEN(routes);
