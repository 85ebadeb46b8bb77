"""Only English is judged; everything else is recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.data.fact_checks import load_fact_checks
from fake_news.detection.detector import Detector
from fake_news.detection.text.language import is_english
from fake_news.detection.text.tokens import tokenize
from fake_news.detection.verdict import Note

ENGLISH_WORDS = frozenset(
    """the unemployment rate fell to four percent last year mayor says that bridge will be closed until march city
    spends more on roads than schools prices doubled thank you all for coming tax plan""".split()
)


def judged(text: str) -> bool | None:
    forms = [token.form for token in tokenize(text)]
    return is_english(forms, known=sum(form in ENGLISH_WORDS for form in forms))


@pytest.mark.parametrize(
    "text",
    [
        "The unemployment rate fell to four percent last year.",
        "Mayor Ott says that the bridge will be closed until March.",
        "The city spends more on roads than on schools.",
        "Prices doubled last year",
    ],
)
def test_english(text: str) -> None:
    assert judged(text) is True


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Die Arbeitslosenquote ist im letzten Jahr auf vier Prozent gefallen.", id="German"),
        pytest.param("Der Bürgermeister hat die Brücke bis März gesperrt.", id="German with umlauts"),
        pytest.param("La tasa de desempleo cayó al cuatro por ciento el año pasado.", id="Spanish"),
        pytest.param("Le taux de chômage est tombé à quatre pour cent l’an dernier.", id="French"),
        pytest.param("Il tasso di disoccupazione è sceso al quattro per cento.", id="Italian"),
        pytest.param("A taxa de desemprego caiu para quatro por cento no ano passado.", id="Portuguese"),
        pytest.param("De burgemeester zegt dat de brug tot maart dicht is.", id="Dutch"),
        pytest.param("Stopa bezrobocia spadła do czterech procent w zeszłym roku.", id="Polish"),
        pytest.param("Belediye başkanı köprünün mart ayına kadar kapalı olduğunu söyledi.", id="Turkish"),
        pytest.param("Уровень безработицы упал до четырёх процентов.", id="Russian"),
        pytest.param("去年失业率下降到百分之四。", id="Chinese"),
        pytest.param("昨年の失業率は4パーセントに低下した。", id="Japanese"),
        pytest.param("انخفض معدل البطالة إلى أربعة في المئة.", id="Arabic"),
        pytest.param("שיעור האבטלה ירד לארבעה אחוזים.", id="Hebrew"),
        pytest.param("失业率", id="one word of another script"),
        pytest.param("Zhang Wei, Li Na, Juan Pérez", id="nothing but unknown names"),
    ],
)
def test_not_english(text: str) -> None:
    assert judged(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "Der Manager hat das Computer Team im Internet Center gestern nicht informiert.",
        "El hospital central y la universidad no son capital de la nation.",
        "Le champion est dans le restaurant avec une table pour six.",
    ],
)
def test_function_words_outweigh_words_that_english_has_too(text: str) -> None:
    forms = [token.form for token in tokenize(text)]
    assert is_english(forms, known=len(forms)) is False


@pytest.mark.parametrize("text", ["", "Four percent", "Guten Morgen", "Juan Pérez", "3.5 % 2020 $ 12", "Ott: no!"])
def test_too_short_to_tell(text: str) -> None:
    assert judged(text) is None


def test_a_foreign_name_does_not_make_english_foreign() -> None:
    assert judged("The mayor says that 北京 will be closed until March") is True


@pytest.mark.parametrize(
    "text",
    [
        "Otters possess fourteen whiskers.",
        "Malaria parasites infect mosquitoes too.",
        "Tea contains less caffeine per cup.",
        "kangaroos never walk backwards",
        "Rheumatoid nodules can form in lungs.",
        "U.S. marines boarded U.K. tankers.",
        "D.C. schools, U.S. parks reopened.",
        "Smith calls pro-union voters ‘pro-crime.’",
    ],
)
def test_a_short_sentence_without_function_words_is_english_by_its_spelling(detector: Detector, text: str) -> None:
    assert [verdict.note for verdict in detector.check(text)] != [Note.NOT_ENGLISH]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Riksbanken sänkte räntan i mars.", id="Swedish"),
        pytest.param("Statsministeren besøkte Tromsø i går.", id="Norwegian"),
        pytest.param("Hallitus korotti veroja keskiviikkona.", id="Finnish"),
        pytest.param("Kota Bandung dilanda banjir kemarin.", id="Indonesian"),
        pytest.param("Bunge limepitisha sheria mpya jana.", id="Swahili"),
        pytest.param("Primarul Bucureștiului a demisionat ieri.", id="Romanian"),
        pytest.param("Parlament schválil státní rozpočet včera.", id="Czech"),
        pytest.param("Polizei sperrt Brücke wegen Hochwasser.", id="German"),
        pytest.param("Ministro anuncia novas medidas fiscais.", id="Portuguese"),
    ],
)
def test_a_short_foreign_sentence_is_not_english_by_its_spelling(detector: Detector, text: str) -> None:
    assert [verdict.note for verdict in detector.check(text)] == [Note.NOT_ENGLISH]


@pytest.mark.data
def test_hardly_any_checked_claim_is_called_another_language(detector: Detector, data_dir: Path) -> None:
    claims = [claim.text for claim in load_fact_checks(data_dir).claims][::40]
    assert len(claims) > 1_000
    notes = [verdicts[0].note for verdicts in detector.check_many(claims)]
    assert notes.count(Note.NOT_ENGLISH) < 0.002 * len(claims)
