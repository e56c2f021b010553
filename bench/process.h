/* What other processes used, from /proc. */
#ifndef BENCH_PROCESS_H
#define BENCH_PROCESS_H

#include "base/base.h"
#include "base/str.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

/* Field n (from 1) of /proc/PID/stat, behind the name. */
static inline int64_t process_field(pid_t pid, int n)
{
	char path[64], text[1024];
	FILE *in;
	size_t len;
	const char *at;
	struct view rest, field = VIEW_NONE;
	int64_t number = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	in = fopen(path, "re");
	if (!in)
		return 0;
	len = fread(text, 1, sizeof(text) - 1, in);
	fclose(in);
	text[len] = '\0';
	at = strrchr(text, ')');
	rest = VIEW(at ? at + 2 : "");
	for (int i = 3; i <= n && view_next(&rest, ' ', &field); i++)
		continue;
	return view_to_i64(field, &number) ? number : 0;
}

static inline int64_t ticks_of_children(pid_t parent)
{
	DIR *all = opendir("/proc");
	struct dirent *entry;
	int64_t ticks = 0, pid;

	while (all && (entry = readdir(all)))
		if (view_to_i64(VIEW(entry->d_name), &pid) &&
		    process_field((pid_t)pid, 4) == parent)
			ticks += process_field((pid_t)pid, 14) + process_field((pid_t)pid, 15);
	if (all)
		closedir(all);
	return ticks;
}

/* User and system time, in seconds. */
static inline double process_cpu(pid_t pid)
{
	return (double)(process_field(pid, 14) + process_field(pid, 15)) /
	       (double)sysconf(_SC_CLK_TCK);
}

/* With its children, those that ended too. */
static inline double process_family_cpu(pid_t pid)
{
	int64_t ticks = ticks_of_children(pid);

	for (int n = 14; n <= 17; n++)
		ticks += process_field(pid, n);
	return (double)ticks / (double)sysconf(_SC_CLK_TCK);
}

/* "VmHWM:    80000 kB" */
static inline double peak_mib(pid_t pid)
{
	AUTO_FREE char *path = str_format("/proc/%d/status", (int)pid);
	char line[256];
	int64_t kib = 0;
	FILE *in = fopen(path, "re");

	while (in && fgets(line, sizeof(line), in)) {
		struct view rest = view_trim(VIEW(line)), number = VIEW_NONE;

		if (view_starts(rest, VIEW_LIT("VmHWM:")) && view_next(&rest, ':', &number) &&
		    (rest = view_trim(rest), view_next(&rest, ' ', &number)))
			(void)view_to_i64(number, &kib);
	}
	if (in)
		fclose(in);
	return (double)kib / 1024;
}

#endif
