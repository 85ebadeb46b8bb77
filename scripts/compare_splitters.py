"""Compares the sentence splitter with others, on the cases and on saved pages: `python scripts/compare_splitters.py`.

NLTK's Punkt is trained on the paragraphs of the data's ordinary articles; pySBD is compared too where it is installed
(`pip install pysbd`). Neither is used otherwise.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fake_news.data.folder import data_folder
from fake_news.data.ordinary_text import load_articles, load_pages
from fake_news.data.project_sentences import segmentations
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.text.sentences import SentenceSplitter

Split = Callable[[str], list[str]]


def splitters() -> dict[str, Split]:
    """Return the splitters to compare, by name."""
    lists = read_checkpoint(current_checkpoint()).json("sentences.json")
    shipped = SentenceSplitter(**{name: frozenset(words) for name, words in lists.items()})
    found: dict[str, Split] = {"Plumbline": lambda text: [text[start:end] for start, end in shipped.split(text)]}
    if importlib.util.find_spec("nltk"):
        from nltk.tokenize.punkt import PunktSentenceTokenizer

        articles = "\n".join(paragraph for article in load_articles(data_folder()) for paragraph in article)
        found["Punkt"] = PunktSentenceTokenizer(articles).tokenize
    if importlib.util.find_spec("pysbd"):
        import pysbd

        segmenter = pysbd.Segmenter(language="en", clean=False)
        found["pySBD"] = lambda text: [sentence.strip() for sentence in segmenter.segment(text)]
    return found


def main() -> None:
    """Print how many cases of each kind each splitter cuts right, and what a page costs."""
    cases, compared = segmentations(), splitters()
    of_kind = Counter(case.kind for case in cases)
    right = {
        name: Counter(case.kind for case in cases if split(case.text) == case.sentences)
        for name, split in compared.items()
    }
    print(f"{'kind':14}{'n':>5}" + "".join(f"{name:>12}" for name in compared))
    for kind, count in sorted(of_kind.items()):
        print(f"{kind:14}{count:5}" + "".join(f"{right[name][kind]:12}" for name in compared))
    print(f"{'all':14}{len(cases):5}" + "".join(f"{right[name].total():12}" for name in compared))
    blocks = [block for page in load_pages(data_folder()).values() for block in page]
    size = sum(map(len, blocks))
    for name, split in compared.items():
        start = time.perf_counter()
        count = sum(len(split(block)) for block in blocks)
        seconds = time.perf_counter() - start
        print(f"{name}: {count} sentences on saved pages, {1e6 * seconds / size:.2f} ms for 1,000 characters")


if __name__ == "__main__":
    main()
