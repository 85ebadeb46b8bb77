"""The comparator's application; PLUMBLINE_COMPARATOR_MODEL names its model. Runs in its own virtual environment.

The handlers are coroutines on purpose: uvicorn's thread pool gains nothing for a model that holds the interpreter, and
in threads scikit-learn's forests trip over each other's warning filters (sklearn/utils/parallel.py), which costs time.
"""

import os

import joblib
from fastapi import FastAPI
from pydantic import BaseModel

model = joblib.load(os.environ["PLUMBLINE_COMPARATOR_MODEL"])
app = FastAPI()


class Statement(BaseModel):
    """One statement, as the extensions of such projects send it."""

    text: str


class Page(BaseModel):
    """Many statements in one request: kinder to the forest than such projects are."""

    texts: list[str]


@app.get("/health")
async def health() -> dict[str, bool]:
    """Whether it answers."""
    return {"ready": True}


@app.post("/predict")
async def predict(statement: Statement) -> dict[str, float]:
    """The probability that a statement is true."""
    return {"probability": float(model.predict_proba([statement.text])[0, 1])}


@app.post("/predict-page")
async def predict_page(page: Page) -> list[float]:
    """The probabilities of many statements."""
    return model.predict_proba(page.texts)[:, 1].tolist()
