/*
 * INS, the national health identity: a matricule (NIR or NIA), the OID of the
 * authority that says which, and the strict traits; and the payload of the
 * datamatrix that carries it on paper.
 *
 *   IS0100...0 (26 characters)  S1 matricule, 15     S2 OID, at most 20
 *   S3 given names of birth     S4 birth name        S5 sex M, F or I
 *   S6 birth date JJ-MM-AAAA    S7 place of birth, 5
 *
 * A field is its two-character name and its value; a value of variable length
 * shorter than its maximum ends with GS (0x1D) unless it is the last. Fields come
 * in any order, each at most once.
 *
 * Sources: OIDs of the ANS, as in hl7.fhir.fr.core; the payload as Mediboard
 * (CPatientINSNIR) and ZXing's tests have it. 100 as the maximum of S3 and S4 is
 * ours: what is longer is refused.
 */
#ifndef HEALTH_INS_H
#define HEALTH_INS_H

#include "base/str.h"
#include "health/birth_date.h"

enum ins_authority {
	INS_NIR,
	INS_NIA,
	INS_NIR_TEST,
	INS_NIR_DEMO,
	INS_AUTHORITIES,
};

/* "1.2.250.1.213.1.4.8" */
const char *ins_oid(enum ins_authority authority);
/* "INS-NIR", the FHIR identifier type. */
const char *ins_type(enum ins_authority authority);
/* false when it is none of them. */
bool ins_find_oid(struct view oid, enum ins_authority *ret);

enum { INS_OID_MAX = 20,
	INS_NAME_MAX = 100,
	INS_PAYLOAD_MAX = 512 };

/* Borrowed texts; empty where the payload has none. */
struct ins {
	struct view matricule; /* 15 characters */
	struct view oid;
	struct view given_names; /* separated by blanks */
	struct view birth_name;
	char sex;                /* 'M', 'F', 'I' or 0 */
	struct birth_date birth; /* zeros: none */
	struct view place;       /* five characters */
};

/*
 * ERR_FORMAT with the field's name, never its value: no header, an unknown or
 * repeated field, a value that is too short, too long or not of its kind (names:
 * A-Z, blank, hyphen, apostrophe), no S1. The matricule's key is nir_parse's matter.
 */
MUST_CHECK int ins_parse(struct ins *ret, struct view payload, struct err *err);
/* The payload, fields in the order S1 to S7, without those that are empty. */
void ins_format(const struct ins *ins, struct str *out);

#endif
