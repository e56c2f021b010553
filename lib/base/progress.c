#include "base/progress.h"

#include "base/str.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const int64_t SECOND_NS = 1000000000;

int64_t time_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * SECOND_NS + t.tv_nsec;
}

void progress_init(struct progress *p, bool quiet)
{
	*p = (struct progress){.enabled = !quiet && isatty(STDERR_FILENO)};
}

void progress_start(struct progress *p, const char *what, const char *unit, uint64_t total)
{
	if (!p)
		return;
	p->what = what;
	p->unit = unit;
	p->total = total;
	p->start_ns = time_now_ns();
	p->drawn = false;
	atomic_store(&p->done, 0);
	atomic_store(&p->next_draw_ns, p->start_ns + SECOND_NS / 2);
}

static void add_eta(struct str *s, double seconds)
{
	if (seconds >= 3600)
		str_addf(s, "  %.1f h left", seconds / 3600);
	else if (seconds >= 90)
		str_addf(s, "  %.0f min left", seconds / 60);
	else
		str_addf(s, "  %.0f s left", seconds);
}

static void draw(struct progress *p, int64_t now)
{
	AUTO_STR struct str line = {0};
	uint64_t done = atomic_load(&p->done);
	double elapsed = (double)(now - p->start_ns) / (double)SECOND_NS;
	double rate = (double)done / elapsed;

	str_addf(&line, "\r\033[K%s", p->what);
	if (p->total)
		str_addf(&line, "  %3.0f %%",
		    100.0 * (double)MIN(done, p->total) / (double)p->total);
	if (rate > 0 && p->unit)
		str_addf(&line, "  %.0f %s/s", rate, p->unit);
	if (rate > 0 && p->total > done)
		add_eta(&line, (double)(p->total - done) / rate);
	fputs(str_get(&line), stderr);
	fflush(stderr);
	p->drawn = true;
}

static void maybe_draw(struct progress *p)
{
	int64_t now = time_now_ns();
	int_fast64_t due = atomic_load_explicit(&p->next_draw_ns, memory_order_relaxed);

	/* one thread wins the slot and draws; the others go on working */
	if (now >= due &&
	    atomic_compare_exchange_strong(&p->next_draw_ns, &due, now + SECOND_NS / 10))
		draw(p, now);
}

void progress_add(struct progress *p, uint64_t n)
{
	if (!p || !p->enabled)
		return;
	atomic_fetch_add_explicit(&p->done, n, memory_order_relaxed);
	maybe_draw(p);
}

void progress_set(struct progress *p, uint64_t done)
{
	if (!p || !p->enabled)
		return;
	atomic_store_explicit(&p->done, done, memory_order_relaxed);
	maybe_draw(p);
}

void progress_end(struct progress *p)
{
	if (!p || !p->enabled || !p->drawn)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	p->drawn = false;
}
