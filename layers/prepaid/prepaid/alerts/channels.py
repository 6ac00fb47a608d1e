"""Channels: by what an account hears of its alerts, who gets mail, and in which language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MAX_RECIPIENTS = 5
MAX_COOLDOWN_SECONDS = 7 * 86_400
MAX_REPEAT_DAYS = 30


class Channel(StrEnum):
    """By what an alert is sent. The names are stored for ever."""

    BUS = "bus"
    SNS = "sns"
    EMAIL = "email"


class Locale(StrEnum):
    """In which language a mail is written."""

    EN = "en"
    DE = "de"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets mail: an address in lower case, and its language."""

    email: str
    locale: Locale = Locale.EN


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """What an account chose: channels, who gets mail, and how long a channel keeps silent.

    `cooldown_seconds` is the time for which a channel does not send the like again; one that is
    left out has none besides that of the alert itself. A low balance is announced again every
    `repeat_days` while it lasts and nobody has acknowledged it; never, where that is `None`.
    """

    channels: frozenset[Channel] = frozenset({Channel.BUS})
    recipients: tuple[Recipient, ...] = ()
    cooldown_seconds: Mapping[Channel, int] = field(default_factory=dict)
    repeat_days: int | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return what tells these contacts from the default ones, as it is stored."""
        plain = {
            "channels": None if self.channels == DEFAULT.channels else sorted(self.channels),
            "recipients": [[each.email, str(each.locale)] for each in self.recipients] or None,
            "cooldown_seconds": {str(name): at for name, at in self.cooldown_seconds.items()}
            or None,
            "repeat_days": self.repeat_days,
        }
        return {name: value for name, value in plain.items() if value is not None}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Contacts":
        """Read what was stored; nothing at all is the default."""
        channels = plain.get("channels", DEFAULT.channels)
        cooldowns: Mapping[str, int] = plain.get("cooldown_seconds", {})
        return cls(
            channels=frozenset(Channel(each) for each in channels),
            recipients=tuple(
                Recipient(email, Locale(locale)) for email, locale in plain.get("recipients", ())
            ),
            cooldown_seconds={Channel(name): int(at) for name, at in cooldowns.items()},
            repeat_days=int(plain["repeat_days"]) if "repeat_days" in plain else None,
        )


DEFAULT = Contacts()
"""Nothing but the bus."""
