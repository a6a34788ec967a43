"""Makes stats_goldens.csv: values of SciPy, scikit-learn, statsmodels and NumPy that the tests of io.arrakis.api.stats hold.

Run it in this folder, in an environment with

    numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0 (Python 3.11.7)

Seed 20260101 for all data. A line is a name and numbers: name,number,number,... The versions are written into the file.
What no library offers (DeLong's variance, the score interval of an AUROC, partial Spearman, max-T, xoshiro256++) is computed here
from its definition in the plainest way, not in the way of the Java code.
"""

import hashlib
import math
import sys
import zlib
from pathlib import Path

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import optimize, special, stats
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

SEED = 20260101
rng = np.random.default_rng(SEED)
lines = {}


def put(name, values):
    if name in lines:
        raise ValueError(f"{name} is written twice")
    lines[name] = [float(v) for v in np.ravel(values)]


# Ranks.
put("ranks.ties.x", np.round(rng.normal(size=40), 1))
put("ranks.ties.ranks", stats.rankdata(lines["ranks.ties.x"]))
put("ranks.zeros.x", [0.0, -0.0, 3.0, -1.0, 0.0, 3.0])
put("ranks.zeros.ranks", stats.rankdata(lines["ranks.zeros.x"]))
put("ranks.wide.x", [1e300, -1e300, 1e-300, 0, 5e-324, -5e-324, 1.0, 1.0 + 2**-52])
put("ranks.wide.ranks", stats.rankdata(lines["ranks.wide.x"]))


# Correlation. Controls: ranks of all, residuals of a least-squares fit with intercept, Pearson of the residuals.
def partial_spearman(x, y, controls):
    design = np.column_stack([np.ones(len(x))] + [stats.rankdata(c) for c in controls])
    residuals = []
    for v in (stats.rankdata(x), stats.rankdata(y)):
        coefficients, *_ = np.linalg.lstsq(design, v, rcond=None)
        residuals.append(v - design @ coefficients)
    return stats.pearsonr(*residuals).statistic


def correlation_case(name, x, y, controls):
    put(f"correlation.{name}.x", x)
    put(f"correlation.{name}.y", y)
    put(f"correlation.{name}.pearson", stats.pearsonr(x, y).statistic)
    put(f"correlation.{name}.spearman", stats.spearmanr(x, y).statistic)
    for i, control in enumerate(controls):
        put(f"correlation.{name}.control{i}", control)
        put(f"correlation.{name}.partial{i + 1}", partial_spearman(x, y, controls[: i + 1]))


z = rng.normal(size=150)
x = z + rng.normal(size=150)
correlation_case(
    "continuous", x, 0.5 * x + z + rng.normal(size=150), [z, rng.normal(size=150), np.exp(z) + rng.normal(size=150)]
)
counts = rng.poisson(3, size=80)
correlation_case("ties", counts, rng.poisson(2 + counts / 2), [rng.poisson(4, size=80), rng.integers(0, 2, size=80)])
binary = rng.integers(0, 2, size=60)
correlation_case("binary", binary, -binary + rng.normal(size=60), [rng.normal(size=60), 1e8 + rng.normal(size=60)])
correlation_case("shifted", 1e9 + rng.normal(size=50), 1e-9 * rng.normal(size=50), [rng.normal(size=50)])


# AUROC, average precision, DeLong from the double sums of its definition.
def placements(scores, labels):
    positive, negative = scores[labels], scores[~labels]
    wins = (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])
    return wins.mean(), wins.mean(axis=1), wins.mean(axis=0)


def delong_variance(v10, v01):
    return v10.var(ddof=1) / len(v10) + v01.var(ddof=1) / len(v01)


def score_interval(a, p, q, level):
    z = stats.norm.ppf(0.5 + level / 2)
    n = (p + q) / 2 - 1

    def excess(t):
        variance = t * (1 - t) * (1 + n * (1 - t) / (2 - t) + n * t / (1 + t)) / (p * q)
        return (t - a) ** 2 - z * z * variance

    low = 0.0 if a == 0 else optimize.brentq(excess, 0, a, xtol=1e-15) if a < 1 else optimize.brentq(excess, 0, 1 - 1e-9)
    high = 1.0 if a == 1 else optimize.brentq(excess, a, 1, xtol=1e-15) if a > 0 else optimize.brentq(excess, 1e-9, 1)
    return low, high


def auroc_case(name, labels, scores, other):
    labels = np.asarray(labels, dtype=bool)
    area, v10, v01 = placements(scores, labels)
    other_area, w10, w01 = placements(other, labels)
    assert abs(area - metrics.roc_auc_score(labels, scores)) < 1e-12
    put(f"auroc.{name}.labels", labels)
    put(f"auroc.{name}.scores", scores)
    put(f"auroc.{name}.other", other)
    put(f"auroc.{name}.auroc", metrics.roc_auc_score(labels, scores))
    put(f"auroc.{name}.ap", metrics.average_precision_score(labels, scores))
    z = stats.norm.ppf(0.975)
    half = z * math.sqrt(delong_variance(v10, v01))
    put(f"auroc.{name}.delong", [max(0, area - half), min(1, area + half)])
    difference = area - other_area
    half = z * math.sqrt(delong_variance(v10 - w10, v01 - w01))
    put(f"auroc.{name}.difference", [difference, max(-1, difference - half), min(1, difference + half)])
    put(f"auroc.{name}.score_interval", score_interval(area, labels.sum(), (~labels).sum(), 0.95))


labels = rng.random(90) < 0.4
auroc_case("continuous", labels, rng.normal(size=90) + labels, rng.normal(size=90) + 0.3 * labels)
labels = rng.random(60) < 0.2
auroc_case("ties", labels, rng.integers(0, 4, size=60) + labels.astype(int), rng.integers(0, 3, size=60))
labels = np.array([True, False, True, False, False, True, False])
auroc_case("small", labels, np.array([3.0, 1, 2, 2, 0, 5, 4]), np.array([1.0, 2, 3, 4, 5, 6, 7]))
auroc_case("reversed", rng.permutation(labels.repeat(8)), rng.normal(size=56), rng.normal(size=56))
for i, (a, p, q) in enumerate([(1.0, 20, 20), (0.0, 20, 20), (0.5, 5, 100), (0.9, 50, 10), (0.75, 2, 2), (1.0, 1, 1)]):
    put(f"auroc.interval{i}", [a, p, q, *score_interval(a, p, q, 0.95)])


# Bootstrap: SciPy's own resamples, so that only the arithmetic of the intervals is compared.
def bootstrap_case(name, data, statistic, **options):
    for method in ("BCa", "percentile"):
        result = stats.bootstrap(
            data, statistic, n_resamples=999, method=method, rng=np.random.default_rng(1), confidence_level=0.9, **options
        )
        put(f"bootstrap.{name}.{method}", result.confidence_interval)
        if method == "BCa":
            put(f"bootstrap.{name}.replicates", result.bootstrap_distribution)
    for i, sample in enumerate(data):
        put(f"bootstrap.{name}.sample{i}", sample)


skewed = rng.gamma(2, size=40)
bootstrap_case("variance", (skewed,), lambda v, axis: np.var(v, ddof=1, axis=axis))
bootstrap_case(
    "difference",
    (rng.gamma(1, size=25), rng.gamma(3, size=15)),
    lambda a, b, axis: np.mean(a, axis=axis) - np.mean(b, axis=axis),
)
x = rng.normal(size=50)
y = x + rng.normal(size=50)
bootstrap_case("pearson", (x, y), lambda a, b, axis: stats.pearsonr(a, b, axis=axis).statistic, paired=True)
bootstrap_case("median", (rng.poisson(3, size=31),), np.median)
result = stats.bootstrap((skewed,), np.mean, n_resamples=200_000, method="BCa", rng=np.random.default_rng(2))
put("bootstrap.mean.BCa", result.confidence_interval)

# Sign flips, all of them.
differences = np.round(rng.normal(0.6, 1, size=11), 1)
differences[3] = 0
put("signflip.differences", differences)
for alternative in ("greater", "less", "two-sided"):
    result = stats.permutation_test(
        (differences,),
        lambda v, axis: np.mean(v, axis=axis),
        permutation_type="samples",
        n_resamples=np.inf,
        alternative=alternative,
    )
    put(f"signflip.{alternative}", result.pvalue)

# Label permutations, all of them.
first, second = np.round(rng.normal(1, 1, size=7), 2), np.round(rng.normal(0, 1, size=8), 2)
put("labels.true", first)
put("labels.false", second)
for alternative in ("greater", "less", "two-sided"):
    result = stats.permutation_test(
        (first, second),
        lambda a, b, axis: np.mean(a, axis=axis) - np.mean(b, axis=axis),
        n_resamples=np.inf,
        alternative=alternative,
    )
    put(f"labels.{alternative}", result.pvalue)

# Multiple testing.
p_values = np.concatenate([rng.random(30), rng.random(10) / 500, [0, 1, 0.5, 0.5]])
put("multiple.p", p_values)
put("multiple.bh", multipletests(p_values, method="fdr_bh")[1])
put("multiple.holm", multipletests(p_values, method="holm")[1])

# Binomial.
grid = []
for successes, trials in [(0, 1), (1, 1), (0, 20), (20, 20), (7, 20), (33, 33), (30, 33), (50, 1000), (499, 1000), (3, 100_000)]:
    for level in (0.9, 0.95, 0.999):
        wilson = proportion_confint(successes, trials, 1 - level, method="wilson")
        exact = proportion_confint(successes, trials, 1 - level, method="beta")
        wilson, exact = (
            (0.0 if successes == 0 else low, 1.0 if successes == trials else high) for low, high in (wilson, exact)
        )
        tail = stats.binom.sf(successes - 1, trials, 0.3)
        grid.append([successes, trials, level, *wilson, *exact, tail])
put("binomial.grid", grid)

# Special functions.
points = np.concatenate([np.linspace(-9, 9, 73), [-37, -20, -2.5, 2.5, 20, 37, 1e-9]])
put("normal.x", points)
put("normal.cdf", special.ndtr(points))
probabilities = np.concatenate([np.linspace(0.01, 0.99, 33), [1e-300, 1e-16, 1e-5, 1 - 1e-5, 1 - 1e-12]])
put("normal.p", probabilities)
put("normal.quantile", special.ndtri(probabilities))
beta_grid = [
    (x, a, b, special.betainc(a, b, x))
    for a in (1, 2, 17, 400, 99_998)
    for b in (1, 3, 30, 700)
    for x in (1e-6, 0.1, 0.35, 0.5, 0.9, 0.9999)
]
put("beta.grid", beta_grid)

# Moments, effect sizes, entropy, quantiles.
put("moments.x", skewed)
put("moments.mean", np.mean(skewed))
put("moments.variance", np.var(skewed, ddof=1))
put("moments.skewness", stats.skew(skewed))
put("moments.kurtosis", stats.kurtosis(skewed))
put("moments.bits", stats.entropy(skewed, base=2))
put("moments.nats", stats.entropy(skewed))
put("moments.probabilities", [0, 0.001, 0.1, 0.25, 1 / 3, 0.5, 0.77, 0.999, 1])
put("moments.quantiles", np.quantile(skewed, lines["moments.probabilities"]))
a, b = rng.normal(1, 2, size=21), rng.normal(0, 1, size=34)
pooled = math.sqrt((20 * a.var(ddof=1) + 33 * b.var(ddof=1)) / 53)
t = stats.ttest_ind(a, b).statistic
assert abs((a.mean() - b.mean()) / pooled - t * math.sqrt(1 / 21 + 1 / 34)) < 1e-12
put("effect.first", a)
put("effect.second", b)
put("effect.d", t * math.sqrt(1 / 21 + 1 / 34))
put("effect.dz", stats.ttest_1samp(a, 0).statistic / math.sqrt(21))

# Max-T, from given labels of all arrangements and NumPy's ranks.
responses = np.round(rng.normal(size=(30, 12)), 1)
truth = np.arange(30) < 11
strata = np.arange(30) % 3
responses[:, 4] += 1.3 * truth
responses[:, 7] -= 1.5 * truth
responses[:, 9] += 2 * strata
responses[:, 11] = 0
arrangements = [truth]
for _ in range(199):
    shuffled = truth.copy()
    for s in range(3):
        shuffled[strata == s] = rng.permutation(truth[strata == s])
    arrangements.append(shuffled)
arrangements = np.array(arrangements)
sums = arrangements.astype(float) @ stats.rankdata(responses, axis=0)
areas = np.array([[metrics.roc_auc_score(a, responses[:, u]) for u in range(12)] for a in arrangements])
put("maxt.labels", truth)
put("maxt.strata", strata)
put("maxt.sums", sums.T)
put("maxt.aurocs", areas[0])
for name, expected in (("plain", 0.5), ("stratified", areas.mean(axis=0))):
    for alternative, statistic in (
        ("TWO_SIDED", np.abs(areas - expected)),
        ("GREATER", areas - expected),
        ("LESS", expected - areas),
    ):
        statistic = np.round(statistic, 12)
        largest = statistic[1:].max(axis=1)
        put(f"maxt.{name}.{alternative}.adjusted", (1 + (largest[:, None] >= statistic[0]).sum(axis=0)) / 200)
        put(f"maxt.{name}.{alternative}.p", (1 + (statistic[1:] >= statistic[0]).sum(axis=0)) / 200)

# Halves.
words = ["bank", "cat", "dog", "paw", "kitten", "n00001740", "na\u00efve", "\u6f22\u5b57", "\U0001f600", ""]
put("halves.bits", [zlib.crc32(word.encode()) & 1 for word in words])

# Random streams: the hash chain and xoshiro256++ once more, in another language.
MASK = 2**64 - 1


def rotate(v, k):
    return ((v << k) | (v >> (64 - k))) & MASK


class Stream:
    def __init__(self, seed, *purpose):
        key = hashlib.sha256(b"arrakis.random.1" + (seed & MASK).to_bytes(8, "big")).digest()
        for name in purpose:
            key = hashlib.sha256(key + name.encode()).digest()
        self.s = [int.from_bytes(key[i : i + 8], "big") for i in range(0, 32, 8)]

    def next(self):
        s = self.s
        result = (rotate((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 45)
        return result

    def below(self, bound):
        threshold = 2**32 % bound
        while True:
            product = (self.next() >> 32) * bound
            if product % 2**32 >= threshold:
                return product >> 32


def halves_of(values):
    return [part for v in values for part in (v >> 32, v & 0xFFFFFFFF)]


for i, name in enumerate([(7,), (7, "draws"), (-1, "draws", "na\u00efve")]):
    stream = Stream(*name)
    put(f"random.stream{i}", halves_of([stream.next() for _ in range(8)]))
stream = Stream(7, "bounded")
put("random.bounds", [1, 2, 3, 10, 1000, 2**30 + 1, 2**31 - 1] * 5 + [2**30 + 1] * 40)  # the last reject one in four
put("random.bounded", [stream.below(int(b)) for b in lines["random.bounds"]])
stream = Stream(7, "doubles")
put("random.doubles", [(stream.next() >> 11) / 2**53 for _ in range(10)])


# Doornik's ziggurat with the 53 upper bits for the place and the 7 lowest for the strip.
EDGE_OF_TAIL, AREA = 3.442619855899, 9.91256303526217e-3
edges = [AREA / math.exp(-0.5 * EDGE_OF_TAIL**2), EDGE_OF_TAIL]
while len(edges) < 128:
    edges.append(math.sqrt(-2 * math.log(AREA / edges[-1] + math.exp(-0.5 * edges[-1] ** 2))))
edges.append(0.0)


def gaussian(stream):
    while True:
        bits = stream.next()
        signed = bits - 2**64 if bits >= 2**63 else bits
        strip, place = bits & 127, (signed >> 11) / 2**52
        x = place * edges[strip]
        if abs(place) < edges[strip + 1] / edges[strip]:
            return x
        if strip == 0:
            while True:
                beyond = -math.log(1 - (stream.next() >> 11) / 2**53) / EDGE_OF_TAIL
                if -2 * math.log(1 - (stream.next() >> 11) / 2**53) >= beyond**2:
                    return math.copysign(EDGE_OF_TAIL + beyond, place)
        density = [math.exp(-0.5 * e * e) for e in edges[strip : strip + 2]]
        height = density[1] + (stream.next() >> 11) / 2**53 * (density[0] - density[1])
        if height < math.exp(-0.5 * x * x):
            return x


stream = Stream(7, "gaussian")
draws = [gaussian(stream) for _ in range(20_000)]
put("random.gaussians", draws[:50])
put("random.gaussians.summary", [sum(draws), sum(d**4 for d in draws), max(draws), min(draws)])
stream = Stream(7, "shuffle")
order = list(range(20))
for i in range(19, 0, -1):
    j = stream.below(i + 1)
    order[i], order[j] = order[j], order[i]
put("random.permutation", order)


# Logistic regression, to the minimum.
def logistic_case(name, rows, classes, strengths):
    put(f"logistic.{name}.rows", rows)
    put(f"logistic.{name}.classes", classes)
    put(f"logistic.{name}.c", strengths)
    for i, c in enumerate(strengths):
        model = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-14, max_iter=10_000).fit(rows, classes)
        check = LogisticRegression(C=c, solver="lbfgs", tol=1e-10, max_iter=100_000).fit(rows, classes)
        assert np.abs(model.coef_ - check.coef_).max() < 1e-4 * (1 + np.abs(model.coef_).max()), (name, c)
        put(f"logistic.{name}.weights{i}", model.coef_)
        put(f"logistic.{name}.intercepts{i}", model.intercept_ - (model.intercept_.mean() if len(model.intercept_) > 1 else 0))
        put(f"logistic.{name}.probabilities{i}", model.predict_proba(rows[:5]))


rows = np.round(rng.normal(size=(80, 6)), 3)
classes = (rows @ rng.normal(size=6) + rng.normal(size=80) > 0.5).astype(int)
logistic_case("binary", rows, classes, [0.01, 0.1, 1, 100])
rows = np.round(rng.normal(size=(90, 5)), 3)
classes = np.argmax(rows @ rng.normal(size=(5, 4)) + rng.gumbel(size=(90, 4)), axis=1)
logistic_case("four", rows, classes, [0.05, 1, 20])
scaled = np.round(rows[:60] * [1, 10, 0.1, 3, 0.01] + [0, 5, 0, -3, 1], 4)
logistic_case("scales", scaled, (classes[:60] > 1).astype(int), [0.1, 5])
few = np.round(rng.normal(size=(12, 20)), 3)
logistic_case("wide", few, np.arange(12) % 2, [1])
scaler = StandardScaler().fit(scaled)
put("standardisation", scaler.transform(scaled))

truth, predicted = rng.integers(0, 5, size=70), rng.integers(0, 5, size=70)
predicted[predicted == 2] = 1
predicted[:25] = truth[:25]
put("confusion.truth", truth)
put("confusion.predicted", predicted)
put("confusion.accuracy", metrics.accuracy_score(truth, predicted))
put("confusion.macro_f1", metrics.f1_score(truth, predicted, average="macro"))
put("confusion.precision", metrics.precision_score(truth, predicted, average=None, zero_division=0))
put("confusion.recall", metrics.recall_score(truth, predicted, average=None, zero_division=0))
put("confusion.f1", metrics.f1_score(truth, predicted, average=None, zero_division=0))

with Path(__file__).with_name("stats_goldens.csv").open("w", newline="\n") as out:
    out.write(
        f"# make_stats_goldens.py, seed {SEED}: Python {sys.version.split()[0]}, numpy {np.__version__}, scipy"
        f" {scipy.__version__}, scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}\n"
    )
    for name, values in lines.items():
        out.write(",".join([name] + [repr(v).removesuffix(".0") for v in values]) + "\n")
