"""The detector: from a text to verdicts on its statements.

    text ──► sentences ──► claim? ──► rulings? ──► rulings on similar claims? ──► verdict

>>> from fake_news.detection.checkpoint_folders import current_checkpoint
>>> detector = Detector.load(current_checkpoint())
>>> [verdict.label.value for verdict in detector.check("Thank you all for coming.")]
['no-claim']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import Checkpoint, read_checkpoint
from fake_news.detection.claims.check_worthiness import ClaimGate, sigmoid
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.evidence import decisive_label
from fake_news.detection.factchecks.fact_check_collection import (
    NO_EVIDENCE,
    FactCheckCollection,
    ImportedFactChecks,
    StatementEvidence,
)
from fake_news.detection.factchecks.language_model_judge.question import NearRuling
from fake_news.detection.factchecks.library import SearchResult
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.relation.cues import is_attribution
from fake_news.detection.factchecks.shipped_fact_checks import SECTION, SIMILAR_FILE
from fake_news.detection.sentence_analysis import FALSE_CLAIM, VERACITY, SentenceAnalyser, SentenceAnalysis
from fake_news.detection.veracity import similar_rulings
from fake_news.detection.veracity.abstention import Abstention, PlattScaling, why_unsure
from fake_news.detection.veracity.encoder_head import MeaningModel
from fake_news.detection.veracity.influence import influence, log_odds_of_similar_rulings, strongest_reasons
from fake_news.detection.veracity.similar_rulings import RULING_OF_LIKELY, SimilarRulings, likely
from fake_news.detection.verdict import Basis, Label, Reason, Verdict


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
        From the model's logit to the logit of P(true).
    """

    def __init__(self, checkpoint: Checkpoint, imported: ImportedFactChecks | None = None) -> None:
        model = checkpoint.model
        self.version: str = model["version"]
        self.fingerprint: str = model.get("fingerprint", "")
        self.card: dict[str, Any] = checkpoint.card
        self.calibration = PlattScaling(**model["calibration"])
        self._abstention = Abstention.read(model["abstention"])
        self._fact_checks = FactCheckCollection.of(checkpoint, imported)
        self._gate = ClaimGate.of(checkpoint, self.encoder)
        self._analyser = SentenceAnalyser(checkpoint, self._gate, self.encoder)
        self._meaning_model = MeaningModel.of(checkpoint, self.encoder)
        similar = model.get(SECTION, {}).get(similar_rulings.SECTION)
        self._similar_rulings = SimilarRulings.read(checkpoint.arrays(SIMILAR_FILE), similar) if similar else None

    @classmethod
    def load(cls, path: Path, imported: ImportedFactChecks | None = None) -> Detector:
        """Read and verify the checkpoint folder at ``path``.

        Parameters
        ----------
        imported : the source of rulings that the reader imported

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
                "Train again: `python -m fake_news train`.",
            ) from error

    def check(self, text: str) -> list[Verdict]:
        """Judge the statements of ``text`` in order; offsets count code points."""
        return self.check_many([text])[0]

    def check_many(self, texts: Sequence[str]) -> list[list[Verdict]]:
        """Judge several texts, with the same verdicts as for each alone; searched statements are encoded together."""
        analyses = self._analyser.analyse_many(texts)
        # Each once: a page repeats its headlines and captions, and evidence depends only on the words.
        searched = list(dict.fromkeys(one.statement for of_text in analyses for one in of_text if one.is_searched))
        found = dict(zip(searched, self._fact_checks.evidence(searched), strict=True))
        newest = self._fact_checks.summary()["newest"]
        return [
            [
                one.verdict or self._judge(one, found[one.statement] if one.is_searched else NO_EVIDENCE, newest)
                for one in of_text
            ]
            for of_text in analyses
        ]

    @property
    def fact_checks(self) -> Mapping[str, Any]:
        """The number of known fact-checks, including imported ones, and the date of the newest."""
        return self._fact_checks.summary()

    def fact_check_publishers(self) -> Mapping[str, int]:
        """Count the known fact-checks by publisher, most first."""
        return self._fact_checks.by_publisher()

    def search_fact_checks(self, words: str, most: int) -> list[SearchResult]:
        """Search for fact-checks on what some words are about, best first, for a reader."""
        return self._fact_checks.search(words, most)

    def near_rulings(self, statement: str, most: int) -> tuple[NearRuling, ...]:
        """Find the nearest rulings on a statement whose checked claims are known, those that decide first."""
        return self._fact_checks.near_rulings(statement, most)

    def influence(self, words: str, label: Label) -> tuple[Reason, ...]:
        """Compute how much each word counted, where a model that is not a sum over words gave a statement this label.

        Offsets are those of the statement. It takes as long as judging as many statements as there are words.
        """
        similar, meaning_model = self._similar_rulings, self._meaning_model
        if label in RULING_OF_LIKELY and similar:
            evidence, asked = self._fact_checks.evidence, RULING_OF_LIKELY[label]
            return influence(
                words, lambda texts: log_odds_of_similar_rulings(similar, asked, (one.near for one in evidence(texts)))
            )
        if label is Label.UNSURE and meaning_model:
            return influence(words, lambda texts: [self.calibration.slope * meaning_model(text) for text in texts])
        return ()

    @property
    def encoder(self) -> Encoder | None:
        """The encoder of statements and claims; ``None`` if the checkpoint has no fact-checks."""
        return self._fact_checks.encoder

    def matcher(self) -> Matcher | None:
        """Return the matcher for all rulings known now; ``None`` if the checkpoint has none."""
        return self._fact_checks.matcher()

    @property
    def fact_checks_version(self) -> str:
        """A string that changes whenever the imported fact-checks do: verdicts depend on it and the checkpoint."""
        return self._fact_checks.version()

    def searched_sentences(self, texts: Iterable[str]) -> tuple[list[str], int]:
        """Find the sentences of texts for which fact-checks are searched, and count all sentences."""
        analyses = [analysis for of_text in self._analyser.analyse_many(list(texts)) for analysis in of_text]
        return [analysis.statement for analysis in analyses if analysis.is_searched], len(analyses)

    @property
    def claim_threshold(self) -> float:
        """Least check-worthiness of a claim."""
        return self._gate.threshold

    def worthiness(self, sentences: Sequence[str]) -> list[float]:
        """Compute the check-worthiness, as served, of texts taken as one sentence each."""
        return self._analyser.worthiness(sentences)

    def probability(self, statement: str) -> float:
        """Compute the calibrated P(true) of a text taken as one statement: without splitting, gates or rounding."""
        if self._meaning_model:
            return sigmoid(self.calibration(self._meaning_model(statement)))
        return sigmoid(self.calibration(float(self._analyser.logits(statement)[VERACITY])))

    def _veracity(self, analysis: SentenceAnalysis) -> tuple[float, tuple[Reason, ...]]:
        """Compute P(true), and, if the model is a sum over words, the words for and against it."""
        if self._meaning_model:
            return sigmoid(self.calibration(self._meaning_model(analysis.statement))), ()
        assert analysis.logits is not None
        weights = self.calibration.slope * self._analyser.veracity_weights(analysis)
        return sigmoid(self.calibration(float(analysis.logits[VERACITY]))), strongest_reasons(analysis.tokens, weights)

    def _judge(self, analysis: SentenceAnalysis, found: StatementEvidence, newest: str | None) -> Verdict:
        assert analysis.logits is not None
        span, worthiness = analysis.span, round(analysis.worthiness, 4)
        ruling = decisive_label(found.evidence)
        if ruling is None and not self._gate.is_claim(analysis.worthiness):
            return Verdict(*span, Label.NO_CLAIM, Basis.CLAIMS, None, worthiness, unknown_words=analysis.unknown_words)
        if ruling is None and (
            similar := likely(self._similar_rulings, analysis.statement, found.near, found.unsupported)
        ):
            return Verdict(
                *span,
                similar.label,
                Basis.MODEL,
                round(similar.probability_true, 4),
                worthiness,
                similar.rulings,
                unknown_words=analysis.unknown_words,
            )
        probability, reasons = self._veracity(analysis)
        return Verdict(
            *span,
            # no colour without rulings on the card
            ruling or Label.UNSURE,
            Basis.FACT_CHECK if ruling else Basis.MODEL,
            round(probability, 4),
            worthiness,
            found.evidence,
            reasons=reasons,
            why=None if ruling else why_unsure(analysis.statement, analysis.tokens, newest),
            is_attribution=ruling is not None and is_attribution(analysis.statement),
            false_claim_score=round(float(analysis.logits[FALSE_CLAIM]), 4),
            unknown_words=analysis.unknown_words,
        )
