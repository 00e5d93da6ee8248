"""What roles are called."""

from __future__ import annotations

import pytest

from storage.workbook.roles import ROLES
from ui.models.roles import GROUPS, ROLE_NAMES, role_text


def test_every_role_has_a_name_and_a_place_in_the_menu() -> None:
    assert set(ROLE_NAMES) == set(ROLES)
    assert {role for _, roles in GROUPS for role in roles if not role.startswith("field:")} == set(ROLES)


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("entity:Pangyo", "Figures of Pangyo"),
        ("entity:Pangyo@2019", "Figures of Pangyo in 2019"),
        ("entity:Pangyo:Firms", "Figures of Pangyo: Firms"),
        ("entity:Pangyo:Firms@2019", "Figures of Pangyo: Firms in 2019"),
        ("entity:Daejeon: Daedeok", "Figures of Daejeon: Daedeok"),
        ("value:Firms@2019", "Firms in 2019"),
    ],
)
def test_text_of_a_role_with_names(role: str, text: str) -> None:
    assert role_text(role) == text
