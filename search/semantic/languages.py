"""Taking the language out of a vector.

A small multilingual model puts texts of one language near each other whatever they say: a short Chinese question is
nearer to any Chinese text than to a Russian one that answers it. What the vectors of a language have in common is the
mean of texts that say the same in each; without it, what is said decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from search.semantic.embedders import Vectors

LATIN, CYRILLIC, HAN = range(3)
_LETTERS: Final = tuple(map(re.compile, (r"[A-Za-zÀ-ɏ]", r"[Ѐ-ӿ]", r"[㐀-鿿]")))
_WORTH: Final = (1, 1, 3)
"""How many letters a character stands for."""

SAME: Final = (
    ("The meeting begins at nine in the morning.", "Собрание начинается в девять утра.", "会议早上九点开始。"),
    ("A new way to make steel with hydrogen.", "Новый способ делать сталь водородом.", "用氢气炼钢的新方法。"),
    ("Software that counts cars on the road.", "Программа, считающая автомобили на дороге.", "统计道路车辆的软件。"),
    ("Medicine against pain in the knee.", "Лекарство от боли в колене.", "治疗膝盖疼痛的药物。"),
    ("How can we sell more bread?", "Как нам продавать больше хлеба?", "怎样卖出更多的面包？"),
    ("The company was founded forty years ago.", "Компания была основана сорок лет назад.", "公司成立于四十年前。"),
    ("Light lamp for reading in bed.", "Лёгкая лампа для чтения в постели.", "床头阅读灯。"),
    ("Protecting data of customers from thieves.", "Защита данных клиентов от воров.", "保护客户数据免遭盗窃。"),
    ("Growing rice in dry soil.", "Выращивание риса на сухой почве.", "旱地水稻种植。"),
    ("Teacher of mathematics for children.", "Учитель математики для детей.", "儿童数学老师。"),
    ("Cleaning rivers from plastic.", "Очистка рек от пластика.", "清理河流中的塑料。"),
    ("A device measures the pressure of the blood.", "Прибор измеряет давление крови.", "测量血压的仪器。"),
    ("Trains are late because of snow.", "Поезда опаздывают из-за снега.", "火车因下雪晚点。"),
    ("Strong glue for wood and metal.", "Прочный клей для дерева и металла.", "木材和金属用强力胶。"),
    ("Houses built by a printer.", "Дома, построенные принтером.", "打印机建造的房屋。"),
    ("Law on the rights of inventors.", "Закон о правах изобретателей.", "发明人权利法。"),
    ("Chemical sensor for gas.", "Химический датчик газа.", "气体化学传感器。"),
    ("Music helps people to sleep.", "Музыка помогает людям заснуть.", "音乐有助于睡眠。"),
    ("Coating that protects ships from rust.", "Покрытие, защищающее корабли от ржавчины.", "船舶防锈涂层。"),
    ("Small kitchen for a tiny flat.", "Маленькая кухня для крошечной квартиры.", "小公寓的小厨房。"),
)  # fmt: skip
"""Sentences about all sorts of things, the same in each script."""


class Centring:
    """Takes out of the vectors that ``embed`` makes what those of their script have in common."""

    def __init__(self, embed: Callable[[list[str]], Vectors]) -> None:
        self._embed = embed
        self._means = [embed(list(sentences)).mean(axis=0) for sentences in zip(*SAME, strict=True)]

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors of these texts, of length 1."""
        import numpy

        common = numpy.array([self._means[script_of(text)] for text in texts])
        vectors = self._embed(list(texts)) - common
        return vectors / numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def script_of(text: str) -> int:
    """The script that most of a text is written in; Latin for any that is not known here."""
    counts = [len(letters.findall(text)) * worth for letters, worth in zip(_LETTERS, _WORTH, strict=True)]
    return max(range(len(counts)), key=counts.__getitem__)
