/*
 * The regularised incomplete gamma functions.
 *
 *   P(a, x) = 1/Gamma(a) * integral from 0 to x of t^(a-1) exp(-t) dt,   Q(a, x) = 1 - P(a, x)
 *
 * Domain: STATS_GAMMA_A_MIN <= a <= STATS_GAMMA_A_MAX, x >= 0 (infinity allowed). A value outside,
 * or a NaN, is a programmer error (assert).
 *
 * Precision, against 50-digit arithmetic: relative error of P and of Q each at most 1e-12 wherever
 * the value is at least 1e-290, over the whole domain of a (4e-13 is the largest one seen). Each
 * tail is computed by itself, not as one minus the other, where it is small. Values below 1e-290
 * are right in absolute terms and may be 0.
 *
 * Cost: at most a few hundred multiplications, whatever a and x.
 *
 * Pure functions: no global state (glibc's signgam is not touched), any thread may call them.
 *
 * Sources: NIST Digital Library of Mathematical Functions, 8.7.1 and 8.11.4 (series), 8.9.2
 * (continued fraction), 8.12 (uniform expansion for large a: N. M. Temme, SIAM J. Math. Anal. 10
 * (1979) 757-766); C. Loader, Fast and accurate computation of binomial probabilities (2000), for
 * the factor x^a exp(-x) / Gamma(a+1).
 */
#ifndef STATS_GAMMA_H
#define STATS_GAMMA_H

#define STATS_GAMMA_A_MIN 0.5
#define STATS_GAMMA_A_MAX 1e9

double stats_gamma_p(double a, double x);
double stats_gamma_q(double a, double x);

/*
 * x^a exp(-x) / Gamma(a+1), that is x/a times the density of the gamma distribution; same domain,
 * relative error at most 1e-12 where it is at least 1e-290.
 */
double stats_gamma_factor(double a, double x);

#endif
