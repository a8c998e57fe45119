from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.files.checks import private_files_are_not_served


def test_a_private_folder_of_its_own_passes() -> None:
    assert private_files_are_not_served() == []


@pytest.mark.parametrize("setting", ["MEDIA_ROOT", "STATIC_ROOT"])
@pytest.mark.parametrize("below", ["", "deep/inside"])
def test_a_private_folder_below_a_served_one_is_an_error(
    settings: Any, tmp_path: Path, setting: str, below: str
) -> None:
    setattr(settings, setting, tmp_path)
    settings.PRIVATE_ROOT = tmp_path / below
    assert [found.id for found in private_files_are_not_served()] == ["files.E001"]
