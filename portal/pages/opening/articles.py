"""The first articles: what the portal is, and a guide for each position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Article:
    """One content page: its address, what it is called, and its blocks."""

    slug: str
    title: str
    intro: str
    html: str
    questions: tuple[tuple[str, str], ...] = ()

    def body(self) -> list[dict[str, Any]]:
        """The blocks of the page, as a StreamField takes them."""
        asked = [{"question": question, "answer": f"<p>{answer}</p>"} for question, answer in self.questions]
        blocks: list[dict[str, Any]] = [{"type": "text", "value": self.html}]
        if asked:
            blocks.append({"type": "questions", "value": {"title": "Questions and answers", "questions": asked}})
        return blocks


ABOUT = Article(
    "about",
    "About this portal",
    "A company says what it needs; anyone who can answer does; what comes of it stays on record.",
    "<p>Most platforms stop when a prize is awarded, and most patent tools start when a patent is granted. "
    "Here the two are one thread: an organisation posts a challenge, somebody answers, an award is decided, a venture "
    "grows out of it, a patent joins the pool and is licensed. Every step can be followed in both directions.</p>"
    "<h2>Three positions</h2>"
    "<p><b>Micro-owners</b> run an organisation or a microenterprise inside one: they post, decide and pay. "
    "<b>Creators</b> are everybody who answers, alone or in a team. The <b>platform master</b> verifies "
    "organisations and approves challenges, and never decides about what is their own.</p>"
    "<h2>What you can rely on</h2>"
    "<ul><li>Terms are frozen when a challenge is published. Nobody is held to what they did not accept.</li>"
    "<li>What you file stays sealed until its phase opens, and you hold a receipt that anybody can verify.</li>"
    "<li>A missing page and a page you may not see look the same.</li></ul>",
    (
        (
            "What does it cost?",
            "Nothing. Rewards are paid by the organisation that posts; the portal records them and moves no money.",
        ),
        (
            "Who sees my answer?",
            "Before its phase opens, only you and your team. After that, the seeker and the reviewers assigned to it.",
        ),
        (
            "Can I leave?",
            "Yes. Your account page lets you take your data with you and delete your account; what is on the record "
            "stays without your name.",
        ),
    ),
)

GUIDES = (
    Article(
        "posting-a-challenge",
        "Posting a challenge",
        "From founding an organisation to the day your challenge opens.",
        "<ol><li><b>Found your organisation</b> and wait for the platform master to verify it.</li>"
        "<li><b>Draft the challenge.</b> Say what must be solved, how you will judge it, what you give for it, and by "
        "when. A good requirement can be checked by somebody who has never met you.</li>"
        "<li><b>Choose the terms.</b> Who owns the result, what may be used where. They freeze at publication.</li>"
        "<li><b>Send it for review.</b> The platform master approves it or asks for changes.</li>"
        "<li><b>It opens by the clock,</b> and closes by it. Nobody can file late, and nobody in time is refused.</li>"
        "</ol>",
    ),
    Article(
        "answering-a-challenge",
        "Answering a challenge",
        "Register, file, keep your receipt.",
        "<ol><li><b>Register</b> by accepting the terms of the challenge.</li>"
        "<li><b>Draft</b> your answer. The abstract is open to the seeker at once, the body stays sealed until the "
        "phase opens.</li><li><b>File it</b> before the deadline, as often as you like: the last version counts.</li>"
        "<li><b>Keep the receipt.</b> It proves what you filed and when, without this portal.</li>"
        "<li><b>Withdraw</b> whenever you want before the award.</li></ol>",
    ),
    Article(
        "patents-and-licences",
        "Patents and licences",
        "What is in the pool, and how to ask for a licence.",
        "<p>The pool holds published patents with their bibliographic facts and legal status. Owners list licence "
        "offers on them; an offer shows its headline to everybody and its terms to people who accept them.</p>"
        "<p>To ask for a licence, open the patent, choose the offer and say what you want to do with it. The owner "
        "reviews it, and both sides negotiate in one place until they agree.</p>",
    ),
)
