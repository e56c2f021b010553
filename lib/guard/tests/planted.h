/*
 * Identifiers and what only looks like them, made from a seed: keys right, and
 * nobody's but by chance. For evidence_test.c.
 */
#ifndef GUARD_TESTS_PLANTED_H
#define GUARD_TESTS_PLANTED_H

#include "base/rng.h"
#include "base/str.h"
#include "guard/header.h"
#include "health/finess.h"
#include "health/given_names.h"
#include "health/nir.h"

enum { NAMES = 1500 };

static char *first_names[NAMES];

/* "anais": one word, without accents. */
static void take_first_name(void *ctx, const struct given_name *name)
{
	AUTO_STR struct str folded = {0};
	size_t *n = ctx;

	guard_header_fold(&folded, name->name);
	if (*n < NAMES && folded.len && !memchr(str_get(&folded), ' ', folded.len))
		first_names[(*n)++] = str_take(&folded);
}

static bool load_first_names(void)
{
	struct err err = {0};
	size_t n = 0;

	return given_names_read(take_first_name, &n, &err) == 0 && n == NAMES;
}

static void forget_first_names(void)
{
	for (size_t i = 0; i < NAMES; i++)
		free(first_names[i]);
}

static void add_digits(struct str *s, struct rng *r, int count)
{
	while (count-- > 0)
		str_addc(s, (char)('0' + rng_below(r, 10)));
}

static void add_letters(struct str *s, struct rng *r, int count)
{
	while (count-- > 0)
		str_addc(s, (char)('A' + rng_below(r, 26)));
}

static void add_nir13(struct str *s, struct rng *r)
{
	str_addf(s, "%u%02u%02u%02u%03u%03u", 1 + rng_below(r, 2), rng_below(r, 100),
	    1 + rng_below(r, 12), 1 + rng_below(r, 95), 1 + rng_below(r, 900),
	    1 + rng_below(r, 999));
}

static void add_nir(struct str *s, struct rng *r)
{
	size_t from = s->len;

	add_nir13(s, r);
	str_addf(s, "%02d", nir_key(str_get(s) + from));
}

/* The digit that makes Luhn's sum right, by the definition: doubled from the right. */
static void add_luhn(struct str *s, size_t from)
{
	int sum = 0;

	for (size_t i = s->len, n = 0; i-- > from; n++) {
		int d = (str_get(s)[i] - '0') * (n % 2 ? 1 : 2);

		sum += d > 9 ? d - 9 : d;
	}
	str_addc(s, (char)('0' + (10 - sum % 10) % 10));
}

static void nir(struct str *s, struct rng *r)
{
	add_nir(s, r);
}

static void nir_grouped(struct str *s, struct rng *r)
{
	AUTO_STR struct str plain = {0};

	add_nir(&plain, r);
	for (size_t i = 0; i < plain.len; i++) {
		if (i == 1 || i == 3 || i == 5 || i == 7 || i == 10 || i == 13)
			str_addc(s, ' ');
		str_addc(s, str_get(&plain)[i]);
	}
}

static void digits8(struct str *s, struct rng *r)
{
	str_addf(s, "8%07u", rng_below(r, 10000000));
}

static void surname(struct str *s, struct rng *r)
{
	static const char *const parts[] = {"BAL", "DU", "MOR", "LE", "TAN", "VIL", "GAR", "RO",
	    "SIN", "PEL", "QUE", "FON", "BRE", "CHA", "NOI", "ZEN"};

	for (unsigned n = 2 + rng_below(r, 2); n > 0; n--)
		str_addz(s, parts[rng_below(r, ARRAY_LEN(parts))]);
}

static void first_name(struct str *s, struct rng *r)
{
	str_addz(s, first_names[rng_below(r, NAMES)]);
}

static void full_name(struct str *s, struct rng *r)
{
	surname(s, r);
	str_addc(s, ' ');
	first_name(s, r);
}

static void address(struct str *s, struct rng *r)
{
	static const char *const streets[] = {"rue", "avenue", "boulevard", "impasse", "place"};

	str_addf(s, "%u %s des ", 1 + rng_below(r, 150),
	    streets[rng_below(r, ARRAY_LEN(streets))]);
	surname(s, r);
}

static void phone(struct str *s, struct rng *r)
{
	str_addf(s, "0%u", 1 + rng_below(r, 9));
	add_digits(s, r, 8);
}

static void phone_abroad(struct str *s, struct rng *r)
{
	str_addf(s, "+33 %u", 1 + rng_below(r, 9));
	for (int i = 0; i < 4; i++)
		str_addf(s, " %02u", rng_below(r, 100));
}

static void email(struct str *s, struct rng *r)
{
	first_name(s, r);
	str_addf(s, ".%u@example.org", rng_below(r, 100000));
}

/* The key from the definition: the number with FR00 behind it, mod 97, from 98. */
static void iban(struct str *s, struct rng *r)
{
	AUTO_STR struct str account = {0};
	unsigned rest = 0;

	add_digits(&account, r, 23);
	for (size_t i = 0; i < 23; i++)
		rest = (rest * 10 + (unsigned)(str_get(&account)[i] - '0')) % 97;
	rest = (rest * 10000 + 1527) % 97;
	rest = rest * 100 % 97;
	str_addf(s, "FR%02u%s", 98 - rest, str_get(&account));
}

static void passport(struct str *s, struct rng *r)
{
	add_digits(s, r, 2);
	add_letters(s, r, 2);
	add_digits(s, r, 5);
}

static void digits12(struct str *s, struct rng *r)
{
	add_digits(s, r, 12);
}

static void plate(struct str *s, struct rng *r)
{
	add_letters(s, r, 2);
	str_addf(s, "-%03u-", rng_below(r, 1000));
	add_letters(s, r, 2);
}

static void rpps(struct str *s, struct rng *r)
{
	size_t from = s->len;

	str_addz(s, "10");
	add_digits(s, r, 8);
	add_luhn(s, from);
}

static void adeli(struct str *s, struct rng *r)
{
	str_addf(s, "%02u", 1 + rng_below(r, 95));
	add_digits(s, r, 7);
}

static void ip(struct str *s, struct rng *r)
{
	str_addf(s, "%u.%u.%u.%u", rng_below(r, 256), rng_below(r, 256), rng_below(r, 256),
	    rng_below(r, 256));
}

static void plain_text(struct str *s, struct rng *r)
{
	static const char *const words[] = {"douleur", "depuis", "trois", "jours", "toux",
	    "traitement", "poursuivi", "sans", "signe", "de", "gravite", "revoir", "dans",
	    "quinze"};

	for (int i = 0; i < 8; i++)
		str_addf(s, "%s%s", i ? " " : "", words[rng_below(r, ARRAY_LEN(words))]);
}

/* One cell of a hundred or so. */
static void text_nir(struct str *s, struct rng *r)
{
	plain_text(s, r);
	if (rng_below(r, 100) > 1)
		return;
	str_addz(s, " NIR ");
	nir_grouped(s, r);
}

static void text_email(struct str *s, struct rng *r)
{
	plain_text(s, r);
	if (rng_below(r, 100) > 1)
		return;
	str_addz(s, " ecrire a ");
	email(s, r);
}

static void text_name(struct str *s, struct rng *r)
{
	plain_text(s, r);
	if (rng_below(r, 100) > 4)
		return;
	str_addz(s, " vu par le Dr ");
	surname(s, r);
}

static void day(struct str *s, struct rng *r, unsigned from, unsigned years)
{
	str_addf(s, "%u-%02u-%02u", from + rng_below(r, years), 1 + rng_below(r, 12),
	    1 + rng_below(r, 28));
}

static void birth(struct str *s, struct rng *r)
{
	day(s, r, 1925, 90);
}

static void birth_year(struct str *s, struct rng *r)
{
	str_addf(s, "%u", 1925 + rng_below(r, 90));
}

static void care_day(struct str *s, struct rng *r)
{
	day(s, r, 2015, 8);
}

static void postcode(struct str *s, struct rng *r)
{
	str_addf(s, "%05u", 1000 + rng_below(r, 94000));
}

static void sex(struct str *s, struct rng *r)
{
	str_addc(s, rng_below(r, 2) ? 'F' : 'M');
}

static void age(struct str *s, struct rng *r)
{
	str_addf(s, "%u", rng_below(r, 103));
}

static void hexadecimal(struct str *s, struct rng *r, int count)
{
	while (count-- > 0)
		str_addc(s, "0123456789abcdef"[rng_below(r, 16)]);
}

static void uuid(struct str *s, struct rng *r)
{
	for (int i = 0; i < 5; i++) {
		hexadecimal(s, r, i == 0 ? 8 : i == 4 ? 12
						      : 4);
		if (i < 4)
			str_addc(s, '-');
	}
}

static void hash(struct str *s, struct rng *r)
{
	hexadecimal(s, r, 64);
}

static void psa(struct str *s, struct rng *r)
{
	add_letters(s, r, 4);
	hexadecimal(s, r, 13);
}

static void coordinate(struct str *s, struct rng *r)
{
	str_addf(s, "%u.%05u; %u.%05u", 42 + rng_below(r, 9), rng_below(r, 100000),
	    rng_below(r, 7), rng_below(r, 100000));
}

static void job(struct str *s, struct rng *r)
{
	static const char *const jobs[] = {"agent de service", "soudeur", "retraite", "vendeur"};

	str_addz(s, jobs[rng_below(r, ARRAY_LEN(jobs))]);
}

static void cim10(struct str *s, struct rng *r)
{
	add_letters(s, r, 1);
	add_digits(s, r, 2);
	if (rng_below(r, 2))
		str_addf(s, ".%u", rng_below(r, 10));
}

static void ccam(struct str *s, struct rng *r)
{
	add_letters(s, r, 4);
	add_digits(s, r, 3);
}

static void cip13(struct str *s, struct rng *r)
{
	str_addz(s, "34009");
	add_digits(s, r, 8);
}

static void finess(struct str *s, struct rng *r)
{
	size_t from = s->len;

	str_addf(s, "%02u", 1 + rng_below(r, 95));
	add_digits(s, r, 6);
	str_addc(s, finess_key((struct view){str_get(s) + from, 8}));
}

static void siret(struct str *s, struct rng *r)
{
	size_t from = s->len;

	add_digits(s, r, 13);
	add_luhn(s, from);
}

static void amount(struct str *s, struct rng *r)
{
	str_addf(s, "%u.%02u", rng_below(r, 100000), rng_below(r, 100));
}

static void count(struct str *s, struct rng *r)
{
	str_addf(s, "%u", rng_below(r, 40));
}

static void ward(struct str *s, struct rng *r)
{
	static const char *const wards[] = {"CARDIOLOGIE", "PEDIATRIE", "URGENCES", "CHIRURGIE",
	    "MATERNITE", "GERIATRIE", "REANIMATION", "NEUROLOGIE", "ONCOLOGIE", "PSYCHIATRIE"};

	str_addz(s, wards[rng_below(r, ARRAY_LEN(wards))]);
}

static void molecule(struct str *s, struct rng *r)
{
	surname(s, r);
	str_addz(s, rng_below(r, 2) ? "OLOL" : "AZOLE");
}

/* Numbers among words, of other lengths than an identifier's. */
static void text_numbers(struct str *s, struct rng *r)
{
	plain_text(s, r);
	str_addf(s, " lot %u, %u euros, le %02u/%02u/2019, serie ", rng_below(r, 1000000),
	    rng_below(r, 1000), 1 + rng_below(r, 28), 1 + rng_below(r, 12));
	add_digits(s, r, 17);
}

static void digits9(struct str *s, struct rng *r)
{
	add_digits(s, r, 9);
}

static void digits10(struct str *s, struct rng *r)
{
	add_digits(s, r, 10);
}

static void digits11(struct str *s, struct rng *r)
{
	add_digits(s, r, 11);
}

static void digits13(struct str *s, struct rng *r)
{
	add_digits(s, r, 13);
}

static void digits14(struct str *s, struct rng *r)
{
	add_digits(s, r, 14);
}

static void digits15(struct str *s, struct rng *r)
{
	add_digits(s, r, 15);
}

static void like_iban(struct str *s, struct rng *r)
{
	str_addz(s, "FR");
	add_digits(s, r, 25);
}

struct planted {
	const char *kind;
	const char *clear, *vague;
	void (*make)(struct str *s, struct rng *r);
	bool is_strong; /* found whatever the header */
};

static const struct planted planted[] = {
    {"nir", "NIR", "numero", nir, true},
    {"nir", "num_secu", "valeur", nir_grouped, true},
    {"ins", "Matricule INS", "matricule", nir, true},
    {"nir", "nir_patient", "reference", add_nir13, true},
    {"ipp", "IPP", "num", digits8, false},
    {"iep", "NDA", "dossier", digits8, false},
    {"surname", "nom_de_naissance", "libelle", surname, false},
    {"surname", "NOM", "designation", surname, false},
    {"first_name", "Pr\xc3\xa9nom", "texte court", first_name, true},
    {"full_name", "nomPrenom", "qui", full_name, false},
    {"address", "adresse", "lieu", address, true},
    {"phone", "telephone", "contact", phone, true},
    {"phone", "tel_portable", "joindre", phone_abroad, true},
    {"email", "courriel", "contact 2", email, true},
    {"iban", "IBAN", "compte", iban, true},
    {"passport", "num_passeport", "piece", passport, true},
    {"id_card", "CNI", "piece 2", digits12, false},
    {"plate", "immatriculation_vehicule", "voiture", plate, true},
    {"rpps", "rpps", "prescripteur", rpps, true},
    {"adeli", "num_adeli", "executant", adeli, false},
    {"ip", "adresse_ip", "origine", ip, true},
    {"text_identity", "commentaire", "info", text_nir, true},
    {"text_identity", "observations", "info 2", text_email, true},
    {"text_identity", "compte_rendu", "info 3", text_name, true},
    {"birth_date", "dateNaissance", "date", birth, false},
    {"birth_date", "BEN_NAI_ANN", "annee", birth_year, false},
    {"death", "date_deces", "date 2", care_day, false},
    {"postcode", "code_postal", "zone", postcode, false},
    {"commune", "code_commune", "zone 2", postcode, false},
    {"sex", "sexe", "s", sex, false},
    {"age", "age", "a", age, false},
    {"profession", "profession", "activite", job, false},
    {"uuid", "uuid", "cle", uuid, true},
    {"pseudonym", "num_ano", "cle 2", hash, true},
    {"pseudonym", "BEN_NIR_PSA", "cle 3", psa, true},
    {"coordinate", "coordonnees_gps", "point", coordinate, true},
    {"diagnosis", "diag_principal", "code", cim10, false},
};

static const struct planted clean[] = {
    {NULL, "numero_lot", NULL, digits9, false},
    {NULL, "numero_serie", NULL, digits10, false},
    {NULL, "code_produit", NULL, digits11, false},
    {NULL, "numero_facture", NULL, digits12, false},
    {NULL, "gtin", NULL, digits13, false},
    {NULL, "numero_commande", NULL, digits14, false},
    {NULL, "imei_dispositif", NULL, digits15, false},
    {NULL, "reference_virement", NULL, like_iban, false},
    {NULL, "montant", NULL, amount, false},
    {NULL, "nombre_actes", NULL, count, false},
    {NULL, "cim10", NULL, cim10, false},
    {NULL, "ccam", NULL, ccam, false},
    {NULL, "cip13", NULL, cip13, false},
    {NULL, "date_soin", NULL, care_day, false},
    {NULL, "finess", NULL, finess, false},
    {NULL, "siret", NULL, siret, false},
    {NULL, "nom_service", NULL, ward, false},
    {NULL, "nom_medicament", NULL, molecule, false},
    {NULL, "commentaire", NULL, text_numbers, false},
    {NULL, "annee", NULL, birth_year, false},
};

#endif
