"""The files that stand beside the page of a record, once the record is gone.

They say so, each in its own format.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinyong.corpus.published import Gone
from xinyong.edition import Edition
from xinyong.exports import api, markdown
from xinyong.exports.files import dumped
from xinyong.exports.markdown.commonmark import escaped
from xinyong.exports.references import FORMS
from xinyong.references.citation import files
from xinyong.references.work import withdrawn
from xinyong.source import edtf
from xinyong.words import HISTORY


def of_record(address: str, gone: Gone, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the files of a record whose page stood at ``address``.

    The name from the site's root, and the text.
    """
    kind, id_, _ = address.split("/")
    yield f"{api.FOLDER}/{kind}/{id_}.json", f"{dumped(api.withdrawn(address, gone, edition))}\n"
    said = escaped(of_file(address, gone, edition).strip())
    yield f"{address}{markdown.FILE}", f"# {HISTORY['withdrawn'].format(name=id_)}\n\n{said}\n"
    title = f"{HISTORY['withdrawn'].format(name=id_)}: {gone.why}"
    work = withdrawn(address, title, edtf.parse(gone.on), edition)
    for form, name in files(id_).items():
        yield name, FORMS[form].join([FORMS[form].write(work)])


def of_file(name: str, gone: Gone, edition: Edition) -> str:
    """Return what stands in the place of any other file.

    JSON where its name says so, else a line of text.
    """
    see = [target if "://" in target else edition.base + target for target in gone.see]
    text = {"withdrawn": {"on": gone.on, "why": gone.why, "see": see}}
    if name.endswith("json"):
        return f"{dumped(text)}\n"
    day = edtf.parse(gone.on).words
    return f"{HISTORY['withdrawn-on'].format(day=day)} {' '.join([gone.why, *see])}\n"
