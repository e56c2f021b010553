#include "guard/rule_lex.h"

#include "base/str.h"

#include <ctype.h>

static bool is_name_byte(char c, bool first)
{
	unsigned char byte = (unsigned char)c;

	return isalpha(byte) || byte == '_' || byte >= 128 || (!first && isdigit(byte));
}

static size_t number_end(struct view text, size_t at)
{
	while (at < text.len && isdigit((unsigned char)text.ptr[at]))
		at++;
	if (at + 1 < text.len && text.ptr[at] == '.' && isdigit((unsigned char)text.ptr[at + 1])) {
		at++;
		while (at < text.len && isdigit((unsigned char)text.ptr[at]))
			at++;
	}
	return at;
}

/* Up to the closing quote; two of them are one of the text. */
static struct rule_token take_quoted(struct view text, size_t *at, struct arena *arena)
{
	char quote = text.ptr[*at];
	struct rule_token t = {quote == '"' ? RULE_TOKEN_QUOTED : RULE_TOKEN_TEXT, VIEW_NONE, *at};
	AUTO_STR struct str out = {0};
	size_t i = *at + 1;

	for (; i < text.len; i++) {
		if (text.ptr[i] == quote && i + 1 < text.len && text.ptr[i + 1] == quote)
			i++;
		else if (text.ptr[i] == quote)
			break;
		str_addc(&out, text.ptr[i]);
	}
	if (i >= text.len)
		t.kind = RULE_TOKEN_WRONG;
	*at = MIN(i + 1, text.len);
	t.text = arena_view(arena, str_view(&out));
	return t;
}

static struct rule_token take(struct view text, size_t *at, size_t end, enum rule_token_kind kind)
{
	struct rule_token t = {kind, {text.ptr + *at, end - *at}, *at};

	*at = end;
	return t;
}

struct rule_token rule_lex(struct view text, size_t *at, struct arena *arena)
{
	static const char *const twos[] = {"<=", ">=", "<>", "!="};
	char c;

	while (*at < text.len && isspace((unsigned char)text.ptr[*at]))
		(*at)++;
	if (*at == text.len)
		return (struct rule_token){.kind = RULE_TOKEN_END, .at = *at};
	c = text.ptr[*at];
	if (c == '\'' || c == '"')
		return take_quoted(text, at, arena);
	if (isdigit((unsigned char)c))
		return take(text, at, number_end(text, *at), RULE_TOKEN_NUMBER);
	if (is_name_byte(c, true)) {
		size_t end = *at + 1;

		while (end < text.len && is_name_byte(text.ptr[end], false))
			end++;
		return take(text, at, end, RULE_TOKEN_NAME);
	}
	for (size_t i = 0; i < ARRAY_LEN(twos); i++)
		if (view_starts((struct view){text.ptr + *at, text.len - *at}, VIEW(twos[i])))
			return take(text, at, *at + 2, RULE_TOKEN_SIGN);
	if (c && strchr("=<>+-*/%(),.", c))
		return take(text, at, *at + 1, RULE_TOKEN_SIGN);
	return take(text, at, *at + 1, RULE_TOKEN_WRONG);
}

void rule_place(struct view text, size_t at, size_t *ret_line, size_t *ret_column)
{
	*ret_line = *ret_column = 1;
	for (size_t i = 0; i < MIN(at, text.len); i++) {
		if (text.ptr[i] == '\n') {
			(*ret_line)++;
			*ret_column = 1;
		} else if (((unsigned char)text.ptr[i] & 0xc0) != 0x80) {
			(*ret_column)++;
		}
	}
}
