/*
 * Runs a fuzz target over its kept corpus without libFuzzer: every file of the
 * folder argv[1] once, and the empty input. Crashing is failing.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *folder, const char *name)
{
	static uint8_t data[1 << 20];
	char path[4096];
	size_t size;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	in = fopen(path, "re");
	if (!in) {
		perror(path);
		return 1;
	}
	size = fread(data, 1, sizeof(data), in);
	fclose(in);
	return LLVMFuzzerTestOneInput(data, size);
}

int main(int argc, char **argv)
{
	struct dirent *entry;
	int count = 0;
	int failed = LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	DIR *dir = argc > 1 ? opendir(argv[1]) : NULL;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		failed |= replay(argv[1], entry->d_name);
		count++;
	}
	if (dir)
		closedir(dir);
	printf("%d inputs replayed\n", count);
	return failed || count == 0;
}
