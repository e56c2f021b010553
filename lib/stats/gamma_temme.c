/*
 * Temme's uniform expansion (DLMF 8.12.3 to 8.12.11). With m = (x - a) / a and
 * eta = sign(m) sqrt(2 (m - log(1 + m))):
 *
 *   Q(a, x) = erfc(eta sqrt(a/2)) / 2 + S,   P(a, x) = erfc(-eta sqrt(a/2)) / 2 - S
 *   S = exp(-a eta^2 / 2) / sqrt(2 pi a) * sum over k of c_k(eta) / a^k
 *
 * The rows below are the Taylor coefficients of c_0 .. c_5. They follow from c_0 = 1/m - 1/eta
 * and d[k][n] = (n+2) d[k-1][n+2] - d[k-1][1] d[0][n], evaluated with 80 digits; row k is cut where
 * a further term is below 2e-18 for a = 100 and |eta| = 0.5. The first values agree with
 * A. R. DiDonato and A. H. Morris, ACM Trans. Math. Softw. 12 (1986) 377-393.
 */
#include "stats/gamma_temme.h"

#include "base/base.h"

#include <math.h>

#define TEMME_A_MIN 100.0
#define TEMME_REACH 0.35
#define ATANH_TERMS 24

/* clang-format off */
static const double row0[] = {
	-0.3333333333333333, 0.08333333333333333, -0.014814814814814815,
	0.0011574074074074073, 0.0003527336860670194, -0.0001787551440329218,
	3.919263178522438e-05, -2.185448510679992e-06, -1.85406221071516e-06,
	8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
	1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10,
	-2.5514193994946248e-11, -5.830772132550426e-11, 2.4361948020667415e-11,
	-5.0276692801141755e-12,
};
static const double row1[] = {
	-0.001851851851851852, -0.003472222222222222, 0.0026455026455026454,
	-0.0009902263374485596, 0.00020576131687242798, -4.018775720164609e-07,
	-1.8098550334489977e-05, 7.64916091608111e-06, -1.6120900894563446e-06,
	4.647127802807434e-09, 1.378633446915721e-07, -5.752545603517705e-08,
	1.1951628599778148e-08, -1.7543241719747647e-11, -1.0091543710600413e-09,
	4.162792991842583e-10, -8.56390702649298e-11,
};
static const double row2[] = {
	0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049,
	2.0093878600823047e-06, -0.0001073665322636516, 5.2923448829120125e-05,
	-1.2760635188618728e-05, 3.423578734096138e-08, 1.3721957309062934e-06,
	-6.298992138380055e-07, 1.4280614206064242e-07, -2.0477098421990866e-10,
	-1.409252991086752e-08, 6.228974084922022e-09, -1.3670488396617114e-09,
};
static const double row3[] = {
	0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557,
	0.00026772063206283885, -7.561801671883977e-05, -2.396505113867297e-07,
	1.1082654115347302e-05, -5.6749528269915965e-06, 1.4230900732435883e-06,
	-2.7861080291528143e-11, -1.6958404091930278e-07, 8.099464905388083e-08,
	-1.9111168485973655e-08,
};
static const double row4[] = {
	-0.0008618882909167117, 0.0007840392217200666, -0.0002990724803031902,
	-1.4638452578843418e-06, 6.641498215465122e-05, -3.968365047179435e-05,
	1.1375726970678419e-05, 2.507497226237533e-10, -1.6954149536558305e-06,
	8.907507532205309e-07, -2.292934834000805e-07,
};
static const double row5[] = {
	-0.00033679855336635813, -6.972813758365857e-05, 0.0002772753244959392,
	-0.00019932570516188847, 6.797780477937208e-05, 1.419062920643967e-07,
	-1.3594048189768693e-05, 8.018470256334202e-06,
};
/* clang-format on */

static const struct {
	const double *coef;
	size_t len;
} rows[] = {
    {row0, ARRAY_LEN(row0)},
    {row1, ARRAY_LEN(row1)},
    {row2, ARRAY_LEN(row2)},
    {row3, ARRAY_LEN(row3)},
    {row4, ARRAY_LEN(row4)},
    {row5, ARRAY_LEN(row5)},
};

double stats_minus_log1p(double m)
{
	double r = m / (2 + m);
	double r2 = r * r;
	double sum = 0;

	if (fabs(m) > 0.5)
		return m - log1p(m);
	/* log(1 + m) = 2 atanh(r) and m - 2 r = m r, so the leading terms cancel on paper. */
	for (int k = ATANH_TERMS; k >= 1; k--)
		sum = sum * r2 + 1.0 / (2 * k + 1);
	return m * r - 2 * r * r2 * sum;
}

static double polynomial(const double *coef, size_t len, double x)
{
	double sum = 0;

	for (size_t i = len; i-- > 0;)
		sum = sum * x + coef[i];
	return sum;
}

static double correction(double a, double eta)
{
	double sum = 0;

	for (size_t k = ARRAY_LEN(rows); k-- > 0;)
		sum = sum / a + polynomial(rows[k].coef, rows[k].len, eta);
	return sum;
}

bool stats_temme_applies(double a, double x)
{
	return a >= TEMME_A_MIN && fabs(x - a) <= TEMME_REACH * a;
}

double stats_temme_tail(double a, double x, bool lower)
{
	double m = (x - a) / a;
	double half_eta2 = stats_minus_log1p(m);
	double eta = copysign(sqrt(2 * half_eta2), m);
	double z = copysign(sqrt(a * half_eta2), m);
	double s = exp(-a * half_eta2) / sqrt(2 * M_PI * a) * correction(a, eta);

	return lower ? erfc(-z) / 2 - s : erfc(z) / 2 + s;
}
