"""Train the comparator: `python train.py TRAINING.jsonl MODEL`. Runs in the comparator's own virtual environment."""

import json
import sys
from pathlib import Path

import joblib
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline


def main(training: Path, model: Path) -> None:
    """Fit a forest of 100 trees on TF-IDF features of the statements, and nothing else."""
    rows = [json.loads(line) for line in training.read_text(encoding="utf-8").splitlines()]
    pipeline = make_pipeline(TfidfVectorizer(), RandomForestClassifier(n_estimators=100, random_state=0, n_jobs=-1))
    pipeline.fit([row["text"] for row in rows], [row["is_true"] for row in rows])
    pipeline[-1].set_params(n_jobs=1)  # a thread pool for one statement costs more than the trees
    joblib.dump(pipeline, model)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
