"""The scores by which relevance is judged, and the peer it is held against."""

from __future__ import annotations

import pytest

from tests.bench.relevance.languages import NEEDS
from tests.bench.relevance.plain import Bm25
from tests.bench.relevance.scores import ndcg, recall


def test_what_is_relevant_counts_more_the_earlier_it_comes() -> None:
    assert ndcg("abc", "abc") == pytest.approx(1)
    assert ndcg("xab", "ab") < ndcg("axb", "ab") < 1
    assert ndcg("xyz", "ab") == ndcg("", "ab") == 0
    assert ndcg([*"xxxxxxxxxx", "a"], "a") == 0


def test_recall_is_a_share() -> None:
    assert (recall("ab", "abcd"), recall("xy", "a"), recall("a", "")) == (0.5, 0, 0)


def test_rare_words_and_short_texts_count_more() -> None:
    ranking = Bm25({"1": "a quiet pump", "2": "a pump", "3": "a pump of a pump of a pump with many words more"})

    assert ranking.best("quiet pump", 3)[0] == "1"
    assert ranking.best("pump", 2) == ["3", "2"] or ranking.best("pump", 2) == ["2", "3"]
    assert ranking.best("nothing", 3) == []


def test_each_need_is_asked_for_in_the_two_other_languages() -> None:
    for need in NEEDS:
        assert len(set(need.asked)) == 2
        assert need.title not in need.asked
    assert {language: sum(need.language == language for need in NEEDS) for language in ("en", "ru", "zh")} == {
        "en": 6,
        "ru": 6,
        "zh": 6,
    }
