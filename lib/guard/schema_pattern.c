/* Patterns of Table Schema by PCRE2, compiled once, matched on any thread. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "guard/schema_value.h"

#include <pcre2.h>

enum { STEPS_MAX = 1000000,
	STACK_MAX = 1 << 14 /* KiB */ };

struct guard_regex {
	pcre2_code *code;
	pcre2_match_context *limits;
};

int guard_regex_new(struct guard_regex **ret, struct view pattern, struct err *err)
{
	struct guard_regex *p;
	pcre2_compile_context *limits;
	int number;
	PCRE2_SIZE at;
	pcre2_code *code;

	if (pattern.len > GUARD_SCHEMA_PATTERN_MAX)
		return err_set(err, ERR_LIMIT, "pattern of more than %d bytes",
		    GUARD_SCHEMA_PATTERN_MAX);
	limits = pcre2_compile_context_create(NULL);
	pcre2_set_parens_nest_limit(limits, 100);
	code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
	    PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C |
		PCRE2_DOLLAR_ENDONLY,
	    &number, &at, limits);
	pcre2_compile_context_free(limits);
	if (!code)
		return err_set(err, ERR_FORMAT, "not a pattern: wrong at character %zu",
		    (size_t)at + 1);
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* without it the same, slower */
	p = mem_zalloc(1, sizeof(*p));
	p->code = code;
	p->limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(p->limits, STEPS_MAX);
	pcre2_set_depth_limit(p->limits, STEPS_MAX / 10);
	pcre2_set_heap_limit(p->limits, STACK_MAX);
	*ret = p;
	return 0;
}

void guard_regex_free(struct guard_regex *p)
{
	if (!p)
		return;
	pcre2_code_free(p->code);
	pcre2_match_context_free(p->limits);
	free(p);
}

bool guard_regex_matches(const struct guard_regex *p, struct view text)
{
	pcre2_match_data *found = pcre2_match_data_create(1, NULL);
	int rc = pcre2_match(p->code, (PCRE2_SPTR)(text.len ? text.ptr : ""), text.len, 0, 0,
	    found, p->limits);

	pcre2_match_data_free(found);
	return rc >= 0;
}
