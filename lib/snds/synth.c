#include "snds/synth.h"

#include "io/file.h"
#include "snds/blocks.h"
#include "snds/manifest.h"

#include <stdio.h>

struct writers {
	struct table_writer *items[SNDS_SINKS_MAX];
	size_t count;
};

#define AUTO_WRITERS AUTO(writers_discard)

static void writers_discard(struct writers *w)
{
	for (size_t i = 0; i < w->count; i++)
		table_writer_discard(&w->items[i]);
}

void snds_synth_result_clear(struct snds_synth_result *r)
{
	vec_clear(&r->files);
}

int snds_years_parse(struct view text, int *ret_first, int *ret_last, struct err *err)
{
	struct view rest = text, a = VIEW_NONE, b = VIEW_NONE;
	int64_t first = 0, last = 0;
	bool one = view_next(&rest, '-', &a) && !view_next(&rest, '-', &b);

	if (rest.len > 0 || !view_to_i64(a, &first) || (!one && !view_to_i64(b, &last)))
		return err_set(err, ERR_USAGE, "--years is not FIRST-LAST");
	if (one)
		last = first;
	if (first > last)
		return err_set(err, ERR_USAGE, "--years ends before it begins");
	if (first < SNDS_YEAR_MIN || last > SNDS_YEAR_MAX || last - first >= SNDS_YEARS_MAX)
		return err_set(err, ERR_USAGE, "--years must be at most %d years within %d-%d",
		    SNDS_YEARS_MAX, SNDS_YEAR_MIN, SNDS_YEAR_MAX);
	*ret_first = (int)first;
	*ret_last = (int)last;
	return 0;
}

static int check_options(const struct snds_synth_options *o, struct err *err)
{
	if (o->patients < 1 || o->patients > SNDS_PATIENTS_MAX)
		return err_set(err, ERR_USAGE, "--patients must be 1 to %d", SNDS_PATIENTS_MAX);
	if (o->year_first > o->year_last || o->year_first < SNDS_YEAR_MIN ||
	    o->year_last > SNDS_YEAR_MAX || o->year_last - o->year_first >= SNDS_YEARS_MAX)
		return err_set(err, ERR_USAGE, "the years are out of range");
	return 0;
}

static int open_writers(struct writers *w, struct snds_synth_result *result,
    const struct snds_synth_options *o, const char *folder, struct err *err)
{
	struct snds_sink shape = {.year_first = o->year_first,
	    .year_count = o->year_last - o->year_first + 1};

	for (size_t i = 0; i < snds_sink_count(&shape); i++) {
		struct made_file *f = vec_push(&result->files);
		AUTO_FREE char *path = NULL;
		char name[32];
		int year;
		enum snds_table table = snds_sink_table(&shape, i, &year);

		snds_table_file(table, year, name, sizeof(name));
		snprintf(f->name, sizeof(f->name), "%s.%s", name, table_format_suffix(o->format));
		path = path_join(folder, f->name);
		if (table_writer_open(&w->items[i], snds_table_schema(table), path, o->format,
			err) < 0)
			return -1;
		w->count = i + 1;
	}
	return 0;
}

static int close_writers(struct writers *w, struct snds_synth_result *result, struct err *err)
{
	for (size_t i = 0; i < w->count; i++) {
		if (table_writer_close(&w->items[i], &result->files.ptr[i].rows, err) < 0)
			return -1;
	}
	return 0;
}

static struct snds_world world_of(const struct snds_synth_options *o, const struct snds_model *m)
{
	return (struct snds_world){
	    .model = m,
	    .seed = o->seed,
	    .patients = o->patients,
	    .start = date_from_civil(o->year_first, 1, 1),
	    .end = date_from_civil(o->year_last, 12, 31),
	    .clean = o->clean,
	};
}

static int make_tables(const struct snds_synth_options *o, const struct snds_model *m,
    struct snds_synth_result *result, const char *folder, struct progress *progress,
    struct err *err)
{
	AUTO_WRITERS struct writers writers = {0};
	AUTO_FREE char *truth = path_join(folder, "truth");
	struct snds_world world = world_of(o, m);

	if (path_make_folder(truth, err) < 0 ||
	    open_writers(&writers, result, o, folder, err) < 0 ||
	    snds_blocks_run(&world, o->year_first, o->year_last - o->year_first + 1,
		writers.items, o->threads, result->dirt, progress, err) < 0 ||
	    close_writers(&writers, result, err) < 0)
		return -1;
	return 0;
}

static int plant_effects(struct snds_model *m, const struct snds_synth_options *o,
    struct err *err)
{
	for (size_t i = 0; i < o->effect_count; i++) {
		if (snds_effect_plant(m, VIEW(o->effects[i]), err) < 0)
			return -1;
	}
	snds_effects_apply(m);
	return 0;
}

int snds_synth_run(const struct snds_synth_options *o, struct snds_synth_result *ret,
    struct progress *progress, struct err *err)
{
	AUTO_SNDS_MODEL struct snds_model *model = NULL;
	AUTO_OUT_FOLDER struct out_folder folder = {0};

	if (check_options(o, err) < 0 ||
	    snds_model_load(&model, err) < 0 ||
	    plant_effects(model, o, err) < 0 ||
	    out_folder_open(&folder, o->out, o->replace, err) < 0 ||
	    make_tables(o, model, ret, folder.path, progress, err) < 0 ||
	    made_files_hash(ret->files.ptr, ret->files.len, folder.path, o->threads, err) < 0 ||
	    snds_manifest_write(o, ret, folder.path, err) < 0 ||
	    out_folder_commit(&folder, err) < 0)
		return -1;
	return 0;
}
