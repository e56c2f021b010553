#include "portal/account.h"
#include "portal/catalog_edit.h"
#include "portal/catalog_machine.h"
#include "portal/catalog_page.h"
#include "portal/desk_archive.h"
#include "portal/desk_committee.h"
#include "portal/desk_fee.h"
#include "portal/desk_form.h"
#include "portal/desk_letter.h"
#include "portal/desk_pages.h"
#include "portal/desk_permit.h"
#include "portal/desk_publish.h"
#include "portal/desk_statistics.h"
#include "portal/inside.h"
#include "portal/register.h"

/* Who has something to do at the desk. */
#define AT_DESK                                                                      \
	(ROLE_APPLICANT | ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUTHORITY | \
	    ROLE_HOLDER | ROLE_AUDITOR)

/* The same for an application; its applicants' acts, and the officer's, are of it too. */
#define AT_DOSSIER (AT_DESK | OF_DOSSIER)
#define ITS_APPLICANT (ROLE_APPLICANT | OF_DOSSIER)
#define ITS_OFFICER (ROLE_OFFICER | OF_DOSSIER)
#define ITS_READERS (ROLE_OFFICER | ROLE_AUDITOR | OF_DOSSIER)

/* Who may look at the committee's work. */
#define ITS_JUDGES (ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUDITOR | OF_DOSSIER)
#define AT_COMMITTEE (ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUDITOR | OF_COMMITTEE)
#define IN_COMMITTEE (ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | OF_COMMITTEE)

/* Who sends datasets to the catalogue, who writes them here. */
#define SENDS (ROLE_HOLDER | OF_INGEST)
#define WRITES (ROLE_HOLDER | OF_CATALOG)

const struct route routes[] = {
    /* The site itself. */
    {HTTP_GET, ROUTE_PAGE, "/", ROLE_PUBLIC, portal_home, NULL},
    {HTTP_GET, ROUTE_PAGE, "/accessibility", ROLE_PUBLIC, portal_accessibility, NULL},
    {HTTP_GET, ROUTE_FILE, "/script/{name}", ROLE_PUBLIC, statistics_script, NULL},
    {HTTP_GET, ROUTE_FILE, "/static/{name}", ROLE_PUBLIC, portal_style, NULL},
    {HTTP_GET, ROUTE_FILE, "/robots.txt", ROLE_PUBLIC, portal_robots, NULL},
    {HTTP_GET, ROUTE_FILE, "/sitemap.xml", ROLE_PUBLIC, portal_sitemap, NULL},
    {HTTP_GET, ROUTE_FILE, "/sitemap/{part}", ROLE_PUBLIC, portal_sitemap_part, NULL},
    {HTTP_GET, ROUTE_API, "/openapi.json", ROLE_PUBLIC, portal_openapi, "this description"},

    /* Coming in, going out. */
    {HTTP_GET, ROUTE_PAGE, "/sign-in", ROLE_PUBLIC, account_page_sign_in, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-in", ROLE_PUBLIC, account_do_sign_in, NULL},
    {HTTP_GET, ROUTE_PAGE, "/sign-in/code", ROLE_PUBLIC, account_page_code, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-in/code", ROLE_PUBLIC, account_do_code, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-in/question", ROLE_PUBLIC, account_do_question, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-in/passkey", ROLE_PUBLIC, account_do_passkey, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-in/key", ROLE_PUBLIC, account_do_key, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-in/provider", ROLE_PUBLIC | WAITS, account_do_oidc, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-in/provider/confirm", ROLE_PUBLIC | WAITS,
	account_do_oidc_confirm, NULL},
    {HTTP_GET, ROUTE_FILE, "/oidc/return", ROLE_PUBLIC | WAITS, account_oidc_back, NULL},
    {HTTP_GET, ROUTE_FILE, "/oidc/out", ROLE_PUBLIC, account_oidc_out, NULL},
    {HTTP_POST, ROUTE_PAGE, "/sign-out", ROLE_APPLICANT | WAITS, account_do_sign_out, NULL},
    {HTTP_GET, ROUTE_PAGE, "/forgotten", ROLE_PUBLIC, account_page_forgotten, NULL},
    {HTTP_POST, ROUTE_PAGE, "/forgotten", ROLE_PUBLIC, account_do_forgotten, NULL},
    {HTTP_GET, ROUTE_PAGE, "/password/{token}", ROLE_PUBLIC, account_page_reset, NULL},
    {HTTP_POST, ROUTE_PAGE, "/password/{token}", ROLE_PUBLIC, account_do_reset, NULL},
    {HTTP_GET, ROUTE_PAGE, "/invitation/{token}", ROLE_PUBLIC, account_page_invitation, NULL},
    {HTTP_POST, ROUTE_PAGE, "/invitation/{token}", ROLE_PUBLIC, account_do_invitation, NULL},
    {HTTP_POST, ROUTE_PAGE, "/invitation/{token}/provider", ROLE_PUBLIC | WAITS,
	account_do_oidc_invited, NULL},
    {HTTP_GET, ROUTE_PAGE, "/start", ROLE_APPLICANT, account_start, NULL},

    /* One's own account. */
    {HTTP_GET, ROUTE_PAGE, "/account", ROLE_APPLICANT, account_page_own, NULL},
    {HTTP_GET, ROUTE_PAGE, "/account/sessions", ROLE_APPLICANT, account_page_sessions, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/sessions", ROLE_APPLICANT, account_do_end_session, NULL},
    {HTTP_GET, ROUTE_PAGE, "/account/password", ROLE_APPLICANT, account_page_password, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/password", ROLE_APPLICANT, account_do_password, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/recovery", ROLE_APPLICANT, account_do_recovery, NULL},
    {HTTP_GET, ROUTE_PAGE, "/account/tokens", ROLE_APPLICANT, account_page_tokens, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/tokens", ROLE_APPLICANT, account_do_token, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/tokens/end", ROLE_APPLICANT, account_do_end_token, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/provider", ROLE_APPLICANT | WAITS, account_do_oidc_link,
	NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/provider/unlink", ROLE_APPLICANT,
	account_do_oidc_unlink, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/calendar", ROLE_APPLICANT, calendar_do, NULL},
    {HTTP_GET, ROUTE_FILE, "/calendar/{token}", ROLE_PUBLIC, calendar_file, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/letters", ROLE_APPLICANT, letter_do_choose, NULL},
    {HTTP_GET, ROUTE_PAGE, "/account/keys", ROLE_APPLICANT, account_page_keys, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/keys", ROLE_APPLICANT, account_do_add_key, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/keys/rename", ROLE_APPLICANT, account_do_rename_key, NULL},
    {HTTP_POST, ROUTE_PAGE, "/account/keys/remove", ROLE_APPLICANT, account_do_remove_key, NULL},
    {HTTP_GET, ROUTE_API, "/account", ROLE_APPLICANT, account_api_own,
	"who the token acts for, and what it may do"},

    /* All accounts. */
    {HTTP_GET, ROUTE_PAGE, "/admin/accounts", ROLE_ADMIN, account_page_people, NULL},
    {HTTP_POST, ROUTE_PAGE, "/admin/invitations", ROLE_ADMIN, account_do_invite, NULL},
    {HTTP_POST, ROUTE_PAGE, "/admin/invitations/{id}/withdraw", ROLE_ADMIN,
	account_do_withdraw, NULL},
    {HTTP_GET, ROUTE_PAGE, "/admin/accounts/{id}", ROLE_ADMIN, account_page_person, NULL},
    {HTTP_POST, ROUTE_PAGE, "/admin/accounts/{id}/{act}", ROLE_ADMIN, account_do_person, NULL},
    {HTTP_GET, ROUTE_API, "/accounts", ROLE_ADMIN, account_api_people,
	"everybody who has an account, with roles"},
    {HTTP_GET, ROUTE_API, "/accounts/invitations", ROLE_ADMIN, account_api_invitations,
	"invitations that wait"},
    {HTTP_POST, ROUTE_API, "/accounts/invitations", ROLE_ADMIN, account_api_invite,
	"invites by mail: {\"email\", \"name\", \"language\", \"organisation\", \"role\", "
	"\"scope\"}"},
    {HTTP_DELETE, ROUTE_API, "/accounts/invitations/{id}", ROLE_ADMIN, account_api_withdraw,
	"withdraws an invitation"},
    {HTTP_GET, ROUTE_API, "/accounts/{id}", ROLE_ADMIN, account_api_person,
	"one account, with its roles"},
    {HTTP_POST, ROUTE_API, "/accounts/{id}/{act}", ROLE_ADMIN, account_api_act,
	"enable, disable, reset; grant or revoke {\"role\", \"scope\"}"},
    /* A program's way in. */
    {HTTP_GET, ROUTE_API, "/invitations/{token}", ROLE_PUBLIC, account_api_invitation,
	"an invitation: whom it is for, and the secret of the codes"},
    {HTTP_POST, ROUTE_API, "/invitations/{token}", ROLE_PUBLIC, account_api_accept,
	"accepts it: {\"name\", \"password\", \"code\"}; answers the recovery codes, once"},
    {HTTP_POST, ROUTE_API, "/tokens", ROLE_PUBLIC, account_api_token,
	"a token: {\"email\", \"password\", \"code\", \"name\", \"scopes\": [\"desk:write\"], "
	"\"days\"}"},
    {HTTP_GET, ROUTE_API, "/tokens", ROLE_APPLICANT, account_api_tokens, "one's own tokens"},
    {HTTP_DELETE, ROUTE_API, "/tokens/{id}", ROLE_APPLICANT, account_api_end_token,
	"ends a token of one's own"},

    /* The desk: procedures, applications. */
    {HTTP_GET, ROUTE_PAGE, "/desk", AT_DESK, desk_page_home, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/new", ROLE_APPLICANT, desk_page_new, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/new", ROLE_APPLICANT, desk_do_create, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/list", AT_DESK, desk_page_list, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/list.csv", AT_DESK, desk_get_list, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/list.json", AT_DESK, desk_get_list_json, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}", AT_DOSSIER, desk_page_dossier, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/step/{step}", AT_DOSSIER, desk_page_step, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/step/{step}", AT_DOSSIER, desk_do_step, NULL},
    {HTTP_GET, ROUTE_PAGE, "/procedures", ROLE_PUBLIC, desk_page_routes, NULL},
    {HTTP_GET, ROUTE_PAGE, "/procedures/{route}", ROLE_PUBLIC, desk_page_route, NULL},
    {HTTP_GET, ROUTE_API, "/procedures", ROLE_PUBLIC, desk_api_routes,
	"the procedures that an application can take, in all their versions"},
    {HTTP_GET, ROUTE_API, "/procedures/{route}", ROLE_PUBLIC, desk_api_route,
	"a procedure as it is in force today, with its delays"},
    {HTTP_GET, ROUTE_API, "/desk", AT_DESK, desk_api_list,
	"applications: show=mine|tasks|all, route, state, q, due=late|today|week, sort, page"},
    {HTTP_POST, ROUTE_API, "/desk", ROLE_APPLICANT, desk_api_create,
	"begins an application: {\"route\", \"title\", \"datasets\"?: IRIs of the catalogue}"},
    {HTTP_GET, ROUTE_API, "/desk/list.csv", AT_DESK, desk_get_list,
	"applications as CSV: the same query as /desk"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}", AT_DOSSIER, desk_api_dossier,
	"where an application stands, its delays, its events, and what you can do now"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/steps/{step}", AT_DOSSIER, desk_api_step,
	"takes a step: {\"seen\": number of events, \"data\": what the step needs}"},

    /* What is filled in of an application, by whom. */
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/form", AT_DOSSIER, desk_page_form, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/form", ITS_APPLICANT, desk_do_copy, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/form/{section}", AT_DOSSIER, desk_page_section, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/form/{section}", ITS_APPLICANT, desk_do_section, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/form/{section}/comments", AT_DOSSIER, desk_do_comment,
	NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/form/{section}/comments/{n}", AT_DOSSIER, desk_do_resolve,
	NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/changes", AT_DOSSIER, desk_page_changes, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/members", AT_DOSSIER, desk_page_members, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/members", ITS_APPLICANT, desk_do_member, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/join", ITS_APPLICANT, desk_do_join, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/files/{sha256}", AT_DOSSIER, desk_get_file, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/dossier.pdf", AT_DOSSIER, desk_get_pdf, NULL},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/form", AT_DOSSIER, desk_api_form,
	"what is filled in of an application, what it lacks, and the versions that were handed in"},
    {HTTP_PUT, ROUTE_API, "/desk/{ref}/form", ITS_APPLICANT, desk_api_save,
	"saves sections, all or none: {\"sections\": {ID: {\"revision\", \"answers\"}}}"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/form", ITS_APPLICANT, desk_api_copy,
	"fills in what is empty from another of one's applications: {\"from\": reference}"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/changes", AT_DOSSIER, desk_api_changes,
	"what changed between two versions: ?from=1&to=2"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/form/{section}", AT_DOSSIER, desk_api_section,
	"a section: its fields, answers and problems"},
    {HTTP_PUT, ROUTE_API, "/desk/{ref}/form/{section}", ITS_APPLICANT, desk_api_save,
	"saves a section: {\"revision\": the one you have seen, \"answers\": {FIELD: ...}}"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/form/{section}/files", ITS_APPLICANT, desk_api_file,
	"attaches files: multipart/form-data, each under the name of its field"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/form/{section}/comments", AT_DOSSIER, desk_api_comment,
	"a comment on a section: {\"text\"}"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/form/{section}/comments/{n}", AT_DOSSIER, desk_api_resolve,
	"a comment is settled"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/comments", AT_DOSSIER, desk_api_comments,
	"comments between the applicants and the desk"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/files/{sha256}", AT_DOSSIER, desk_get_file,
	"an attached file"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/dossier.pdf", AT_DOSSIER, desk_get_pdf,
	"the dossier as PDF"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/members", AT_DOSSIER, desk_api_members,
	"who works on an application, and who was asked to"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/members", ITS_APPLICANT, desk_api_invite,
	"asks somebody to join: {\"email\", \"name\", \"as\": investigator, member or reader}; "
	"or with \"action\": withdraw {\"email\"}, change {\"account\", \"as\"}, remove "
	"{\"account\"}"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/decision/{file}", AT_DOSSIER, desk_get_decision,
	"a decision as PDF"},

    /* Permit, fees, what is public of an application. */
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/decision/{file}", AT_DOSSIER, desk_get_decision, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/receipt.pdf", AT_DOSSIER, desk_get_receipt, NULL},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/receipt.pdf", AT_DOSSIER, desk_get_receipt,
	"what was handed in, when, and what that has for an effect, as PDF"},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/permit", AT_DOSSIER, permit_page, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/permit", ITS_OFFICER, permit_do, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/permit.pdf", AT_DOSSIER, permit_pdf, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/permit.note", AT_DOSSIER, permit_note, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/notices.note", AT_DOSSIER, permit_notices, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/fees", AT_DOSSIER, fee_page, NULL},
    {HTTP_POST, ROUTE_PAGE, "/desk/{ref}/fees", ITS_OFFICER, fee_do, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/fees.pdf", AT_DOSSIER, fee_pdf, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/archive.zip", ITS_READERS, archive_zip, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/letters", ITS_READERS, letter_page, NULL},
    {HTTP_GET, ROUTE_PAGE, "/desk/{ref}/public", AT_DOSSIER, publish_page, NULL},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/permit", AT_DOSSIER, permit_api,
	"the permit of an application: its content, the signed texts, where it stands"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/permit", ITS_OFFICER, permit_api_do,
	"issues the permit, or amends it: {\"seen\", \"permit\": content, \"reasons\"}"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/permit.pdf", AT_DOSSIER, permit_pdf, "the permit as PDF"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/permit.note", AT_DOSSIER, permit_note,
	"the permit as signed text, for hygie desk verify"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/notices.note", AT_DOSSIER, permit_notices,
	"the notices behind the permit, each a signed text"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/fees.pdf", AT_DOSSIER, fee_pdf,
	"the estimate or the invoice as PDF"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/fees", AT_DOSSIER, fee_api,
	"the estimate of fees or the invoice that was told last"},
    {HTTP_POST, ROUTE_API, "/desk/{ref}/fees", ITS_OFFICER, fee_api_do,
	"tells an estimate or the invoice: {\"seen\", \"request\": {class, quantities, holders}}"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/letters", ITS_READERS, letter_api,
	"who was told what by mail of an application, and what waits for a daily mail"},
    {HTTP_GET, ROUTE_API, "/desk/{ref}/public", AT_DOSSIER, publish_api,
	"what of an application is public, and its results with their history"},

    /* The committee. */
    {HTTP_GET, ROUTE_PAGE, "/committee", AT_COMMITTEE, committee_page, NULL},
    {HTTP_GET, ROUTE_PAGE, "/committee/session/{number}", AT_COMMITTEE, committee_page_session,
	NULL},
    {HTTP_GET, ROUTE_PAGE, "/committee/item/{ref}", ITS_JUDGES, committee_page_item, NULL},
    {HTTP_POST, ROUTE_PAGE, "/committee/{motion}", IN_COMMITTEE, committee_do_motion, NULL},
    {HTTP_GET, ROUTE_API, "/committee", AT_COMMITTEE, committee_api,
	"the committee: members with their load, sessions, what waits"},
    {HTTP_GET, ROUTE_API, "/committee/sessions/{number}", AT_COMMITTEE, committee_api_session,
	"a session: agenda, who is there, minutes"},
    {HTTP_GET, ROUTE_API, "/committee/items/{ref}", ITS_JUDGES, committee_api_item,
	"the deliberation on an application, for those who are not recused"},
    {HTTP_POST, ROUTE_API, "/committee/{motion}", IN_COMMITTEE, committee_api_motion,
	"a motion of the committee: call_session, add_item, vote, conclude and others"},

    /* Permits, for everybody who is shown one. */
    {HTTP_GET, ROUTE_PAGE, "/verify", ROLE_PUBLIC, verify_page, NULL},
    {HTTP_POST, ROUTE_PAGE, "/verify", ROLE_PUBLIC, verify_do, NULL},
    {HTTP_GET, ROUTE_FILE, "/.well-known/hygie-permit.pub", ROLE_PUBLIC, permit_key_file, NULL},
    {HTTP_GET, ROUTE_FILE, "/.well-known/jwks.json", ROLE_PUBLIC, permit_jwks, NULL},
    {HTTP_POST, ROUTE_API, "/verify", ROLE_PUBLIC, verify_api,
	"where a permit stands: {\"permit\": signed text, \"notices\"}"},

    /* The year in numbers. */
    {HTTP_GET, ROUTE_PAGE, "/statistics", ROLE_PUBLIC, statistics_page, NULL},
    {HTTP_GET, ROUTE_FILE, "/statistics.csv", ROLE_PUBLIC, statistics_csv, NULL},
    {HTTP_GET, ROUTE_FILE, "/statistics.json", ROLE_PUBLIC, statistics_json, NULL},
    {HTTP_GET, ROUTE_API, "/statistics", ROLE_PUBLIC, statistics_api,
	"the year of the desk in numbers: ?year=2025"},

    /* The catalogue, for people. */
    {HTTP_GET, ROUTE_PAGE, "/catalog", ROLE_PUBLIC, portal_catalog_list, NULL},
    {HTTP_GET, ROUTE_PAGE, "/catalog/feed.atom", ROLE_PUBLIC, portal_catalog_feed, NULL},
    {HTTP_GET, ROUTE_PAGE, "/catalog/variables", ROLE_PUBLIC, portal_catalog_variables, NULL},
    {HTTP_GET, ROUTE_PAGE, "/catalog/{name}", ROLE_PUBLIC, portal_catalog_page, NULL},
    {HTTP_GET, ROUTE_PAGE, "/holder", WRITES | ROLE_ADMIN | ROLE_OFFICER, catalog_edit_list,
	NULL},
    {HTTP_GET, ROUTE_PAGE, "/holder-new", WRITES, catalog_edit_new_page, NULL},
    {HTTP_POST, ROUTE_PAGE, "/holder-new", WRITES, catalog_edit_new_do, NULL},
    {HTTP_GET, ROUTE_PAGE, "/holder-conflicts", WRITES | ROLE_ADMIN | ROLE_OFFICER,
	catalog_edit_conflicts, NULL},
    {HTTP_POST, ROUTE_PAGE, "/holder-conflicts", WRITES, catalog_edit_decide, NULL},
    {HTTP_POST, ROUTE_PAGE, "/holder-sheet", WRITES, catalog_edit_sheet_do, NULL},
    {HTTP_GET, ROUTE_FILE, "/holder.csv", WRITES, catalog_edit_export, NULL},
    {HTTP_GET, ROUTE_PAGE, "/holder/{name}", WRITES, catalog_edit_page, NULL},
    {HTTP_POST, ROUTE_PAGE, "/holder/{name}", WRITES, catalog_edit_do, NULL},
    {HTTP_GET, ROUTE_PAGE, "/holder/{name}/versions", WRITES, catalog_edit_versions, NULL},
    {HTTP_GET, ROUTE_PAGE, "/embed/catalog", ROLE_PUBLIC, portal_catalog_embed, NULL},
    {HTTP_GET, ROUTE_PAGE, "/basket", ROLE_PUBLIC, portal_basket, NULL},
    {HTTP_POST, ROUTE_PAGE, "/basket", ROLE_PUBLIC, portal_basket_change, NULL},
    {HTTP_GET, ROUTE_PAGE, "/basket/compare", ROLE_PUBLIC, portal_basket_compare, NULL},
    {HTTP_GET, ROUTE_API, "/catalog", ROLE_PUBLIC, portal_catalog_api,
	"datasets that a query finds, a page at a time, with facets"},
    {HTTP_GET, ROUTE_API, "/catalog-variables", ROLE_PUBLIC, portal_catalog_api_variables,
	"variables that words find: who has them, in which dataset and unit"},
    {HTTP_GET, ROUTE_API, "/catalog/{name}/draft", WRITES, catalog_edit_api_get,
	"a description as its holder edits it: cells of the sheet, and what is wrong at each"},
    {HTTP_PUT, ROUTE_API, "/catalog/{name}", WRITES, catalog_edit_api_put,
	"keeps a draft: an object of columns and cells; what is not named stays"},
    {HTTP_POST, ROUTE_API, "/catalog/{name}/publish", WRITES, catalog_edit_api_publish,
	"the public sees the draft"},
    {HTTP_POST, ROUTE_API, "/catalog/{name}/attest", WRITES, catalog_edit_api_attest,
	"the description is still right: its year begins anew"},
    {HTTP_DELETE, ROUTE_API, "/catalog/{name}", WRITES, catalog_edit_api_delete,
	"takes the dataset out of the catalogue, and its draft"},
    {HTTP_GET, ROUTE_API, "/catalog/{name}", ROLE_PUBLIC, portal_catalog_api_dataset,
	"what is said of a dataset"},

    /* The catalogue, for machines. */
    {HTTP_GET, ROUTE_FILE, "/catalog/export.csv", ROLE_PUBLIC, portal_catalog_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog/export.json", ROLE_PUBLIC, portal_catalog_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog/export.ttl", ROLE_PUBLIC, portal_catalog_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog", ROLE_PUBLIC, catalog_file_document, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog.ttl", ROLE_PUBLIC, catalog_file_page, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog.nt", ROLE_PUBLIC, catalog_file_page, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog.trig", ROLE_PUBLIC, catalog_file_page, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog.jsonld", ROLE_PUBLIC, catalog_file_page, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog/feed", ROLE_PUBLIC, catalog_file_stream, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog/feed/{page}", ROLE_PUBLIC, catalog_file_feed, NULL},
    {HTTP_GET, ROUTE_FILE, "/catalog/{name}", ROLE_PUBLIC, catalog_file_dataset, NULL},
    {HTTP_GET, ROUTE_FILE, "/dataset/{name}", ROLE_PUBLIC, catalog_file_dataset, NULL},

    /* Datasets that other catalogues send. */
    {HTTP_GET, ROUTE_API, "/api-keys/whoami", ROLE_APPLICANT, catalog_api_whoami,
	"who an API key acts for"},
    {HTTP_POST, ROUTE_API, "/ingest/datasets", SENDS, catalog_api_ingest,
	"a dataset of a child catalogue, as Turtle; answers its identifier and what is missing"},
    {HTTP_PUT, ROUTE_API, "/ingest/datasets/origin", SENDS, catalog_api_ingest_put,
	"the dataset that ?originalId= names, as it is now"},
    {HTTP_DELETE, ROUTE_API, "/ingest/datasets/{id}", SENDS, catalog_api_ingest_delete,
	"withdraws a dataset that was sent"},

    /* The public register. */
    {HTTP_GET, ROUTE_PAGE, "/register", ROLE_PUBLIC, portal_register_list, NULL},
    {HTTP_GET, ROUTE_PAGE, "/register/open-data", ROLE_PUBLIC, portal_register_years, NULL},
    {HTTP_GET, ROUTE_PAGE, "/register/feed.atom", ROLE_PUBLIC, portal_register_feed, NULL},
    {HTTP_GET, ROUTE_PAGE, "/register/{reference}", ROLE_PUBLIC, portal_register_sheet, NULL},
    {HTTP_GET, ROUTE_FILE, "/register/{reference}", ROLE_PUBLIC, portal_register_go, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.csv", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.xlsx", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.json", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_FILE, "/register.ttl", ROLE_PUBLIC, portal_register_export, NULL},
    {HTTP_GET, ROUTE_API, "/register", ROLE_PUBLIC, portal_register_api,
	"projects that a query finds, a page at a time, with facets"},
    {HTTP_GET, ROUTE_API, "/register/{reference}", ROLE_PUBLIC, portal_register_api_sheet,
	"the public sheet of a project"},
};
const size_t route_count = ARRAY_LEN(routes);
