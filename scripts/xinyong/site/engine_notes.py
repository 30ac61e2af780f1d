"""What the engine made of the hand-written pages, kept from one build to the next.

The engine is run again as soon as a page, the theme, a setting or the program is another.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from xinyong.site import cache, engine, inputs
from xinyong.site.place import target_of
from xinyong.site.whole import Place


def run(config: MkDocsConfig, folder: Path, place: Place | None) -> None:
    """Let the engine make the pages in an empty ``folder``, or put there what it made last.

    Without a ``place`` nothing is taken over or kept. Raise UnsoundError as ``engine.run`` does.
    """
    if place is None or not _is_usual(config, place):
        engine.run(config)
        return
    file, key = place.file("engine"), _key(place)
    notes = cache.load(file, key)
    if notes is not None:
        _put(folder, notes)
        return
    engine.run(config)
    if key == _key(place):
        cache.save(file, key, _made(folder))


def _is_usual(config: MkDocsConfig, place: Place) -> bool:
    return target_of(Path(config.docs_dir)) == target_of(place.config.parent / inputs.DOCS)


def _key(place: Place) -> str:
    made_of = inputs.settings(place.config), inputs.texts(place.config)
    return inputs.digest(inputs.program(), made_of, str(Path.cwd()), str(place.config))


def _put(folder: Path, notes: dict[str, str]) -> None:
    for name, data in notes.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b64decode(data))


def _made(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {p.relative_to(folder).as_posix(): b64encode(p.read_bytes()).decode() for p in files}
