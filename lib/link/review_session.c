#include "link/review_session.h"

#include "link/report_parts.h"
#include "link/review_keys.h"
#include "link/review_labels.h"
#include "report/text.h"

struct state {
	const struct link_session *s;
	struct link_console console;
	VEC(size_t) shown; /* pairs */
	size_t place;      /* in `shown`; at its end: all are done */
	size_t scroll;     /* lines of the pair above the window */
	size_t before;     /* the pair answered last, or SIZE_MAX */
	bool unknown_key;
};

static struct link_review_pair *pair_at(const struct state *t, size_t place)
{
	return &t->s->review->pairs.ptr[t->shown.ptr[place]];
}

static struct link_screen screen_of(const struct state *t)
{
	size_t width = MAX(t->console.width, (size_t)LINK_SCREEN_MIN);

	return (struct link_screen){.review = t->s->review,
	    .texts = t->s->texts,
	    .width = MIN(width, (size_t)LINK_SCREEN_MAX),
	    .colour = t->console.terminal && t->s->colour};
}

static void add_note(const struct state *t, struct str *out)
{
	const struct link_texts *texts = t->s->texts;
	char buf[LINK_BITS_TEXT];

	if (t->unknown_key) {
		AUTO_FREE char *text = str_format("%s %s %s %s %s %s %s",
		    link_text(texts, "unknown_key"), link_text(texts, "key_yes"),
		    link_text(texts, "key_no"), link_text(texts, "key_unsure"),
		    link_text(texts, "key_back"), link_text(texts, "key_forward"),
		    link_text(texts, "key_quit"));

		str_addz(out, text);
	} else if (t->s->reveal && t->before != SIZE_MAX) {
		const struct link_review_pair *p = &t->s->review->pairs.ptr[t->before];

		str_addf(out, "%s %s %s, %s", link_text(texts, "model_said"),
		    link_bits(p->weight, buf), link_text(texts, "bits"),
		    link_text(texts, link_decision_name(p->decision)));
	}
	report_line_end(out);
}

static void add_end(const struct state *t, struct str *out)
{
	str_addf(out, "%s\n", link_text(t->s->texts, "done"));
	add_note(t, out);
	str_addf(out, "%s\n", link_text(t->s->texts, "done_keys"));
}

/* Lines from `scroll` on that fit in `height`; a line says how many follow. */
static void add_window(struct state *t, const struct str *body, size_t height, struct str *out)
{
	struct view rest = str_view(body);
	struct view line;
	size_t lines = 0;
	size_t most;

	for (size_t i = 0; i < body->len; i++)
		lines += body->buf[i] == '\n';
	most = lines > height ? lines - height : 0;
	t->scroll = MIN(t->scroll, most);
	for (size_t i = 0; view_next(&rest, '\n', &line); i++)
		if (i >= t->scroll && i < t->scroll + height) {
			str_add(out, line);
			str_addc(out, '\n');
		}
	if (t->scroll < most)
		str_addf(out, "%zu %s", most - t->scroll, link_text(t->s->texts, "more"));
	str_addc(out, '\n');
}

static void add_saved(const struct state *t, struct str *out)
{
	AUTO_FREE char *text =
	    str_format("%s %s", link_text(t->s->texts, "saved"), t->s->labels);

	report_text_add(out, VIEW(text), screen_of(t).width);
	str_addc(out, '\n');
}

static void compose(struct state *t, struct str *out)
{
	struct link_screen screen = screen_of(t);
	AUTO_STR struct str body = {0};
	size_t around = 7; /* title, blank, more, note, two lines of keys, saved */

	if (t->place == t->shown.len) {
		add_end(t, out);
		return;
	}
	link_screen_title(&screen, t->place + 1, out);
	str_addc(out, '\n');
	link_screen_pair(&screen, t->shown.ptr[t->place], &body);
	if (t->console.terminal) {
		add_window(t, &body,
		    t->console.height > around ? t->console.height - around : 1, out);
	} else {
		str_add(out, str_view(&body));
		str_addc(out, '\n');
	}
	add_note(t, out);
	link_screen_keys(&screen, t->shown.ptr[t->place], out);
	if (t->console.terminal)
		add_saved(t, out);
}

/* Each line over what stood there: erase in line, at last in display (ECMA-48 8.3.41, 39). */
static int paint(struct state *t, const struct str *text, struct err *err)
{
	AUTO_STR struct str out = {0};
	struct view rest = str_view(text);
	struct view line;
	bool first = true;

	if (!t->console.terminal)
		return link_console_write(&t->console, str_view(text), err);
	str_addz(&out, "\033[H");
	while (view_next(&rest, '\n', &line)) {
		str_addz(&out, first ? "" : "\r\n");
		str_add(&out, line);
		str_addz(&out, "\033[K");
		first = false;
	}
	str_addz(&out, "\033[J");
	return link_console_write(&t->console, str_view(&out), err);
}

/* From `from` on the first without an answer, else the first of all, else the end. */
static size_t next_open(const struct state *t, size_t from)
{
	for (size_t i = 0; i < t->shown.len; i++) {
		size_t place = (from + i) % t->shown.len;

		if (pair_at(t, place)->answer == LINK_OPEN)
			return place;
	}
	return t->shown.len;
}

static int answer(struct state *t, enum link_answer a, struct err *err)
{
	if (t->place == t->shown.len)
		return 0;
	pair_at(t, t->place)->answer = a;
	t->before = t->shown.ptr[t->place];
	t->place = next_open(t, t->place + 1);
	return link_review_save(t->s->review, t->s->labels, err);
}

static void move_to(struct state *t, size_t place)
{
	t->place = place;
	t->before = SIZE_MAX;
}

/* 1: go on, 0: the reader stops. */
static int act(struct state *t, enum link_press key, struct err *err)
{
	int rc = 0;

	t->unknown_key = key == LINK_KEY_OTHER;
	t->scroll = key == LINK_KEY_DOWN ? t->scroll + 1
	            : key == LINK_KEY_UP ? t->scroll - (t->scroll > 0)
	                                 : 0;
	switch (key) {
	case LINK_KEY_YES: rc = answer(t, LINK_ONE_PERSON, err); break;
	case LINK_KEY_NO: rc = answer(t, LINK_TWO_PERSONS, err); break;
	case LINK_KEY_UNSURE: rc = answer(t, LINK_UNSURE, err); break;
	case LINK_KEY_BACK: move_to(t, t->place - (t->place > 0)); break;
	case LINK_KEY_FORWARD: move_to(t, MIN(t->place + 1, t->shown.len)); break;
	case LINK_KEY_QUIT: return 0;
	case LINK_KEY_NONE:
	case LINK_KEY_OTHER:
	case LINK_KEY_UP:
	case LINK_KEY_DOWN: break;
	}
	return rc < 0 ? -1 : 1;
}

static int show(struct state *t, struct err *err)
{
	AUTO_STR struct str text = {0};

	compose(t, &text);
	return paint(t, &text, err);
}

static int converse(struct state *t, struct err *err)
{
	enum link_press key;
	int rc = 1;

	while (rc > 0) {
		if (show(t, err) < 0)
			return -1;
		do
			rc = link_console_key(&t->console, &key, err);
		while (rc == 0 && key == LINK_KEY_NONE && !link_console_resize(&t->console));
		if (rc == 0)
			rc = key == LINK_KEY_NONE ? 1 : act(t, key, err);
	}
	return rc;
}

int link_session_run(const struct link_session *s, struct err *err)
{
	struct state t = {.s = s, .before = SIZE_MAX};
	int rc;

	for (size_t i = 0; i < s->review->pairs.len; i++)
		if (!s->review->pairs.ptr[i].settled)
			*vec_push(&t.shown) = i;
	t.place = next_open(&t, 0);
	rc = link_console_open(&t.console, s->in, s->out, err);
	if (rc == 0)
		rc = converse(&t, err);
	link_console_close(&t.console);
	vec_clear(&t.shown);
	return rc;
}
