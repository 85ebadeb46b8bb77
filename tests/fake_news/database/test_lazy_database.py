"""The database on its own: from an old schema to the new one, and writing by several at once."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect

from fake_news.database.lazy_database import DatabaseError, LazyDatabase
from fake_news.database.opening import FILE_NAME
from fake_news.database.records import Agreement, Counts, NewFeedback
from fake_news.database.schema import METADATA, MIGRATIONS, migrate
from fake_news.detection.verdict import Label
from fake_news.monitoring.traits import SCORE_BINS, Trait

FEEDBACK = NewFeedback("The council sold 14 libraries.", "likely-false", "true")


def labelled(day: str, label: Label) -> Counts:
    """One statement that got a label."""
    counts = Counts()
    counts.labels[day, label] = 1
    return counts


def schema_of(engine: Engine) -> dict[str, dict[str, tuple[str, bool, object]]]:
    """Every table's columns: type, may be empty, place in the key."""
    inspector = inspect(engine)
    return {
        table: {
            column["name"]: (str(column["type"]), column["nullable"], column.get("primary_key"))
            for column in inspector.get_columns(table)
        }
        for table in inspector.get_table_names()
        if table != "schema_version"
    }


def test_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    migrated = create_engine(f"sqlite:///{tmp_path / 'migrated'}")
    with migrated.begin() as connection:
        migrate(connection)
    made = create_engine(f"sqlite:///{tmp_path / 'made'}")
    METADATA.create_all(made)
    assert schema_of(migrated) == schema_of(made)
    migrated.dispose()
    made.dispose()


RELEASED = ("4fbace91f118638b", "5fda22dd58a7c10b", "6fa90e8c03e882f3", "97d9f8c002187421", "82eacdb54d2d5aa5")
"""The beginning of the SHA-256 of what SQLite says of each version's tables, without spaces."""


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_released_migration_makes_what_it_made_when_it_was_released(
    monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    monkeypatch.setattr("fake_news.database.schema.MIGRATIONS", MIGRATIONS[:version])
    with create_engine("sqlite://").begin() as connection:
        migrate(connection)
        written = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        tables = ["".join(sql.split()) for sql in connection.exec_driver_sql(written).scalars()]
    assert hashlib.sha256("\n".join(tables).encode()).hexdigest()[:16] == RELEASED[version - 1]


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_an_old_database_is_brought_up_to_date_with_all_that_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    with monkeypatch.context() as of_old:
        of_old.setattr("fake_news.database.schema.MIGRATIONS", MIGRATIONS[:version])
        old = LazyDatabase(tmp_path)
        old.database()
        old.close()
    if version:
        with sqlite3.connect(tmp_path / FILE_NAME) as connection:
            connection.execute(
                "INSERT INTO feedback (created, statement, label, correction) VALUES (?, ?, ?, ?)",
                ("2026-11-20T12:00:00Z", FEEDBACK.statement, FEEDBACK.label, FEEDBACK.correction),
            )
        connection.close()
    new = LazyDatabase(tmp_path)
    assert [feedback.statement for feedback in new.database().feedback()] == [FEEDBACK.statement] * min(version, 1)
    new.database().add_counts(labelled("2026-11-21", Label.UNSURE))
    new.close()


def test_earlier_scores_belong_to_no_checkpoint_and_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as of_old:
        of_old.setattr("fake_news.database.schema.MIGRATIONS", MIGRATIONS[:2])
        old = LazyDatabase(tmp_path)
        old.database()
        old.close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("INSERT INTO score_counts VALUES ('2026-11-20', 7, 5)")
    connection.commit()
    connection.close()
    new = LazyDatabase(tmp_path)
    assert new.database().histograms("", "2026-11-01")[Trait.SCORE][7] == 5
    assert sum(new.database().histograms("first", "2026-11-01")[Trait.SCORE]) == 0
    new.close()


def test_a_database_of_a_newer_plumbline_is_left_alone(tmp_path: Path) -> None:
    storage = LazyDatabase(tmp_path)
    storage.database().add_feedback(FEEDBACK)
    storage.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    with pytest.raises(DatabaseError, match=r"schema 99.*Update Plumbline"):
        storage.database()
    assert [path.name for path in tmp_path.glob("*.damaged-*")] == []


def test_several_that_open_it_for_the_first_time_at_once_make_it_once(tmp_path: Path) -> None:
    storages = [LazyDatabase(tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda storage: storage.database().add_feedback(FEEDBACK), storages))
    assert sorted(numbers) == list(range(1, 9))
    for storage in storages:
        storage.close()


def test_the_counts_of_two_servers_add_up(tmp_path: Path) -> None:
    storages = [LazyDatabase(tmp_path) for _ in range(2)]

    def count(storage: LazyDatabase) -> None:
        for _ in range(20):
            counts = labelled("2026-11-21", Label.UNSURE)
            counts.traits["2026-11-21", "first", Trait.SCORE, 3] = 2
            counts.add_agreement(("2026-11-21", "first", "second", Label.TRUE, Label.UNSURE), (3, 2, 700))
            storage.database().add_counts(counts)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(count, storages))
    [day] = storages[0].database().days(90, "first")
    assert (day.labels[Label.UNSURE], day.scores[3], sum(day.scores)) == (40, 80, 80)
    [agreement] = storages[0].database().agreements("first", "second")
    assert agreement == Agreement(Label.TRUE, Label.UNSURE, 120, 80, 28_000)
    assert storages[0].database().agreements("second", "first") == []
    for storage in storages:
        storage.close()


def test_the_latest_days_are_shown_in_order(tmp_path: Path) -> None:
    storage = LazyDatabase(tmp_path)
    for day in ("2026-11-03", "2026-11-01", "2026-11-02"):
        storage.database().add_counts(labelled(day, Label.TRUE))
    days = storage.database().days(2, "first")
    assert [day.day for day in days] == ["2026-11-02", "2026-11-03"]
    assert all(len(day.scores) == SCORE_BINS and set(day.labels) == set(Label) for day in days)
    storage.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    storage = LazyDatabase(tmp_path / "new" / "folder")
    storage.database().add_feedback(FEEDBACK)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new" / "folder").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "new" / "folder").stat().st_mode) == 0o700
    storage.close()


def test_a_full_disk_is_reported_as_one(tmp_path: Path) -> None:
    storage = LazyDatabase(tmp_path)
    database = storage.database()
    with database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # per connection, and the pool hands out this one again
    with pytest.raises(DatabaseError, match="disk is full"):
        database.add_feedback(NewFeedback("word " * 20_000, "unsure", "true"))
    storage.close()


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite:///x", "nonsense", "postgresql:nothing"])
def test_an_address_of_another_database_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(DatabaseError, match="PLUMBLINE_DATABASE_URL"):
        LazyDatabase(tmp_path, url).database()


def test_the_password_of_a_missing_database_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError) as told:
        LazyDatabase(tmp_path, "postgresql://plumbline:sesame@127.0.0.1:9/plumbline").database()
    assert "127.0.0.1:9" in str(told.value)
    assert "sesame" not in str(told.value)


def test_metadata_names_no_table_of_text_but_feedback() -> None:
    """Nothing else of the reader's text is stored: no other table could hold it but that of names of users."""
    wide = {
        table.name
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.type.python_type is str and (getattr(column.type, "length", None) or 1000) > 20
    }
    assert wide == {"feedback", "tokens"}
    assert isinstance(METADATA, MetaData)
