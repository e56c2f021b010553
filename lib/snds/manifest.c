#include "snds/manifest.h"

#include "base/date.h"
#include "base/version.h"
#include "io/file.h"
#include "io/json.h"

static void add_options(struct json_writer *w, const struct snds_synth_options *o)
{
	char day[DATE_TEXT_SIZE];

	json_set_text(w, "tool", "hygie snds synth");
	json_set_text(w, "version", hygie_version());
	json_set_int(w, "seed", (int64_t)o->seed);
	json_set_int(w, "patients", (int64_t)o->patients);
	json_set_int(w, "year_first", o->year_first);
	json_set_int(w, "year_last", o->year_last);
	json_set_text(w, "format", table_format_suffix(o->format));
	json_set_text(w, "first_day", date_format(date_from_civil(o->year_first, 1, 1), day));
	json_set_text(w, "last_day", date_format(date_from_civil(o->year_last, 12, 31), day));
	json_key(w, "effects");
	json_begin_array(w);
	for (size_t i = 0; i < o->effect_count; i++)
		json_add_text(w, VIEW(o->effects[i]));
	json_end_array(w);
	json_key(w, "clean");
	json_add_bool(w, o->clean);
}

int snds_manifest_write(const struct snds_synth_options *o, const struct snds_synth_result *result,
    const char *folder, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *path = path_join(folder, "manifest.json");
	struct json_writer w = {.out = &text, .indent = 2};

	json_begin_object(&w);
	add_options(&w, o);
	made_files_write(&w, result->files.ptr, result->files.len);
	json_key(&w, "dirt_rows");
	json_begin_object(&w);
	for (int rule = 0; rule < SNDS_DIRT_COUNT; rule++)
		json_set_int(&w, snds_dirt_name((enum snds_dirt)rule), (int64_t)result->dirt[rule]);
	json_end_object(&w);
	json_end_object(&w);
	str_addc(&text, '\n');
	return file_write(path, str_view(&text), err);
}
