#include "account/ready.h"

#include "account/admin.h"

#include <sodium.h>

/* The code before the present one, so that the present one is still good for signing in. */
static void code_before(const unsigned char *seed, int64_t at, char ret[TOTP_DIGITS + 1])
{
	totp_code(ret, TOTP_DIGITS, TOTP_SHA1, (struct view){(const char *)seed, TOTP_SEED},
	    at / 1000000 / TOTP_STEP_S - 1);
}

int account_make_ready(struct accounts *a, const struct account_act *by,
    const struct account_invitee *who, struct view password, struct account_ready *ret,
    struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	struct account_token link, session;
	struct account_invitation invitation;
	char code[TOTP_DIGITS + 1];
	int found;

	if (account_invite(a, by, who, &link, err) < 0)
		return -1;
	found = account_find_invitation(a, VIEW(link.text), by->at, &memory, &invitation, err);
	if (found <= 0)
		return found < 0 ? -1 : err_set(err, ERR_INTERNAL, "an invitation is gone");
	totp_base32(ret->secret, sizeof(ret->secret),
	    (struct view){(const char *)invitation.seed, TOTP_SEED});
	code_before(invitation.seed, by->at, code);
	sodium_memzero(invitation.seed, sizeof(invitation.seed));
	return account_accept(a, by,
		   &(struct account_acceptance){
		       .token = VIEW(link.text),
		       .name = who->name,
		       .password = password,
		       .code = VIEW(code),
		       .agent = VIEW_LIT("terminal"),
		   },
		   &session, ret->codes, err) < 0
	           ? -1
	           : account_find(a, who->email, &ret->id, err);
}
