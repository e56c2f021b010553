#include "health/ins.h"

static const char GS = 0x1D;

static const struct {
	const char *oid, *type;
} authorities[INS_AUTHORITIES] = {
    [INS_NIR] = {"1.2.250.1.213.1.4.8", "INS-NIR"},
    [INS_NIA] = {"1.2.250.1.213.1.4.9", "INS-NIA"},
    [INS_NIR_TEST] = {"1.2.250.1.213.1.4.10", "INS-NIR-TEST"},
    [INS_NIR_DEMO] = {"1.2.250.1.213.1.4.11", "INS-NIR-DEMO"},
};

const char *ins_oid(enum ins_authority authority)
{
	return authorities[authority].oid;
}

const char *ins_type(enum ins_authority authority)
{
	return authorities[authority].type;
}

bool ins_find_oid(struct view oid, enum ins_authority *ret)
{
	for (int i = 0; i < INS_AUTHORITIES; i++) {
		if (view_eq(oid, VIEW(authorities[i].oid))) {
			*ret = (enum ins_authority)i;
			return true;
		}
	}
	return false;
}

enum field {
	MATRICULE,
	OID,
	GIVEN_NAMES,
	BIRTH_NAME,
	SEX,
	BIRTH,
	PLACE,
	FIELDS,
};

enum charset {
	CHARS_CODE, /* digits and capitals */
	CHARS_OID,
	CHARS_NAME,
	CHARS_DATE,
};

/* Behind their name S1..S7. */
static const struct {
	size_t max;
	bool fixed;
	enum charset charset;
} fields[FIELDS] = {
    [MATRICULE] = {15, true, CHARS_CODE},
    [OID] = {INS_OID_MAX, false, CHARS_OID},
    [GIVEN_NAMES] = {INS_NAME_MAX, false, CHARS_NAME},
    [BIRTH_NAME] = {INS_NAME_MAX, false, CHARS_NAME},
    [SEX] = {1, true, CHARS_CODE},
    [BIRTH] = {10, true, CHARS_DATE},
    [PLACE] = {5, true, CHARS_CODE},
};

static const char header[] = "IS010000000000000000000000";

static bool fits(char c, enum charset set)
{
	bool digit = c >= '0' && c <= '9', capital = c >= 'A' && c <= 'Z';

	switch (set) {
	case CHARS_CODE: return digit || capital;
	case CHARS_OID: return digit || c == '.';
	case CHARS_NAME: return capital || c == ' ' || c == '-' || c == '\'';
	case CHARS_DATE: return digit || c == '-';
	}
	abort();
}

/* The value at the front of *rest, which moves behind it and its GS. */
static int take(struct view *rest, enum field f, struct view *ret, struct err *err)
{
	size_t len = 0;
	int number = (int)f + 1;

	while (len < rest->len && rest->ptr[len] != GS && len < fields[f].max)
		len++;
	if (fields[f].fixed ? len != fields[f].max : len == 0)
		return err_set(err, ERR_FORMAT, "datamatrix: S%d is too short", number);
	for (size_t i = 0; i < len; i++)
		if (!fits(rest->ptr[i], fields[f].charset))
			return err_set(err, ERR_FORMAT,
			    "datamatrix: S%d has a character it cannot have", number);
	*ret = (struct view){rest->ptr, len};
	rest->ptr += len;
	rest->len -= len;
	if (rest->len > 0 && rest->ptr[0] == GS && !fields[f].fixed) {
		rest->ptr++;
		rest->len--;
	} else if (rest->len > 0 && len < fields[f].max) {
		return err_set(err, ERR_FORMAT, "datamatrix: S%d does not end", number);
	}
	return 0;
}

static int take_field(struct view *rest, struct view values[FIELDS], struct err *err)
{
	int f = rest->len >= 2 && rest->ptr[0] == 'S' ? rest->ptr[1] - '1' : -1;

	if (f < 0 || f >= FIELDS)
		return err_set(err, ERR_FORMAT, "datamatrix: a field that is none of S1 to S7");
	if (values[f].ptr)
		return err_set(err, ERR_FORMAT, "datamatrix: S%d stands there twice", f + 1);
	rest->ptr += 2;
	rest->len -= 2;
	return take(rest, (enum field)f, &values[f], err);
}

static int set_checked(struct ins *ins, const struct view values[FIELDS], struct err *err)
{
	struct view sex = values[SEX], birth = values[BIRTH];

	if (!values[MATRICULE].ptr)
		return err_set(err, ERR_FORMAT, "datamatrix: no S1");
	if (sex.ptr && sex.ptr[0] != 'M' && sex.ptr[0] != 'F' && sex.ptr[0] != 'I')
		return err_set(err, ERR_FORMAT, "datamatrix: S5 is not M, F or I");
	if (birth.ptr && (birth.ptr[2] != '-' || !birth_date_parse(birth, &ins->birth)))
		return err_set(err, ERR_FORMAT, "datamatrix: S6 is not JJ-MM-AAAA");
	ins->sex = sex.ptr ? sex.ptr[0] : 0;
	return 0;
}

int ins_parse(struct ins *ret, struct view payload, struct err *err)
{
	struct view values[FIELDS] = {{0}};
	struct ins ins = {0};

	if (payload.len > INS_PAYLOAD_MAX)
		return err_set(err, ERR_LIMIT, "datamatrix: more than %d bytes", INS_PAYLOAD_MAX);
	if (!view_starts(payload, VIEW(header)))
		return err_set(err, ERR_FORMAT, "datamatrix: does not begin with IS01 and zeros");
	payload.ptr += sizeof(header) - 1;
	payload.len -= sizeof(header) - 1;
	while (payload.len > 0)
		if (take_field(&payload, values, err) < 0)
			return -1;
	if (set_checked(&ins, values, err) < 0)
		return -1;
	ins.matricule = values[MATRICULE];
	ins.oid = values[OID];
	ins.given_names = values[GIVEN_NAMES];
	ins.birth_name = values[BIRTH_NAME];
	ins.place = values[PLACE];
	*ret = ins;
	return 0;
}

static void add_field(struct str *out, enum field f, struct view value)
{
	if (value.len == 0)
		return;
	str_addf(out, "S%d%.*s", (int)f + 1, VIEW_ARG(value));
	if (!fields[f].fixed && value.len < fields[f].max)
		str_addc(out, GS);
}

void ins_format(const struct ins *ins, struct str *out)
{
	struct birth_date d = ins->birth;

	str_addz(out, header);
	add_field(out, MATRICULE, ins->matricule);
	add_field(out, OID, ins->oid);
	add_field(out, GIVEN_NAMES, ins->given_names);
	add_field(out, BIRTH_NAME, ins->birth_name);
	if (ins->sex)
		add_field(out, SEX, (struct view){&ins->sex, 1});
	if (d.year || d.month || d.day)
		str_addf(out, "S6%02d-%02d-%04d", d.day, d.month, d.year);
	add_field(out, PLACE, ins->place);
}
