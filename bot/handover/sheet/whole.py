"""Puts the evidence sheet together, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterable

from bot.handover.parts import chapters
from bot.handover.sheet.around import OtherPages
from bot.handover.sheet.facts import FactPages
from bot.handover.sheet.paper import Chapter, Picture, Sheet, numbered
from bot.knowledge.load import Knowledge


_HEADINGS = {"about": "About the bot"}  # where the topic's name says too little


def sheet_of(knowledge: Knowledge, pictures: Iterable[Picture] = ()) -> Sheet:
    """All that a pack holds, in the order in which it is reviewed."""
    shown = tuple(pictures)
    facts = FactPages(knowledge, shown)
    others = OtherPages(facts)
    told = (others.about(), others.trial(), *_pictures(shown), *_topics(facts))
    rest = (others.conflicts(), others.gaps(), others.boundaries(), others.sources())
    trial = knowledge.trial
    return Sheet(
        title=f"{trial.name}: evidence sheet",
        subtitle=trial.title,
        badges=(trial.label, trial.badge),
        version=knowledge.version,
        as_of=max(f.verified.on for f in knowledge.facts.values()).isoformat(),
        chapters=(*told, *rest),
    )


def _pictures(shown: tuple[Picture, ...]) -> tuple[Chapter, ...]:
    says = "Drawn from the facts below; every number drawn stands beside it in words."
    return (Chapter("pictures", "Pictures", says, pictures=shown),) if shown else ()


def _topics(pages: FactPages) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(
            anchor=f"topic-{topic}",
            title=_HEADINGS.get(topic, topic.capitalize()),
            says=f"{numbered(len(facts), 'fact')}.",
            cards=tuple(map(pages.card, facts)),
        )
        for topic, facts in chapters(pages.knowledge).items()
    )
