"""Seeds of .pptx: what python-pptx writes, packed and stored; a small one written by hand with what it does not write."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tests.integrations.made_slides import by_hand, deck


def _stored(content: bytes) -> bytes:
    """The same without compression, so that what is mutated is XML."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            after.writestr(zipfile.ZipInfo(info.filename), before.read(info))
    return out.getvalue()


SEEDS: tuple[tuple[str, bytes], ...] = (("deck.pptx", deck()), ("small.pptx", by_hand()), ("stored.pptx", _stored(by_hand())))
