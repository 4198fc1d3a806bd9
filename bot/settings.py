"""What the surroundings say: tokens, addresses, contacts, places."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


ROOT = Path(__file__).resolve().parent.parent


_PERSON = re.compile(r"\s*(?:[TE][A-Z0-9]+:)?[UW][A-Z0-9]+\s*")
_CHANNEL = re.compile(r"(?:[TE][A-Z0-9]+:)?[CG][A-Z0-9]+")


def own_pack(root: Path) -> Path:
    """The pack that came with the app: in a checkout, or inside the installed wheel."""
    folders = (root / "knowledge", root / "bot" / "_packs")
    found = (path for folder in folders for path in sorted(folder.glob("*/trial.yaml")))
    trial = next(found, root / "knowledge" / "trial.yaml")
    return trial.parent


def own_file(root: Path, name: str) -> Path:
    """A file of deploy/ that came with the app; it may be missing from an image."""
    folders = (root / "deploy", root / "bot" / "_deploy")
    found = (folder / name for folder in folders if (folder / name).is_file())
    return next(found, folders[0] / name)


class Settings(BaseSettings):
    """Everything that differs between one place of use and the next."""

    model_config = SettingsConfigDict(
        env_prefix="BECAR7_", env_file=".env", extra="ignore", frozen=True
    )

    knowledge_dir: Path = Field(default_factory=lambda: own_pack(ROOT))
    reload_seconds: Annotated[float, Field(ge=0)] = 10  # between two looks; 0: never
    cache_dir: Path = Path("~/.cache/becar7")  # parsed packs, pictures; may be deleted
    contacts_file: Path | None = None
    today: date | None = None  # a fixed day, to repeat an earlier reply to the byte
    secrets_dir: Path | None = None  # one file a secret, named as its variable
    environment: Literal["local", "production"] = "local"
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None  # Socket Mode only
    slack_client_id: str = ""  # for several workspaces: instead of the bot token
    slack_client_secret: SecretStr | None = None
    slack_redirect_url: str = ""  # empty: the one that the app has in Slack
    encryption_keys: SecretStr | None = None  # with a comma between; the first encrypts
    database_url: SecretStr = SecretStr("sqlite:///journal.sqlite3")  # may hold a word
    retention_days: Annotated[int, Field(ge=0)] = 365  # of people's words; 0: for good
    posts_per_second: Annotated[float, Field(gt=0)] = 10.0  # in a whole workspace
    channel_posts_per_second: Annotated[float, Field(gt=0)] = 1.0
    slack_api_url: str = "https://slack.com/api/"  # the local workspace plugs in here
    slack_command: Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")] = "/becar7"
    answer_shared_channels: bool = False  # channels shared with other organisations
    on_call_channel: str = ""  # a channel id: where requests to the on-call team go
    curators: str = ""  # user ids, or team:user, with commas between
    curation_channel: str = ""  # a channel id, or team:channel: for a weekly digest
    curation_branches: bool = False  # drafts made in Slack go to the pack's git remote
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    otlp_endpoint: Annotated[str, Field(pattern=r"^(https?://.+)?$")] = ""  # traces

    @field_validator("curators")
    @classmethod
    def _people(cls, written: str) -> str:
        if all(map(_PERSON.fullmatch, filter(None, written.split(",")))):
            return written
        raise ValueError(
            "write the user ids of curators with commas between, such as"
            " U0123ABCD,U0456EFGH (Slack: a profile, More, Copy member ID)"
        )

    @field_validator("curation_channel")
    @classmethod
    def _channel(cls, written: str) -> str:
        if not written or _CHANNEL.fullmatch(written):
            return written
        raise ValueError("write the id of a channel, such as C0123ABCD, not its name")
