from __future__ import annotations

from pathlib import Path

import pytest

from portal.kernel.errors import Refused
from portal.serve.lock import sole_server


def test_second_server_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with sole_server(tmp_path), pytest.raises(Refused, match="Another server is running"), sole_server(tmp_path):
        pass


def test_data_are_free_again_when_the_server_has_ended(tmp_path: Path) -> None:
    with sole_server(tmp_path):
        pass
    with sole_server(tmp_path):
        pass
