#include "stats/proportion.h"

#include <assert.h>
#include <math.h>

struct stats_interval stats_wilson(int64_t x, int64_t n, double z)
{
	double cases = (double)x;
	double persons = (double)n;
	double z2 = z * z;
	double p = cases / persons;
	double centre = (cases + z2 / 2) / (persons + z2);
	double half = z * sqrt(persons) / (persons + z2) * sqrt(p * (1 - p) + z2 / (4 * persons));

	assert(x >= 0 && n >= 1 && x <= n && n <= INT64_C(1) << 53 && z > 0);
	return (struct stats_interval){
	    .lower = x == 0 ? 0 : fmax(centre - half, 0),
	    .upper = x == n ? 1 : fmin(centre + half, 1),
	};
}
