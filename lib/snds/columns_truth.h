/* What is true behind the tables, and which of their rows are faults. For tables.h. */
#ifndef SNDS_COLUMNS_TRUTH_H
#define SNDS_COLUMNS_TRUTH_H

#define TRUTH_PERSON_COLUMNS(C)            \
	C(TRUTH_PERSON, truth_id, I64)     \
	C(TRUTH_PERSON, ben_nir_ano, TEXT) \
	C(TRUTH_PERSON, ben_nir_psa, TEXT) \
	C(TRUTH_PERSON, ben_rng_gem, TEXT) \
	C(TRUTH_PERSON, ben_cdi_nir, TEXT) \
	C(TRUTH_PERSON, birth_date, DATE)  \
	C(TRUTH_PERSON, sex, I32)          \
	C(TRUTH_PERSON, entry_date, DATE)  \
	C(TRUTH_PERSON, exit_date, DATE)   \
	C(TRUTH_PERSON, death_date, DATE)  \
	C(TRUTH_PERSON, death_cause, TEXT)

#define TRUTH_ONSET_COLUMNS(C)           \
	C(TRUTH_ONSET, truth_id, I64)    \
	C(TRUTH_ONSET, disease, TEXT)    \
	C(TRUTH_ONSET, cim10, TEXT)      \
	C(TRUTH_ONSET, onset_date, DATE) \
	C(TRUTH_ONSET, prevalent, I32)   \
	C(TRUTH_ONSET, first_sign, DATE)

#define TRUTH_EXPOSURE_COLUMNS(C)           \
	C(TRUTH_EXPOSURE, truth_id, I64)    \
	C(TRUTH_EXPOSURE, atc, TEXT)        \
	C(TRUTH_EXPOSURE, start_date, DATE) \
	C(TRUTH_EXPOSURE, end_date, DATE)

#define TRUTH_BIRTH_COLUMNS(C)               \
	C(TRUTH_BIRTH, truth_id, I64)        \
	C(TRUTH_BIRTH, mother_truth_id, I64) \
	C(TRUTH_BIRTH, birth_date, DATE)

/* Each place from its first day, the place on entry too. */
#define TRUTH_MOVE_COLUMNS(C)            \
	C(TRUTH_MOVE, truth_id, I64)     \
	C(TRUTH_MOVE, from_date, DATE)   \
	C(TRUTH_MOVE, ben_res_dpt, TEXT) \
	C(TRUTH_MOVE, ben_res_com, TEXT)

#define TRUTH_DIRT_COLUMNS(C)            \
	C(TRUTH_DIRT, truth_id, I64)     \
	C(TRUTH_DIRT, fault, TEXT)       \
	C(TRUTH_DIRT, table_name, TEXT)  \
	C(TRUTH_DIRT, year, I32)         \
	C(TRUTH_DIRT, ben_nir_psa, TEXT) \
	C(TRUTH_DIRT, ben_rng_gem, TEXT) \
	C(TRUTH_DIRT, dct_ord_num, TEXT) \
	C(TRUTH_DIRT, flx_emt_ord, TEXT) \
	C(TRUTH_DIRT, prs_ord_num, TEXT) \
	C(TRUTH_DIRT, eta_num, TEXT)     \
	C(TRUTH_DIRT, rsa_num, TEXT)     \
	C(TRUTH_DIRT, number, TEXT)      \
	C(TRUTH_DIRT, part, TEXT)        \
	C(TRUTH_DIRT, code, TEXT)

#define TRUTH_EFFECT_COLUMNS(C)        \
	C(TRUTH_EFFECT, effect, TEXT)  \
	C(TRUTH_EFFECT, kind, TEXT)    \
	C(TRUTH_EFFECT, cause, TEXT)   \
	C(TRUTH_EFFECT, target, TEXT)  \
	C(TRUTH_EFFECT, value, DOUBLE) \
	C(TRUTH_EFFECT, planted, I32)

#define TRUTH_HOSPITAL_COLUMNS(C)        \
	C(TRUTH_HOSPITAL, eta_num, TEXT) \
	C(TRUTH_HOSPITAL, fatality_rank, I32)

#endif
