"""Xinyong (信用): an annotated corpus on China's credit systems, checked and rendered.

The public interface is small: ``load`` a corpus, the records of a checkout or published data, look at
its records, their facts, links and cites.

>>> import xinyong
>>> corpus = xinyong.load("corpus")
>>> sesame = corpus["sesame-credit"]
>>> sesame.kind, sesame.name, sesame.name_zh
('programs', 'Sesame Credit', '芝麻信用')
>>> for fact in sesame.facts:
...     if fact.field == "score":
...         print(fact.value, fact.standing)
{'min': 350, 'max': 950} corroborated

Whatever else the package holds may change from one version to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xinyong.api import Cite, Corpus, Edition, Fact, LoadError, Problems, Record, load

__version__ = "0.1.0"
__all__ = ["Cite", "Corpus", "Edition", "Fact", "LoadError", "Problems", "Record", "load"]


def __getattr__(name: str) -> object:
    # The commands start without the interface, and the interface without the commands.
    if name in __all__:
        from xinyong import api

        return getattr(api, name)
    raise AttributeError(f"module 'xinyong' has no attribute '{name}'")
