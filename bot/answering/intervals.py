"""Computes intervals for a proportion from its count, never from a percentage."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache


FEWEST = 3  # people; ANSWERS: no interval for a subset with n ≤ 2

_TAIL = 0.025  # each side of a 95 % interval
_NORMAL = 1.959963984540054  # the normal quantile at 0.975
_NEGLIGIBLE = 1e-17  # below a float's resolution of the sum
_HALVINGS = 60  # 2**-60 is finer than a float between 0 and 1 can tell


@lru_cache(maxsize=4096)
def clopper_pearson(k: int, n: int) -> tuple[float, float]:
    """Exact 95 % binomial interval for k of n, both ends in percent.

    Clopper & Pearson, Biometrika 1934.  Coverage is never below 95 %.
    Raises ValueError unless 0 ≤ k ≤ n and n ≥ 1.
    """
    _require(k, n)
    low = 0.0 if k == 0 else _root(lambda p: _at_least(k, n, p) - _TAIL)
    high = 1.0 if k == n else _root(lambda p: _at_least(k + 1, n, p) - 1 + _TAIL)
    return 100 * low, 100 * high


@lru_cache(maxsize=4096)
def wilson(k: int, n: int) -> tuple[float, float]:
    """Score 95 % interval for k of n, both ends in percent.

    Wilson, Journal of the American Statistical Association 1927.
    Raises ValueError unless 0 ≤ k ≤ n and n ≥ 1.
    """
    _require(k, n)
    share, squared = k / n, _NORMAL**2
    middle = share + squared / (2 * n)
    spread = _NORMAL * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    width = 1 + squared / n
    low = 0.0 if k == 0 else (middle - spread) / width
    high = 1.0 if k == n else (middle + spread) / width
    return 100 * low, 100 * high


def _require(k: int, n: int) -> None:
    if not 0 <= k <= n or n < 1:
        raise ValueError(f"{k} of {n} is no proportion")


def _at_least(k: int, n: int, p: float) -> float:
    """The chance of k or more of n at a chance of p each, summed on its smaller side."""
    if k > n * p:
        return _tail(k, n, p)
    return 1.0 - _tail(n - k + 1, n, 1.0 - p)


def _tail(k: int, n: int, p: float) -> float:
    """The sum of the binomial terms from k to n, where they only fall."""
    if p <= 0.0:
        return 0.0
    chance = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    term = math.exp(chance + k * math.log(p) + (n - k) * math.log1p(-p))
    total = 0.0
    for i in range(k, n + 1):
        total += term
        term *= (n - i) / (i + 1) * p / (1.0 - p)
        if term < total * _NEGLIGIBLE:
            break
    return total


def _root(rising: Callable[[float], float]) -> float:
    """Where a function that rises with a share crosses nought, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
