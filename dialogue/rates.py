"""How many of how many, where the numbers are small: what one can tell, and what may be chance."""

from math import sqrt
from typing import NamedTuple

# The quantile of the normal distribution for 99 of 100. Each of eleven districts is compared with
# the others: with 95 of 100, one would be named by chance in every fourth event, so in every 20th.
SURE = 2.576
SURE_PERCENT = 99


class Rate(NamedTuple):
    """So many of so many; of none there is no share."""

    part: int
    of: int

    @property
    def share(self) -> float:
        """The share, from 0 to 1."""
        return self.part / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, by Wilson's score interval."""
        squared = SURE**2
        middle = (self.part + squared / 2) / (self.of + squared)
        half = self.part * (self.of - self.part) / self.of + squared / 4
        reach = SURE * sqrt(half) / (self.of + squared)
        # What is none, or all, is so exactly; only the sums above are rounded.
        low = 0.0 if self.part == 0 else max(middle - reach, 0.0)
        return low, 1.0 if self.part == self.of else min(middle + reach, 1.0)

    def is_clearly_below(self, other: "Rate") -> bool:
        """Tell whether it is below another one by more than chance explains.

        By Newcombe's interval of a difference, which is made of Wilson's two.
        """
        above = self.interval[1] - self.share
        below = other.share - other.interval[0]
        return self.share - other.share + sqrt(above**2 + below**2) < 0
