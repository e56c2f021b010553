#include "exchange/bytes.h"
#include "exchange/envelope.h"
#include "exchange/row.h"

enum {
	AT_VERSION = 8,
	AT_CIRCUIT = 9,
	AT_STEP = 10,
	AT_ZERO = 11,
	AT_PROJECT = 16,
	AT_SUBJECT = 48,
	AT_COUNT = 80,
	AT_HASH = 88,
	AT_SIGNATURE = 120,
};

static const char magic[] = "HYGIEXCH";

static bool head_valid(const unsigned char *b)
{
	static const unsigned char zero[AT_PROJECT - AT_ZERO];

	return memcmp(b, magic, AT_VERSION) == 0 && b[AT_VERSION] == 1 &&
	       exchange_circuit_name((enum exchange_circuit)b[AT_CIRCUIT])[0] &&
	       exchange_step_name((enum exchange_step)b[AT_STEP])[0] &&
	       memcmp(b + AT_ZERO, zero, sizeof(zero)) == 0 &&
	       exchange_field_is_name(b + AT_PROJECT) && exchange_field_is_name(b + AT_SUBJECT) &&
	       exchange_get_u64(b + AT_COUNT) <= EXCHANGE_ROWS_MAX;
}

bool exchange_manifest_parse(struct exchange_manifest *ret,
    const unsigned char bytes[EXCHANGE_MANIFEST_BYTES])
{
	if (!head_valid(bytes))
		return false;
	*ret = (struct exchange_manifest){
	    .circuit = (enum exchange_circuit)bytes[AT_CIRCUIT],
	    .step = (enum exchange_step)bytes[AT_STEP],
	    .count = exchange_get_u64(bytes + AT_COUNT),
	};
	memcpy(ret->project, bytes + AT_PROJECT, EXCHANGE_NAME_SIZE - 1);
	memcpy(ret->subject, bytes + AT_SUBJECT, EXCHANGE_NAME_SIZE - 1);
	memcpy(ret->hash, bytes + AT_HASH, sizeof(ret->hash));
	memcpy(ret->signature, bytes + AT_SIGNATURE, sizeof(ret->signature));
	return true;
}

void exchange_manifest_format(const struct exchange_manifest *m,
    unsigned char ret[EXCHANGE_MANIFEST_BYTES])
{
	memset(ret, 0, EXCHANGE_MANIFEST_BYTES);
	memcpy(ret, magic, AT_VERSION);
	ret[AT_VERSION] = 1;
	ret[AT_CIRCUIT] = (unsigned char)m->circuit;
	ret[AT_STEP] = (unsigned char)m->step;
	memcpy(ret + AT_PROJECT, m->project, strlen(m->project));
	memcpy(ret + AT_SUBJECT, m->subject, strlen(m->subject));
	exchange_put_u64(ret + AT_COUNT, m->count);
	memcpy(ret + AT_HASH, m->hash, sizeof(m->hash));
	memcpy(ret + AT_SIGNATURE, m->signature, sizeof(m->signature));
}

bool exchange_manifest_same(const struct exchange_manifest *a, const struct exchange_manifest *b)
{
	unsigned char bytes[2][EXCHANGE_MANIFEST_BYTES];

	exchange_manifest_format(a, bytes[0]);
	exchange_manifest_format(b, bytes[1]);
	return memcmp(bytes[0], bytes[1], EXCHANGE_MANIFEST_BYTES) == 0;
}

uint64_t exchange_envelope_size(enum exchange_step step, uint64_t count)
{
	uint64_t bytes = count * exchange_row_size(step);
	uint64_t chunks = bytes ? (bytes + EXCHANGE_CHUNK_BYTES - 1) / EXCHANGE_CHUNK_BYTES : 1;

	return EXCHANGE_MANIFEST_BYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES +
	       crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_HEADERBYTES + bytes +
	       chunks * crypto_secretstream_xchacha20poly1305_ABYTES;
}

void exchange_manifest_hash(const struct exchange_manifest *m, char ret[65])
{
	sodium_bin2hex(ret, 65, m->hash, sizeof(m->hash));
}
