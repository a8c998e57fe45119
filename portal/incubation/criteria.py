"""The criteria a new portal starts with; the platform master changes them in the editorial admin."""

from __future__ import annotations

from .enums import Stage, Weight

MUST, SHOULD = Weight.MUST_MEET.value, Weight.SHOULD_MEET.value

FIRST_CRITERIA: dict[str, tuple[tuple[str, str], ...]] = {
    Stage.DISCOVERY: (
        ("The need is confirmed by at least one named user or line", MUST),
        ("Nothing in the pool or on the market answers it already", MUST),
        ("The team can say what it would take to be wrong", SHOULD),
    ),
    Stage.SCOPING: (
        ("The technical approach is plausible to an independent expert", MUST),
        ("Rights in the solution are clear and follow the terms of the award", MUST),
        ("A rough estimate of market and cost is on the table", SHOULD),
    ),
    Stage.BUSINESS_CASE: (
        ("Unit cost and margin are estimated against today's solution", MUST),
        ("Freedom to operate has been searched", MUST),
        ("A sponsor has named the budget of the next stage", MUST),
        ("A first customer has signed a letter of intent", SHOULD),
    ),
    Stage.DEVELOPMENT: (
        ("A prototype meets every must requirement of the challenge", MUST),
        ("Safety and compliance risks are listed with an owner each", MUST),
        ("A supplier for a small batch is found", SHOULD),
    ),
    Stage.VALIDATION: (
        ("Tests with users or on the line reached the agreed figures", MUST),
        ("Open defects are known and none is critical", MUST),
        ("The business case still holds with measured figures", SHOULD),
    ),
    Stage.PILOT_PRODUCTION: (
        ("The yield of the pilot batch reached its target", MUST),
        ("Service, spare parts and recycling are planned", MUST),
        ("The launch plan has dates and owners", SHOULD),
    ),
}
