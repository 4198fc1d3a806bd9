"""The one composition root: settings to knowledge, desk, Slack and workspace."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import ValidationError

from bot.answering.aids import Aids
from bot.answering.contacts import load_contacts
from bot.answering.desk import Desk
from bot.errors import SettingsError
from bot.figures.gallery import Galleries, Gallery
from bot.knowledge.load import Knowledge, load
from bot.knowledge.shelf import Shelf
from bot.settings import Settings
from bot.understanding.second_key import SecondKey


def settings_here() -> Settings:
    """What this place says; a SettingsError names the variable that is wrong."""
    try:
        return Settings(_secrets_dir=_secrets_dir())
    except ValidationError as error:
        first = error.errors()[0]
        prefix = Settings.model_config["env_prefix"]
        name = prefix + "_".join(map(str, first["loc"])).upper()
        raise SettingsError(f"{name}: {first['msg']}; correct it") from error
    except UnicodeDecodeError as error:
        raise SettingsError("the file .env is not UTF-8: write it again") from error


def _secrets_dir() -> Path | None:
    """Where the secrets lie, if variables name it; a SettingsError if nothing is there."""
    folder = Settings().secrets_dir
    if folder is not None and not folder.is_dir():
        raise SettingsError(
            f"BECAR7_SECRETS_DIR: {folder} is not a folder that can be read: mount the"
            " secrets there, or leave the variable unset"
        )
    return folder


def desk(settings: Settings) -> Desk:
    """A desk over the configured pack; a KnowledgeError says why there is none."""
    shelf = Shelf(settings.cache_dir.expanduser())
    knowledge = load(settings.knowledge_dir, shelf)
    key = SecondKey.load(settings.knowledge_dir)
    contacts = load_contacts(settings.contacts_file)
    aids = Aids(calendar(settings), gallery(settings, knowledge))
    ready = Desk(knowledge, contacts, key, aids)
    gc.freeze()  # a desk stays for good: the collector need not look at it again
    gc.enable()
    return ready


def calendar(settings: Settings) -> Callable[[], date]:
    """What tells the day, in UTC: whether a review is overdue depends on it."""
    return lambda: settings.today or datetime.now(UTC).date()


def gallery(settings: Settings, knowledge: Knowledge) -> Gallery:
    """The pictures of a pack; finished ones are kept beside the parsed files."""
    return Galleries(settings.cache_dir).of(knowledge)
