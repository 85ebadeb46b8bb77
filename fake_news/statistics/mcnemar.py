"""McNemar's test: do two models decide the same statements equally well?"""

from __future__ import annotations

from scipy.stats import binomtest

from fake_news.common.arrays import BoolArray


def mcnemar_p_value(ours_right: BoolArray, theirs_right: BoolArray) -> float:
    """Two-sided exact p-value of "both are right equally often" on paired rows.

    McNemar 1947, "Note on the sampling error of the difference between correlated proportions": only rows on which
    the two differ tell, and under the hypothesis each is as likely to favour one as the other.
    """
    ours, theirs = int((ours_right & ~theirs_right).sum()), int((~ours_right & theirs_right).sum())
    return float(binomtest(ours, ours + theirs).pvalue) if ours + theirs else 1.0
