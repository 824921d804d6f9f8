"""The agreement coefficients, each a function of sums over units, many samples at a time.

Every function takes `Sums` for `n` samples and returns shape ``(n,)``, nan where the coefficient is undefined;
`agreement` puts the reason in words. Except for percent, each has the form ``(p_a - p_e) / (1 - p_e)``: the
share of agreement beyond chance that was reached, 1 at full agreement, 0 at what chance would give, negative below.
They differ only in what they take chance to be.

With missing judgements the conventions are those of Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014), chapters
2-3 (https://www.agreestat.com), as in the R package irrCAC: ``p_a`` is the mean, over units with two judgements or
more, of the share of a unit's pairs of judgements that agree; label shares are means over all judged units. Alpha
drops units with one judgement and counts each unit in proportion to its judgements. ``q`` is the number of labels of
the scheme (without a scheme, of labels in use).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from reports.judgements.table import Floats
from reports.statistics.sums import Sums
from reports.statistics.weights import WEIGHTINGS, Weighting, ordinal_distances, weights

Metric = Literal["nominal", "ordinal", "interval", "ratio"]


def percent(sums: Sums, weighting: Weighting = "identity") -> Floats:
    """Observed agreement ``p_a``: the chance that two annotators of a unit give it the same label.

    ``p_a = mean over paired units of sum_k r_k (sum_l w_kl r_l - 1) / (r (r - 1))``. Source: Gwet 2014, eq. 3.2.
    Read it with the label shares beside it: where nearly all is neutral, 90 % is what chance alone gives.
    """
    return _ratio(sums.agreed[:, WEIGHTINGS.index(weighting)], sums.paired)


def fleiss(sums: Sums, weighting: Weighting = "identity", values: Floats | None = None) -> Floats:
    """Fleiss' kappa, any number of annotators: chance draws both labels from the label shares of all annotators.

    ``p_e = sum_kl w_kl pi_k pi_l``. Source: Fleiss, Psychological Bulletin 76 (1971),
    https://doi.org/10.1037/h0031619; with missing data Gwet 2014, section 2.3. For two annotators on complete data it
    is Scott's pi. Falls when one label is much more frequent than the others, at the same percent agreement.
    """
    shares = _shares(sums)
    return _beyond(percent(sums, weighting), _alike(shares, shares, _matrix(sums, weighting, values)))


def scott(sums: Sums, weighting: Weighting = "identity", values: Floats | None = None) -> Floats:
    """Scott's pi, two annotators: `fleiss` on the units that both judged.

    Source: Scott, Public Opinion Quarterly 19 (1955), https://doi.org/10.1086/266577. Unlike Cohen's kappa it does not
    reward two annotators for having different habits.
    """
    return fleiss(sums, weighting, values)


def conger(sums: Sums, weighting: Weighting = "identity", values: Floats | None = None) -> Floats:
    """Conger's kappa, any number of annotators: chance keeps each annotator's own label shares.

    ``p_e = sum_kl w_kl (mean_g p_gk p_gl - s_kl / r)`` with ``p_gk`` the share of label k among annotator g's own
    judgements, ``s_kl`` their covariance over the r annotators: the mean over pairs of different annotators. Source:
    Conger, Psychological Bulletin 88 (1980), https://doi.org/10.1037/0033-2909.88.2.322; missing data: Gwet 2014,
    eq. 2.3.11. An annotator without judgements (in a resample) is left out.
    """
    totals = sums.people.sum(axis=2)
    shares = _ratio(sums.people, totals[:, :, None])
    here = totals > 0
    shares = np.where(here[:, :, None], shares, 0.0)
    people = here.sum(axis=1).astype(np.float64)
    matrix = _matrix(sums, weighting, values)
    summed = shares.sum(axis=1)
    everyone = _alike(summed, summed, matrix)
    themselves = _alike(shares, shares, matrix).sum(axis=1)
    return _beyond(percent(sums, weighting), _ratio(everyone - themselves, people * (people - 1)))


def cohen(sums: Sums, weighting: Weighting = "identity", values: Floats | None = None) -> Floats:
    """Cohen's kappa, two annotators: `conger` on the units that both judged; weighted with `weighting`.

    ``p_e = sum_kl w_kl p_1k p_2l``. Source: Cohen, Educational and Psychological Measurement 20 (1960),
    https://doi.org/10.1177/001316446002000104; weighted: Psychological Bulletin 70 (1968),
    https://doi.org/10.1037/h0026256. Undefined for more than two: read it per pair, or read `conger`.
    """
    return conger(sums, weighting, values)


def brennan_prediger(sums: Sums, weighting: Weighting = "identity", values: Floats | None = None) -> Floats:
    """Brennan and Prediger's kappa: chance gives every label the same probability, ``p_e = sum_kl w_kl / q^2``.

    Source: Brennan & Prediger, Educational and Psychological Measurement 41 (1981),
    https://doi.org/10.1177/001316448104100307. With two labels it is PABAK. Immune to prevalence, but rises with the
    number of labels in the scheme, used or not.
    """
    matrix = _matrix(sums, weighting, values)
    size = sums.shares.shape[1]
    expected = np.full(len(sums.units), _weight_total(sums, matrix) / size**2)
    return _beyond(percent(sums, weighting), expected)


def gwet(sums: Sums, weighting: Weighting = "identity", values: Floats | None = None) -> Floats:
    """Gwet's AC1 (identity weights) and AC2 (others): chance agreement needs hard units, and these are few where one
    label prevails.

    ``p_e = T / (q (q - 1)) sum_k pi_k (1 - pi_k)``, ``T`` the sum of the weights. Source: Gwet, British Journal of
    Mathematical and Statistical Psychology 61 (2008), https://doi.org/10.1348/000711006X126600; weighted: 2014,
    section 3.5. Stays high under strong prevalence, where kappa and alpha fall: read it beside them, not instead.
    """  # noqa: D205 - one sentence
    shares = _shares(sums)
    matrix = _matrix(sums, weighting, values)
    size = shares.shape[1]
    if size < 2:
        return np.full(len(shares), np.nan)
    expected = _weight_total(sums, matrix) / (size * (size - 1)) * (shares * (1 - shares)).sum(axis=1)
    return _beyond(percent(sums, weighting), expected)


def alpha(sums: Sums, metric: Metric = "nominal", values: Floats | None = None) -> Floats:
    """Krippendorff's alpha, ``1 - D_o / D_e``: the disagreement seen over the disagreement chance would give.

    ``D_o = sum_kl o_kl d_kl / n``, ``D_e = sum_kl n_k n_l d_kl / (n (n - 1))`` with ``o_kl`` the coincidences within
    units, ``n_k`` judgements with label k, ``n`` all of them, ``d`` the squared distance of the `metric`: ``nominal``,
    ``ordinal`` (Krippendorff's, from the data), ``interval``, ``ratio``. Source: Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011), https://repository.upenn.edu/asc_papers/43. Krippendorff asks for .800, and for .667 where
    tentative conclusions will do; judge the lower limit of the interval by them, not the value.
    """
    if metric == "ordinal":
        return _alpha(sums, ordinal_distances(sums.margins))
    if metric == "nominal":
        total = sums.margins.sum(axis=1)
        expected = (total**2 - (sums.margins**2).sum(axis=1)) / 2
        return _one_minus(total, sums.apart.sum(axis=1), expected)
    return weighted_alpha(sums, "quadratic" if metric == "interval" else "ratio", values)


def weighted_alpha(sums: Sums, weighting: Weighting, values: Floats | None = None) -> Floats:
    """Alpha with one minus a weighting as its distance: for comparison with the weighted kappas, and with irrCAC.

    ``ordinal`` here are Gwet's rank weights, not Krippendorff's ordinal metric. Needs labels that have an order.
    Source: Gwet, On the Krippendorff's Alpha Coefficient (2011), https://www.agreestat.com/papers.
    """
    scale = values if values is not None else np.arange(sums.shares.shape[1], dtype=np.float64)
    return _alpha(sums, 1 - weights(weighting, scale)[None])


def _alpha(sums: Sums, distances: Floats) -> Floats:
    first, second = np.triu_indices(sums.margins.shape[1], k=1)
    distance = distances[:, first, second]
    expected = (sums.margins[:, first] * sums.margins[:, second] * distance).sum(axis=1)
    return _one_minus(sums.margins.sum(axis=1), (sums.apart * distance).sum(axis=1), expected)


def _one_minus(total: Floats, observed: Floats, expected: Floats) -> Floats:
    return np.where(expected > 0, 1 - (total - 1) * _ratio(observed, expected), np.nan)


def category_alphas(margins: Floats, apart: Floats) -> Floats:
    """Alpha of each label against all others, shape ``(n, labels)``: is this label told from the rest?

    From `margins` ``(n, labels)``, judgements with each label in paired units, and `apart` ``(n, labels)``, pairs of a
    judgement with the label and one without, each unit's divided by its judgements less one. It is the nominal alpha
    after reading every other label as one. Source: Krippendorff, Content Analysis (4th ed. 2018), section 12.3.
    """
    total = margins.sum(axis=1, keepdims=True)
    expected = margins * (total - margins)
    return np.where(expected > 0, 1 - (total - 1) * _ratio(apart, expected), np.nan)


def specific_agreement(margins: Floats, apart: Floats) -> Floats:
    """The chance that a second annotator also gives the label, once one has: shape ``(n, labels)``.

    ``1 - apart_k / n_k``. Source: Dice 1945; Cicchetti & Feinstein, J. Clinical Epidemiology 43 (1990),
    https://doi.org/10.1016/0895-4356(90)90159-M. Read it as the agreement on cases of this label.
    """
    return 1 - _ratio(apart, margins)


def _shares(sums: Sums) -> Floats:
    return _ratio(sums.shares, sums.units[:, None])


def _alike(first: Floats, second: Floats, matrix: Floats | None) -> Floats:
    """``sum_kl w_kl first_k second_l`` over the last axis; without a matrix, labels agree with themselves alone.

    Not by ``@``, in whose BLAS a row's last bit can depend on how many rows there are.
    """
    weighted = first if matrix is None else np.einsum("...i,ij->...j", first, matrix)
    agreed: Floats = (weighted * second).sum(axis=-1)
    return agreed


def _matrix(sums: Sums, weighting: Weighting, values: Floats | None) -> Floats | None:
    """The weight matrix; None for identity, which needs none (there may be thousands of labels)."""
    if weighting == "identity":
        return None
    return weights(weighting, values if values is not None else np.arange(sums.shares.shape[1], dtype=np.float64))


def _weight_total(sums: Sums, matrix: Floats | None) -> float:
    return float(sums.shares.shape[1] if matrix is None else matrix.sum())


def _beyond(observed: Floats, expected: Floats) -> Floats:
    """``(p_a - p_e) / (1 - p_e)``; nan where chance alone would always agree."""
    return np.where(expected < 1 - 1e-12, _ratio(observed - expected, 1 - expected), np.nan)


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Floats = np.where(below > 0, above / below, np.nan)
    return ratio
