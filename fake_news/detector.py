"""The detector: from a text to verdicts on its statements.

    text ──► sentences ──► English? ──► claim? ──► known fact-check? ──► model ──► verdict

>>> from fake_news.checkpoint import current_checkpoint
>>> detector = Detector.load(current_checkpoint())
>>> [verdict.label.value for verdict in detector.check("Thank you all for coming.")]
['no-claim']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fake_news.checkpoint import Checkpoint, read_checkpoint
from fake_news.claims.check_worthiness import sigmoid
from fake_news.claims.gate import SEARCHED_FROM, STILL_SEARCHED_FROM, Candidate, ClaimGate
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.bearing import Near
from fake_news.detection.factchecks.deciding import decided, shown_as_similar
from fake_news.detection.factchecks.judge.near_ruling import NearRuling
from fake_news.detection.factchecks.known import NO_EVIDENCE, ImportedFactChecks, KnownEvidence, KnownFactChecks
from fake_news.detection.factchecks.matcher import Found, Matcher
from fake_news.detection.factchecks.relation.cues import is_attribution, leaves_it_open
from fake_news.detection.factchecks.relation.denial import negates
from fake_news.detection.factchecks.shipped import SECTION, SIMILAR_FILE
from fake_news.detection.unsure import why_unsure
from fake_news.detection.veracity import similar_rulings
from fake_news.detection.veracity.similar_rulings import SimilarRulings, similarity_features, supporting
from fake_news.errors import CheckpointError
from fake_news.text.features import FeatureExtractor, Features
from fake_news.text.language import is_english
from fake_news.text.sentences import SentenceSplitter, Span
from fake_news.text.tokens import Token, tokenize
from fake_news.veracity.abstention import Abstention
from fake_news.veracity.calibration import PlattScaling
from fake_news.veracity.reasons import merged_reasons
from fake_news.verdict import Basis, Evidence, Label, Note, Verdict, Why

LONGEST_STATEMENT = 1000
"""Code points; what runs on longer without a full stop is a list, code or a wall of text, not a statement."""

CHECK_WORTHINESS, VERACITY, SUSPICION = 0, 1, 2
"""Columns of the weight matrix."""


class _Reading(NamedTuple):
    """A statement before its rulings are known.

    Attributes
    ----------
    may_be_claim : whether words, and then meaning, leave it possible
    verdict : where it needs no ruling: what is not in English, or too long
    """

    text: str
    span: Span
    tokens: Sequence[Token] = ()
    worthiness: float = 0.0
    may_be_claim: bool = False
    features: Features | None = None
    logits: NDArray[np.float64] | None = None
    unknown: float | None = None
    verdict: Verdict | None = None

    @property
    def statement(self) -> str:
        """Its words."""
        return self.text[self.span.start : self.span.end]

    @property
    def candidate(self) -> Candidate:
        """What the gate looks at."""
        assert self.logits is not None
        return Candidate(self.statement, self.tokens, float(self.logits[CHECK_WORTHINESS]))

    @property
    def is_searched(self) -> bool:
        """Whether rulings are searched for it."""
        return self.verdict is None and self.may_be_claim


class _Similar(NamedTuple):
    """Rulings on similar claims, and how likely they make it that a statement is false."""

    probability_false: float
    rulings: tuple[Evidence, ...]


class Detector:
    """Judges texts with one checkpoint; same text, same checkpoint, same verdicts.

    Build it with :meth:`load`.

    Attributes
    ----------
    version : str
        The checkpoint's version, such as ``2026.11-a``.
    fingerprint : str
        SHA-256 of the checkpoint; empty for one that was never written.
    card : dict
        The model card, ready for JSON.
    calibration : PlattScaling
        From the model's logit to that of P(true).
    """

    def __init__(self, checkpoint: Checkpoint, imported: ImportedFactChecks | None = None) -> None:
        model = checkpoint.model
        self.version: str = model["version"]
        self.fingerprint: str = model.get("fingerprint", "")
        self.card: dict[str, Any] = model["card"]
        vocabulary = checkpoint.lines("vocabulary.txt")
        words = model["features"]["words"]
        self._extractor = FeatureExtractor(vocabulary[:words], vocabulary[words:], checkpoint.array("idf.npy"))
        self._weights = checkpoint.array("weights.npy")
        self._intercepts: list[float] = model["intercepts"]
        self._splitter = SentenceSplitter(
            **{name: frozenset(words) for name, words in checkpoint.json("sentences.json").items()}
        )
        self.calibration = PlattScaling(**model["calibration"])
        self._abstention = Abstention(**model["abstention"])
        self._fact_checks = KnownFactChecks.of(checkpoint, imported)
        self._gate = ClaimGate.of(checkpoint, self.encoder)
        similar = model.get(SECTION, {}).get(similar_rulings.SECTION)
        self._similar_rulings = SimilarRulings.read(checkpoint.arrays(SIMILAR_FILE), similar) if similar else None

    @classmethod
    def load(cls, path: Path, imported: ImportedFactChecks | None = None) -> Detector:
        """Read and verify the checkpoint folder at ``path``.

        Parameters
        ----------
        imported : the rulings that the reader imported

        Raises
        ------
        CheckpointError
            If the folder is missing, damaged, or of a format this version cannot read.
        """
        checkpoint = read_checkpoint(path)
        try:
            return cls(checkpoint, imported)
        except (KeyError, TypeError, ValueError) as error:
            raise CheckpointError(
                f"The checkpoint at {path} does not describe a detector of this version ({error!r}).",
                "Train anew: `python -m fake_news train`.",
            ) from error

    def check(self, text: str) -> list[Verdict]:
        """Verdicts on the statements of ``text`` in order; offsets count code points."""
        return self.check_many([text])[0]

    def check_many(self, texts: Sequence[str]) -> list[list[Verdict]]:
        """Verdicts on several texts, the same as on each by itself; what is searched is encoded together."""
        readings = self._read_many(texts)
        searched = [one for of_text in readings for one in of_text if one.is_searched]
        found = iter(self._fact_checks.evidence([one.statement for one in searched]))
        newest = self._fact_checks.summary()["newest"]
        return [
            [
                one.verdict or self._judge(one, next(found) if one.is_searched else NO_EVIDENCE, newest)
                for one in of_text
            ]
            for of_text in readings
        ]

    @property
    def fact_checks(self) -> Mapping[str, Any]:
        """How many fact-checks are known, the reader's own included, and the newest one's date."""
        return self._fact_checks.summary()

    def fact_check_publishers(self) -> Mapping[str, int]:
        """How many fact-checks are known of each publisher, most first."""
        return self._fact_checks.by_publisher()

    def search_fact_checks(self, words: str, most: int) -> list[Found]:
        """Fact-checks nearest to some words in meaning, best first, for a reader who looks for one."""
        return self._fact_checks.search(words, most)

    def near_rulings(self, statement: str, most: int) -> tuple[NearRuling, ...]:
        """The nearest rulings on a statement of which it is known what was checked, those that decide first."""
        return self._fact_checks.near_rulings(statement, most)

    @property
    def encoder(self) -> Encoder | None:
        """What reads statements and claims; ``None`` where the checkpoint has no fact-checks."""
        return self._fact_checks.encoder

    def matcher(self) -> Matcher | None:
        """What finds rulings now; ``None`` where the checkpoint has none."""
        return self._fact_checks.matcher()

    @property
    def fact_checks_version(self) -> str:
        """What verdicts depend on besides the checkpoint: another string once the reader's own fact-checks change."""
        return self._fact_checks.version()

    def searched_sentences(self, texts: Iterable[str]) -> tuple[list[str], int]:
        """The sentences of some texts for which fact-checks are searched, and how many sentences there are."""
        readings = [reading for of_text in self._read_many(list(texts)) for reading in of_text]
        return [reading.statement for reading in readings if reading.is_searched], len(readings)

    @property
    def claim_threshold(self) -> float:
        """Least check-worthiness of a claim."""
        return self._gate.threshold

    def worthiness(self, sentences: Sequence[str]) -> list[float]:
        """Check-worthiness, as served, of texts that are taken as one sentence each."""
        read = [self._read_statement(text, Span(0, len(text)), tokenize(text), None) for text in sentences]
        return [one.worthiness for one in self._weighed(read)]

    def probability(self, statement: str) -> float:
        """Calibrated P(true) of a text taken as one statement, whatever it is: without splitting, gates or rounding."""
        logits = self._extractor.transform(tokenize(statement)).logits(self._weights) + self._intercepts
        return sigmoid(self.calibration(float(logits[VERACITY])))

    def _is_english(self, tokens: Sequence[Token], known: int) -> bool | None:
        return is_english([token.form for token in tokens], known=known)

    def _known(self, tokens: Sequence[Token]) -> int:
        return sum(self._extractor.knows(token.form) for token in tokens)

    def _read_many(self, texts: Sequence[str]) -> list[list[_Reading]]:
        """What is read of several texts; sentences that may be claims are encoded together."""
        readings = [self._read(text) for text in texts]
        weighed = iter(self._weighed([one for of_text in readings for one in of_text]))
        return [[next(weighed) for _ in of_text] for of_text in readings]

    def _weighed(self, readings: Sequence[_Reading]) -> list[_Reading]:
        """The readings, with what meaning says of those that words let through."""
        rows = [row for row, one in enumerate(readings) if one.is_searched]
        scores = self._gate.meaning_says([readings[row].candidate for row in rows])
        weighed = list(readings)
        for row, score in zip(rows, scores or (), strict=scores is not None):
            weighed[row] = weighed[row]._replace(worthiness=score, may_be_claim=score >= STILL_SEARCHED_FROM)
        return weighed

    def _read(self, text: str) -> list[_Reading]:
        spans = self._splitter.split(text)
        statements = [(span, _within(span, text)) for span in spans]
        all_tokens = [token for _, tokens in statements for token in tokens]
        block_is_english = self._is_english(all_tokens, self._known(all_tokens))
        return [self._read_statement(text, span, tokens, block_is_english) for span, tokens in statements]

    def _read_statement(
        self, text: str, span: Span, tokens: Sequence[Token], block_is_english: bool | None
    ) -> _Reading:
        if span.end - span.start > LONGEST_STATEMENT:
            note, why = Note.TOO_LONG, Why.TOO_LONG
            return _Reading(
                text, span, verdict=Verdict(*span, Label.UNSURE, Basis.MODEL, None, 0.0, note=note, why=why)
            )
        known = self._known(tokens)
        unknown = 1.0 - known / len(tokens) if tokens else None
        statement_is_english = self._is_english(tokens, known)
        if (block_is_english if statement_is_english is None else statement_is_english) is False:
            note, why = Note.NOT_ENGLISH, Why.NOT_ENGLISH
            verdict = Verdict(*span, Label.UNSURE, Basis.MODEL, None, 0.0, note=note, why=why, unknown_words=unknown)
            return _Reading(text, span, verdict=verdict)
        features = self._extractor.transform(tokens)
        logits = features.logits(self._weights) + self._intercepts
        reading = _Reading(text, span, tokens, features=features, logits=logits, unknown=unknown)
        worthiness = self._gate.words_say(reading.candidate)
        return reading._replace(worthiness=worthiness, may_be_claim=worthiness >= SEARCHED_FROM)

    def _judge(self, reading: _Reading, found: KnownEvidence, newest: str | None) -> Verdict:
        assert reading.features is not None
        assert reading.logits is not None
        span, worthiness = reading.span, round(reading.worthiness, 4)
        ruling = decided(found.shown)
        if ruling is None and not self._gate.is_claim(reading.worthiness):
            return Verdict(*span, Label.NO_CLAIM, Basis.CLAIMS, None, worthiness, unknown_words=reading.unknown)
        if ruling is None and (similar := self._similar(reading.statement, found.near)):
            return Verdict(
                *span,
                Label.LIKELY_FALSE,
                Basis.MODEL,
                round(1.0 - similar.probability_false, 4),
                worthiness,
                similar.rulings,
                unknown_words=reading.unknown,
            )
        weights = self.calibration.slope * reading.features.token_weights(
            self._weights[:, VERACITY], len(reading.tokens)
        )
        return Verdict(
            *span,
            # no colour without rulings that the card lists
            ruling or Label.UNSURE,
            Basis.FACT_CHECK if ruling else Basis.MODEL,
            round(sigmoid(self.calibration(float(reading.logits[VERACITY]))), 4),
            worthiness,
            found.shown,
            reasons=merged_reasons(reading.tokens, weights),
            why=None if ruling else why_unsure(reading.statement, reading.tokens, newest),
            is_attribution=ruling is not None and is_attribution(reading.statement),
            suspicion=round(float(reading.logits[SUSPICION]), 4),
            unknown_words=reading.unknown,
        )

    def _similar(self, statement: str, near: Near | None) -> _Similar | None:
        """The rulings on similar claims that make it likely that a statement is false, where they do."""
        if self._similar_rulings is None or near is None or leaves_it_open(statement) or negates(statement):
            return None
        labels = [match.fact_check.label for match in near.matches]
        probability = self._similar_rulings.probability(similarity_features(near.features, near.cosine, labels))
        places = supporting(near.features, near.cosine, labels)
        if probability < self._similar_rulings.bound or not places:
            return None
        return _Similar(probability, shown_as_similar([near.matches[place] for place in places]))


def _within(span: Span, text: str) -> list[Token]:
    """The statement's tokens; a text too long to be a statement has none."""
    if span.end - span.start > LONGEST_STATEMENT:
        return []
    return [
        token._replace(start=token.start + span.start, end=token.end + span.start)
        for token in tokenize(text[span.start : span.end])
    ]
