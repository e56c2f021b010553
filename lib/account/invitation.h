/*
 * How accounts begin, and how a lost password or a lost phone is mended: by a
 * link in a mail that works once and not for long.
 *
 * An invitation brings the seed of the codes with it, so that opening its page
 * changes nothing. A lost phone needs a new invitation (the person is proven
 * again, ASVS 6.4.4); a forgotten password needs a code too, so that a mailbox
 * alone opens no account.
 */
#ifndef ACCOUNT_INVITATION_H
#define ACCOUNT_INVITATION_H

#include "account/account.h"
#include "account/totp.h"

struct account_invitee {
	struct view email, name;
	const char *language; /* "en", "fr" */
	int64_t organisation; /* 0: none */
	enum role role;       /* beside the applicant's; 0: none */
	struct view scope;
	bool by_anybody; /* not by an administrator: takes away no invitation that waits */
};

/*
 * Queues the mail. ret (may be NULL): the token of its link. ERR_USAGE: an
 * account with this address exists; ERR_FORMAT: an address, a name or a scope
 * that cannot be one. A new invitation ends the one before. by_anybody: without a
 * token asked for, one that waits stays and nothing is queued; with one, ERR_USAGE
 * when the one that waits brings a role.
 */
MUST_CHECK int account_invite(struct accounts *a, const struct account_act *by,
    const struct account_invitee *who, struct account_token *ret, struct err *err);
/* The same for an account that exists: its password and codes are no longer worth anything. */
MUST_CHECK int account_reset(struct accounts *a, const struct account_act *by, int64_t account,
    struct account_token *ret, struct err *err);

struct account_invitation {
	int64_t id, account;
	const char *email, *name, *language, *scope;
	int64_t organisation, created_at, expires_at;
	int64_t created_by; /* of account_find_invitation alone; 0: the terminal */
	enum role role;
	unsigned char seed[TOTP_SEED]; /* of account_find_invitation alone */
};

struct account_invitations {
	VEC(struct account_invitation) all;
};

/* 1; 0: there is none, or not any more. Wipe the seed. */
MUST_CHECK int account_find_invitation(struct accounts *a, struct view token, int64_t now,
    struct arena *memory, struct account_invitation *ret, struct err *err);
MUST_CHECK int account_list_invitations(struct accounts *a, int64_t now, struct arena *memory,
    struct account_invitations *ret, struct err *err);
MUST_CHECK int account_withdraw(struct accounts *a, const struct account_act *by,
    int64_t invitation, struct err *err);

struct oidc_conf;

struct account_acceptance {
	struct view token, name, password, code, agent;
	/*
	 * Where hub.conf has a provider: whom it recognised for this browser (oidc.h)
	 * needs no password, and at a strong level no code.
	 */
	const struct oidc_conf *provider; /* NULL: none */
	struct view cookie;
};

/* The account, signed in, with its recovery codes. ERR_DENIED: link or code are not right. */
MUST_CHECK int account_accept(struct accounts *a, const struct account_act *by,
    const struct account_acceptance *with, struct account_token *ret_session,
    char ret_codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE], struct err *err);

/* Always 0 for the one who asks, whether there is such an account or not. */
MUST_CHECK int account_ask_reset(struct accounts *a, const struct account_act *by,
    struct view email, struct err *err);
/* Queues the mails for those who asked: call before mail_deliver. */
MUST_CHECK int account_answer_resets(struct accounts *a, int64_t now, struct err *err);
/* Whose link it is: 1, 0. */
MUST_CHECK int account_find_reset(struct accounts *a, struct view token, int64_t now,
    struct arena *memory, struct account_who *ret, struct err *err);
/* Ends all sessions. ERR_DENIED: link or code are not right. */
MUST_CHECK int account_set_password(struct accounts *a, const struct account_act *by,
    struct view token, struct view password, struct view code, struct err *err);

#endif
