"""The language of a text is taken out of its vector."""

import numpy
import pytest

from search.semantic.languages import CYRILLIC, HAN, LATIN, SAME, Centring, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("A quiet pump", LATIN),
        ("Тихий насос LG", CYRILLIC),
        ("静音水泵 B2", HAN),
        ("12 345", LATIN),
        ("", LATIN),
        ("مضخة هادئة", LATIN),
    ],
)
def test_a_text_is_of_the_script_most_of_it_is_written_in(text: str, script: int) -> None:
    assert script_of(text) == script


def test_what_texts_of_a_script_have_in_common_is_taken_out() -> None:
    """Vectors whose first three places tell the script, loudly, and whose others tell the sentence."""
    places = {text: place for place, same in enumerate(SAME) for text in same}

    def embed(texts: list[str]) -> numpy.ndarray:
        scripts = [[9.0 * (script_of(text) == each) for each in range(3)] for text in texts]
        said = numpy.eye(len(SAME))[[places[text] for text in texts]]
        return numpy.concatenate([scripts, said], axis=1)

    english, russian, chinese = Centring(embed)(SAME[0])
    [other] = Centring(embed)([SAME[1][0]])

    assert english @ russian == pytest.approx(1)
    assert english @ chinese == pytest.approx(1)
    assert english @ other < 0
