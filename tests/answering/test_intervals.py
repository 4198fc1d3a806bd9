from __future__ import annotations

import pytest
from scipy.stats import beta, binomtest

from bot.answering.intervals import clopper_pearson, wilson


MOST = 60
PROPORTIONS = [(k, n) for n in range(1, MOST + 1) for k in range(n + 1)]


def test_exact_limits_are_scipy_s_for_every_count_up_to_sixty() -> None:
    for k, n in PROPORTIONS:
        low = 100 * beta.ppf(0.025, k, n - k + 1) if k else 0.0
        high = 100 * beta.ppf(0.975, k + 1, n - k) if k < n else 100.0

        assert clopper_pearson(k, n) == pytest.approx((low, high), abs=1e-9), (k, n)


def test_score_limits_are_scipy_s_for_every_count_up_to_sixty() -> None:
    for k, n in PROPORTIONS:
        theirs = binomtest(k, n).proportion_ci(method="wilson")
        limits = (100 * theirs.low, 100 * theirs.high)

        assert wilson(k, n) == pytest.approx(limits, abs=1e-9), (k, n)


@pytest.mark.parametrize(
    ("k", "n", "exact", "score"),
    [  # the reference values of ANSWERS
        (7, 11, (30.8, 89.1), (35.4, 84.8)),
        (9, 11, (48.2, 97.7), (52.3, 94.9)),
        (11, 11, (71.5, 100.0), (74.1, 100.0)),
    ],
)
def test_the_limits_of_the_design_are_met(
    k: int, n: int, exact: tuple[float, float], score: tuple[float, float]
) -> None:
    assert clopper_pearson(k, n) == pytest.approx(exact, abs=0.05)
    assert wilson(k, n) == pytest.approx(score, abs=0.05)


def test_none_and_all_have_a_closed_end() -> None:
    assert clopper_pearson(0, 11)[0] == wilson(0, 11)[0] == 0.0
    assert clopper_pearson(11, 11)[1] == wilson(11, 11)[1] == 100.0


@pytest.mark.parametrize("n", [2_000, 10**6, 10**17])
def test_counts_too_large_for_a_bedside_still_have_limits(n: int) -> None:
    low, high = clopper_pearson(n, n)

    assert low == pytest.approx(100 * 0.025 ** (1 / n))
    assert high == 100.0


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (0, 0)])
def test_what_is_no_proportion_is_refused(k: int, n: int) -> None:
    for interval in (clopper_pearson, wilson):
        with pytest.raises(ValueError, match="is no proportion"):
            interval(k, n)
