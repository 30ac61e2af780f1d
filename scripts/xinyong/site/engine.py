"""The site's engine, MkDocs: its configuration, its run, and what it says as problems of a place."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from xinyong.problems import Problem
from xinyong.publication import Home
from xinyong.records.types import KINDS
from xinyong.site import docs, texts
from xinyong.words import WORDS

_NAMED = re.compile(r"Doc file '([^']+)' contains an? .*?link '([^']+)'")
"""How the engine names a page and a link in it that leads nowhere."""

_FAILED = re.compile(r"Error (?:reading|building) page '([^']+)'")
"""How the engine names a page at which it fails."""

_CONTACT = re.compile(r"""[^\s@:/?&"'<>]+@[^\s@:/?&"'<>]+|https?://[^\s"'<>]+""")
"""An address of mail, or of a page with a form."""


class UnsoundError(Exception):
    """Raised where the corpus, or the built site, has errors; ``problems`` are all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def configure(config_file: Path, folder: Path) -> MkDocsConfig:
    """Load the engine's configuration for a build into ``folder``, without our hook: we call it ourselves.

    Raise UnsoundError where the engine refuses it.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _refusals(str(config_file)):
        config = load_config(
            str(config_file), site_dir=str(folder.resolve()), hooks=[], strict=True
        )
    prepare(config)
    return config


def prepare(config: MkDocsConfig) -> None:
    """Point edit links to the main branch of a known repository, and give the theme what its templates ask for."""
    if config.repo_url and not config.edit_uri:
        config.edit_uri = "edit/main/docs/"
    config.extra |= {"words": WORDS, "base": address(config), "kinds": KINDS, "texts": texts.NAMES}


def address(config: MkDocsConfig) -> str:
    """Return the address of the site, with its final slash."""
    return (config.site_url or "http://127.0.0.1:8000/").rstrip("/") + "/"


def home(config: MkDocsConfig) -> Home:
    """Return where the site and, if the configuration names one, its repository live, and where to write to.

    Raise UnsoundError for a contact to which nobody can write.
    """
    contact = str(config.extra.get("contact") or "").strip()
    if contact and not _CONTACT.fullmatch(contact):
        message = f"'{contact}' is no address to write to; give CONTACT as name@host or https://…"
        raise UnsoundError([Problem("X811", message, config.config_file_path)])
    if not config.repo_url:
        return Home(address(config), contact=contact)
    repo = config.repo_url.rstrip("/")
    edit = f"{repo}/{(config.edit_uri or '').removesuffix('docs/')}"
    return Home(address(config), edit, f"{repo}/issues/new", contact)


def run(config: MkDocsConfig) -> None:
    """Run the engine; raise UnsoundError for what stops it and what it warns of.

    That is as with its own ``--strict``. Files of docs that can be no page are told first.
    """
    where = Path(config.docs_dir)
    templates = Path(config.theme.custom_dir or where / "overrides")
    found = docs.check(where, templates)
    problems = [problem_in_docs(f.code, f.message, where, f.name, f.piece) for f in found]
    if problems:
        raise UnsoundError(problems)
    with _refusals(config.docs_dir):
        build(config)


def problem_in_docs(code: str, message: str, docs: Path, name: str, piece: str = "") -> Problem:
    """Return a problem of the page ``name`` of ``docs``, at the line with the first ``piece``."""
    file = docs / name
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n") if file.is_file() else []
    found = (
        (number, text.index(piece) + 1)
        for number, text in enumerate(lines, 1)
        if piece and piece in text
    )
    line, column = next(found, (int(bool(lines)), int(bool(lines))))
    shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
    return Problem(code, message, str(shown), line=line, column=column)


@contextmanager
def _refusals(place: str) -> Iterator[None]:
    heard = _Listener()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        yield
    except (MkDocsException, TemplateError, UnicodeDecodeError) as error:
        text = heard.messages or [str(error)]
        what = (
            "the template"
            if isinstance(error, TemplateError)
            else "the page, or its entry in mkdocs.yml"
        )
        raise UnsoundError([_of_engine(message, Path(place), what) for message in text]) from error
    except OSError:
        raise  # a fault of the machine, of which no page is guilty
    except Exception as error:  # the engine's extensions raise what they like
        text = heard.messages or [f"the engine fails with {type(error).__name__}: {error}"]
        what = "the page, or what it asks of an extension in mkdocs.yml"
        raise UnsoundError([_of_engine(message, Path(place), what) for message in text]) from error
    finally:
        logger.removeHandler(heard)


def _of_engine(message: str, place: Path, what: str) -> Problem:
    """Return what the engine says of ``place`` as a problem of the page that it names, where it names one."""
    failed = _FAILED.match(message)
    if failed and (file := place / failed[1]).is_file():
        broken = docs.malformed(file.read_text(encoding="utf-8", errors="replace"))
        if broken:
            message = f"'{broken}' is no address; correct it"
            return problem_in_docs("X814", message, place, failed[1], broken)
    named = _NAMED.match(message)
    name, link = named.groups() if named else (failed[1] if failed else "", "")
    text = f"{' '.join(message.split()).rstrip('. ')}; correct {'it' if place.is_file() else what}"
    return problem_in_docs("X811", text, place, name, link)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
