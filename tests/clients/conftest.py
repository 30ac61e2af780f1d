"""What the modules share: the built site, its address on loopback, and the table of what was tried."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ranges import served

PROJECT = Path(__file__).parents[2]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--site", default=str(PROJECT / "site"), help="the built site")
    parser.addoption("--figures", help="the file to add a line to for each row of the table")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Path:
    """The built site."""
    folder = Path(request.config.getoption("--site"))
    assert folder.is_dir(), f"there is no {folder}: run 'make site' first"
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the built site is served on loopback, with a slash at its end."""
    with served(site) as found:
        yield found


@pytest.fixture(scope="session")
def tables(site: Path) -> dict[str, tuple[int, list[str]]]:
    """Every table with the number of its rows and its columns, as SQLite has them."""
    described = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in described["resources"]]
    found = {}
    with closing(sqlite3.connect(site / "data" / "xinyong.sqlite")) as database:
        for name in names:
            (number,) = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
            found[name] = number, [column[1] for column in columns]
    return found


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Adds a row to the table, and fails if fewer items are right than offered, or than ``least``."""

    def tell(
        client: str, version: str, what: str, *, right: int, offered: int, least: int | None = None
    ) -> None:
        row = {
            "client": client,
            "version": version,
            "tried": what,
            "right": right,
            "offered": offered,
        }
        if figures := request.config.getoption("--figures"):
            with Path(figures).open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps(row, ensure_ascii=False)}\n")
        assert offered, f"{client}: nothing was offered"
        assert right >= (offered if least is None else least), row

    return tell
