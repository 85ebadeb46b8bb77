"""A server whose answers a test writes: for what the real one says rarely, late, or out of order."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from tests.extension.local_http import QuietHandler, serving_in_a_thread

Judge = Callable[[str], list[dict[str, Any]]]
LanguageModelAnswer = Callable[[dict[str, Any]], dict[str, Any]]
"""What a language model makes of a question: the answer's JSON."""
LONGEST_WAIT = 30.0


def units(text: str) -> int:
    """The length of a text in UTF-16 code units, as offsets are counted."""
    return len(text.encode("utf-16-le")) // 2


def statement(text: str, label: str = "likely-false", **others: Any) -> dict[str, Any]:
    """The whole of a text as one statement."""
    return {
        "start": 0,
        "end": units(text),
        "label": label,
        "basis": "model",
        "probability": 0.07,
        "check_worthiness": 0.9,
        "evidence": [],
        "reasons": [],
        "note": None,
        "why": None,
        "is_attribution": False,
        **others,
    }


def ruling(relation: str, publisher: str, rating: str, label: str | None, **others: Any) -> dict[str, Any]:
    """One fact-check as the server sends it."""
    return {
        "relation": relation,
        "publisher": publisher,
        "rating": rating,
        "label": label,
        "speaker": "",
        "date": "",
        "url": "",
        "similarity": 0.9,
        "claim": "",
        "title": "",
        "links_to": "ruling",
        **others,
    }


class ScriptedServer:
    """Where it is, what it was asked, and what was posted to it beside questions."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.texts: list[str] = []
        self.feedback: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self.token_wanted: str | None = None
        self.newest: str | None = None
        self.language_model: LanguageModelAnswer | None = None
        self.judge_state: dict[str, Any] | None = None
        self.questions: list[dict[str, Any]] = []
        self.influence: list[dict[str, Any]] = []
        self.weighed: list[dict[str, Any]] = []


class ScriptedHandler(QuietHandler):
    """The HTTP contract, with verdicts from the test."""

    judge: ClassVar[Judge]
    script: ClassVar[ScriptedServer]

    def do_GET(self) -> None:
        if self.path.endswith("/fact-checks"):
            self._reply(200, {"count": 1, "newest": self.script.newest, "publishers": []})
            return
        if self.path.endswith("/judge"):
            self._reply(200, {"judge": self.script.judge_state})
            return
        self._reply(200, {"name": "plumbline", "version": "0", "ready": True, "model": "scripted"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = self.headers["Authorization"]
        self.script.tokens.append(token)
        if self.script.token_wanted is not None and token != f"Bearer {self.script.token_wanted}":
            self._reply(401, {"error": {"code": "unauthorized", "message": "No.", "hint": "Ask."}})
        elif self.path.endswith("/feedback"):
            self.script.feedback.append(body)
            self._reply(201, {"id": len(self.script.feedback)})
        elif self.path.endswith("/influence"):
            self.script.weighed.append(body)
            self._reply(200, {"model": "scripted", "influence": self.script.influence})
        elif self.path.endswith("/judge"):
            self.script.questions.append(body)
            reader = self.script.language_model
            self._reply(*((200, reader(body)) if reader else (404, {"error": {"code": "no-judge"}})))
        else:
            texts = [block["text"] for block in body["blocks"]]
            self.script.texts += texts
            judged = [type(self).judge(text) for text in texts]
            blocks = [{"id": block["id"], "statements": one} for block, one in zip(body["blocks"], judged, strict=True)]
            fact_checks = {"count": 0, "newest": None}
            self._reply(200, {"model": "scripted", "fact_checks": fact_checks, "blocks": blocks})

    def _reply(self, status: int, answer: dict[str, Any]) -> None:
        self.send_whole(status, "application/json", json.dumps(answer).encode())


class HeldJudge:
    """A judge that answers some texts once it may; ``asked`` tells that somebody waits."""

    def __init__(self, is_held: Callable[[str], bool] = lambda text: True) -> None:
        self.asked = threading.Event()
        self.may_answer = threading.Event()
        self._is_held = is_held

    def __call__(self, text: str) -> list[dict[str, Any]]:
        if self._is_held(text):
            self.asked.set()
            self.may_answer.wait(LONGEST_WAIT)
        return [statement(text)]


@contextmanager
def scripted(judge: Judge) -> Iterator[ScriptedServer]:
    """Serve what ``judge`` makes of each text while the context lasts."""

    class Handler(ScriptedHandler):
        pass

    Handler.judge = staticmethod(judge)
    with serving_in_a_thread(Handler) as port:
        Handler.script = ScriptedServer(f"http://127.0.0.1:{port}")
        yield Handler.script
