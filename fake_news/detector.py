"""The detector: from a text to verdicts on its statements.

    text ──► sentences ──► English? ──► claim? ──► known fact-check? ──► model ──► verdict

>>> from fake_news.checkpoint import current_checkpoint
>>> detector = Detector.load(current_checkpoint())
>>> [verdict.label.value for verdict in detector.check("Thank you all for coming.")]
['no-claim']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fake_news.checkpoint import Checkpoint, read_checkpoint
from fake_news.claims.check_worthiness import CheckWorthiness, sigmoid
from fake_news.errors import CheckpointError
from fake_news.factchecks.fact_check import FactCheck
from fake_news.factchecks.known import KnownFactChecks, OwnFactChecks
from fake_news.factchecks.matcher import ruled
from fake_news.text.features import FeatureExtractor
from fake_news.text.language import is_english
from fake_news.text.sentences import SentenceSplitter, Span
from fake_news.text.tokens import Token, tokenize
from fake_news.veracity.abstention import Abstention
from fake_news.veracity.calibration import PlattScaling
from fake_news.veracity.reasons import merged_reasons
from fake_news.verdict import Basis, Evidence, Label, Note, Verdict, Why

LONGEST_STATEMENT = 1000
"""Code points; what runs on longer without a full stop is a list, code or a wall of text, not a statement."""

SEARCHED_FROM = 0.05
"""Check-worthiness from which fact-checks are searched: far below that of a claim, as a ruling on it is better proof
that a sentence is one. Of the debate sentences that fact-checkers took up, 96 % have it, and 70 % count as claims."""

Search = Callable[[str, Span, Sequence[Token]], tuple[Evidence, ...]]
"""From a text, a statement's place in it and its tokens to the evidence on the statement."""

CHECK_WORTHINESS, VERACITY, SUSPICION = 0, 1, 2
"""Columns of the weight matrix."""


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

    def __init__(self, checkpoint: Checkpoint, own_fact_checks: OwnFactChecks | None = None) -> None:
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
        self._check_worthiness = CheckWorthiness(**model["check_worthiness"])
        self.calibration = PlattScaling(**model["calibration"])
        self._abstention = Abstention(**model["abstention"])
        self._fact_checks = KnownFactChecks.of(checkpoint, own_fact_checks)

    @classmethod
    def load(cls, path: Path, own_fact_checks: OwnFactChecks | None = None) -> Detector:
        """Read and verify the checkpoint folder at ``path``.

        Parameters
        ----------
        own_fact_checks : those that the reader imported

        Raises
        ------
        CheckpointError
            If the folder is missing, damaged, or of a format this version cannot read.
        """
        checkpoint = read_checkpoint(path)
        try:
            return cls(checkpoint, own_fact_checks)
        except (KeyError, TypeError, ValueError) as error:
            raise CheckpointError(
                f"The checkpoint at {path} does not describe a detector of this version ({error!r}).",
                "Train anew: `python -m fake_news train`.",
            ) from error

    def check(self, text: str) -> list[Verdict]:
        """Verdicts on the statements of ``text`` in order; offsets count code points."""
        return self._verdicts(text, self._fact_checks.evidence)

    def _verdicts(self, text: str, evidence: Search) -> list[Verdict]:
        spans = self._splitter.split(text)
        statements = [(span, _within(span, text)) for span in spans]
        all_tokens = [token for _, tokens in statements for token in tokens]
        block_is_english = self._is_english(all_tokens, self._known(all_tokens))
        return [self._judge(text, span, tokens, block_is_english, evidence) for span, tokens in statements]

    def check_many(self, texts: Iterable[str]) -> list[list[Verdict]]:
        """Verdicts on several texts, each judged by itself."""
        return [self.check(text) for text in texts]

    @property
    def fact_checks(self) -> Mapping[str, Any]:
        """How many fact-checks are known, the reader's own included, and the newest one's date."""
        return self._fact_checks.summary()

    def fact_check_publishers(self) -> Mapping[str, int]:
        """How many fact-checks are known of each publisher, most first."""
        return self._fact_checks.by_publisher()

    def search_fact_checks(self, words: str, most: int) -> list[FactCheck]:
        """Fact-checks that share words with a text, best first, for a reader who looks for one."""
        return [found.fact_check for found in self._fact_checks.search(words, most)]

    @property
    def fact_checks_version(self) -> str:
        """What verdicts depend on besides the checkpoint: another string once the reader's own fact-checks change."""
        return self._fact_checks.version()

    def searched_sentences(self, texts: Iterable[str]) -> tuple[list[str], int]:
        """The sentences of some texts for which fact-checks are searched, and how many sentences there are."""
        verdicts = [(text, verdict) for text in texts for verdict in self._verdicts(text, lambda *_: ())]
        searched = [(text, verdict) for text, verdict in verdicts if verdict.check_worthiness >= SEARCHED_FROM]
        return [text[verdict.start : verdict.end] for text, verdict in searched], len(verdicts)

    def probability(self, statement: str) -> float:
        """Calibrated P(true) of a text taken as one statement, whatever it is: without splitting, gates or rounding."""
        logits = self._extractor.transform(tokenize(statement)).logits(self._weights) + self._intercepts
        return sigmoid(self.calibration(float(logits[VERACITY])))

    def _is_english(self, tokens: Sequence[Token], known: int) -> bool | None:
        return is_english([token.form for token in tokens], known=known)

    def _known(self, tokens: Sequence[Token]) -> int:
        return sum(self._extractor.knows(token.form) for token in tokens)

    def _judge(
        self, text: str, span: Span, tokens: Sequence[Token], block_is_english: bool | None, evidence: Search
    ) -> Verdict:
        if span.end - span.start > LONGEST_STATEMENT:
            return Verdict(*span, Label.UNSURE, Basis.MODEL, None, 0.0, note=Note.TOO_LONG, why=Why.TOO_LONG)
        known = self._known(tokens)
        unknown = 1.0 - known / len(tokens) if tokens else None
        statement_is_english = self._is_english(tokens, known)
        if (block_is_english if statement_is_english is None else statement_is_english) is False:
            note, why = Note.NOT_ENGLISH, Why.NOT_ENGLISH
            return Verdict(*span, Label.UNSURE, Basis.MODEL, None, 0.0, note=note, why=why, unknown_words=unknown)
        features = self._extractor.transform(tokens)
        logits = features.logits(self._weights) + self._intercepts
        worthiness = self._check_worthiness.score(float(logits[CHECK_WORTHINESS]), text[span.start : span.end], tokens)
        found = evidence(text, span, tokens) if worthiness >= SEARCHED_FROM else ()
        ruling = ruled(found)
        if ruling is None and not self._check_worthiness.is_claim(worthiness):
            return Verdict(*span, Label.NO_CLAIM, Basis.CLAIMS, None, round(worthiness, 4), unknown_words=unknown)
        probability = sigmoid(self.calibration(float(logits[VERACITY])))
        suspicion = float(logits[SUSPICION])
        weights = self.calibration.slope * features.token_weights(self._weights[:, VERACITY], len(tokens))
        return Verdict(
            *span,
            # no colour without rulings that the card lists
            ruling or Label.UNSURE,
            Basis.FACT_CHECK if ruling else Basis.MODEL,
            round(probability, 4),
            round(worthiness, 4),
            found,
            reasons=merged_reasons(tokens, weights),
            why=None if ruling else Why.NO_RULING,
            suspicion=round(suspicion, 4),
            unknown_words=unknown,
        )


def _within(span: Span, text: str) -> list[Token]:
    """The statement's tokens; a text too long to be a statement has none."""
    if span.end - span.start > LONGEST_STATEMENT:
        return []
    return [
        token._replace(start=token.start + span.start, end=token.end + span.start)
        for token in tokenize(text[span.start : span.end])
    ]
