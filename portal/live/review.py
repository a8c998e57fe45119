"""Asking again who may still listen to what: the half of live rights that the database knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.kernel.errors import Missing

from .people import person_of
from .sockets import Identity
from .topics import resolve


@dataclass(frozen=True, slots=True)
class Question:
    """Whether the session's person is still the same, and may still listen to each of ``topics``."""

    credential: str | None
    user_id: int | None
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """``same_person`` is False once the session ended; ``lost`` are the topics that are no longer theirs."""

    same_person: bool
    lost: frozenset[str]


def question(identity: Identity, topics: Iterable[str]) -> Question:
    """The question for a socket of ``identity`` that listens to ``topics``; equal ones are asked once."""
    return Question(identity.credential if identity.user_id else None, identity.user_id, frozenset(topics))


def answers(questions: Iterable[Question]) -> dict[Question, Answer]:
    """The answer to each distinct question, read afresh."""
    return {asked: _answer(asked) for asked in dict.fromkeys(questions)}


def _answer(asked: Question) -> Answer:
    user = person_of(asked.credential)
    if user.pk != asked.user_id:
        return Answer(False, asked.topics)
    return Answer(True, frozenset(name for name in asked.topics if not _may_listen(user, name)))


def _may_listen(user: object, name: str) -> bool:
    try:
        topic, key = resolve(name)
        return topic.can_join(user, key)
    except Missing:
        return False
