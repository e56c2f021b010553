#include "link/synth_person.h"

#include <assert.h>

enum { MONTHS = 12 };

/* SplitMix64's finisher: a start for each cell that depends on the seed. */
static uint64_t mix(uint64_t seed, uint64_t n)
{
	uint64_t z = seed * 0x9E3779B97F4A7C15u + n + 0x632BE59BD9B4E019u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

/*
 * `count` points laid evenly over 0..total-1 from a start: point r is at
 * (r * total + start) / count. For what follows, total * count < 2^63.
 */
struct comb {
	uint64_t count, total, start;
};

static uint64_t comb_at(const struct comb *c, uint64_t r)
{
	assert(c->count > 0);
	return (r * c->total + c->start) / c->count;
}

/* The first point that is not before `at`. */
static uint64_t comb_first(const struct comb *c, uint64_t at)
{
	uint64_t need = at * c->count;

	return need <= c->start ? 0 : (need - c->start + c->total - 1) / c->total;
}

static uint64_t year_base(const struct synth_world *w, size_t year)
{
	const struct synth_model *m = w->model;
	uint64_t first = year < m->years.len ? m->years.ptr[year].first : m->year_weight;

	return w->people * first / m->year_weight;
}

static struct comb months_of(const struct synth_world *w, size_t year)
{
	return (struct comb){
	    .count = year_base(w, year + 1) - year_base(w, year),
	    .total = MONTHS,
	    .start = mix(w->seed, year) % MONTHS,
	};
}

static struct comb places_of(const struct synth_world *w, size_t year, int month,
    const struct comb *months)
{
	uint64_t first = comb_first(months, (uint64_t)month);
	uint64_t last = MIN(comb_first(months, (uint64_t)month + 1), months->count);

	return (struct comb){
	    .count = last - first,
	    .total = w->model->place_weight,
	    .start = mix(w->seed, 1000 + year * MONTHS + (uint64_t)month) %
	             w->model->place_weight,
	};
}

/* The last year or place whose first is not beyond `at`. */
static size_t year_at(const struct synth_world *w, uint64_t rank)
{
	size_t lo = 0, hi = w->model->years.len;

	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;

		if (year_base(w, mid) <= rank)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

static size_t place_at(const struct synth_model *m, uint64_t at)
{
	size_t lo = 0, hi = m->places.len;

	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;

		if (m->places.ptr[mid].first <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

struct synth_cell synth_cell_at(const struct synth_world *w, uint64_t rank)
{
	struct synth_cell cell = {.year = year_at(w, rank)};
	struct comb months = months_of(w, cell.year), places;
	const struct synth_place *p;
	uint64_t in_year = rank - year_base(w, cell.year), in_month, first;

	assert(rank < w->people);
	cell.month = (int)comb_at(&months, in_year);
	places = places_of(w, cell.year, cell.month, &months);
	in_month = in_year - comb_first(&months, (uint64_t)cell.month);
	cell.place = place_at(w->model, comb_at(&places, in_month));
	p = &w->model->places.ptr[cell.place];
	first = comb_first(&places, p->first);
	cell.order = (uint32_t)(in_month - first) + 1;
	cell.count = (uint32_t)(MIN(comb_first(&places, p->first + p->weight), places.count) -
				first);
	return cell;
}

bool synth_cell_rank(const struct synth_world *w, const struct synth_cell *cell,
    uint64_t *ret_rank)
{
	struct comb months = months_of(w, cell->year), places;
	const struct synth_place *p = &w->model->places.ptr[cell->place];
	uint64_t base, first, count;

	if (months.count == 0)
		return false;
	places = places_of(w, cell->year, cell->month, &months);
	if (places.count == 0)
		return false;
	base = year_base(w, cell->year) + comb_first(&months, (uint64_t)cell->month);
	first = comb_first(&places, p->first);
	count = MIN(comb_first(&places, p->first + p->weight), places.count) - first;
	*ret_rank = count ? base + first + cell->order % count : base + cell->order % places.count;
	return true;
}

uint32_t synth_largest_order(const struct synth_world *w)
{
	const struct synth_model *m = w->model;
	uint64_t year = 0, place = 0, month;

	for (size_t i = 0; i < m->years.len; i++)
		year = MAX(year, year_base(w, i + 1) - year_base(w, i));
	for (size_t i = 0; i < m->places.len; i++)
		place = MAX(place, m->places.ptr[i].weight);
	month = year / MONTHS + 1;
	return (uint32_t)(month * place / m->place_weight + 2);
}
