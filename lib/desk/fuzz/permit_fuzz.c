/* Permits and notices that are rightly signed and hold anything: two texts parted by a NUL. */
#include "desk/permit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_notes(struct view permit, struct view notices, const struct note_key *key)
{
	AUTO_DESK_VERDICT struct desk_verdict v = {0};
	struct err err = {0};

	(void)!desk_permit_verify(&v, permit, notices, key, 21900, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char seed[crypto_sign_SEEDBYTES];
	struct view notice = {(const char *)data, size}, permit;
	AUTO_STR struct str signed_permit = {0};
	AUTO_STR struct str signed_notice = {0};
	struct note_key key;
	struct err err = {0};

	crypto_sign_seed_keypair(key.public_key, key.secret_key, seed);
	if (!view_next(&notice, '\0', &permit))
		return 0;
	try_notes(permit, notice, &key);
	if (desk_permit_sign(permit, "fuzz", &key, &signed_permit, &err) < 0)
		return 0;
	try_notes(str_view(&signed_permit), notice, &key);
	if (desk_notice_sign(str_view(&signed_permit), VIEW_NONE, notice, "fuzz", &key,
		&signed_notice, &err) == 0)
		try_notes(str_view(&signed_permit), str_view(&signed_notice), &key);
	return 0;
}
