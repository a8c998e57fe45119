"""Needs in three languages, and questions about them in each: does the language one asks in matter?

Written for this; each need is posted in one language and asked for in the two others, in other words than its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """A need as it is posted (``title``, ``summary``), and as people who speak other languages ask for it."""

    language: str
    title: str
    summary: str
    asked: tuple[str, str]


NEEDS = (
    Need("en", "Water pump that makes no noise", "A circulation pump for heating that nobody hears in the bedroom.",
         ("тихий насос для отопления", "静音循环水泵")),
    Need("en", "Batteries for polar winters", "Cells that still give half of their charge at forty degrees of frost.",
         ("аккумулятор, работающий на морозе", "耐低温电池")),
    Need("en", "Taking salt out of sea water with little power", "A membrane or another way for villages on the coast.",
         ("опреснение морской воды с малым расходом энергии", "低能耗海水淡化")),
    Need("en", "Packaging that rots in the garden", "A wrapping for food which turns to soil and keeps grease inside.",
         ("биоразлагаемая упаковка для еды", "可降解食品包装")),
    Need("en", "Seeing cracks in wind turbine blades", "Damage inside the laminate is to be seen before it grows.",
         ("обнаружение трещин в лопастях ветрогенератора", "风力发电机叶片裂纹检测")),
    Need("en", "Gripper for ripe strawberries", "A robot hand that picks soft fruit without bruising it.",
         ("робот для сбора клубники", "草莓采摘机器人")),
    Need("ru", "Очистка воздуха в метро от тонкой пыли", "Нужен фильтр, который улавливает частицы тормозной пыли.",
         ("removing fine dust from the air of subway stations", "地铁空气除尘")),
    Need("ru", "Бетон без цемента", "Вяжущее из отходов металлургии с меньшими выбросами углекислого газа.",
         ("concrete made without cement", "无水泥混凝土")),
    Need("ru", "Раннее обнаружение лесных пожаров", "Датчики или спутники, которые замечают дым в первые минуты.",
         ("finding forest fires early", "森林火灾早期预警")),
    Need("ru", "Переработка старых шин", "Как вернуть резину в производство, не сжигая её.",
         ("recycling of used tyres", "废旧轮胎回收")),
    Need("ru", "Обогрев теплиц зимой без газа", "Тепло для овощей за полярным кругом из возобновляемых источников.",
         ("heating greenhouses in winter without gas", "冬季温室供暖")),
    Need("ru", "Дрон, который осматривает линии электропередачи", "Он должен сам находить повреждённые изоляторы.",
         ("drone for the inspection of power lines", "无人机巡检输电线路")),
    Need("zh", "更安静的空调风扇", "家用空调的风扇在夜间噪音太大，需要新的叶片设计。",
         ("air conditioner fan with less noise", "тихий вентилятор для кондиционера")),
    Need("zh", "从废旧手机中回收黄金", "希望找到不使用氰化物的提取方法。",
         ("recovering gold from old mobile phones", "извлечение золота из старых телефонов")),
    Need("zh", "老年人跌倒检测", "无需摄像头即可在家中发现老人跌倒并通知家属。",
         ("detecting when an old person has fallen at home", "обнаружение падений пожилых людей")),
    Need("zh", "冰箱保鲜技术", "让蔬菜在冰箱里保存三周而不失去维生素。",
         ("keeping vegetables fresh in the refrigerator", "сохранение свежести овощей в холодильнике")),
    Need("zh", "自行车用氢燃料电池", "轻便安全的储氢和燃料电池系统，续航一百公里。",
         ("hydrogen fuel cell for bicycles", "водородный топливный элемент для велосипеда")),
    Need("zh", "用于洗衣机的微塑料过滤器", "过滤洗涤废水中的合成纤维，并且容易清洗。",
         ("washing machine filter for microplastics", "фильтр микропластика для стиральной машины")),
)  # fmt: skip
