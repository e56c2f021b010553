/*
 * Mail of the hub. It is queued in a write of the records, sealed, and sent
 * later: by SMTP (RFC 5321, libcurl), or as files (RFC 5322) in a folder.
 *
 * Delivery is at least once: a crash between the server's answer and our note
 * of it sends a mail twice.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/str.h"
#include "store/store.h"

enum {
	MAIL_TEXT_MAX = 64 << 10,
	MAIL_TRIES = 120,   /* over five days (RFC 5321, section 4.5.4.1), then it is given up */
	MAIL_PATIENCE = 30, /* seconds a server may take */
};

struct mail_box {
	const char *from;         /* address */
	const char *name;         /* of the sender; may be NULL */
	const char *smtp;         /* "smtp://host:25", "smtps://..."; "" writes files */
	const char *folder;       /* of files; may be NULL when smtp is not "" */
	const unsigned char *key; /* SECRET_KEY_SIZE bytes, for what waits */
};

struct mail {
	struct view to;      /* one address */
	struct view subject; /* UTF-8, one line */
	struct view text;    /* UTF-8, lines that end with \n */
};

/* Inside a write. ERR_FORMAT: an address that cannot be one. */
MUST_CHECK int mail_queue(struct store_tx *tx, const struct mail_box *box, const struct mail *m,
    int64_t now, struct err *err);
/*
 * Sends what is due. -1: the first failure, told without the receiver; what
 * failed is tried again later, the rest is sent.
 */
MUST_CHECK int mail_deliver(struct store *s, const struct mail_box *box, int64_t now,
    int *ret_sent, struct err *err);

/* Mails that could not be sent and wait to be tried again. */
MUST_CHECK int mail_count_failed(struct store *s, int64_t *ret, struct err *err);

/* One '@', printable ASCII without space, quotes, brackets, commas; at most 254 bytes. */
bool mail_is_address(struct view v);

/* Inside: the message as it goes over the wire, lines ended by CR LF. */
void mail_format(struct str *ret, const struct mail_box *box, const struct mail *m, int64_t id,
    int64_t now);
MUST_CHECK int mail_send(const struct mail_box *box, struct view to, struct view message,
    struct err *err);

#endif
