"""What a person takes with them of what they said."""

from __future__ import annotations

import pytest

from portal.discussions import actions
from portal.discussions.takeout import talk_part
from tests.factories.discussions import RoomFactory

pytestmark = pytest.mark.django_db


def test_a_person_takes_their_words_and_signs_and_nobody_elses(creator, rival):
    room = RoomFactory(title="Heat pumps")
    mine = actions.post_message(room, author=creator, text="R290")
    theirs = actions.post_message(room, author=rival, text="R744")
    taken_back = actions.post_message(room, author=creator, text="a slip")
    actions.remove_message(taken_back, actor=creator)
    actions.react(theirs, actor=creator, sign="👍", on=True)
    actions.react(mine, actor=rival, sign="🎉", on=True)

    assert talk_part(creator) == {
        "said": [{"room": "Heat pumps", "text": "R290", "at": mine.created_at.isoformat()}],
        "signs": [{"message": theirs.public_id, "sign": "👍"}],
    }
