"""The files of a store, and what they are called.

```
store.json                  the version of this layout
lock                        held by the process that may write
generations/00000000/       about.json, dataset.nq: a whole graph
generations/00000001/       about.json, added.nq, removed.nq: what changed
```
"""

from pathlib import Path

STORE = "store.json"
LAYOUT = {"layout": 1}
"""What the file `STORE` says."""
ABOUT = "about.json"
WHOLE = "dataset.nq"
ADDED = "added.nq"
REMOVED = "removed.nq"
PACKAGED = "packaged.nq"
"""The file of the data that came with the package, as far as it lies in named graphs."""


def place(folder: Path, number: int) -> Path:
    """Return the folder of a generation."""
    return folder / "generations" / f"{number:08}"
