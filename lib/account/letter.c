#include "account/inside.h"

#include "base/embed.h"
#include "base/secret.h"
#include "io/template.h"

/* The first line is the subject, an empty line follows. */
static const struct letter_file {
	const char *name, *language, *file;
} files[] = {
    {"invitation", "en", "account/data/invitation.en.txt"},
    {"invitation", "fr", "account/data/invitation.fr.txt"},
    {"reset", "en", "account/data/reset.en.txt"},
    {"reset", "fr", "account/data/reset.fr.txt"},
    {"renewal", "en", "account/data/renewal.en.txt"},
    {"renewal", "fr", "account/data/renewal.fr.txt"},
};

static struct view find_text(const struct account_letter *l)
{
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		if (strcmp(files[i].name, l->file) == 0 &&
		    strcmp(files[i].language, l->language) == 0)
			return embed_find(files[i].file);
	return VIEW_NONE;
}

static int fill(const struct accounts *a, const struct account_letter *l, struct str *ret,
    struct err *err)
{
	AUTO_TEMPLATES struct template_set *set = template_set_new(NULL, NULL);
	AUTO_JSON json_t *model = json_object();
	AUTO_FREE char *link =
	    str_format("%s/%s%s%s", a->origin, l->language, l->path, l->token);
	bool french = strcmp(l->language, "fr") == 0;

	json_object_set_new(model, "name", json_stringn_nocheck(l->name.ptr, l->name.len));
	json_object_set_new(model, "site", json_string(a->site[french]));
	json_object_set_new(model, "link", json_string(link));
	return template_add(set, l->file, find_text(l), err) < 0
	           ? -1
	           : template_render(set, l->file, model, ret, err);
}

int account_write_to(const struct accounts *a, struct store_tx *tx,
    const struct account_letter *l, int64_t now, struct err *err)
{
	AUTO_SECRET_STR struct str text = {0};
	struct view rest, subject;

	if (fill(a, l, &text, err) < 0)
		return -1;
	rest = str_view(&text);
	(void)view_next(&rest, '\n', &subject); /* each file has a first line */
	return mail_queue(tx, &a->mail, &(struct mail){l->to, subject, rest}, now, err);
}
