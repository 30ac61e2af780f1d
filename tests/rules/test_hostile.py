"""No record of the largest size takes more than two seconds or 200 MB, whatever stands in it.

A process of its own checks them one after the other. The system ends it at the first that takes too
much; which one it was, it has said before.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support import PROJECT, SMALL
from xinyong.source.snapshot import MAX_BYTES

pytestmark = pytest.mark.no_cover

SECONDS, MEGABYTES = 2, 200
HEAD = "name: {en: x}\nlayer: state\n"
ROOM = MAX_BYTES - 200


def _aliases(n: int) -> str:
    return f"a{n}: &a{n} {{{', '.join(f'k{m}: *a{n - 1}' for m in range(9))}}}\n"


NAMES = {
    "blanks": '"a' + " " * 60_000 + 'b"',
    "letters": "G" * 60_000,
    "parentheses": '"' + "(" * 60_000 + '"',
    "parentheses and blanks": '"' + "( " * 30_000 + '"',
    "semicolons": '"' + "; " * 30_000 + '"',
    "quotation marks": '"' + "“" * 20_000 + '"',
    "hyphens": '"' + "a-" * 30_000 + '"',
    "digits": '"' + "9" * 60_000 + '"',
    "Chinese": "失" * 20_000,
    "garbled": "Ã" * 30_000,
    "garbled Chinese": "ä¿" * 15_000,
    "garbled as in GBK": "淇" * 20_000,
    "radicals": "⽤" * 20_000,
    "accents": '"e' + "\u0301" * 30_000 + '"',
    "letters of two scripts": "aа" * 20_000,
    "ampersands": '"' + "&a" * 30_000 + '"',
    "stars": '"' + "*a " * 20_000 + '"',
    "stars that open": '"' + " *a" * 20_000 + '"',
    "underscores": '"' + " _a" * 20_000 + '"',
    "ticks": '"' + "` " * 30_000 + '"',
    "brackets": '"' + "![" * 30_000 + '"',
    "links": '"' + "[a](" * 15_000 + '"',
    "tildes": '"' + " ~~a" * 15_000 + '"',
    "tags": '"' + "<a" * 30_000 + '"',
    "ends of lines": '"' + r"\n" * 30_000 + '"',
    "escapes": '"' + r"\u202e" * 10_000 + '"',
}
WHOLE = {
    "aliases that double": "a0: &a0 [x, x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)),
    "aliases in mappings": "a0: &a0 {x: x}\n" + "".join(_aliases(n) for n in range(1, 12)),
    "merge keys": "a0: &a0 {x: x}\n"
    + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a0], b: c}}\n" for n in range(1, 1_500)),
    "an alias of itself": "a: &a [*a, *a]\nb: &b {c: *b}\n",
    "anchors": "".join(f"k{n}: &a{n} v\n" for n in range(4_000)),
    "brackets": "[" * ROOM,
    "brackets behind a field": HEAD + "see: " + "[" * 60_000,
    "brackets and braces": "[{a: " * 12_000,
    "braces": "{" * ROOM,
    "braces in a mapping": HEAD + "see: " + "{a: " * 15_000,
    "question marks": "?" * ROOM,
    "question marks and blanks": "? " * 32_000,
    "questions in braces": "{? " * 20_000,
    "dashes on a line": "- " * 32_000,
    "colons": ":" * ROOM,
    "colons and blanks": ": " * 32_000,
    "keys without values": "a:\n" * 20_000,
    "a long key": "a" * ROOM + ": b\n",
    "a long key in quotes": '"' + "a" * 65_000 + '": b\n',
    "keys in keys": "".join(f"{' ' * n}a:\n" for n in range(350)),
    "a quotation mark": HEAD + 'summary: "' + "a " * 32_000,
    "a quotation mark over lines": HEAD + "summary: '" + "a\n\n" * 21_000,
    "quotation marks": '"' * ROOM,
    "backslashes": HEAD + 'summary: "' + "\\" * 65_000,
    "documents": "--- a\n" * 10_000,
    "directives": "%A b\n" * 12_000,
    "tags": "!a " * 21_000,
    "tags on entries": HEAD + "see: [" + "!a b, " * 10_000 + "]\n",
    "comments": "# a\n" * 16_000 + HEAD,
    "comments behind entries": "".join(f"k{n}: v # c\n" for n in range(4_500)),
    "bars": HEAD + "summary: |\n" + "   |\n" * 13_000,
    "faults on every line": ("a: [b\n" * 10_000),
    "full-width colons": "a：b\n" * 10_000,
    "blanks before an end": HEAD + "x:" + " " * 60_000 + "y: z: a\n",
    "brackets of quotes": HEAD + "x: " + "['" * 30_000,
}
PROSE = {
    "brackets": "[" * 60_000,
    "brackets closed": "[" * 30_000 + "]" * 30_000,
    "links in links": "[[a|" * 15_000,
    "cites without end": "[@a, " * 12_000,
    "cites with locators": "[@koetse-2018, p. 1]" * 3_000,
    "cites with via": "[@a via b via c via d] " * 2_500,
    "stress": "*_" * 30_000,
    "stress that closes": "*a_ b* c_ " * 6_000,
    "double stress": "**a*" * 15_000,
    "ticks of all lengths": " ".join("`" * n for n in range(1, 340)),
    "ticks": "`a" * 30_000,
    "web links": "[a](<b" * 10_000,
    "web links with titles": "[a](b 'c" * 7_000,
    "automatic links": "<http:" * 10_000,
    "entities": "&#x41;" * 10_000,
    "entities that are none": "&a" * 30_000,
    "tags": "<a " * 20_000,
    "comments": "<!-- " * 12_000,
    "blanks": "a" + " " * 60_000 + "b [@koetse-2018].",
    "tabs of blanks": ("a" + " " * 100) * 590,
    "quotations": "> " * 30_000,
    "lists": "- " * 30_000,
    "numbers": "1. " * 20_000,
    "rules": "---\n" * 15_000,
    "tables": "|a" * 30_000,
    "paragraphs": "a\n\n" * 20_000,
    "hard breaks": "a\\\n" * 20_000,
    "backslashes": "\\" * 60_000,
}
FIELDS = {
    "reviewed": ["2015/" * 12_000, "X" * 60_000, "1" * 60_000, "2015-" * 12_000, "about " * 10_000],
    "website": [
        "https://" + "a." * 30_000, "https://a@" * 6_000, "https://[" + ":" * 60_000,
        "http://a.org:" + "9" * 60_000,
    ],
    "see": [
        "a-" * 30_000, "[" + "a-b, " * 12_000 + "]",
        "[" + ", ".join(f"x{n}" for n in range(8_000)) + "]",
    ],
    "details": [
        "- {label: a, value: b, cite: koetse-2018}\n" * 1_400,
        "{label: x, value: y, cite: 'a, " + "`<b>*" * 10_000 + "'}",
    ],
    "base_score": [
        "{value: " + "9" * 5_000 + ", cite: a}", "{value: '" + "9," * 30_000 + "', cite: a}",
    ],
    "formerly": ["[" + ", ".join(f"x{n}" for n in range(8_000)) + "]"],
}  # fmt: skip
GAP = (" ", "\n")
"""What stands behind the name of a field: a list has lines of its own."""


def _indented(text: str) -> str:
    return "  " + text.replace("\n", "\n  ")


CASES = {
    **{f"name of {name}": f"name: {{en: {text}}}\nlayer: state\n" for name, text in NAMES.items()},
    **{
        f"Chinese name of {name}": f"name: {{en: x, zh: {text}, pinyin: {text}}}\n"[:ROOM]
        for name, text in NAMES.items()
    },
    **{f"file of {name}": text for name, text in WHOLE.items()},
    **{
        f"prose of {name}": f"{HEAD}summary: |\n{_indented(text)}\n"
        for name, text in PROSE.items()
    },
    **{
        f"field '{field}', {number}": f"{HEAD}{field}:{GAP[text[0] == '-']}{text}\n"
        for field, texts in FIELDS.items()
        for number, text in enumerate(texts, 1)
    },
}  # fmt: skip


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def check(root: Path) -> None:
    """Check every case, as an organization and as a term; say the name of each before."""
    from odd_records import assert_places, lines_of
    from xinyong.corpus import load, locate
    from xinyong.problems.formats import as_lines
    from xinyong.rules.all import check as check_corpus
    from xinyong.rules.all import today
    from xinyong.source import prose

    load(root)
    for name, text in CASES.items():
        for file in (Path("organizations/ant-group.yml"), Path("terms/shixin.yml")):
            _tell(f"{file.parent}: {name}")
            sound = (SMALL / file).read_bytes()
            (root / file).write_bytes(text.encode("utf-8", "surrogatepass")[:MAX_BYTES])
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            corpus, problems = load(root)
            found = locate(problems + check_corpus(corpus, today()))
            as_lines(found)
            signal.setitimer(signal.ITIMER_PROF, 0)
            assert found
            for problem in found:
                assert_places(problem, lines_of(problem.file))
            (root / file).write_bytes(sound)
            prose.parse.cache_clear()  # what is remembered of one record is not another's
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _tell(f"peak {peak // (1024 if sys.platform == 'linux' else 1024 * 1024)} MB")


def test_no_record_takes_two_seconds_or_200_megabytes(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(SMALL, root)
    tests = PROJECT / "tests"
    paths = [str(tests), str(tests / "rules"), str(PROJECT / "scripts")]
    limit = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "import odd_records, test_hostile, xinyong.corpus, xinyong.rules.all\n"
        "import pypinyin, rapidfuzz.process\n"
        "pages = Path('/proc/self/statm')\n"
        "taken = int(pages.read_text().split()[0]) if pages.exists() else 0\n"
        "size = taken * resource.getpagesize()\n"
        f"most = size + {MEGABYTES} * 1024 * 1024\n"
        "if size:\n"
        "    resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "test_hostile.check(Path(sys.argv[1]))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", limit, str(root)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    last = ran.stdout.splitlines()[-1] if ran.stdout else "the start"
    assert ran.returncode == 0, f"ended at '{last}': {ran.returncode} {ran.stderr[-2000:]}"
    assert last.startswith("peak ")
