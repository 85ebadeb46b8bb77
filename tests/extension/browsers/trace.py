"""What a page's main thread does, recorded by Chromium itself (chrome://tracing)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.extension.browsers.page import PATIENCE_SECONDS, POLL_SECONDS
from tests.extension.browsers.tab import Tab

CATEGORIES = ["toplevel", "devtools.timeline", "__metadata"]
TASK = "ThreadControllerImpl::RunTask"
COMPLETE = "goog:cdp.Tracing.tracingComplete"


@dataclass
class Trace:
    """The events of the page's main thread; all durations in milliseconds."""

    events: list[dict[str, Any]] = field(default_factory=list)

    def tasks(self) -> list[float]:
        """How long each task took on the clock."""
        return [event["dur"] / 1000 for event in self.events if event["name"] == TASK and "dur" in event]

    def task_processor_times(self) -> list[float]:
        """How long each task kept the processor: what else the machine does counts little."""
        return [event["tdur"] / 1000 for event in self.events if event["name"] == TASK and "tdur" in event]

    def scripts_of(self, origin: str) -> set[str]:
        """The paths of an origin's scripts that ran for the first time."""
        scripts = (json.dumps(event.get("args", {})) for event in self.events if event["name"] == "EvaluateScript")
        return {path for arguments in scripts for path in re.findall(rf'{re.escape(origin)}/([^"]+)"', arguments)}

    def script_processor_times(self, origin: str) -> dict[str, float]:
        """What an origin's scripts cost, to compile and whenever the browser calls them, by the moment.

        *at load*; *when idle*, in a timer or an idle callback; *when left*, as the page before is hidden and goes away.
        """
        moments = {"when idle": self._spans("TimerFire", "FireIdleCallback"), "when left": self._spans_of_hiding()}
        costs = dict.fromkeys(("at load", *moments), 0.0)
        for event in self.events:
            is_script = event["name"] in ("EvaluateScript", "FunctionCall")
            if is_script and origin in json.dumps(event.get("args", {})):
                within = [name for name, spans in moments.items() if any(_holds(span, event) for span in spans)]
                costs[within[0] if within else "at load"] += event.get("tdur", 0) / 1000
        return costs

    def _spans(self, *names: str) -> list[tuple[float, float]]:
        return [_span(event) for event in self.events if event["name"] in names]

    def _spans_of_hiding(self) -> list[tuple[float, float]]:
        dispatched = (event for event in self.events if event["name"] == "EventDispatch")
        return [_span(event) for event in dispatched if event["args"]["data"]["type"] == "visibilitychange"]


@contextmanager
def tracing(tab: Tab) -> Iterator[Trace]:
    """Record what happens in a tab's page while the context lasts; the trace is filled at its end."""
    connection = tab.connection
    session = connection.command("goog:cdp.getSession", context=tab.context)["session"]

    def devtools(method: str, **parameters: Any) -> dict[str, Any]:
        answer = connection.command("goog:cdp.sendCommand", method=method, params=parameters, session=session)
        result: dict[str, Any] = answer["result"]
        return result

    connection.command("session.subscribe", events=[COMPLETE])
    configuration = {"includedCategories": CATEGORIES, "excludedCategories": ["*"]}
    devtools("Tracing.start", transferMode="ReturnAsStream", traceConfig=configuration)
    trace = Trace()
    try:
        yield trace
    finally:
        devtools("Tracing.end")
        handle = _wait_for_stream(tab)
        parts = []
        while not (part := devtools("IO.read", handle=handle))["eof"]:
            parts.append(part["data"])
        parts.append(part["data"])
        trace.events = _of_main_thread(json.loads("".join(parts))["traceEvents"], tab.context)


def _span(event: dict[str, Any]) -> tuple[float, float]:
    return event["ts"], event["ts"] + event.get("dur", 0)


def _holds(span: tuple[float, float], event: dict[str, Any]) -> bool:
    start, end = _span(event)
    return span[0] <= start and end <= span[1]


def _wait_for_stream(tab: Tab) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        tab.evaluate("1")  # events come in with answers
        for event in tab.connection.take_events():
            if event["method"] == COMPLETE:
                stream: str = event["params"]["params"]["stream"]
                return stream
        time.sleep(POLL_SECONDS)
    raise TimeoutError("Chromium did not hand out its trace")


def _of_main_thread(events: list[dict[str, Any]], frame: str) -> list[dict[str, Any]]:
    """The events of the renderer thread that names a page's frame; those of other pages idle in the background."""
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"].get("name") == "CrRendererMain"
    }
    of_page = (
        thread
        for event in events
        if (thread := (event["pid"], event["tid"])) in main and frame in json.dumps(event.get("args", {}))
    )
    page = next(of_page, None)
    return [event for event in events if (event["pid"], event["tid"]) == page]
