"""Settings over HTTP: thresholds, time zone, overage and spending limits."""

from collections.abc import Collection, Sequence
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from prepaid.accounts.saving import Shown
from prepaid.accounts.settings import (
    MAX_RUNWAY_DAYS,
    MAX_THRESHOLDS,
    Saving,
    Settings,
    limits_by,
)
from prepaid.accounts.web.contacts import (
    ChannelsIn,
    ChannelsOut,
    CooldownsIn,
    CooldownsOut,
    RecipientOut,
    RecipientsIn,
    RepeatDaysIn,
    contacts_in,
    recipients_out,
    refuse_twice,
)
from prepaid.domain import keys
from prepaid.domain.account import Account, Overage, Setting
from prepaid.domain.credits import AccountId
from prepaid.domain.limiting import standings
from prepaid.domain.limits import MAX_LIMITS, LimitOwner, LimitTerms, Window
from prepaid.ledger.web.limits import LimitOut
from prepaid.web.actor import actor_name
from prepaid.web.amounts import CreditsIn, CreditsOrZeroIn
from prepaid.web.conditions import ETAG
from prepaid.web.fields import OperationName, Reason, WholeNumber
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp
from prepaid.web.parsing import refuse
from prepaid.web.request import Answer, Request


def _time_zone(value: object) -> str:
    if not isinstance(value, str) or value not in available_timezones():
        refuse("time_zone", "Must be the name of a time zone of the IANA, as Europe/Berlin.")
    return value


TimeZoneIn = Annotated[
    str,
    PlainValidator(_time_zone),
    WithJsonSchema({"type": "string", "format": "time-zone", "examples": ["Europe/Berlin"]}),
]


WindowIn = Annotated[Window, Field(strict=False)]  # JSON has no enumerations
OverageIn = Annotated[Overage, Field(strict=False)]
RunwayDaysIn = Annotated[int, WholeNumber(1, MAX_RUNWAY_DAYS)]


class LimitIn(WireIn):
    """A limit of one operation, or of all in an hour."""

    operation: OperationName | None = None
    window: WindowIn
    amount: CreditsIn

    def terms(self) -> LimitTerms:
        """Return what is limited."""
        return LimitTerms(operation=self.operation, window=self.window, amount=self.amount)


class LimitsIn(WireIn):
    """The most credits that usage may cost; at most five limits in all."""

    daily: CreditsIn | None = Field(default=None, description="In a day, of all operations.")
    monthly: CreditsIn | None = Field(default=None, description="In a month, of all operations.")
    others: Annotated[list[LimitIn], Field(max_length=MAX_LIMITS)] | None = Field(
        default=None, description="By the hour, or of one operation."
    )

    @model_validator(mode="after")
    def _limits_each_once(self) -> Self:
        scopes = [each.scope for each in self.terms()]
        if len(scopes) > MAX_LIMITS:
            refuse("too_long", f"May set at most {MAX_LIMITS} limits.", pointer="/others")
        if len(set(scopes)) < len(scopes):
            refuse("twice", "An operation has one limit for each window.", pointer="/others")
        return self

    def terms(self) -> tuple[LimitTerms, ...]:
        """Return all that is limited."""
        named = ((Window.DAY, self.daily), (Window.MONTH, self.monthly))
        ours = [LimitTerms(window=window, amount=each) for window, each in named if each]
        return (*ours, *(each.terms() for each in self.others or ()))


class SettingsIn(WireIn):
    """All settings of an account: what is left out has its default."""

    thresholds: Annotated[list[CreditsOrZeroIn], Field(max_length=MAX_THRESHOLDS)] | None = Field(
        default=None,
        description="Balances below which the account is warned, 0 too; none for an empty list, "
        "the stack's default if left out.",
    )
    runway_thresholds: Annotated[list[RunwayDaysIn], Field(max_length=MAX_THRESHOLDS)] | None = (
        Field(
            default=None,
            description="Days; the account is warned when its credits will not last so long; none "
            "for an empty list, the stack's default if left out.",
        )
    )
    time_zone: TimeZoneIn | None = Field(
        default=None, description="Whose days are the account's, from its next day on."
    )
    overage: OverageIn | None = Field(
        default=None,
        description="Who bears what a capture costs beyond its hold and what is available; stays "
        "as it is if left out. A user may take on debt; only an admin ends that.",
    )
    limits: LimitsIn | None = None
    channels: ChannelsIn | None = None
    recipients: RecipientsIn | None = Field(
        default=None, description="Who gets mail; each is asked before (`recipients/confirmation`)."
    )
    cooldown_seconds: CooldownsIn | None = None
    repeat_days: RepeatDaysIn | None = Field(
        default=None,
        description="A low balance is announced again after so many days while it lasts and nobody "
        "has acknowledged it; never if left out.",
    )

    @model_validator(mode="after")
    def _thresholds_and_recipients_are_different(self) -> Self:
        refuse_twice(self.recipients)
        for name in ("thresholds", "runway_thresholds"):
            given = getattr(self, name) or ()
            if len(set(given)) < len(given):
                refuse("twice", "A threshold may be given once.", pointer=f"/{name}")
        return self

    def settings(self) -> Settings:
        """Return what is chosen."""
        return Settings(
            thresholds=None if self.thresholds is None else tuple(self.thresholds),
            runway_thresholds=(
                None if self.runway_thresholds is None else tuple(self.runway_thresholds)
            ),
            time_zone=self.time_zone or "UTC",
            overage=self.overage,
            limits=self.limits.terms() if self.limits else (),
            admin_limits=self.of_admin(),
            contacts=contacts_in(
                self.channels, self.recipients, self.cooldown_seconds, self.repeat_days
            ),
        )

    def of_admin(self) -> tuple[LimitTerms, ...] | None:
        """Return what an admin limits; `None` leaves that alone."""
        return None

    def saving(
        self, request: Request[Any, Any], account_id: AccountId, *, by_admin: bool
    ) -> Saving:
        """Return the request to save them for an account."""
        settings = self.settings()
        return Saving(
            account_id=account_id,
            settings=settings,
            fingerprint=keys.fingerprint(settings.content()),
            seen=_versions(request.if_match),
            actor=actor_name(request),
            request_id=request.request_id,
            by_admin=by_admin,
            reason=self.reason_given(),
        )

    def reason_given(self) -> str | None:
        """Return why an admin saves them, where they say so."""
        return None


class AdminSettingsIn(SettingsIn):
    """All settings of an account, an admin's limits among them, which its user cannot lift."""

    admin_limits: LimitsIn | None = None
    reason: Reason | None = Field(default=None, description="Why, for the audit.")

    def reason_given(self) -> str | None:
        """Return why they are saved."""
        return self.reason

    def of_admin(self) -> tuple[LimitTerms, ...] | None:
        """Return what an admin limits."""
        return self.admin_limits.terms() if self.admin_limits else ()


class ChosenLimitOut(WireOut):
    """A limit as it was set."""

    operation: str | None
    window: Window
    amount: CreditsOut


class ChosenLimitsOut(WireOut):
    """Limits as they were set."""

    daily: CreditsOut | None
    monthly: CreditsOut | None
    others: list[ChosenLimitOut]

    @classmethod
    def of(cls, limits: Sequence[LimitTerms]) -> Self:
        """Show what is limited."""
        of_all = {each.window: str(each.amount) for each in limits if each.operation is None}
        named = (Window.DAY, Window.MONTH)
        return cls(
            daily=of_all.get(Window.DAY),
            monthly=of_all.get(Window.MONTH),
            others=[
                ChosenLimitOut(
                    operation=each.operation, window=each.window, amount=str(each.amount)
                )
                for each in limits
                if each.operation is not None or each.window not in named
            ],
        )


class SettingsOut(WireOut):
    """The settings of an account, and how its limits stand."""

    account_id: str
    thresholds: list[CreditsOut]
    runway_thresholds: list[int] = Field(
        description="Days; the account is warned when its credits will not last so long."
    )
    time_zone: str = Field(description="As it was chosen.")
    time_zone_now: str = Field(description="Whose days count until the account's day is over.")
    overage: Overage
    limits: ChosenLimitsOut = Field(description="The account's own.")
    admin_limits: ChosenLimitsOut = Field(description="An admin's; the lower one counts.")
    channels: ChannelsOut
    recipients: list[RecipientOut]
    cooldown_seconds: CooldownsOut
    repeat_days: int | None = Field(
        description="After how many days a low balance is announced again; null for never."
    )
    limits_now: list[LimitOut] = Field(description="Every limit, default ones too.")
    defaults: list[Setting] = Field(description="The settings that nobody chose.")
    version: int = Field(description="How often they were saved; it is the entity tag.")
    saved_at: TimestampOut | None
    saved_by: str | None

    @classmethod
    def of(cls, shown: Shown) -> Self:
        """Show the settings of an account."""
        account = shown.account
        return cls(
            account_id=account.account_id,
            thresholds=[str(each.at) for each in account.thresholds],
            runway_thresholds=[each.days for each in account.runway_thresholds],
            time_zone=account.next_time_zone or account.time_zone,
            time_zone_now=account.time_zone,
            overage=account.overage,
            limits=ChosenLimitsOut.of(limits_by(account, LimitOwner.USER)),
            admin_limits=ChosenLimitsOut.of(limits_by(account, LimitOwner.ADMIN)),
            channels=ChannelsOut.of(shown.contacts),
            recipients=recipients_out(shown),
            cooldown_seconds=CooldownsOut.of(shown.contacts),
            repeat_days=shown.contacts.repeat_days,
            limits_now=[LimitOut.of(each) for each in standings(account, shown.now)],
            defaults=[each for each in Setting if each not in account.chosen],
            version=account.settings_version,
            saved_at=None if shown.saved_at is None else timestamp(shown.saved_at),
            saved_by=shown.saved_by,
        )


def answer(shown: Shown) -> Answer:
    """Answer settings under the tag by which they are replaced."""
    return Answer(SettingsOut.of(shown), headers={ETAG: tag(shown.account)})


def tag(account: Account) -> str:
    """Return the entity tag of an account's settings: another one whenever they were saved."""
    return f'"{account.settings_version}"'


def _versions(tags: Collection[str] | None) -> Collection[int] | None:
    """Return the versions that tags name; ours are numbers, and others name nothing."""
    if tags is None:
        return None
    return {int(each) for each in tags if each.isascii() and each.isdecimal() and len(each) < 16}
