#include "stats/agreement.h"

#include <math.h>

struct table {
	double p[2][2];
	double row[2], column[2];
	double n, observed, expected;
};

static struct table shares(const int64_t counts[2][2])
{
	struct table t = {0};

	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++)
			t.n += (double)counts[i][j];
	for (int i = 0; t.n > 0 && i < 2; i++)
		for (int j = 0; j < 2; j++) {
			t.p[i][j] = (double)counts[i][j] / t.n;
			t.row[i] += t.p[i][j];
			t.column[j] += t.p[i][j];
		}
	for (int i = 0; i < 2; i++) {
		t.observed += t.p[i][i];
		t.expected += t.row[i] * t.column[i];
	}
	return t;
}

static double standard_error(const struct table *t)
{
	double rest = 1 - t->expected;
	double miss = 1 - t->observed;
	double last = t->observed * t->expected - 2 * t->expected + t->observed;
	double sum = -last * last;

	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++) {
			double d = i == j ? rest - (t->column[i] + t->row[i]) * miss
			                  : miss * (t->column[i] + t->row[j]);

			sum += t->p[i][j] * d * d;
		}
	return sqrt(fmax(sum, 0) / t->n) / (rest * rest);
}

bool stats_kappa(const int64_t counts[2][2], double z, struct stats_kappa *ret)
{
	struct table t = shares(counts);
	double half;

	if (!(t.n > 0) || t.row[0] * t.column[0] >= 1 || t.row[1] * t.column[1] >= 1)
		return false;
	ret->observed = t.observed;
	ret->kappa = (t.observed - t.expected) / (1 - t.expected);
	half = z * standard_error(&t);
	ret->interval.lower = fmax(ret->kappa - half, -1);
	ret->interval.upper = fmin(ret->kappa + half, 1);
	return true;
}
