"""The tables as CSV in LibreOffice, which is no package: it is asked for where it is installed."""

# /// script
# dependencies = []
# ///

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

READING = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
"""A comma, quotes, UTF-8, numbers found, formulas computed (the API of LibreOffice, filter options for CSV)."""

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FORMULA, REPEATED = f"{TABLE}formula", f"{TABLE}number-rows-repeated"


def _sheet(path: Path) -> tuple[int, int]:
    """The numbers of rows, without the first, and of formulas."""
    tree = ET.parse(path)
    rows = [row for row in tree.iter(f"{TABLE}table-row") if REPEATED not in row.attrib]
    formulas = sum(FORMULA in cell.attrib for cell in tree.iter(f"{TABLE}table-cell"))
    return len(rows) - 1, formulas


@pytest.mark.skipif(not shutil.which("soffice"), reason="there is no LibreOffice")
def test_every_table_opens_without_a_formula(
    site: Path,
    tmp_path: Path,
    tables: dict[str, tuple[int, list[str]]],
    tried: Callable[..., None],
) -> None:
    program = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless"]
    told = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True)
    version = re.search(r"\d[\d.]+", told.stdout)
    convert = [*program, f"--infilter={READING}", "--convert-to", "fods", "--outdir", tmp_path]
    files = [site / "data" / "csv" / f"{name}.csv" for name in tables]
    subprocess.run([*convert, *files], capture_output=True, check=True)

    right = sum(
        _sheet(tmp_path / f"{name}.fods") == (number, 0) for name, (number, _) in tables.items()
    )
    what = "tables as CSV, without a formula"
    tried("LibreOffice", version[0] if version else "", what, right=right, offered=len(tables))
