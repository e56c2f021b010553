/*
 * Writes a report of made-up numbers, for people who look at the faces and
 * for the browser test:  sample_report_page FILE.html [table|json|csv]
 */
#include "base/log.h"
#include "io/file.h"
#include "report/report.h"

enum { MIN_CELL = 5 };

struct stratum {
	const char *key;
	const char *sex;
	int persons;
	double years;
	int events;
	const char *rate, *low, *high; /* per 100 000 person-years, exact Poisson */
};

static const struct stratum by_year[] = {
    {"2018", "women", 10342, 10117.4, 71, "701.8", "548.1", "885.2"},
    {"2018", "men", 9658, 9422.8, 84, "891.5", "711.1", "1103.7"},
    {"2019", "women", 10271, 10051.0, 69, "686.5", "534.1", "868.8"},
    {"2019", "men", 9574, 9340.2, 91, "974.3", "784.4", "1196.2"},
    {"2020", "women", 10202, 9978.6, 58, "581.2", "441.4", "751.4"},
    {"2020", "men", 9483, 9244.9, 66, "713.9", "552.1", "908.3"},
    {"2021", "women", 10144, 9921.3, 74, "745.9", "585.7", "936.4"},
    {"2021", "men", 9417, 9185.5, 97, "1056.0", "856.4", "1288.2"},
    {"2022", "women", 10070, 9846.7, 78, "792.1", "626.2", "988.6"},
    {"2022", "men", 9351, 9118.1, 102, "1118.7", "912.1", "1358.0"},
};

static const struct stratum by_age[] = {
    {"0 to 19", "women", 2403, 10892.3, 2, "18.4", "2.2", "66.3"},
    {"0 to 19", "men", 2518, 11411.6, 3, "26.3", "5.4", "76.8"},
    {"20 to 39", "women", 2577, 11690.1, 14, "119.8", "65.5", "200.9"},
    {"20 to 39", "men", 2420, 10949.7, 17, "155.3", "90.4", "248.6"},
    {"40 to 59", "women", 2688, 12203.4, 88, "721.1", "578.4", "888.4"},
    {"40 to 59", "men", 2531, 11470.0, 121, "1054.9", "875.3", "1260.5"},
    {"60 to 79", "women", 2096, 9384.8, 196, "2088.5", "1806.3", "2402.2"},
    {"60 to 79", "men", 1795, 7881.2, 241, "3057.9", "2684.0", "3469.3"},
    {"80 and over", "women", 1021, 3744.4, 50, "1335.3", "991.1", "1760.5"},
    {"80 and over", "men", 610, 2099.0, 58, "2763.2", "2098.2", "3572.1"},
};

#define RATE_COLUMNS(key, key_label)                                \
	{key, key_label, REPORT_TEXT}, {"sex", "Sex", REPORT_TEXT}, \
	    {"persons", "Persons", REPORT_COUNT},                   \
	    {"person_years", "Person-years", REPORT_NUMBER},        \
	    {"events", "New cases", REPORT_COUNT},                  \
	    {"rate", "Per 100 000 person-years", REPORT_NUMBER},    \
	    {"rate_low", "95 % CI from", REPORT_NUMBER},            \
	{                                                           \
		"rate_high", "to", REPORT_NUMBER                    \
	}

static const struct report_column year_columns[] = {RATE_COLUMNS("year", "Year")};
static const struct report_column age_columns[] = {RATE_COLUMNS("age_group", "Age")};

static const struct report_column step_columns[] = {
    {"step", "Step", REPORT_TEXT},
    {"persons", "Persons left", REPORT_COUNT},
    {"excluded", "Excluded", REPORT_COUNT},
    {"share", "Share left", REPORT_PERCENT},
};

static const struct report_column filter_columns[] = {
    {"filter", "Filter", REPORT_TEXT},
    {"rule", "What it drops", REPORT_TEXT},
    {"rows", "Rows dropped", REPORT_COUNT},
};

static void add_rate(struct report *r, struct report_table *t, const struct stratum *s)
{
	bool shown = s->events >= MIN_CELL;

	if (shown)
		report_add_cell(r, t, "%d", s->events);
	else
		report_add_cell(r, t, "<%d", MIN_CELL);
	report_add_cell(r, t, "%s", shown ? s->rate : "-");
	report_add_cell(r, t, "%s", shown ? s->low : "-");
	report_add_cell(r, t, "%s", shown ? s->high : "-");
}

static void add_strata(struct report *r, struct report_table *t, const struct stratum *strata,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		report_add_cell(r, t, "%s", strata[i].key);
		report_add_cell(r, t, "%s", strata[i].sex);
		report_add_cell(r, t, "%d", strata[i].persons);
		report_add_cell(r, t, "%.1f", strata[i].years);
		add_rate(r, t, &strata[i]);
	}
}

static void add_details(struct report *r)
{
	static const struct {
		const char *step;
		int left, excluded;
	} steps[] = {
	    {"in the database", 21480, 0},
	    {"birth date and sex known", 21471, 9},
	    {"observed between 2018-01-01 and 2022-12-31", 20614, 857},
	    {"at least 365 days of prior observation", 20013, 601},
	    {"no earlier outcome", 20000, 13},
	};
	static const char *const filters[][3] = {
	    {"regularisations", "amounts of an earlier line, taken back", "1204"},
	    {"DPN_QLF", "lines that inform and do not pay: 71", "18233"},
	    {"return codes", "stays whose control codes are not zero", "312"},
	};
	struct report_table *t = report_add_table(r, "attrition", "Who was counted: step by step",
	    REPORT_DETAIL, step_columns, ARRAY_LEN(step_columns));

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		report_add_cell(r, t, "%s", steps[i].step);
		report_add_cell(r, t, "%d", steps[i].left);
		report_add_cell(r, t, "%d", steps[i].excluded);
		report_add_cell(r, t, "%.4f", (double)steps[i].left / steps[0].left);
	}
	t = report_add_table(r, "filters", "Business rules and the rows they dropped",
	    REPORT_DETAIL, filter_columns, ARRAY_LEN(filter_columns));
	for (size_t i = 0; i < ARRAY_LEN(filters) * 3; i++)
		report_add_cell(r, t, "%s", filters[i / 3][i % 3]);
}

static void fill(struct report *r, const char *years_spec, const char *ages_spec)
{
	struct report_table *t;

	report_add_fact(r, "database", "Database", "synthetic SNDS, seed 1");
	report_add_fact(r, "period", "Period", "2018-01-01 to 2022-12-31");
	report_add_fact(r, "outcome", "Outcome", "type 2 diabetes, first diagnosis");
	report_add_fact(r, "washout", "Washout", "no outcome ever before");
	report_add_fact(r, "persons", "Persons", "20 000");
	report_add_fact(r, "min_cell", "Smallest count shown", "5");
	t = report_add_table(r, "by_year", "Incidence by year and sex",
	    REPORT_SHOWN | REPORT_EXPORTED, year_columns, ARRAY_LEN(year_columns));
	add_strata(r, t, by_year, ARRAY_LEN(by_year));
	t = report_add_table(r, "by_age", "Incidence by age and sex, 2018 to 2022", REPORT_SHOWN,
	    age_columns, ARRAY_LEN(age_columns));
	add_strata(r, t, by_age, ARRAY_LEN(by_age));
	add_details(r);
	report_add_chart(r, "chart_years", "Incidence by year",
	    "Men are diagnosed more often than women in every year; both rates dip in 2020. "
	    "The bands are 95 % confidence intervals.",
	    "by_year", years_spec);
	report_add_chart(r, "chart_ages", "Incidence by age",
	    "The rate rises with age up to 79 years. Below 20 years there are fewer than 5 cases, "
	    "so nothing is shown.",
	    "by_age", ages_spec);
	report_add_note(r, "Intervals are exact Poisson intervals (Garwood 1936).");
	report_add_note(r, "Counts below 5 are not shown, nor what could be computed from them.");
	report_add_note(r, "The numbers are made up: they show what a report looks like.");
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct report_output output = {0};
	AUTO_STR struct str years = {0};
	AUTO_STR struct str ages = {0};
	AUTO_REPORT struct report *r = report_new("Type 2 diabetes: new cases a year",
	    "Yearly incidence of a first diagnosis among persons who were observed for at least "
	    "a year, by sex.");

	if (argc > 1)
		output.html_path = argv[1];
	if (argc > 2)
		output.format = strcmp(argv[2], "json") == 0  ? REPORT_AS_JSON
		                : strcmp(argv[2], "csv") == 0 ? REPORT_AS_CSV
		                                              : REPORT_AS_TABLE;
	if (file_read(HYGIE_SOURCE_DIR "/lib/report/tests/page_sample_years.json", 1 << 20,
		&years, &err) < 0 ||
	    file_read(HYGIE_SOURCE_DIR "/lib/report/tests/page_sample_ages.json", 1 << 20,
		&ages, &err) < 0) {
		log_error(&err);
		return EXIT_FAILURE;
	}
	fill(r, str_get(&years), str_get(&ages));
	if (report_emit(r, &output, &err) < 0) {
		log_error(&err);
		return err_exit_status(err.code);
	}
	return EXIT_SUCCESS;
}
