"""What the first home pages say, in the three languages of the portal. Editors change it in the CMS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Position:
    """One position: its sign, name, promise, steps, and where it begins."""

    icon: str
    name: str
    promise: str
    steps: tuple[str, ...]
    label: str
    address: str

    def value(self) -> dict[str, Any]:
        """As the block of the home page keeps it."""
        return {
            "icon": self.icon,
            "name": self.name,
            "promise": self.promise,
            "steps": list(self.steps),
            "link": link(self.label, self.address),
        }


@dataclass(frozen=True)
class HomeWords:
    """One home page."""

    title: str
    kicker: str
    headline: str
    lead: str
    search: str
    answer: str
    join: str
    numbers: str
    challenges: str
    how: str
    positions: tuple[Position, ...]
    patents: str
    last_title: str
    last_text: str
    found: str

    def body(self) -> list[dict[str, Any]]:
        """The blocks of the page, as a StreamField takes them."""
        links = [link(self.answer, "/challenges/"), link(self.join, "/account/signup/")]
        hero = {"kicker": self.kicker, "title": self.headline, "lead": self.lead, "search": self.search, "links": links}
        last = [link(self.found, "/organisations/new/"), link(self.answer, "/challenges/")]
        return [
            {"type": "hero", "value": hero},
            {"type": "numbers", "value": {"title": self.numbers}},
            {"type": "open_challenges", "value": {"title": self.challenges, "number": 6}},
            {"type": "positions", "value": {"title": self.how, "positions": [p.value() for p in self.positions]}},
            {"type": "newest_patents", "value": {"title": self.patents, "number": 4}},
            {"type": "invitation", "value": {"title": self.last_title, "text": self.last_text, "links": last}},
        ]


def link(label: str, address: str) -> dict[str, Any]:
    """A button to an address of the portal."""
    return {"label": label, "page": None, "address": address}


ENGLISH = HomeWords(
    title="Open Innovation Portal",
    kicker="Open innovation, joined end to end",
    headline="Say what you need. Somebody in the world has the answer.",
    lead="Companies post challenges, creators anywhere answer them, and what comes of it – a patent, a licence, "
    "a venture – stays on record from the first question to the first product.",
    search="Search challenges, patents, people …",
    answer="See open challenges",
    join="Join as a creator",
    numbers="The portal in numbers",
    challenges="Open challenges",
    how="How it works",
    positions=(
        Position(
            "building",
            "Micro-owner",
            "You run an organisation, or a microenterprise inside one, and need something solved.",
            (
                "Found your organisation and have it verified",
                "Post a challenge with reward, deadline and terms",
                "Read the answers when their phase opens, and decide",
            ),
            "Found an organisation",
            "/organisations/new/",
        ),
        Position(
            "lightbulb",
            "Creator",
            "You can make it, know it or have it lying in a drawer.",
            (
                "Find a challenge, and accept its frozen terms",
                "File your answer and keep the receipt as proof",
                "Win the award, or let your idea have a second life",
            ),
            "Find a challenge",
            "/challenges/",
        ),
        Position(
            "shield",
            "Platform master",
            "You keep the ground fair for everybody on it.",
            (
                "Verify organisations and approve challenges",
                "Moderate, and read the audit log",
                "Never decide about what is your own",
            ),
            "Read how it works",
            "/about/",
        ),
    ),
    patents="New in the patent pool",
    last_title="What do you need solved?",
    last_text="Founding an organisation takes two minutes. Your first challenge can be open tomorrow.",
    found="Found an organisation",
)

CHINESE = HomeWords(
    title="开放创新平台",
    kicker="开放创新，全程相连",
    headline="说出您的需求，世界上总有人有答案。",
    lead="企业发布挑战，全球创客应答；由此产生的专利、许可与创业项目，从第一个问题到第一件产品，全程留痕。",
    search="搜索挑战、专利、人才……",
    answer="查看开放的挑战",
    join="以创客身份加入",
    numbers="平台数字",
    challenges="开放的挑战",
    how="如何运作",
    positions=(
        Position(
            "building",
            "小微主",
            "您经营一家机构或其中的小微企业，有问题等待解决。",
            ("创建机构并通过认证", "发布挑战，写明奖励、期限与条款", "阶段开放后阅读方案并作出决定"),
            "创建机构",
            "/organisations/new/",
        ),
        Position(
            "lightbulb",
            "创客",
            "您会做、您懂得，或者方案早已在手。",
            ("找到挑战，接受已冻结的条款", "提交方案，保留回执作为凭证", "赢得奖励，或让创意获得第二次生命"),
            "寻找挑战",
            "/challenges/",
        ),
        Position(
            "shield",
            "平台主",
            "您为所有人守护公平的环境。",
            ("认证机构，审批挑战", "维护秩序，查阅审计记录", "从不裁决自己的事务"),
            "了解更多",
            "/about/",
        ),
    ),
    patents="专利池新增",
    last_title="您有什么问题需要解决？",
    last_text="创建机构只需两分钟，您的第一个挑战明天就能开放。",
    found="创建机构",
)

RUSSIAN = HomeWords(
    title="Портал открытых инноваций",
    kicker="Открытые инновации от начала до конца",
    headline="Скажите, что вам нужно. У кого-то в мире есть ответ.",
    lead="Компании ставят задачи, создатели со всего мира их решают, а всё, что из этого выходит, – патент, лицензия, "
    "предприятие – остаётся в записи от первого вопроса до первого изделия.",
    search="Искать задачи, патенты, людей …",
    answer="Открытые задачи",
    join="Стать создателем",
    numbers="Портал в цифрах",
    challenges="Открытые задачи",
    how="Как это устроено",
    positions=(
        Position(
            "building",
            "Владелец микропредприятия",
            "Вы ведёте организацию или микропредприятие внутри неё, и вам нужно решение.",
            (
                "Создайте организацию и пройдите проверку",
                "Поставьте задачу: награда, срок, условия",
                "Прочтите ответы, когда откроется этап, и решите",
            ),
            "Создать организацию",
            "/organisations/new/",
        ),
        Position(
            "lightbulb",
            "Создатель",
            "Вы умеете это, знаете это, или решение давно лежит у вас в столе.",
            (
                "Найдите задачу и примите её условия",
                "Подайте ответ и сохраните квитанцию",
                "Получите награду или дайте идее вторую жизнь",
            ),
            "Найти задачу",
            "/challenges/",
        ),
        Position(
            "shield",
            "Хозяин платформы",
            "Вы храните честные правила для всех.",
            (
                "Проверяйте организации и одобряйте задачи",
                "Следите за порядком и читайте журнал",
                "Не решайте о своём собственном",
            ),
            "Как это устроено",
            "/about/",
        ),
    ),
    patents="Новое в патентном фонде",
    last_title="Какую задачу нужно решить?",
    last_text="Создать организацию – две минуты. Первая задача может открыться уже завтра.",
    found="Создать организацию",
)

HOMES = {"en": ENGLISH, "zh-hans": CHINESE, "ru": RUSSIAN}
