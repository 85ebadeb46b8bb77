"""Recipes that run an update again and again. They are printed, never installed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from xml.sax.saxutils import escape

PERIODS = ("day", "week", "month")
_SYSTEMD = {"day": "daily", "week": "weekly", "month": "monthly"}
_SECONDS = {"day": 86_400, "week": 604_800, "month": 2_592_000}
_TASKS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}


def recipes(period: str, arguments: Sequence[str], folder: str) -> str:
    """How to have an update run once in a period, for each system.

    Parameters
    ----------
    arguments : of the update, without the program
    folder : where it has to run
    """
    command = [sys.executable, "-m", "fake_news", "factchecks", "update", *arguments, "--yes"]
    line = shlex.join(command)
    quoted = " ".join(f'"{part}"' if " " in part else part for part in command)
    strings = "\n".join(f"    <string>{escape(part)}</string>" for part in command)
    return f"""\
Linux (systemd). Write two files, then: systemctl --user enable --now plumbline-fact-checks.timer
~/.config/systemd/user/plumbline-fact-checks.service
  [Unit]
  Description=Plumbline: newer fact-checks
  [Service]
  Type=oneshot
  WorkingDirectory={folder}
  ExecStart={line.replace("%", "%%")}
~/.config/systemd/user/plumbline-fact-checks.timer
  [Timer]
  OnCalendar={_SYSTEMD[period]}
  RandomizedDelaySec=6h
  Persistent=true
  [Install]
  WantedBy=timers.target

macOS (launchd). Write ~/Library/LaunchAgents/plumbline.fact-checks.plist, then: launchctl load -w that file
  <?xml version="1.0" encoding="UTF-8"?>
  <plist version="1.0"><dict>
  <key>Label</key><string>plumbline.fact-checks</string>
  <key>WorkingDirectory</key><string>{escape(folder)}</string>
  <key>StartInterval</key><integer>{_SECONDS[period]}</integer>
  <key>ProgramArguments</key><array>
{strings}
  </array></dict></plist>

Windows (Task Scheduler), in a terminal that is in {folder}:
  schtasks /Create /TN "Plumbline fact-checks" /SC {_TASKS[period]} /TR '{quoted}'
"""
