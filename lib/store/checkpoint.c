#include "store/checkpoint.h"

#include "base/base64.h"

#include <stdio.h>

void checkpoint_sign(const struct checkpoint *c, const struct note_key *key,
    struct str *ret_note)
{
	AUTO_STR struct str body = {0};

	str_addf(&body, "%s\n%llu\n", c->origin, (unsigned long long)c->size);
	base64_add(&body, (struct view){(const char *)c->root.bytes, SHA256_BYTES});
	str_addc(&body, '\n');
	note_sign(str_view(&body), c->origin, key, ret_note);
}

/* The three lines; extension lines may follow and are signed with them. */
static bool read_body(struct view body, struct checkpoint *ret)
{
	struct view origin, size, root;
	int64_t n;

	if (!view_next(&body, '\n', &origin) || !view_next(&body, '\n', &size) ||
	    !view_next(&body, '\n', &root) || origin.len == 0 ||
	    origin.len >= CHECKPOINT_ORIGIN_MAX || size.len == 0 || size.ptr[0] == '+' ||
	    !view_to_i64(size, &n) || n < 0)
		return false;
	snprintf(ret->origin, sizeof(ret->origin), "%.*s", VIEW_ARG(origin));
	ret->size = (uint64_t)n;
	return base64_decode(ret->root.bytes, SHA256_BYTES, root) == SHA256_BYTES;
}

int checkpoint_open(struct checkpoint *ret, struct view note, const struct note_key *key,
    struct err *err)
{
	struct view body, name;

	if (note.len > CHECKPOINT_TEXT_MAX)
		return err_set(err, ERR_FORMAT, "not a checkpoint");
	if (note_open(note, key, &body, &name, err) < 0)
		return -1;
	if (!read_body(body, ret) || !view_eq(name, VIEW(ret->origin)))
		return err_set(err, ERR_FORMAT, "not a checkpoint");
	return 0;
}
