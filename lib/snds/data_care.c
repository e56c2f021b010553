#include "snds/data.h"
#include "snds/data_file.h"

static int load_kinds(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"id", "nature", "supplement", "specialty", "activity",
	    "prescribed", "hospital", "sex", "price", "rate", "female", "age_0", "age_15",
	    "age_45", "age_65", "age_80", "series", "over_share", "over"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/care.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_care_kind *c = vec_push(&m->care);

		*c = (struct snds_care_kind){
		    .id = data_text(&f, 0),
		    .nature = data_int(&f, 1),
		    .supplement = data_int(&f, 2),
		    .specialty = data_int(&f, 3),
		    .activity = data_int(&f, 4),
		    .prescribed = data_int(&f, 5) != 0,
		    .hospital = data_int(&f, 6) != 0,
		    .sex = data_int(&f, 7),
		    .price = data_number(&f, 8),
		    .rate = data_int(&f, 9),
		    .female = data_number(&f, 10),
		};
		for (size_t band = 0; band < SNDS_BANDS; band++)
			c->rows[band] = data_number(&f, 11 + band);
		c->series = data_int(&f, 16);
		c->over_share = data_number(&f, 17);
		c->over = data_number(&f, 18);
	}
	return data_end(&f, err);
}

enum snds_line_table data_line_table(struct data_file *f, struct view name)
{
	static const char *const names[] = {"CAM", "BIO", "TIP", "UCD"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (view_eq(name, VIEW(names[i])))
			return (enum snds_line_table)i;
	}
	data_refuse(f, "unknown table");
	return SNDS_LINE_CAM;
}

static struct snds_care_kind *find_kind(struct snds_model *m, struct view id)
{
	for (size_t i = 0; i < m->care.len; i++) {
		if (view_eq(m->care.ptr[i].id, id))
			return &m->care.ptr[i];
	}
	return NULL;
}

static int load_lines(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"care", "table", "code", "price", "sex", "age_min",
	    "age_max", "weight"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/lines.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_care_kind *kind = find_kind(m, data_text(&f, 0));
		struct snds_line line = {
		    .table = data_line_table(&f, data_text(&f, 1)),
		    .code = data_text(&f, 2),
		    .price = data_number(&f, 3),
		    .sex = data_int(&f, 4),
		    .age_min = data_int(&f, 5),
		    .age_max = data_int(&f, 6),
		    .weight = data_number(&f, 7),
		};

		(void)view_to_i64(line.code, &line.number); /* 0 for CCAM codes */
		if (!kind) {
			data_refuse(&f, "unknown care");
			break;
		}
		*vec_push(&kind->lines) = line;
	}
	return data_end(&f, err);
}

int data_load_care(struct snds_model *m, struct err *err)
{
	if (load_kinds(m, err) < 0 ||
	    load_lines(m, err) < 0)
		return -1;
	return 0;
}

static int load_rates(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"parameter", "value"};
	struct snds_rates *r = &m->rates;
	const struct data_slot slots[] = {
	    {"stays_age_0", &r->stays[0]},
	    {"stays_age_15", &r->stays[1]},
	    {"stays_age_45", &r->stays[2]},
	    {"stays_age_65", &r->stays[3]},
	    {"stays_age_80", &r->stays[4]},
	    {"das_mean_age_0", &r->das[0]},
	    {"das_mean_age_15", &r->das[1]},
	    {"das_mean_age_45", &r->das[2]},
	    {"das_mean_age_65", &r->das[3]},
	    {"das_mean_age_80", &r->das[4]},
	    {"das_ambulatory", &r->das_ambulatory},
	    {"dies_in_hospital", &r->dies_in_hospital},
	    {"public_hospital", &r->public_hospital},
	    {"other_department", &r->other_department},
	    {"complementary_cover", &r->complementary_cover},
	    {"second_parent", &r->second_parent},
	    {"adult_renumbered", &r->adult_renumbered},
	    {"twin_same_sex", &r->twin_same_sex},
	    {"nir_ano_missing", &r->nir_ano_missing},
	    {"fertility_18", &r->fertility[0]},
	    {"fertility_20", &r->fertility[1]},
	    {"fertility_25", &r->fertility[2]},
	    {"fertility_30", &r->fertility[3]},
	    {"fertility_35", &r->fertility[4]},
	    {"fertility_40", &r->fertility[5]},
	    {"external_contacts", &r->external_contacts},
	    {"goes_to_ssr", &r->goes_to_ssr},
	    {"goes_to_had", &r->goes_to_had},
	    {"ssr_days", &r->ssr_days},
	    {"had_days", &r->had_days},
	    {"rip_days", &r->rip_days},
	    {"psychiatry", &r->psychiatry},
	    {"psychiatry_background", &r->psychiatry_background},
	    {"second_unit", &r->second_unit},
	    {"hospital_rate", &r->hospital_rate},
	    {"lump_sum", &r->lump_sum},
	    {"daily_charge", &r->daily_charge},
	    {"daily_charge_before_2018", &r->daily_charge_before_2018},
	    {"ald_related", &r->ald_related},
	    {"moves_age_0", &r->moves[0]},
	    {"moves_age_15", &r->moves[1]},
	    {"moves_age_45", &r->moves[2]},
	    {"moves_age_65", &r->moves[3]},
	    {"moves_age_80", &r->moves[4]},
	    {"move_far", &r->move_far},
	};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/rates.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f))
		data_assign(&f, slots, ARRAY_LEN(slots), 0, 1);
	return data_end(&f, err);
}

static int load_dirt(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"rule", "value"};
	struct snds_dirt_rates *d = &m->dirt;
	double sentinel = 0; /* documents IR_BEN_R: on with all dirt, off with --clean */
	const struct data_slot slots[] = {
	    {"regularisation", &d->regularisation},
	    {"regularisation_corrected", &d->regularisation_corrected},
	    {"double_count", &d->double_count},
	    {"return_code", &d->return_code},
	    {"unknown_nir", &d->unknown_nir},
	    {"missing_key", &d->missing_key},
	    {"group_error", &d->group_error},
	    {"finess_duplicate", &d->finess_duplicate},
	    {"orphan_row", &d->orphan_row},
	    {"fictive_nir", &d->fictive_nir},
	    {"double_count_alone", &d->double_count_alone},
	    {"billed_by_activity", &d->billed_by_activity},
	    {"late_complement", &d->late_complement},
	    {"group_error_priced", &d->group_error_priced},
	    {"performed_elsewhere", &d->performed_elsewhere},
	    {"termination", &d->termination},
	    {"no_tariff", &d->no_tariff},
	    {"other_exemption", &d->other_exemption},
	    {"repeated_diagnosis", &d->repeated_diagnosis},
	    {"anaesthetist", &d->anaesthetist},
	    {"outpatient_return_code", &d->outpatient_return_code},
	    {"automatic_row", &d->automatic_row},
	    {"trial_leave", &d->trial_leave},
	    {"flux_month_1", &d->flux[0]},
	    {"flux_month_2", &d->flux[1]},
	    {"flux_month_3", &d->flux[2]},
	    {"flux_month_4", &d->flux[3]},
	    {"flux_month_5", &d->flux[4]},
	    {"flux_month_6", &d->flux[5]},
	    {"sentinel_death", &sentinel},
	};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/dirt.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f))
		data_assign(&f, slots, ARRAY_LEN(slots), 0, 1);
	return data_end(&f, err);
}

int data_load_rates(struct snds_model *m, struct err *err)
{
	if (load_rates(m, err) < 0 ||
	    load_dirt(m, err) < 0)
		return -1;
	return 0;
}
