"""What the model card says in words: sources, protocols, use, and who a wrong label can hurt."""

from __future__ import annotations

from typing import Any

CARD_WORDS: dict[str, Any] = {
    "sources": [
        "LIAR (Wang 2017), train split: statements with PolitiFact's ratings; research use",
        "PolitiFact archive 2007 to 2022, without what is worded like LIAR's validation or test statements; no licence "
        "stated, research use",
        "ClaimBuster (Arslan et al. 2020) and CheckThat! 2024 task 1, train split: debate sentences, claim or not; "
        "GPL-3, free for research",
        "CheckThat! 2025 subjectivity, train split: news sentences, objective or not; CC BY-NC-SA 4.0",
        "FakeNewsNet's PolitiFact articles rated real: ordinary text for the bound on false alarms",
        "No sentence of any of them is in the checkpoint: it holds words, parts of words, and weights",
    ],
    "protocol": [
        "LIAR: fitted on its train split and the archive before 2017, calibrated on its validation split, scored on "
        "its test split",
        "Time: fitted on statements before July 2020, calibrated and thresholds chosen on late 2020, scored on 2021 "
        "and 2022",
        "Shipped: the same recipe on all years, calibrated by a copy that stopped at mid 2021; LIAR's validation and "
        "test statements stay out",
        "Near-duplicates across splits are dropped; intervals are 95 %, from 1,000 bootstrap resamples",
    ],
    "intended_use": [
        "To draw a reader's eye to statements worth checking, on the reader's own machine",
        "To say nothing where words alone do not earn a verdict",
    ],
    "not_for": [
        "Removing, ranking or demoting what people write",
        "Judging people, parties, groups or publishers, or counting how often they lie",
        "Deciding anything in place of a fact-check; other languages, science, finance, medicine, law",
    ],
    "who_can_be_harmed": [
        "Whoever said something true that is called likely-false: most of all speakers whose wording resembles that of "
        "viral posts, and laypeople more than practised politicians",
        "Groups that false rumours were often about: a statement about them may look false because rumours did",
        "Readers who trust likely-true: the label says that the wording is like that of true statements, no more",
        "Whoever is far from the training data: other countries, later years, translated text",
    ],
}
"""Part of every checkpoint's card, and so of what the server answers under ``/api/v1/model``."""
