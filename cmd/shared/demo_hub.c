#include "shared/demo_hub.h"

#include "account/ready.h"
#include "base/base64.h"
#include "base/clock.h"
#include "io/file.h"
#include "shared/desk.h"
#include "shared/hub_accounts.h"

#include <sodium.h>
#include <stdio.h>

/* The first line tells a demonstration from a hub that somebody needs. */
#define MARK "# A demonstration: nothing in it is real, its passwords stood on a screen."

static const char conf[] = MARK "\n"
				"name_en = Demonstration hub\n"
				"name_fr = Plateforme de démonstration\n"
				"origin = http://127.0.0.1:8080\n"
				"listen = 127.0.0.1:8080\n"
				"colour = #6b2f5c\n"
				"contact = demo@hub.example\n"
				"mail_from = demo@hub.example\n";

static const struct seat {
	const char *name, *role;
} seats[] = {
    {"Applicant One", "applicant"},
    {"Officer Two", "officer"},
    {"Member Three", "member"},
    {"Chair Four", "chair"},
    {"Authority Five", "authority"},
    {"Holder Six", "holder"},
    {"Manager Seven", "manager"},
    {"Analyst Eight", "analyst"},
    {"Checker Nine", "checker"},
    {"Auditor Ten", "auditor"},
    {"Administrator Eleven", "admin"},
};

int demo_hub_check(const char *dir, struct err *err)
{
	AUTO_FREE char *hub = path_join(dir, "hub");
	AUTO_FREE char *path = path_join(hub, "hub.conf");
	AUTO_STR struct str text = {0};

	if (!path_exists(hub) ||
	    (path_exists(path) && file_read(path, HUB_CONF_MAX, &text, err) == 0 &&
		view_starts(str_view(&text), VIEW_LIT(MARK))))
		return 0;
	(void)err_set(err, ERR_USAGE, "%s is not the hub of a demonstration", hub);
	return err_hint(err, "choose another folder with --dir");
}

int demo_hub_begin(const char *dir, struct err *err)
{
	AUTO_FREE char *hub = path_join(dir, "hub");
	AUTO_FREE char *path = path_join(dir, "hub.conf");

	return demo_hub_check(dir, err) < 0 || path_remove(hub, err) < 0 ||
	               path_make_folder(dir, err) < 0 || file_write(path, VIEW(conf), err) < 0
	           ? -1
	           : 0;
}

/* What the applicant has begun. */
static const struct draft {
	const char *route, *title;
} drafts[] = {
    {"standard", "Readmissions after a first stroke (a demonstration)"},
    {"simplified", "Use of anticoagulants by age (a demonstration)"},
};

static int begin_applications(const char *folder, int64_t applicant, struct err *err)
{
	AUTO_DESK_HUB struct desk_hub h = {0};
	int64_t id;

	if (desk_hub_open(&h, folder, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(drafts); i++) {
		const struct desk_new n = {
		    .route = drafts[i].route,
		    .title = drafts[i].title,
		    .actor = applicant,
		    .at = clock_now_us(),
		};

		if (desk_create(&h.desk, &n, &(struct desk_caller){NULL, VIEW_LIT("terminal")}, &id,
			err) < 0)
			return -1;
	}
	return 0;
}

static int seat_person(struct hub_accounts *h, const struct seat *s, const char *password,
    int64_t *ret_id, struct err *err)
{
	AUTO_FREE char *email = str_format("%s@hub.example", s->role);
	enum role role = role_find(VIEW(s->role));
	struct account_ready ready;
	const struct account_invitee who = {
	    .email = VIEW(email),
	    .name = VIEW(s->name),
	    .language = "en",
	    .role = role == ROLE_APPLICANT ? (enum role)0 : role,
	};

	if (account_make_ready(&h->accounts, &h->by, &who, VIEW(password), &ready, err) < 0)
		return -1;
	*ret_id = ready.id;
	printf("  %-21s %-22s %s  %s\n", s->name, email, ready.secret, ready.codes[0]);
	sodium_memzero(&ready, sizeof(ready));
	return 0;
}

int demo_hub_people(const char *dir, struct err *err)
{
	AUTO_HUB_ACCOUNTS struct hub_accounts h = {0};
	AUTO_FREE char *hub = path_join(dir, "hub");
	int64_t ids[ARRAY_LEN(seats)];
	unsigned char bytes[12];
	char password[BASE64URL_SIZE(sizeof(bytes))];

	if (hub_accounts_open(&h, hub, err) < 0)
		return -1;
	randombytes_buf(bytes, sizeof(bytes));
	base64url_encode(password, sizeof(password), bytes, sizeof(bytes));
	printf("\n── Who may sign in to the demonstration. Shown once, kept nowhere.\n"
	       "── Qui peut se connecter à la démonstration. Affiché une fois, "
	       "gardé nulle part.\n\n"
	       "  password, mot de passe: %s\n\n"
	       "  %-21s %-22s %-32s  %s\n",
	    password, "", "e-mail", "secret of codes, secret des codes", "once, une fois");
	for (size_t i = 0; i < ARRAY_LEN(seats); i++)
		if (seat_person(&h, &seats[i], password, &ids[i], err) < 0)
			return -1;
	return begin_applications(hub, ids[0], err);
}
