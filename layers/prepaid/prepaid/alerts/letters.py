"""Letters: what a mail holds, written from our own templates in the language of its reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from string import Template

from prepaid.alerts.channels import Locale, Recipient
from prepaid.alerts.texts import WORDS, Words
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.thresholds import Alert

ALERT_HEADER = "X-Prepaid-Id"
"""Holds a digest of the event's id, which may be any text: the same in what is sent twice."""
_PAGE = Template(
    '<!doctype html><html lang="$lang"><head><meta charset="utf-8"><title>$subject</title></head>'
    '<body style="font-family:sans-serif;max-width:36em">$paragraphs</body></html>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail of an account to one address, as text and as HTML that say the same."""

    account_id: AccountId
    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


def alert_letter(alert: Alert, to: Recipient, *, event_id: str, unsubscribe: str) -> Letter:
    """Write what an alert says; *unsubscribe* is the link that stops such mails."""
    words = WORDS[to.locale]
    values = _values(alert, words, to.locale)
    text = words.alerts.get(str(alert.about), words.any_alert)
    paragraphs = [Template(each).substitute(values) for each in (text.sentence, words.balance)]
    subject = Template(text.subject).substitute(values)
    return _letter(
        alert.account_id, to, subject, paragraphs, event_id=event_id, unsubscribe=unsubscribe
    )


def trial_letter(
    account_id: AccountId, to: Recipient, *, event_id: str, unsubscribe: str
) -> Letter:
    """Write a test message."""
    words = WORDS[to.locale]
    sentence = Template(words.test.sentence).substitute(account=account_id)
    subject = words.test.subject
    return _letter(account_id, to, subject, [sentence], event_id=event_id, unsubscribe=unsubscribe)


def confirmation_letter(account_id: AccountId, email: str, locale: Locale, url: str) -> Letter:
    """Ask the owner of an address whether they want mail; nothing else is in it."""
    words = WORDS[locale]
    sentence = Template(words.confirmation.sentence).substitute(account=account_id)
    subject = words.confirmation.subject
    return Letter(
        account_id=account_id,
        to=email,
        subject=subject,
        text=f"{sentence}\n\n{words.confirm}: {url}\n",
        html=_html(locale, subject, [sentence], words.confirm, url),
    )


def _letter(
    account_id: AccountId,
    to: Recipient,
    subject: str,
    paragraphs: list[str],
    *,
    event_id: str,
    unsubscribe: str,
) -> Letter:
    """Write a mail that can be stopped by one click (RFC 8058)."""
    words = WORDS[to.locale]
    body = "\n\n".join(paragraphs)
    return Letter(
        account_id=account_id,
        to=to.email,
        subject=subject,
        text=f"{body}\n\n{words.unsubscribe}: {unsubscribe}\n",
        html=_html(to.locale, subject, paragraphs, words.unsubscribe, unsubscribe),
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            ALERT_HEADER: sha256(event_id.encode()).hexdigest(),
        },
    )


def _html(locale: Locale, subject: str, paragraphs: list[str], action: str, url: str) -> str:
    shown = [f"<p>{escape(each)}</p>" for each in paragraphs]
    shown.append(f'<p><a href="{escape(url)}">{escape(action)}</a></p>')
    return _PAGE.substitute(lang=locale, subject=escape(subject), paragraphs="".join(shown))


def _values(alert: Alert, words: Words, locale: Locale) -> dict[str, str]:
    values = {
        "account": str(alert.account_id),
        "kind": str(alert.about),
        "balance": _amount(alert.balance, words),
        "available": _amount(alert.available, words),
        "time": _time(alert.raised_at, locale),
        "threshold": _amount(alert.threshold, words) if alert.threshold is not None else "",
    }
    limit, runway, spike = alert.limit, alert.runway, alert.spike
    if runway is not None and alert.threshold_days is not None:
        values["days"] = words.days(alert.threshold_days)
        values["days_left"] = str(runway.days_left)
        values["per_day"] = _amount(runway.per_day, words)
    if spike is not None:
        values["spent"] = _amount(spike.spent, words)
        values["usual"] = _amount(spike.usual, words)
        values["hour"] = _time(spike.begins_at, locale)
    if alert.ends:
        values["expiring"] = _amount(alert.ending, words)
        values["expires_at"] = _time(alert.ends[0].expires_at, locale)
    if limit is not None:
        values["operation"] = limit.operation or words.all_operations
        values["used"] = _amount(limit.used, words)
        values["amount"] = _amount(limit.amount, words)
        values["resets_at"] = _time(limit.resets_at, locale)
    return values


def _amount(amount: Credits, words: Words) -> str:
    return str(amount).replace(".", words.decimal)


def _time(instant: Instant, locale: Locale) -> str:
    form = "%d.%m.%Y, %H:%M UTC" if locale is Locale.DE else "%Y-%m-%d %H:%M UTC"
    return datetime.fromtimestamp(instant, UTC).strftime(form)
