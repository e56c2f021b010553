/*
 * people HUB FIRST COUNT [ROLE SCOPES]: persons with an account, ROLE-N@hub.example (applicant-N),
 * and a token for each (of desk:write, or the scopes), a line each on standard output. For tests
 * that load a hub through its API.
 */
#include "../../../cmd/shared/hub_modules.h"
#include "account/ready.h"
#include "account/token.h"
#include "hub/hub.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const struct password_cost cheap = {1, 8192};

static const char *role = "applicant", *scopes = "desk:write";

static int make_person(struct accounts *a, const struct account_act *by, int number,
    struct err *err)
{
	enum role more = role_find(VIEW(role));
	AUTO_FREE char *email = str_format("%s-%d@hub.example", role, number);
	AUTO_FREE char *name = str_format("%s %d", role, number);
	const struct account_invitee who = {
	    .email = VIEW(email),
	    .name = VIEW(name),
	    .language = "en",
	    .role = more == ROLE_APPLICANT ? (enum role)0 : more,
	};
	struct account_act self = *by;
	struct account_ready ready;
	struct account_token token;

	if (account_make_ready(a, by, &who, VIEW_LIT("a password of a test"), &ready, err) < 0)
		return -1;
	self.actor = ready.id;
	if (account_make_token(a, &self, VIEW("load"), VIEW(scopes), 30, &token, err) < 0)
		return -1;
	puts(token.text);
	return 0;
}

static int make_all(struct hub *hub, int first, int count, struct err *err)
{
	struct accounts a;
	const struct account_act by = {(int64_t)time(NULL) * 1000000, 0, NULL, VIEW("terminal")};
	AUTO_FREE char *outbox = hub_path(hub, "outbox");
	int status = 0;

	accounts_init(&a, hub->store, hub->seal_key, cheap);
	a.mail = (struct mail_box){hub->conf.mail_from, hub->conf.name[0], "", outbox,
	    hub->seal_key};
	a.origin = hub->conf.origin;
	a.site[0] = hub->conf.name[0];
	a.site[1] = hub->conf.name[1];
	for (int i = 0; status == 0 && i < count; i++)
		status = make_person(&a, &by, first + i, err);
	accounts_clear(&a);
	return status;
}

int main(int argc, char **argv)
{
	AUTO_HUB struct hub *hub = NULL;
	struct err err = {0};
	int64_t first, count;

	if (argc == 6) {
		role = argv[4];
		scopes = argv[5];
	}
	if ((argc != 4 && argc != 6) || !role_find(VIEW(role)) ||
	    !view_to_i64(VIEW(argv[2]), &first) || !view_to_i64(VIEW(argv[3]), &count))
		return 2;
	if (hub_open(&hub, argv[1], 1, hub_modules, &err) < 0 ||
	    make_all(hub, (int)first, (int)count, &err) < 0) {
		fprintf(stderr, "people: %s\n", err.msg);
		return 1;
	}
	return 0;
}
