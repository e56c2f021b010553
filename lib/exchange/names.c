#include "exchange/names.h"

static const char *const roles[] = {
    [EXCHANGE_CENTRE] = "centre",
    [EXCHANGE_CONTROLLER] = "controller",
    [EXCHANGE_IDENTITY] = "identity",
    [EXCHANGE_CUSTODIAN] = "custodian",
};

static const char *const circuits[] = {
    [EXCHANGE_DIRECT] = "direct",
    [EXCHANGE_SINGLE] = "single-centre",
    [EXCHANGE_MULTI] = "multi-centre",
    [EXCHANGE_RECONSTRUCTION] = "reconstruction",
    [EXCHANGE_MULTI_RECONSTRUCTION] = "multi-centre-reconstruction",
};

static const char *const steps[] = {
    [EXCHANGE_NIR] = "nir",
    [EXCHANGE_TRAITS] = "traits",
    [EXCHANGE_TOKENS] = "tokens",
    [EXCHANGE_RESULT] = "result",
    [EXCHANGE_OUTCOMES] = "outcomes",
    [EXCHANGE_PSEUDONYMS] = "pseudonyms",
    [EXCHANGE_REKEYED] = "rekeyed",
};

static const char *word_of(const char *const *words, size_t count, size_t i)
{
	return i > 0 && i < count ? words[i] : "";
}

static size_t number_of(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 1; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return 0;
}

const char *exchange_role_name(enum exchange_role role)
{
	return word_of(roles, ARRAY_LEN(roles), role);
}

enum exchange_role exchange_role_find(const char *name)
{
	return (enum exchange_role)number_of(roles, ARRAY_LEN(roles), name);
}

const char *exchange_circuit_name(enum exchange_circuit circuit)
{
	return word_of(circuits, ARRAY_LEN(circuits), circuit);
}

enum exchange_circuit exchange_circuit_find(const char *name)
{
	return (enum exchange_circuit)number_of(circuits, ARRAY_LEN(circuits), name);
}

const char *exchange_step_name(enum exchange_step step)
{
	return word_of(steps, ARRAY_LEN(steps), step);
}

enum exchange_step exchange_step_find(const char *name)
{
	return (enum exchange_step)number_of(steps, ARRAY_LEN(steps), name);
}

bool exchange_name_valid(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");

	return len > 0 && len < EXCHANGE_NAME_SIZE && name[len] == '\0' && name[0] != '-' &&
	       name[0] != '_';
}
