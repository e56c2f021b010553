#include "snds/life.h"

#include <math.h>

/* Amounts: what they follow is told in docs/snds-synth.md. */

double snds_cents(double amount)
{
	return round(amount * 100) / 100;
}

/* The largest amount of ER_PRS_F: "4,2" in the official schema (Health Data Hub, schema-snds). */
static const double INVOICE_MAX = 9999.99;

double snds_next_invoice(double *rest)
{
	double amount = fmin(*rest, INVOICE_MAX);

	*rest = snds_cents(*rest - amount);
	return amount;
}

static const struct snds_tariff *find_tariff(const struct snds_model *m, int ghs)
{
	size_t low = 0, high = m->tariffs.len;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (m->tariffs.ptr[middle].ghs < ghs)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == m->tariffs.len || m->tariffs.ptr[low].ghs != ghs)
		return NULL;
	return &m->tariffs.ptr[low];
}

static bool is_surgery(const struct snds_stay *s)
{
	return s->ghm.ptr[2] == 'C' && !s->delivery;
}

/* Maternity, an ALD and acts above 120 euros are exempt; the last leave a lump sum. */
static void set_shares(const struct snds_model *m, const struct snds_stay *s,
    struct snds_bill *ret)
{
	bool exempt = s->ald || s->newborn || s->delivery;
	bool after_2017 = date_to_civil(s->exit).year > 2017;
	int nights = s->exit - s->entry;

	ret->rate = exempt || is_surgery(s) ? 100 : (int)m->rates.hospital_rate;
	ret->lump = !exempt && is_surgery(s) ? m->rates.lump_sum : 0;
	if (nights > 0 && !s->newborn && !s->delivery)
		ret->daily = nights * (after_2017 ? m->rates.daily_charge
						  : m->rates.daily_charge_before_2018);
}

void snds_bill_of(const struct snds_model *m, const struct snds_stay *s, struct snds_bill *ret)
{
	const struct snds_tariff *t = find_tariff(m, s->ghs);
	size_t sector = s->hospital->is_public ? 0 : 1;
	int nights = s->exit - s->entry;

	*ret = (struct snds_bill){0};
	if (!t)
		return;
	ret->stay = t->stay[sector] * MAX(1, s->sessions);
	if (!s->sessions && t->bound[sector] && nights > t->bound[sector])
		ret->extra_days = nights - t->bound[sector];
	ret->days = ret->extra_days * t->day[sector];
	for (size_t i = 0; i < s->drug_count; i++)
		ret->drugs += s->drugs[i]->units * s->drugs[i]->price;
	for (size_t i = 0; i < s->device_count; i++)
		ret->devices += s->devices[i]->units * s->devices[i]->price;
	set_shares(m, s, ret);
}
