"""The names of a field of BibTeX, each taken apart into the fields of a record."""

from __future__ import annotations

import re

from bibtexparser.middlewares import names as splitting

from xinyong.imports import latex, names, works
from xinyong.imports.works import clean

_ACCENTED = re.compile(
    r"\\(?:[`'^\"~=.]\s*|[uvHtcdbkr](?=[\s{\\])\s*)(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])"
    r"|\\(?:aa|AA|ae|AE|oe|OE|o|O|l|L|ss|i|j)(?![A-Za-z])(?:\{\}|\s)?"
)
"""A letter with its accent, as LaTeX has it: what parts names must not part it."""


def written(value: str) -> list[str]:
    """Return the names of a field, each as it is written."""
    value = _ACCENTED.sub(lambda match: latex.text(match[0]), works.unescaped(value))
    pieces = [piece.strip() for piece in splitting.split_multiple_persons_names(value)]
    whole = [[piece] if _is_braced(piece) else names.apart(piece) for piece in pieces]
    return [name.strip() for piece in whole for name in piece if name.strip()]


def person(written: str) -> dict[str, str]:
    """Return the fields of a record that a name becomes."""
    if _is_braced(written):
        return works.body(latex.text(written))
    if re.match(r"(?:family|given|prefix|suffix)\s*=", written):
        return _extended(written)
    try:
        parts = splitting.parse_single_name_into_parts(written, strict=False)
    except splitting.InvalidNameError:
        return works.body(latex.text(written))
    family = latex.text(" ".join([*parts.von, *parts.last]))
    given = latex.text(" ".join([*parts.first, *parts.jr]))
    # One word alone is the name of a body, or of a person whose parts are not known.
    return works.person(family, given) if family and given else works.body(family or given)


def _is_braced(written: str) -> bool:
    """Say whether one pair of braces holds the whole of a name, as the name of a body has it."""
    depth = 0
    for at, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return written.startswith("{") and at == len(written) - 1
    return False


def _extended(written: str) -> dict[str, str]:
    """Read biblatex's extended name format: ``family=Vries, given=Jan, prefix=de``."""
    pairs = (part.partition("=") for part in written.split(","))
    parts = {key.strip(): latex.text(value.strip().strip('"')) for key, _, value in pairs}
    family = clean(f"{parts.get('prefix', '')} {parts.get('family', '')}")
    given = clean(f"{parts.get('given', '')} {parts.get('suffix', '')}")
    return works.person(family, given) if family and given else works.body(family or given)
