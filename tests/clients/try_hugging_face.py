"""A local copy of the folder of Parquet files in Hugging Face's datasets."""

# /// script
# dependencies = ["datasets"]
# ///

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import datasets


def test_every_table_is_a_configuration(
    site: Path,
    tmp_path: Path,
    tables: dict[str, tuple[int, list[str]]],
    tried: Callable[..., None],
) -> None:
    folder = str(site / "data" / "parquet")
    names = datasets.get_dataset_config_names(folder)

    right = 0
    for name in names:
        read = datasets.load_dataset(folder, name, split="train", cache_dir=str(tmp_path))
        right += (len(read), read.column_names) == tables[name]

    what = "tables as Parquet, by their data card"
    tried("datasets", datasets.__version__, what, right=right, offered=len(tables))
