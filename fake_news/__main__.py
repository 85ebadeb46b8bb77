"""The command line: ``python -m fake_news check | train | evaluate``."""

from fake_news.command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
