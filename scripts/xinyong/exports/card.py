"""The data card of the tables: what is in them, for people and for readers of data sets.

The front matter follows Hugging Face (https://huggingface.co/docs/hub/datasets-manual-configuration):
a configuration a table, so that ``datasets.load_dataset(folder, "facts")`` reads a local copy.
"""

from __future__ import annotations

from typing import Any

import yaml

from xinyong.edition import Edition
from xinyong.exports.general_tables import FACTS
from xinyong.exports.schema import tables

FILE = "README.md"

_TEXT = """\
---
{front}---

# {title}

{abstract}

From {base}, {version}under {licence} ({licence_url}). The meaning of each column stands in the
files, as metadata of the column, and on {base}data/.

| table | what it is |
| --- | --- |
{rows}

```python
from datasets import load_dataset

facts = load_dataset("/path/to/this/folder", "facts", split="train")
```

`train` is the name that the library gives to a whole that is not divided.
"""


def card(edition: Edition) -> str:
    """Return the data card of the tables as Parquet."""
    front = yaml.safe_dump(_front(edition), allow_unicode=True, sort_keys=False, width=1000)
    rows = "\n".join(f"| `{table.name}` | {table.meaning} |" for table in tables().values())
    return _TEXT.format(
        front=front,
        title=edition.title,
        abstract=edition.abstract.strip(),
        base=edition.base,
        version=f"version {edition.version}, " if edition.version else "",
        licence=edition.licence,
        licence_url=edition.licence_url,
        rows=rows,
    )


def _front(edition: Edition) -> dict[str, Any]:
    return {
        "pretty_name": edition.title,
        "license": edition.licence.lower(),
        "language": ["en", "zh"],
        "tags": list(edition.keywords),
        "configs": [
            {"config_name": name, "data_files": f"{name}.parquet"}
            | ({"default": True} if name == FACTS.name else {})
            for name in tables()
        ],
    }
