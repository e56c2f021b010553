/*
 * Text on the character grid of a terminal. Input may be anything: bytes that
 * are not UTF-8, control characters and characters that reorder text (bidi
 * controls) come out as U+FFFD, white space as one space, so a cell can
 * neither move the cursor nor fake a line.
 *
 * Widths are those of the C library (wcwidth in C.UTF-8): two columns for CJK
 * and most emoji, none for combining marks. Sequences that a terminal may fuse
 * (flags, families) count as the sum of their parts.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "base/str.h"

/* The first character of v; v.len > 0. *ret_len bytes; U+FFFD for a wrong byte. */
uint32_t report_char_first(struct view v, size_t *ret_len);
/* True for controls and bidi controls, which no face lets through. */
bool report_char_is_control(uint32_t code);
void report_char_add(struct str *out, uint32_t code);

/* Columns. */
size_t report_text_width(struct view v);
/* Columns of its longest word, as report_text_wrap breaks it. */
size_t report_word_width(struct view v);
/* Append v, at most `width` columns: what does not fit ends in "…". */
void report_text_add(struct str *out, struct view v, size_t width);
/* The same, filled with spaces to exactly `width`; `right` fills on the left. */
void report_text_fit(struct str *out, struct view v, size_t width, bool right);
/*
 * The next line of a paragraph that is `width` wide, broken between words (a
 * number such as 100 000 is one word):
 * false when *rest is empty. A word longer than that is a line of its own.
 */
bool report_text_wrap(struct view *rest, size_t width, struct view *ret_line);
/* End the line: a newline, and no spaces before it. */
void report_line_end(struct str *out);

#endif
