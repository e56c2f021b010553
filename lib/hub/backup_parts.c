#include "hub/backup_inside.h"

#include "base/hash.h"
#include "base/str.h"

void hub_sums_add(struct str *sums, const char *hex, const char *name)
{
	str_addf(sums, "%s  %s\n", hex, name);
}

static void sums_text(struct str *ret, const char *sums_hex, const struct audit *audit)
{
	str_addf(ret, "%s/backup\n%s\n", audit->origin, sums_hex);
}

void hub_sums_sign(struct str *ret_note, struct view sums, const struct audit *audit)
{
	AUTO_STR struct str text = {0};
	char hex[SHA256_HEX_SIZE];

	hash_sha256_hex(sums, hex);
	sums_text(&text, hex, audit);
	note_sign(str_view(&text), audit->origin, &audit->key, ret_note);
}

int hub_sums_check(struct view note, const char *sums_hex, const struct audit *audit,
    struct err *err)
{
	AUTO_STR struct str text = {0};
	struct view signed_text, name;

	sums_text(&text, sums_hex, audit);
	if (note_open(note, &audit->key, &signed_text, &name, err) < 0)
		return -1;
	return view_eq(signed_text, str_view(&text))
	           ? 0
	           : err_set(err, ERR_FORMAT, "what is signed is another list of files");
}

int hub_audit_head(struct checkpoint *ret, struct store_tx *tx, const struct audit *audit,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found;

	*ret = (struct checkpoint){0};
	if (store_query(&rows, tx, "store/records/audit.sql:head", STORE_NO_ARGS, err) < 0)
		return -1;
	found = store_next(rows, err);
	if (found <= 0)
		return found;
	if (checkpoint_open(ret, store_view(rows, 2), &audit->key, err) < 0) {
		(void)err_wrap(err, "the head of the audit log");
		return err_hint(err, "hygie audit verify says what is wrong with it");
	}
	return 0;
}

bool hub_is_attachment(struct view name)
{
	const struct view head = VIEW_LIT("attachments/");
	const size_t len = head.len + 3 + SHA256_HEX_SIZE - 1;

	if (name.len != len || !view_starts(name, head) || name.ptr[head.len + 2] != '/' ||
	    memcmp(name.ptr + head.len, name.ptr + head.len + 3, 2) != 0)
		return false;
	for (size_t i = head.len + 3; i < len; i++)
		if (!memchr("0123456789abcdef", name.ptr[i], 16))
			return false;
	return true;
}

bool hub_is_checkpoint(struct view name, uint64_t *ret_size)
{
	const struct view head = VIEW_LIT("audit/checkpoint-");
	int64_t size;

	if (!view_starts(name, head) ||
	    !view_to_i64((struct view){name.ptr + head.len, name.len - head.len}, &size) ||
	    size < 0 || name.ptr[head.len] == '+')
		return false;
	*ret_size = (uint64_t)size;
	return true;
}

void hub_conf_with_store(struct str *ret, struct view text, const char *store)
{
	struct view line, rest, key;
	bool found = false;

	text.len -= view_ends(text, VIEW_LIT("\n"));
	while (view_next(&text, '\n', &line)) {
		rest = line;
		if (memchr(line.ptr, '=', line.len) && view_next(&rest, '=', &key) &&
		    view_eq(view_trim(key), VIEW_LIT("store"))) {
			str_addf(ret, "store = %s\n", store);
			found = true;
			continue;
		}
		str_add(ret, line);
		str_addc(ret, '\n');
	}
	if (!found)
		str_addf(ret, "\nstore = %s\n", store);
}
