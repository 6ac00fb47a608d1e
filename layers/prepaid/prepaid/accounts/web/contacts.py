"""Channels and recipients over HTTP, as parts of the settings."""

from typing import Annotated, Self

from pydantic import Field

from prepaid.accounts.saving import Shown
from prepaid.alerts.addresses import AddressState
from prepaid.alerts.channels import (
    DEFAULT,
    MAX_COOLDOWN_SECONDS,
    MAX_RECIPIENTS,
    MAX_REPEAT_DAYS,
    Channel,
    Contacts,
    Locale,
    Recipient,
)
from prepaid.alerts.web.alerts import LocaleIn
from prepaid.web.email import EmailIn
from prepaid.web.fields import WholeNumber
from prepaid.web.models import Flag, OptOut, WireIn, WireOut
from prepaid.web.parsing import refuse

CooldownIn = Annotated[int, WholeNumber(0, MAX_COOLDOWN_SECONDS)]
RepeatDaysIn = Annotated[int, WholeNumber(1, MAX_REPEAT_DAYS)]


class RecipientIn(WireIn):
    """Who gets mail, once the owner of the address has agreed."""

    email: EmailIn
    locale: LocaleIn | None = Field(
        default=None, description="The language of the mail; English if left out."
    )


RecipientsIn = Annotated[list[RecipientIn], Field(max_length=MAX_RECIPIENTS)]


class ChannelsIn(WireIn):
    """By what the account hears of its alerts; what is left out is as by default."""

    bus: OptOut = Field(default=True, description="The stack's event bus.")
    sns: Flag = Field(default=False, description="The stack's SNS topic, if it has one.")
    email: Flag = Field(default=False, description="Mail to those recipients who agreed.")


class CooldownsIn(WireIn):
    """For how long a channel does not send the like again, in seconds, at most a week."""

    bus: CooldownIn | None = None
    sns: CooldownIn | None = None
    email: CooldownIn | None = None


def contacts_in(
    channels: ChannelsIn | None,
    recipients: list[RecipientIn] | None,
    cooldown_seconds: CooldownsIn | None,
    repeat_days: int | None,
) -> Contacts:
    """Return what is chosen."""
    on = {each for each in Channel if channels is not None and getattr(channels, each)}
    cooldowns = cooldown_seconds or CooldownsIn()
    return Contacts(
        channels=DEFAULT.channels if channels is None else frozenset(on),
        recipients=tuple(
            Recipient(each.email, each.locale or Locale.EN) for each in recipients or ()
        ),
        cooldown_seconds={each: at for each in Channel if (at := getattr(cooldowns, each))},
        repeat_days=repeat_days,
    )


def refuse_twice(recipients: list[RecipientIn] | None) -> None:
    """Refuse an address that is given twice."""
    emails = [each.email for each in recipients or ()]
    if len(set(emails)) < len(emails):
        refuse("twice", "An address may be given once.", pointer="/recipients")


class ChannelsOut(WireOut):
    """By what the account hears of its alerts."""

    bus: bool
    sns: bool
    email: bool

    @classmethod
    def of(cls, contacts: Contacts) -> Self:
        """Show which channels are on."""
        return cls(**{str(each): each in contacts.channels for each in Channel})


class CooldownsOut(WireOut):
    """For how long a channel does not send the like again, in seconds."""

    bus: int
    sns: int
    email: int

    @classmethod
    def of(cls, contacts: Contacts) -> Self:
        """Show how long channels keep silent."""
        return cls(**{str(each): contacts.cooldown_seconds.get(each, 0) for each in Channel})


class RecipientOut(WireOut):
    """Who gets mail, and whether the owner of the address agreed."""

    email: str = Field(description="In lower case.")
    locale: Locale
    state: AddressState = Field(description="Only a confirmed address gets mail.")


def recipients_out(shown: Shown) -> list[RecipientOut]:
    """Show who gets mail."""
    return [
        RecipientOut(email=each.email, locale=each.locale, state=shown.addresses[each.email])
        for each in shown.contacts.recipients
    ]
