"""Sentence analysis: a text's sentences, their features, and which may be claims, before any ruling is looked up.

text ──► sentences ──► English? ──► features ──► may it be a claim?
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fake_news.common.arrays import FloatArray
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.claims.check_worthiness import (
    SEARCH_THRESHOLD,
    SEARCH_THRESHOLD_BY_MEANING,
    Candidate,
    ClaimGate,
)
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.text.features import FeatureExtractor, Features
from fake_news.detection.text.full_stops import with_full_stop
from fake_news.detection.text.language import is_english
from fake_news.detection.text.sentences import SentenceSplitter, Span
from fake_news.detection.text.tokens import Token, tokenize
from fake_news.detection.verdict import Basis, Label, Note, Verdict, Why

LONGEST_STATEMENT = 1000
"""In code points: a longer text without a full stop is a list, code or a wall of text, not a statement."""

_SURE_WITH_FULL_STOP = 0.95
"""Check-worthiness, computed with a full stop, from which words without one are a claim; one in sixty headlines
reaches it."""
CHECK_WORTHINESS, VERACITY, FALSE_CLAIM = 0, 1, 2
"""Columns of the weight matrix."""


class SentenceAnalysis(NamedTuple):
    """What is known of one sentence before its rulings are.

    Attributes
    ----------
    may_be_claim : whether it may be a claim by its words, and then by its meaning
    verdict : set for a statement that needs no ruling, as it is not in English or too long
    """

    text: str
    span: Span
    tokens: Sequence[Token] = ()
    worthiness: float = 0.0
    may_be_claim: bool = False
    features: Features | None = None
    logits: FloatArray | None = None
    unknown_words: float | None = None
    verdict: Verdict | None = None

    @property
    def statement(self) -> str:
        """Its words, with the full stop if it was left out: what rulings are searched for."""
        return with_full_stop(self.words)

    @property
    def words(self) -> str:
        """Its words as written in the text."""
        return self.text[self.span.start : self.span.end]

    def candidate(self, words: str) -> Candidate:
        """Make the input of the claim gate from its words, as written or with their full stop."""
        assert self.logits is not None
        return Candidate(words, self.tokens, float(self.logits[CHECK_WORTHINESS]))

    @property
    def is_searched(self) -> bool:
        """Whether rulings are searched for it."""
        return self.verdict is None and self.may_be_claim


class SentenceAnalyser:
    """Analyses texts with the vocabulary and weights of a checkpoint.

    Parameters
    ----------
    gate : decides what may be a claim
    encoder : its vocabulary helps to decide whether a short sentence is English
    """

    def __init__(self, checkpoint: Checkpoint, gate: ClaimGate, encoder: Encoder | None) -> None:
        vocabulary = checkpoint.lines("vocabulary.txt")
        words = checkpoint.model["features"]["words"]
        self._extractor = FeatureExtractor(vocabulary[:words], vocabulary[words:], checkpoint.array("idf.npy"))
        self._weights = checkpoint.array("weights.npy")
        self._intercepts: list[float] = checkpoint.model["intercepts"]
        self._splitter = SentenceSplitter(
            **{name: frozenset(known) for name, known in checkpoint.json("sentences.json").items()}
        )
        self._gate = gate
        self._pieces = encoder.pieces if encoder else None

    def analyse_many(self, texts: Sequence[str]) -> list[list[SentenceAnalysis]]:
        """Analyse several texts; sentences that may be claims are encoded together."""
        analyses = [self._analyse(text) for text in texts]
        updated = iter(self._add_meaning([one for of_text in analyses for one in of_text]))
        return [[next(updated) for _ in of_text] for of_text in analyses]

    def worthiness(self, sentences: Sequence[str]) -> list[float]:
        """Compute the check-worthiness, as served, of texts taken as one sentence each."""
        analyses = [self._analyse_sentence(text, Span(0, len(text)), tokenize(text), None) for text in sentences]
        return [one.worthiness for one in self._add_meaning(analyses)]

    def logits(self, statement: str) -> FloatArray:
        """Compute the three models' log-odds for a text taken as one statement."""
        found: FloatArray = self._extractor.transform(tokenize(statement)).logits(self._weights)
        return found + self._intercepts

    def veracity_weights(self, analysis: SentenceAnalysis) -> FloatArray:
        """Compute what each token adds to the veracity model's log-odds, shape (tokens,)."""
        assert analysis.features is not None
        return analysis.features.token_weights(self._weights[:, VERACITY], len(analysis.tokens))

    def _is_english(self, tokens: Sequence[Token], known: int) -> bool | None:
        return is_english([token.form for token in tokens], known=known, pieces=self._pieces)

    def _known_words(self, tokens: Sequence[Token]) -> int:
        return sum(self._extractor.knows(token.form) for token in tokens)

    def _add_meaning(self, analyses: Sequence[SentenceAnalysis]) -> list[SentenceAnalysis]:
        """Update the sentences that may be claims by their words with their score by meaning."""
        rows = [row for row, one in enumerate(analyses) if one.is_searched]
        scores = self._gate.score_meaning([analyses[row].candidate(analyses[row].words) for row in rows])
        if scores is None:
            return list(analyses)
        with_stop = dict(zip(rows, scores, strict=True))
        incomplete = [row for row in rows if analyses[row].statement != analyses[row].words]
        completed = self._gate.score_meaning([analyses[row].candidate(analyses[row].statement) for row in incomplete])
        with_stop |= zip(incomplete, completed or (), strict=True)
        updated = list(analyses)
        for row, score in zip(rows, scores, strict=True):
            worthiness = max(score, with_stop[row]) if with_stop[row] >= _SURE_WITH_FULL_STOP else score
            # A ruling would be better proof that it is a claim, so that either form suffices for the search.
            is_searched = max(score, with_stop[row]) >= SEARCH_THRESHOLD_BY_MEANING
            updated[row] = updated[row]._replace(worthiness=worthiness, may_be_claim=is_searched)
        return updated

    def _analyse(self, text: str) -> list[SentenceAnalysis]:
        spans = self._splitter.split(text)
        statements = [(span, _tokens_of(span, text)) for span in spans]
        all_tokens = [token for _, tokens in statements for token in tokens]
        block_is_english = self._is_english(all_tokens, self._known_words(all_tokens))
        return [self._analyse_sentence(text, span, tokens, block_is_english) for span, tokens in statements]

    def _analyse_sentence(
        self, text: str, span: Span, tokens: Sequence[Token], block_is_english: bool | None
    ) -> SentenceAnalysis:
        if span.end - span.start > LONGEST_STATEMENT:
            note, why = Note.TOO_LONG, Why.TOO_LONG
            return SentenceAnalysis(
                text, span, verdict=Verdict(*span, Label.UNSURE, Basis.MODEL, None, 0.0, note=note, why=why)
            )
        known = self._known_words(tokens)
        unknown = 1.0 - known / len(tokens) if tokens else None
        statement_is_english = self._is_english(tokens, known)
        if (block_is_english if statement_is_english is None else statement_is_english) is False:
            note, why = Note.NOT_ENGLISH, Why.NOT_ENGLISH
            verdict = Verdict(*span, Label.UNSURE, Basis.MODEL, None, 0.0, note=note, why=why, unknown_words=unknown)
            return SentenceAnalysis(text, span, verdict=verdict)
        features = self._extractor.transform(tokens)
        logits = features.logits(self._weights) + self._intercepts
        analysis = SentenceAnalysis(text, span, tokens, features=features, logits=logits, unknown_words=unknown)
        worthiness = self._gate.score_words(analysis.candidate(analysis.statement))
        return analysis._replace(worthiness=worthiness, may_be_claim=worthiness >= SEARCH_THRESHOLD)


def _tokens_of(span: Span, text: str) -> list[Token]:
    """Tokenize a statement; one that is too long has no tokens."""
    if span.end - span.start > LONGEST_STATEMENT:
        return []
    return [
        token._replace(start=token.start + span.start, end=token.end + span.start)
        for token in tokenize(text[span.start : span.end])
    ]
