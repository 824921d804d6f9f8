"""Student's t distribution, for tests and intervals on few clusters."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log


def student_below(t: float, degrees: float) -> float:
    """``P(T <= t)`` for Student's t, by the incomplete beta function (Lentz's continued fraction), to 1e-12."""
    tail = _beta_share(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2
    return tail if t < 0 else 1 - tail


@lru_cache(maxsize=256)
def student_point(probability: float, degrees: int) -> float:
    """The point below which Student's t lies with `probability` (above .5), by bisection, to 1e-9."""
    low, high = 0.0, 1000.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if student_below(middle, degrees) < probability else (low, middle)
    return (low + high) / 2


def _beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function ``I_x(a, b)``. Source: Numerical Recipes (3rd ed. 2007), 6.4."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d, c = 1 / (1 + term * d), 1 + term / c
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction
