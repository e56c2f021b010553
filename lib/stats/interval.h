/*
 * A confidence interval: two limits in the unit of what is estimated, lower <= upper.
 */
#ifndef STATS_INTERVAL_H
#define STATS_INTERVAL_H

struct stats_interval {
	double lower;
	double upper;
};

#endif
