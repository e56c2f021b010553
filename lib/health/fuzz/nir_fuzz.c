/* Any bytes: a sound number is written and read again; a repaired one is sound. */
#include "health/nir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(const struct nir *n)
{
	struct nir again;

	if (nir_parse(&again, (struct view){n->digits, NIR_LEN}) != NIR_SOUND ||
	    again.key != NIR_KEY_NONE || again.kind != n->kind || again.sex != n->sex ||
	    again.year != n->year || again.month != n->month || strcmp(again.place, n->place) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view text = {(const char *)data, size};
	struct nir n;
	enum nir_fault fault = nir_parse(&n, text);

	(void)nir_fault_name(fault);
	if (fault <= NIR_WRONG_KEY) {
		check_again(&n);
		if ((n.key == nir_key(n.digits)) != (fault == NIR_SOUND) && n.key != NIR_KEY_NONE)
			abort();
	}
	if (nir_repair(&n, text)) {
		check_again(&n);
		if (fault == NIR_SOUND || n.key != nir_key(n.digits))
			abort();
	}
	return 0;
}
