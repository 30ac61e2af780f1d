"""Without the extras of the wheel everything works that needs none, and the rest says what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

import xinyong
from support import PROJECT, Lay
from xinyong.cli.extras import EXTRAS

BARE = """
import sys
sys.modules.update(dict.fromkeys({missing}))
from xinyong.cli import main
main({args}, prog_name="xinyong")
"""
CONFIG = str(PROJECT / "mkdocs.yml")
MODULES = {*EXTRAS["site"], *EXTRAS["tables"]}


def bare(*args: str, missing: set[str] = MODULES) -> subprocess.CompletedProcess[str]:
    """Run a command of a program beside which some modules are not installed."""
    code = BARE.format(missing=sorted(missing), args=args)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("args", "extra"),
    [
        (("site", "--config", CONFIG), "site"),
        (("serve", "--config", CONFIG), "site"),
        (("links", "--config", CONFIG), "site"),
        (("links", "--external", "--config", CONFIG), "site"),
        (("addresses",), "site"),
        (("export", "all", "--out", "out"), "tables"),
        (("export", "parquet", "--out", "out"), "tables"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_command_that_needs_an_extra_says_what_to_install(
    args: tuple[str, ...], extra: str, lay: Lay
) -> None:
    folder = lay({"site/index.html": "built"}).parent
    ran = bare(*args)

    wheel = f"xinyong-{xinyong.__version__}-py3-none-any.whl"
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"Error: 'xinyong {args[0]}' needs the extra '{extra}', which is not installed; "
        f"install the wheel with it: pip install './{wheel}[{extra}]'\n"
    )
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("--version",),
        ("check",),
        ("explain", "X204"),
        ("stats",),
        ("fmt",),
        ("cite", "koetse"),
        ("import", "refs.bib"),
        *[("export", name) for name in ("bibtex", "skos")],
        *[("export", name, "--out", "out") for name in ("api", "csv", "sqlite")],
    ],
    ids=" ".join,
)
def test_all_other_commands_need_none(args: tuple[str, ...], lay: Lay) -> None:
    lay({"refs.bib": "@book{x, title = {A Book}, author = {A, B}, year = {2020}}\n"})
    ran = bare(*args)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout


def test_a_module_that_no_extra_brings_is_a_fault_of_the_program(lay: Lay) -> None:
    lay({})
    ran = bare("check", missing={"pydantic"})

    assert ran.returncode == 1
    assert ran.stderr.endswith(
        "ModuleNotFoundError: import of pydantic halted; None in sys.modules\n"
    )


def test_the_version_is_told() -> None:
    assert bare("--version").stdout == f"xinyong, version {xinyong.__version__}\n"


def test_the_interface_needs_none(lay: Lay) -> None:
    root = lay({})
    code = f"""
import sys
import xinyong
corpus = xinyong.load({str(root)!r})
for record in corpus.values():
    [record.name, record.name_zh, record.name_pinyin, record.names_also, record.summary, record.data]
    [record.facts, record.links, record.linked_from, record.cites, record.cited_by]
for record in corpus.of_kind("citations"):
    [record.reference(form) for form in ("bibtex", "ris", "csl")]
print(len(corpus), len(list(corpus.facts)), corpus.edition.schema)
assert not set({sorted(MODULES)}) & {{name.partition(".")[0] for name in sys.modules}}
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ran.stderr == ""
    assert ran.stdout.startswith("14 ")
