/*
 * Quantiles of the gamma, chi-square and standard normal distributions, and the normal cdf.
 *
 * Probabilities are in [0, 1]; a value outside its domain, or a NaN, is a programmer error
 * (assert). Probability 0 or 1 gives the end of the support. Give the smaller of the two tails:
 * 1 - 1e-20 is 1, but the functions of the upper tail take 1e-20.
 *
 * Pure functions, any thread may call them.
 */
#ifndef STATS_QUANTILE_H
#define STATS_QUANTILE_H

/*
 * The x with P(a, x) = p, and the x with Q(a, x) = q; a as in gamma.h, unit scale.
 * Relative error of x at most 1e-12 for a smaller tail of at least 1e-290, over the whole domain of
 * a (2e-14 is the largest one seen for a <= 3e6, 2e-15 there for probabilities in
 * [1e-12, 1 - 1e-12]); an x below 1e-308 may be 0. Newton's method on the logarithm of the smaller
 * tail, from the normal approximation of E. B. Wilson and M. M. Hilferty, PNAS 17 (1931) 684-688.
 */
double stats_gamma_p_inv(double a, double p);
double stats_gamma_q_inv(double a, double q);

/* Chi-square quantile by lower and by upper tail; df in [1, 2e9], need not be whole. */
double stats_chisq_quantile(double df, double p);
double stats_chisq_quantile_upper(double df, double q);

/* Standard normal cdf; relative error at most 1e-12 for z >= -37. */
double stats_normal_cdf(double z);

/*
 * Standard normal quantile; relative error about 1e-16 by the paper, 7e-16 the largest one seen
 * (absolute where |z| < 1). M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477-484,
 * routine PPND16.
 */
double stats_normal_quantile(double p);

#endif
