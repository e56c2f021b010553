/* What a reader sees, in the language of theirs: data/review_texts.csv. */
#ifndef LINK_REVIEW_TEXT_H
#define LINK_REVIEW_TEXT_H

#include "base/arena.h"
#include "base/map.h"

enum link_lang { LINK_EN,
	LINK_FR };
#define LINK_LANG_WORDS "en|fr"

struct link_texts {
	struct arena arena;
	struct map keys; /* in the order of the file */
	VEC(const char *) texts;
	enum link_lang lang;
};

#define AUTO_LINK_TEXTS AUTO(link_texts_clear)
void link_texts_open(struct link_texts *t, enum link_lang lang);
void link_texts_clear(struct link_texts *t);
/* A key that is not there is a programmer's error: assert. */
const char *link_text(const struct link_texts *t, const char *key);

#endif
