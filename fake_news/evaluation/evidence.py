"""Evidence: whether the published ruling on what a sentence says is found, and whether one is wrongly carried over.

Everything here is measured on sentences that lie in the repository, so that a bare clone prints the same figures: those
written around held-out rulings, and well-known statements.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import (
    Case,
    Kind,
    PlainSentence,
    Split,
    load_plain_words,
    tempting_statements,
    well_known_statements,
)
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Basis, Label, Relation, Verdict
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import share

RED = frozenset([Label.FALSE, Label.LIKELY_FALSE])
GREEN = frozenset([Label.TRUE, Label.LIKELY_TRUE])
SAYS = (Kind.SAME, Kind.MORE)
"""The kinds whose ruling should be found."""
MUST_NOT_CARRY = (Kind.OPPOSITE, Kind.NEAR, Kind.PART, Kind.REPORT, Kind.LESS, Kind.FRAGMENT, Kind.BACKGROUND)
_RED_IS_WRONG = (Kind.OPPOSITE, Kind.BACKGROUND)
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the detector said of a sentence around a ruling.

    Attributes
    ----------
    linked : whether the sentence's own ruling decides its label, as the same claim
    opposed : whether it decides as the opposite
    shown : whether it is in the card at all
    label : what is stamped by rulings; ``None`` where nothing is
    is_red, is_green : whether any of it is painted false or likely false, true or likely true
    """

    sentence: PlainSentence
    linked: bool
    opposed: bool
    shown: bool
    label: Label | None
    is_red: bool
    is_green: bool

    @property
    def carried(self) -> bool:
        """Whether a ruling is carried over to a sentence that it does not decide.

        A statement that is weaker than a true claim, or presupposed by it, is true as well.
        """
        follows = self.sentence.kind in (Kind.LESS, Kind.PART) and self.sentence.label == Label.TRUE
        return self.linked and not follows


def evidence_rows(detector: Detector) -> list[Row]:
    """Measure evidence on the sentences that need no data set."""
    outcomes = judge_plain_words(detector, load_plain_words(), Split.TEST)
    return [*_plain_rows(outcomes), *_case_rows(detector)]


def judge_plain_words(detector: Detector, sentences: Sequence[PlainSentence], split: Split) -> list[Outcome]:
    """Judge each sentence around the rulings of a split."""
    held_out = [sentence for sentence in sentences if sentence.split is split]
    outcomes = []
    for first in range(0, len(held_out), _AT_ONCE):
        part = held_out[first : first + _AT_ONCE]
        judged = detector.check_many([sentence.text for sentence in part])
        outcomes += [_outcome(sentence, verdicts) for sentence, verdicts in zip(part, judged, strict=True)]
    return outcomes


def _outcome(sentence: PlainSentence, verdicts: Sequence[Verdict]) -> Outcome:
    address = canonical_address(sentence.url)
    own = [item for verdict in verdicts for item in verdict.evidence if canonical_address(item.url) == address]
    stamped = [verdict.label for verdict in verdicts if verdict.basis is Basis.FACT_CHECK]
    return Outcome(
        sentence,
        any(item.relation is Relation.SAME_CLAIM for item in own),
        any(item.relation is Relation.OPPOSITE_CLAIM for item in own),
        bool(own),
        stamped[0] if stamped else None,
        _any_red(verdicts),
        _any_green(verdicts),
    )


def _plain_rows(outcomes: Sequence[Outcome]) -> list[Row]:
    where = "plain_words, rulings held out"
    is_red, is_green = attrgetter("is_red"), attrgetter("is_green")

    def row(measure: str, kinds: Sequence[Kind], hit: Callable[[Outcome], bool], without: str, label: str = "") -> Row:
        chosen = [o for o in outcomes if o.sentence.kind in kinds and (not label or o.sentence.label == label)]
        rulings = [outcome.sentence.ruling for outcome in chosen]
        return share_row(measure, where, [hit(outcome) for outcome in chosen], without, rulings)

    rows = [
        row("plain wording is linked to its ruling", [Kind.SAME], lambda o: o.linked, "none: 0"),
        row("… its ruling is in the card at all", [Kind.SAME], lambda o: o.shown, "none: 0"),
        row("… is stamped as its ruling says", [Kind.SAME], lambda o: o.label == o.sentence.label, "none: 0"),
        row("claim and something further, claim false: linked", [Kind.MORE], lambda o: o.linked, "none: 0", "false"),
        row(
            "denial of a false claim is answered by its ruling",
            [Kind.OPPOSITE],
            lambda o: o.opposed,
            "none: 0",
            "false",
        ),
        row("a ruling wrongly carried over, all kinds", MUST_NOT_CARRY, lambda o: o.carried, "linking all: 1"),
    ]
    rows += [row(f"… to kind {kind.value}", [kind], lambda o: o.carried, "linking all: 1") for kind in MUST_NOT_CARRY]
    rows += [
        row("plain wording stamped against its ruling", [Kind.SAME], _contradicts, "stamping none: 0"),
        row("red on denials of false claims, and on background", _RED_IS_WRONG, is_red, "painting none: 0", "false"),
        row("red on plain wordings of true claims", [Kind.SAME], is_red, "painting none: 0", "true"),
        row("green on plain wordings of false claims", [Kind.SAME], is_green, "painting none: 0", "false"),
        row("false claim in plain words: false or likely false", [Kind.SAME], is_red, "painting none: 0", "false"),
        row("true claim in plain words: true or likely true", [Kind.SAME], is_green, "painting none: 0", "true"),
    ]
    return rows


def _contradicts(outcome: Outcome) -> bool:
    return outcome.label is not None and {outcome.label.value, outcome.sentence.label} == {"true", "false"}


def _case_rows(detector: Detector) -> list[Row]:
    cases = well_known_statements()
    verdicts = detector.check_many([case.text for case in cases])
    rows = []
    for measure, expected, is_hit in (
        ("famous falsehood: ruled false", "false", lambda v: _stamp(v) is Label.FALSE),
        ("famous falsehood: false or likely false, with its rulings", "false", _is_red_with_rulings),
        ("famous falsehood: ruled otherwise", "false", lambda v: _stamp(v) in (Label.TRUE, Label.MIXED)),
        ("famous falsehood: green", "false", _any_green),
        ("famous truth: ruled true", "true", lambda v: _stamp(v) is Label.TRUE),
        ("famous truth: true or likely true", "true", _any_green),
        ("famous truth: red", "true", _any_red),
        ("true correction of a falsehood: red", "debunk", _any_red),
        ("ordinary sentence: stamped or red", "ordinary", lambda v: _stamp(v) is not None or _any_red(v)),
    ):
        hits = [is_hit(found) for case, found in zip(cases, verdicts, strict=True) if case.expected == expected]
        rows.append(share_row(measure, "cases/statements.tsv", hits))
    wrong = [is_wrong(case, detector.check(case.text)) for case in tempting_statements()]
    return [*rows, share_row("stamped with the ruling on another claim", "cases/wrong_stamps.tsv", wrong)]


def is_wrong(case: Case, verdicts: Sequence[Verdict]) -> bool:
    """Whether a tempting statement got the ruling on another claim."""
    stamp = _stamp(verdicts)
    return stamp is not None and stamp.value != case.expected


def _stamp(verdicts: Sequence[Verdict]) -> Label | None:
    return next((verdict.label for verdict in verdicts if verdict.basis is Basis.FACT_CHECK), None)


def _is_red_with_rulings(verdicts: Sequence[Verdict]) -> bool:
    return any(verdict.label in RED and bool(verdict.evidence) for verdict in verdicts)


def _any_red(verdicts: Sequence[Verdict]) -> bool:
    return any(verdict.label in RED for verdict in verdicts)


def _any_green(verdicts: Sequence[Verdict]) -> bool:
    return any(verdict.label in GREEN for verdict in verdicts)


def share_row(
    measure: str, where: str, hits: Sequence[bool], without: str = "–", clusters: Sequence[str] | None = None
) -> Row:
    statistic = share(np.array(hits, dtype=bool))
    return Row.of(Section.EVIDENCE, measure, where, statistic, len(hits), without, clusters=clusters)
