"""The text that a piece of LaTeX sets, whatever it holds."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from pylatexenc import latex2text, latexwalker, macrospec

_LINK = re.compile(r"\\(?:url|nolinkurl|href)\s*\{([^{}]*)\}")
POINTERS = """
    cite citep citet citealp citealt citeauthor citefullauthor citenum citetext citeyear citeyearpar Citep Citet
    Citealp Citealt Citeauthor ref autoref cref Cref eqref pageref
"""
"""Commands that point to something by its key."""

WORDED = """
    title author date part chapter section subsection subsubsection paragraph subparagraph keywords mathbb mathbf
    mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol
"""
"""Commands that the library would put into other letters than those of a text."""

LAST = "textcolor colorbox fcolorbox texorpdfstring foreignlanguage"

LOGOS = {"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "copyright": "©"}

WORDLESS = """
    noopsort
    hspace vspace label phantom hphantom vphantom setlength addlength setcounter addcounter color pagecolor
    selectlanguage documentclass usepackage RequirePackage bibliography bibliographystyle includegraphics
    newcommand renewcommand providecommand newenvironment renewenvironment DeclareMathOperator
"""
"""Commands that set nothing."""

_URL = re.compile(r"(https?://[^\s{}]+)")
_QUOTED = re.compile(r"(?<![\\`])`([^`']+)'(?!')")
"""A word in single quotation marks, as LaTeX has them."""

_SIGNS = {"~": " ", "---": "—", "--": "–", "``": "“", "''": "”"}

_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?\s*|.)", re.DOTALL)


def text(value: str) -> str:
    r"""Return the text that a piece of LaTeX sets, without braces.

    A command that nobody knows leaves its words; ``\href{address}{words}`` gives the words. LaTeX
    that is broken loses its commands and keeps its words (see ``is_readable``). A per cent sign is
    one, even where it lacks its backslash.
    """
    value = _QUOTED.sub(r"‘\1’", value)
    if "\\" not in value and "$" not in value:
        bare = value.replace("{", "").replace("}", "")
        return "".join(
            piece if piece.startswith("http") else _plain(piece) for piece in _URL.split(bare)
        )
    set_ = _set(value)
    if set_ is not None:
        return set_
    return _COMMAND.sub("", value).replace("{", "").replace("}", "").replace("$", "")


def _plain(value: str) -> str:
    """Return the text that letters without commands set."""
    for written, meant in _SIGNS.items():
        value = value.replace(written, meant)
    return value


def is_readable(value: str) -> bool:
    """Say whether a piece of LaTeX can be read to its end."""
    return ("\\" not in value and "$" not in value) or _set(value) is not None


def addresses(value: str) -> list[str]:
    r"""Return the addresses in ``\url{…}`` and ``\href{…}{…}``."""
    return [verbatim(found).strip() for found in _LINK.findall(value)]


def verbatim(value: str) -> str:
    """Return an address or identifier without the backslashes before its signs, without braces."""
    named = re.sub(r"\\(?:url|nolinkurl|path)\s*(?=\{)", "", value)
    named = named.replace(r"\textasciitilde", "~")
    named = re.sub(r"\\textless(?:\{\})?\s?", "<", named)
    named = re.sub(r"\\textgreater(?:\{\})?\s?", ">", named)
    plain = re.sub(r"\\([&%$#_{}~])", r"\1", named)
    return plain.replace("{", "").replace("}", "")


@lru_cache(maxsize=256)
def _set(value: str) -> str | None:
    guarded = re.sub(r"(?<!\\)%", r"\\%", value)
    try:
        return str(_reader().latex_to_text(guarded, latex_context=_macros()))
    except Exception:  # the library raises whatever the broken piece leads it to
        return None


@cache
def _macros() -> Any:
    known = latexwalker.get_default_latex_context_db()
    ours = {"href": "{{", "url": "{", "foreignlanguage": "{{", "noopsort": "{", "enquote": "{"}
    macros = [macrospec.MacroSpec(name, given) for name, given in ours.items()]
    pages = [macrospec.EnvironmentSpec(name, "{{") for name in ("CJK", "CJK*")]
    known.add_context_category("links", prepend=True, macros=macros, environments=pages)
    return known


@cache
def _reader() -> Any:
    known = latex2text.get_default_latex_context_db()
    ours = [
        latex2text.MacroTextSpec("href", simplify_repl=lambda node: _argument(node, 1)),
        latex2text.MacroTextSpec("url", simplify_repl=lambda node: _argument(node, 0)),
        latex2text.MacroTextSpec("verb", simplify_repl=lambda node: node.nodeargd.verbatim_text),
        latex2text.MacroTextSpec("enquote", simplify_repl="“%s”"),
        *(latex2text.MacroTextSpec(name, simplify_repl=sign) for name, sign in LOGOS.items()),
        *(latex2text.MacroTextSpec(name, simplify_repl=_bracketed) for name in POINTERS.split()),
        *(latex2text.MacroTextSpec(name, simplify_repl=_worded) for name in WORDED.split()),
        *(latex2text.MacroTextSpec(name, simplify_repl=_last) for name in LAST.split()),
        *(latex2text.MacroTextSpec(name, discard=True) for name in WORDLESS.split()),
    ]
    known.add_context_category("links", prepend=True, macros=ours)
    # What the library knows how to read and not how to say would lose its words.
    known.set_unknown_macro_spec(latex2text.MacroTextSpec("", simplify_repl=_worded))
    return latex2text.LatexNodes2Text(math_mode="text", latex_context=known)


def _bracketed(node: Any) -> str:
    named = [arg.latex_verbatim() for arg in node.nodeargd.argnlist if arg is not None]
    return f"[{verbatim(named[-1])}]" if named else ""


def _worded(node: Any) -> str:
    """Return the words of a command that only says how they look."""
    given = node.nodeargd.argnlist if node.nodeargd else ()
    return " ".join(text(_inside(one)) for one in given or () if one is not None)


def _last(node: Any) -> str:
    """Return the words of a command that says how its last argument looks."""
    given = [one for one in node.nodeargd.argnlist if one is not None]
    return text(_inside(given[-1])) if given else ""


def _inside(node: Any) -> str:
    written = str(node.latex_verbatim())
    return written[1:-1] if written.startswith(("{", "[")) else written


def _argument(node: Any, at: int) -> str:
    arguments = [arg for arg in node.nodeargd.argnlist if arg is not None]
    inner = _inside(arguments[at])
    return verbatim(inner) if node.macroname == "url" else text(inner)
