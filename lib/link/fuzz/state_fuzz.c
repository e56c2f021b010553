/*
 * Any bytes as state.bin: a state whose numbers all lead somewhere, or an
 * error of format. The sums of the sections are made right first, else few
 * inputs would come further.
 */
#include "base/hash.h"
#include "link/section.h"
#include "link/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 16,
	SECTION = 24 };

static void make_sums(char *bytes, size_t size)
{
	for (size_t at = HEAD; at + SECTION <= size;) {
		uint32_t element;
		uint64_t count, sum;

		memcpy(&element, bytes + at + 4, sizeof(element));
		memcpy(&count, bytes + at + 8, sizeof(count));
		at += SECTION;
		if (element == 0 || count > (size - at) / element)
			return;
		sum = hash_xxh3((struct view){bytes + at, count * element});
		memcpy(bytes + at - 8, &sum, sizeof(sum));
		at += count * element;
	}
}

static void check(const struct link_job *job)
{
	const struct link_records *r = job->records;
	AUTO_STR struct str name = {0};
	size_t letters = 0;

	for (size_t i = 0; i < r->count; i++) {
		str_reset(&name);
		link_record_name(r, i, &name);
		for (size_t f = 0; f < r->fields; f++)
			if (link_row(r, i)[f])
				letters += link_dictionary_text(
				    link_values(r, f), link_row(r, i)[f])
				               .len;
		if (job->clusters.of_record[i] > i || !job->kept.cluster[i])
			abort();
		for (size_t p = 0; p < job->blocking.passes; p++)
			letters += link_meet(&job->blocking.pass[p], (uint32_t)i, 0) +
			           link_pass_split_key(&job->blocking.pass[p], link_row(r, i),
				       r->fields, 3);
	}
	for (size_t e = 0; e < job->edges.list.len; e++)
		if (job->edges.list.ptr[e].b >= r->count)
			abort();
	if (letters == SIZE_MAX)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_FREE char *bytes = mem_alloc(size + 1);
	struct err err = {0};
	FILE *file;

	memcpy(bytes, data, size);
	make_sums(bytes, size);
	file = fmemopen(bytes, size + 1, "rb");
	link_spec_add(&job.spec, VIEW_LIT("first_name"), LINK_GIVEN);
	link_spec_add(&job.spec, VIEW_LIT("surname"), LINK_SURNAME);
	link_spec_add(&job.spec, VIEW_LIT("dob"), LINK_DATE);
	job.spec.id = "id";
	*vec_push(&job.kept.changes) = (struct link_change){.batch = 1};
	if (link_state_read_file(&job, file, size, "fuzz", &err) == 0)
		check(&job);
	else if (err.code != ERR_FORMAT)
		abort();
	fclose(file);
	return 0;
}
