/* Another program reads the archives: Python's zipfile. */
#include "both_stores.h"

#include "io/file.h"
#include "io/zip.h"

static const char program[] =
    "import sys, zipfile\n"
    "z = zipfile.ZipFile(sys.argv[1])\n"
    "assert z.testzip() is None\n"
    "print([(i.filename, z.read(i).decode('latin-1')) for i in z.infolist()])\n";

static void another_program_reads_it(void **state)
{
	AUTO_STR struct str bytes = {0};
	AUTO_ZIP_WRITER struct zip_writer z = {.out = &bytes};
	char folder[] = "/tmp/zip-test-XXXXXX", said[400] = "";
	const char *const there[] = {"python3", "-c", "import zipfile", NULL};
	AUTO_FREE char *path = NULL;
	struct err err = {0};

	(void)state;
	if (!test_program(there, NULL, 0))
		skip();
	assert_non_null(mkdtemp(folder));
	path = str_format("%s/a.zip", folder);
	if (zip_add(&z, "a.txt", VIEW_LIT("alpha"), &err) < 0 ||
	    zip_add(&z, "folder/empty", VIEW_LIT(""), &err) < 0 ||
	    zip_add(&z, "folder/\xc3\xa9t\xc3\xa9.bin", (struct view){"\0\xff\n", 3}, &err) < 0)
		fail_msg("%s", err.msg);
	zip_end(&z);
	if (file_write_private(path, str_view(&bytes), &err) < 0)
		fail_msg("%s", err.msg);
	{
		const char *const read[] = {"python3", "-c", program, path, NULL};

		assert_true(test_program(read, said, sizeof(said)));
	}
	unlink(path);
	rmdir(folder);
	assert_string_equal(said, "[('a.txt', 'alpha'), ('folder/empty', ''), "
				  "('folder/\xc3\xa9t\xc3\xa9.bin', '\\x00\xc3\xbf\\n')]\n");
}

static void the_same_files_give_the_same_bytes(void **state)
{
	AUTO_STR struct str a = {0}, b = {0};
	AUTO_ZIP_WRITER struct zip_writer one = {.out = &a};
	AUTO_ZIP_WRITER struct zip_writer two = {.out = &b};
	struct err err = {0};

	(void)state;
	if (zip_add(&one, "x", VIEW_LIT("1"), &err) < 0 ||
	    zip_add(&two, "x", VIEW_LIT("1"), &err) < 0)
		fail_msg("%s", err.msg);
	zip_end(&one);
	zip_end(&two);
	assert_true(view_eq(str_view(&a), str_view(&b)));
	/* 30 + 1 + 1, 46 + 1, 22 bytes (APPNOTE 4.3). */
	assert_int_equal(str_view(&a).len, 101);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(another_program_reads_it),
	    cmocka_unit_test(the_same_files_give_the_same_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
