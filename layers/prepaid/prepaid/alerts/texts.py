"""What mails say, by language: one entry for each kind of alert, or a general one."""

from collections.abc import Mapping
from dataclasses import dataclass

from prepaid.alerts.channels import Locale


@dataclass(frozen=True, slots=True)
class Text:
    """A subject and a sentence, with `$names` for what an alert knows."""

    subject: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that mails say in one language; `alerts` by the stored name of their kind."""

    alerts: Mapping[str, Text]
    any_alert: Text
    test: Text
    confirmation: Text
    confirm: str
    balance: str
    unsubscribe: str
    all_operations: str
    one_day: str
    many_days: str
    decimal: str = "."

    def days(self, number: int) -> str:
        """Say a number of days."""
        return self.one_day if number == 1 else f"{number} {self.many_days}"


_ENGLISH = Words(
    alerts={
        "balance_low": Text(
            "Your credits are below $threshold",
            "The balance of $account has fallen below $threshold credits.",
        ),
        "balance_empty": Text(
            "You are out of credits",
            "$account has no credits left. What costs credits is refused until some are added.",
        ),
        "balance_recovered": Text(
            "Your credits are back above $threshold",
            "The balance of $account was low and is back at $threshold credits or above.",
        ),
        "balance_still_low": Text(
            "Your credits are still below $threshold",
            "The balance of $account is still below $threshold credits.",
        ),
        "limit_near": Text(
            "Your spending limit is nearly used up",
            "$account has used $used of $amount credits for $operation. The limit resets at "
            "$resets_at.",
        ),
        "limit_reached": Text(
            "Your spending limit is used up",
            "$account has used $used of $amount credits for $operation. Until the limit resets at "
            "$resets_at, more is refused.",
        ),
        "runway_low": Text(
            "Your credits will last less than $days",
            "At $per_day credits a day, as in the last seven days, the credits of $account will "
            "last less than $days. Whole days left: $days_left.",
        ),
        "runway_recovered": Text(
            "Your credits will last $days or longer again",
            "At $per_day credits a day, as in the last seven days, the credits of $account will "
            "last $days or longer again.",
        ),
        "usage_spike": Text(
            "Your credits are used much faster than usual",
            "$account has used $spent credits in the hour from $hour on. In the last seven days it "
            "was $usual in an hour on average.",
        ),
        "expiry_near": Text(
            "$expiring credits expire on $expires_at",
            "$expiring credits of $account expire unless they are used before, the first of them "
            "on $expires_at.",
        ),
    },
    any_alert=Text("About your credits", "There is news about the credits of $account: $kind."),
    test=Text("A test message", "This is a test: alerts of $account arrive at this address."),
    confirmation=Text(
        "Please confirm your address",
        "Somebody wants alerts about the credits of $account to be sent to this address. If you "
        "agree, follow the link within three days. If not, do nothing: you get no more mail.",
    ),
    confirm="Confirm the address",
    balance="Balance: $balance. Available: $available. Time: $time.",
    unsubscribe="Stop these mails",
    all_operations="all operations",
    one_day="1 day",
    many_days="days",
)
_GERMAN = Words(
    alerts={
        "balance_low": Text(
            "Ihr Guthaben liegt unter $threshold",
            "Das Guthaben von $account ist unter $threshold Credits gefallen.",
        ),
        "balance_empty": Text(
            "Ihr Guthaben ist aufgebraucht",
            "$account hat keine Credits mehr. Was Credits kostet, wird abgelehnt, bis welche "
            "hinzukommen.",
        ),
        "balance_recovered": Text(
            "Ihr Guthaben liegt wieder bei $threshold oder darüber",
            "Das Guthaben von $account war niedrig und liegt wieder bei $threshold Credits oder "
            "darüber.",
        ),
        "balance_still_low": Text(
            "Ihr Guthaben liegt noch immer unter $threshold",
            "Das Guthaben von $account liegt noch immer unter $threshold Credits.",
        ),
        "limit_near": Text(
            "Ihr Ausgabenlimit ist fast erreicht",
            "$account hat $used von $amount Credits für $operation verbraucht. Das Limit beginnt "
            "neu am $resets_at.",
        ),
        "limit_reached": Text(
            "Ihr Ausgabenlimit ist erreicht",
            "$account hat $used von $amount Credits für $operation verbraucht. Bis das Limit am "
            "$resets_at neu beginnt, wird mehr abgelehnt.",
        ),
        "runway_low": Text(
            "Ihr Guthaben reicht für weniger als $days",
            "Bei $per_day Credits am Tag wie in den letzten sieben Tagen reicht das Guthaben von "
            "$account für weniger als $days. Ganze Tage: $days_left.",
        ),
        "runway_recovered": Text(
            "Ihr Guthaben reicht wieder für $days oder länger",
            "Bei $per_day Credits am Tag wie in den letzten sieben Tagen reicht das Guthaben von "
            "$account wieder für $days oder länger.",
        ),
        "usage_spike": Text(
            "Ihre Credits werden viel schneller verbraucht als sonst",
            "$account hat in der Stunde ab $hour $spent Credits verbraucht. In den letzten sieben "
            "Tagen waren es im Mittel $usual in der Stunde.",
        ),
        "expiry_near": Text(
            "$expiring Credits verfallen am $expires_at",
            "$expiring Credits von $account verfallen, wenn sie nicht vorher verbraucht werden, "
            "die ersten am $expires_at.",
        ),
    },
    any_alert=Text("Zu Ihrem Guthaben", "Es gibt Neues zum Guthaben von $account: $kind."),
    test=Text(
        "Eine Testnachricht", "Dies ist ein Test: Warnungen zu $account kommen bei Ihnen an."
    ),
    confirmation=Text(
        "Bitte bestätigen Sie Ihre Adresse",
        "Jemand möchte Warnungen zum Guthaben von $account an diese Adresse schicken. Wenn Sie "
        "einverstanden sind, folgen Sie dem Link innerhalb von drei Tagen. Wenn nicht, müssen Sie "
        "nichts tun: Sie bekommen keine weiteren Mails.",
    ),
    confirm="Adresse bestätigen",
    balance="Guthaben: $balance. Verfügbar: $available. Zeit: $time.",
    unsubscribe="Keine weiteren Mails",
    all_operations="alle Vorgänge",
    one_day="1 Tag",
    many_days="Tage",
    decimal=",",
)
WORDS: Mapping[Locale, Words] = {Locale.EN: _ENGLISH, Locale.DE: _GERMAN}
