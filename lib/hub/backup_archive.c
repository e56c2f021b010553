#include "hub/backup_archive.h"

#include "hub/backup_inside.h"
#include "hub/backup_rows.h"

#include <sodium.h>
#include <sys/stat.h>

enum { STAGE_NONE = -1 };

static const uint64_t mib = 1 << 20;

/* Of one file of the part: its stage, and how many MiB it may have. */
static const struct {
	int stage;
	uint64_t mib;
} parts[] = {
    [HUB_ABOUT] = {0, 1},
    [HUB_CONF] = {1, 1},
    [HUB_LOGO] = {2, 64},
    [HUB_PUBLIC_KEY] = {2, 1},
    [HUB_SEALED_KEYS] = {2, 1},
    [HUB_RECORDS] = {3, HUB_ROW_MAX / (1 << 20) + 2}, /* ends with the row that fills a MiB */
    [HUB_CHECKPOINT] = {3, 1},
    [HUB_ATTACHMENT] = {3, 1024},
    [HUB_SUMS_LIST] = {4, 4096},
    [HUB_SIGNATURE] = {5, 1},
};

int hub_archive_open(struct hub_archive *a, const char *path, struct err *err)
{
	struct stat st;

	*a = (struct hub_archive){.path = path, .stage = STAGE_NONE};
	a->hash = hash_sha256_new();
	a->sums = hash_sha256_new();
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		(void)err_set(err, ERR_USAGE, "%s is not a plain file", path);
		return err_hint(err, "write it to a file first: a backup is read twice");
	}
	return tar_reader_open(&a->tar, path, err);
}

void hub_archive_clear(struct hub_archive *a)
{
	tar_reader_close(&a->tar);
	hash_sha256_free(&a->hash);
	hash_sha256_free(&a->sums);
}

int hub_archive_misplaced(const struct hub_archive *a, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: %s does not belong there", a->path, a->file.name);
}

static int no_backup(const struct hub_archive *a, struct err *err)
{
	(void)err_set(err, ERR_FORMAT, "%s: not a backup of a hub", a->path);
	return err_hint(err, "hygie hub backup makes one");
}

static bool find_part(const char *name, enum hub_part *ret)
{
	static const struct {
		const char *name;
		enum hub_part part;
	} all[] = {
	    {"backup.json", HUB_ABOUT},
	    {"hub.conf", HUB_CONF},
	    {"logo", HUB_LOGO},
	    {"keys/audit.pub", HUB_PUBLIC_KEY},
	    {"keys/permit.pub", HUB_PUBLIC_KEY},
	    {"keys.sealed", HUB_SEALED_KEYS},
	    {HUB_SUMS, HUB_SUMS_LIST},
	    {HUB_SUMS_SIGNED, HUB_SIGNATURE},
	};
	uint64_t of;

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (strcmp(all[i].name, name) == 0) {
			*ret = all[i].part;
			return true;
		}
	*ret = view_starts(VIEW(name), VIEW_LIT("records/")) ? HUB_RECORDS
	       : hub_is_checkpoint(VIEW(name), &of)          ? HUB_CHECKPOINT
	                                                     : HUB_ATTACHMENT;
	return *ret != HUB_ATTACHMENT || hub_is_attachment(VIEW(name));
}

/* Of the stages, none is left out but that of the keys and the logo, and the parts are in order. */
static int judge_file(struct hub_archive *a, struct err *err)
{
	bool known = find_part(a->file.name, &a->part);
	int stage = known ? parts[a->part].stage : STAGE_NONE;

	if (a->stage < 1 && (!known || stage != a->stage + 1))
		return no_backup(a, err);
	if (!known || stage < a->stage || (stage == a->stage && stage != 2 && stage != 3) ||
	    (stage == 5 && a->stage != 4))
		return hub_archive_misplaced(a, err);
	if (a->file.bytes > parts[a->part].mib * mib)
		return err_set(err, ERR_LIMIT, "%s: %s is too big", a->path, a->file.name);
	a->stage = stage;
	a->bytes += a->file.bytes;
	return 0;
}

int hub_archive_next(struct hub_archive *a, struct err *err)
{
	int more = tar_reader_next(a->tar, &a->file, err);

	if (more < 0)
		return -1;
	if (more == 0)
		return a->stage == STAGE_NONE
		           ? no_backup(a, err)
		           : err_set(err, ERR_FORMAT, "%s: it ends too early", a->path);
	return judge_file(a, err);
}

int hub_archive_piece(struct hub_archive *a, char *piece, size_t *ret_len, struct err *err)
{
	if (tar_reader_read(a->tar, piece, HUB_PIECE, ret_len, err) < 0)
		return -1;
	hash_sha256_add(a->hash, (struct view){piece, *ret_len});
	return 0;
}

static void end_hash(struct hash_sha256 *h, char ret_hex[SHA256_HEX_SIZE])
{
	unsigned char digest[SHA256_BYTES];

	hash_sha256_end(h, digest);
	sodium_bin2hex(ret_hex, SHA256_HEX_SIZE, digest, sizeof(digest));
}

void hub_archive_end(struct hub_archive *a, char ret_hex[SHA256_HEX_SIZE])
{
	AUTO_STR struct str line = {0};

	end_hash(a->hash, ret_hex);
	hub_sums_add(&line, ret_hex, a->file.name);
	hash_sha256_add(a->sums, str_view(&line));
}

/* keep: NULL: nothing. */
static int read_all(struct hub_archive *a, struct str *keep, struct err *err)
{
	AUTO_FREE char *piece = mem_alloc(HUB_PIECE);
	size_t len;

	do {
		if (hub_archive_piece(a, piece, &len, err) < 0)
			return -1;
		if (keep)
			str_add(keep, (struct view){piece, len});
	} while (len > 0);
	return 0;
}

int hub_archive_whole(struct hub_archive *a, struct str *ret, struct err *err)
{
	char hex[SHA256_HEX_SIZE];

	if (a->file.bytes > HUB_SMALL_MAX)
		return err_set(err, ERR_LIMIT, "%s: %s is too big", a->path, a->file.name);
	if (read_all(a, ret, err) < 0)
		return -1;
	hub_archive_end(a, hex);
	return 0;
}

int hub_archive_over(struct hub_archive *a, struct err *err)
{
	char hex[SHA256_HEX_SIZE];

	if (read_all(a, NULL, err) < 0)
		return -1;
	hub_archive_end(a, hex);
	return 0;
}

int hub_archive_sums(struct hub_archive *a, char ret_hex[SHA256_HEX_SIZE], struct err *err)
{
	char own[SHA256_HEX_SIZE];

	end_hash(a->sums, ret_hex);
	if (read_all(a, NULL, err) < 0)
		return -1;
	end_hash(a->hash, own);
	return strcmp(own, ret_hex) == 0
	           ? 0
	           : err_set(err, ERR_FORMAT, "%s: its files are not what %s says", a->path,
			 HUB_SUMS);
}
