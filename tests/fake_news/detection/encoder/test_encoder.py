"""The shipped encoder: unit vectors, the same for the same text, and what it says where it cannot run."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.detection.checkpoint import MODEL_FILE
from fake_news.detection.encoder.encoder import Encoder, passages
from fake_news.detection.encoder.store import EncoderFiles, read_encoder

TEXTS = ["The ferry sank.", "The ship went down.", "Bread is cheap.", "Nobody paid for the lamps in the harbor."]


@pytest.fixture(scope="module")
def files(shipped: Path) -> EncoderFiles:
    identity = json.loads((shipped / MODEL_FILE).read_bytes())["fact_checks"]["encoder"]
    return read_encoder(identity, shipped.parent)


@pytest.fixture(scope="module")
def encoder(files: EncoderFiles) -> Encoder:
    return Encoder(files)


def test_similar_texts_have_similar_unit_vectors(encoder: Encoder) -> None:
    vectors = encoder(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.width)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    likeness = vectors @ vectors.T
    assert likeness[0, 1] > likeness[0, 2] + 0.2


def test_the_vector_of_a_text_does_not_depend_on_the_others(files: EncoderFiles) -> None:
    together = Encoder(files)(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        np.testing.assert_array_equal(Encoder(files)([text])[0], vector)


def test_no_texts(encoder: Encoder) -> None:
    assert encoder([]).shape == (0, encoder.width)


def test_what_does_not_fit_is_known_and_cut_into_what_fits(encoder: Encoder) -> None:
    long = ", and then ".join(["the mayor sold the harbor to a company from abroad"] * 20)
    assert encoder.fits(TEXTS[0])
    assert not encoder.fits(long)
    parts = passages(long, encoder.fits)
    assert len(parts) > 1
    assert all(encoder.fits(part) for part in parts)


def test_another_width_than_described_is_refused(files: EncoderFiles) -> None:
    with pytest.raises(CheckpointError, match="vectors of 384 components"):
        Encoder(replace(files, width=100))


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_package_that_cannot_be_imported_is_one_line_that_says_what_to_install(
    files: EncoderFiles, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def importing(name: str, *rest: Any, **named: Any) -> Any:
        if name == package:
            raise ImportError(f"No module named {name!r}", name=name)
        return real(name, *rest, **named)

    monkeypatch.delitem(sys.modules, package, raising=False)
    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(PlumblineError, match=f"{package} cannot be imported") as caught:
        Encoder(files)
    assert "pip install onnxruntime tokenizers" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_serving_needs_no_pytorch(shipped: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from fake_news.detection.detector import Detector;"
        f"Detector.load(Path({str(shipped)!r})).check('The ferry sank in the harbor.');"
        "print(sorted({'torch', 'transformers', 'onnx', 'sklearn', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
