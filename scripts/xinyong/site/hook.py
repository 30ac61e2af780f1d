"""The engine's hook: ``mkdocs build`` and ``mkdocs serve`` alone give the whole site."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer

from xinyong.corpus import Corpus, report
from xinyong.history.lines import History
from xinyong.problems import as_text
from xinyong.rules.all import today
from xinyong.site import history as past
from xinyong.site.build import finish, read_sound
from xinyong.site.engine import UnsoundError, prepare

_log = logging.getLogger("mkdocs.hooks.xinyong")
_sound: dict[str, tuple[Corpus, History]] = {}


def on_config(config: MkDocsConfig) -> None:
    """Read and check the corpus, and its history, before the engine touches the old site.

    Where git has no history to tell, the engine warns, and fails with its own ``--strict``.
    """
    prepare(config)
    root = _root(config)
    try:
        corpus, _ = read_sound(root, today())
    except UnsoundError as unsound:
        raise PluginError("the corpus has problems\n" + report(unsound.problems)) from unsound
    history, found = past.read(root, corpus)
    for problem in found:
        _log.warning(as_text(problem))
    _sound[str(root)] = corpus, history


def on_post_build(config: MkDocsConfig) -> None:
    """Pour the records into what the engine built."""
    try:
        root = _root(config)
        finish(Path(config.site_dir), config, *_sound[str(root)])
    except UnsoundError as unsound:
        raise PluginError(report(unsound.problems)) from unsound


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Build again when a record changes."""
    server.watch(str(_root(config)))


def _root(config: MkDocsConfig) -> Path:
    root = Path(config.config_file_path).parent / "corpus"
    return root.relative_to(Path.cwd()) if root.is_relative_to(Path.cwd()) else root
