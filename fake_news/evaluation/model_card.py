"""The model card as Markdown, made only from the card inside a checkpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from fake_news.data.status import missing_lines
from fake_news.monitoring.reference import FIELD
from fake_news.reporting.report import HEADER, figure_text, markdown_table, share_text
from fake_news.statistics.resampling import Figure

_WORDS = {
    "intended_use": "Intended use",
    "not_for": "Not for",
    "who_can_be_harmed": "Who can be harmed by a wrong label",
    "limits": "Limits",
    "sources": "Data",
    "protocol": "Protocol",
}


def model_card(card: Mapping[str, Any], fact_checks: Mapping[str, Any] | None = None) -> str:
    """Write the whole document; what an older checkpoint's card lacks is left out.

    Parameters
    ----------
    fact_checks : the checkpoint's description of its fact-checks
    """
    return (
        "\n\n".join(
            [
                f"# Model card: {card['name']} {card['version']}",
                "Written by `python -m fake_news card` from the checkpoint; not by hand.",
                *_summary(card),
                *(f"## {heading}\n\n{_list(card[key])}" for key, heading in _WORDS.items() if key in card),
                *(_fact_checks(fact_checks) if fact_checks else []),
                "## Figures",
                "Of the recipe, fitted separately under each protocol; the shipped detector judges ordinary pages. "
                "*n* counts statements; the base rate is the share of positives among them, mostly of true ones.",
                *_figures(card["measures"]),
            ]
        )
        + "\n"
    )


def _summary(card: Mapping[str, Any]) -> list[str]:
    abstention, trained_on = card["abstention"], card["trained_on"]
    below, above = abstention["likely_false_below"], abstention["likely_true_above"]
    return [
        f"Gives {card['task']}. Mapping: {card['mapping']}.",
        _list(
            [
                f"Trained on {trained_on['statements']:,} statements from {' to '.join(trained_on['years'])} and "
                f"{trained_on['claim_sentences']:,} sentences marked as claims or not; left out: "
                f"{trained_on['left_out']}.",
                f"Probabilities are calibrated to a base rate of {card['base_rate']:.0%} true; among the latest "
                f"statements that it was calibrated on, {card['natural_base_rate']:.1%} were true.",
                f"`likely-false` {_spoken('below', below)}, where a sentence also resembles false claims more than "
                f"ordinary articles; `likely-true` {_spoken('above', above)}; elsewhere it abstains.",
                f"Stated bound: at an even base rate at most {abstention['error_bound']:.0%} of either label is wrong, "
                f"with {abstention['confidence']:.0%} confidence; at most {abstention['false_alarm_bound']:.1%} of "
                f"ordinary sentences are called likely-false.",
                _names(card["identity"]),
                *_reference(card),
                *missing_lines(trained_on.get("missing", {})),
            ]
        ),
    ]


def _fact_checks(section: Mapping[str, Any]) -> list[str]:
    publishers = ", ".join(f"{name} {count:,}" for name, count in section["by_publisher"].items())
    return [
        "## Fact-checks",
        _list(
            [
                f"{section['count']:,} published fact-checks, the newest of {section['newest']}: {publishers}",
                "A ruling decides a label where the statement says the checked claim, follows from it, denies it or "
                f"contradicts it, from these probabilities on: {_bounds(section['relation']['bounds'])}. Elsewhere it "
                "is shown as related at most",
                *_likely(section),
                f"Statements and claims are read by the encoder `{section['encoder'][:12]}`",
                *_core_claims(section),
                f"{section['without_label']:,} have ratings that are neither true, mixed nor false and decide nothing; "
                f"{section['without_own_address']:,} lead to the publisher's page about the speaker",
                "No word of a claim is in the checkpoint: hashes of stems, numbers, marks, and the facts of the ruling",
                "How often the right one is found, and a wrong one shown: `docs/claim-matching.md`",
            ]
        ),
    ]


def _core_claims(section: Mapping[str, Any]) -> list[str]:
    if "cross_encoder" not in section:
        return []
    return [
        f"{section['core_claims']:,} core claims, plain sentences written for the project, are compared with "
        f"statements by the cross-encoder `{section['cross_encoder'][:12]}`"
    ]


def _likely(section: Mapping[str, Any]) -> list[str]:
    if (similar := section.get("similar_rulings")) is None:
        return []
    return [
        "Where no ruling decides, at least two on similar claims make a claim likely false or true, from these "
        f"probabilities on: {_bounds(similar['bounds'])}. Bounds, by Learn-then-Test with 90 % confidence: of ordinary "
        "sentences at most .1 % get either label, of true sentences on charged subjects at most 1 % are called likely "
        "false, and at an even base rate at most 20 % of either label is wrong"
    ]


def _bounds(bounds: Mapping[str, float]) -> str:
    return ", ".join(
        f"{question} {bound:.3f}" if bound <= 1 else f"{question} never" for question, bound in bounds.items()
    )


def _reference(card: Mapping[str, Any]) -> list[str]:
    if (reference := card.get(FIELD)) is None:
        return []
    return [f"Drift is measured against what it made of {reference['text']} that it was not fitted on."]


def _spoken(side: str, threshold: float | None) -> str:
    return "is never given" if threshold is None else f"{side} P(true) = {threshold:.2f}"


def _figures(measures: Iterable[Mapping[str, Any]]) -> list[str]:
    parts = []
    measures = list(measures)
    order = list(dict.fromkeys(row.get("section") for row in measures))
    in_order = sorted(measures, key=lambda row: order.index(row.get("section")))
    for section, rows in groupby(in_order, key=lambda row: row.get("section")):
        if section:
            parts.append(f"### {section}")
        parts.append("\n".join(markdown_table(HEADER, map(_cells, rows))))
    return parts


def _cells(row: Mapping[str, Any]) -> list[str]:
    figure = Figure(**row["figure"]) if isinstance(row["figure"], Mapping) else row["figure"]
    return [
        row["measure"],
        row["where"],
        f"{row['n']:,}",
        share_text(row["base_rate"]),
        figure_text(figure),
        row["baseline"],
    ]


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _names(identity: dict[str, float]) -> str:
    names = "Names, parties, religions, countries and genders"
    if "share_of_weight" in identity:
        return f"{names} keep {identity['share_of_weight']:.0%} of the weight that the data gave them."
    effect = identity["identity_effect"] if "identity_effect" in identity else identity["sway"]  # its earlier name
    return f"{names}, swapped for others, change P(true) by {effect:.3f} on average; nothing bounds that."
