"""Seeds of winmail.dat: alone, and in the mail that brings it along."""

from __future__ import annotations

from tests.integrations.test_tnef import ITEM, MEETING, mail
from tests.making.tnef import tnef

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("winmail.dat", tnef(ITEM)),
    ("meeting/winmail.dat", tnef(MEETING, message_class="IPM.Microsoft Schedule.MtgReq", body="请准备材料。")),
    ("winmail.eml", mail(tnef(ITEM)).content),
)
