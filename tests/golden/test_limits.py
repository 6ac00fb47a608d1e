"""Every figure of docs/limits.md is the code's: people plan with them."""

import re
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from prepaid.domain.credits import Credits
from prepaid.domain.pricing import ONE
from prepaid.web.fields import Text

PAGE = Path(__file__).parents[2] / "docs/limits.md"
SCALES = {
    "SECONDS": {"seconds": 1, "hours": 3_600, "day": 86_400, "days": 86_400},
    "MILLISECONDS": {"seconds": 1_000},
    "HUNDREDTHS": {"": 100},
    "QUANTITY": {"": ONE},
}
"""By how much a figure of the page is multiplied, by how the name of its constant ends."""
FIGURES = {
    "web.json_body.SMALL_BODY": "Body of a request, unless named below",
    "web.json_body.BATCH_BODY": "Body of `POST usage`, and an event of Stripe's",
    "calls.web.webhook.LARGEST_MESSAGE": "Message of Vapi",
    "web.json_body.MAX_DEPTH": "Nesting of a JSON body",
    "web.parsing.MAX_ERRORS": "Wrong fields of a body that one answer names",
    "web.request.MAX_PATH_BYTES": "An id in a path",
    "metering.web.usage._LONGEST_KEY": "Idempotency key, in its header or of one event",
    "web.paging.MAX_CURSOR": "Cursor",
    "web.tokens.MAX_TOKEN": "`Authorization` header with a token",
    "web.tokens.MAX_SUBJECT": "Subject of a token",
    "web.tokens.LEEWAY_SECONDS": "Clock of who signs tokens, away from ours",
    "web.tokens.MIN_SECRET_BYTES": "Each secret that signs tokens",
    "web.tokens.MIN_RSA_BITS": "RSA key that signs tokens",
    "web.identity.MAX_ACCOUNT_ID": "Account id",
    "web.fields.MAX_NAME": "Name of an operation or a unit",
    "web.fields.MAX_METADATA_KEYS": "Keys in metadata",
    "web.fields.MAX_METADATA_KEY": "One key of metadata",
    "web.fields.MAX_METADATA_BYTES": "All metadata of a request, as JSON",
    "web.fields.Reference": "Reference",
    "web.fields.Reason": "Reason, or note",
    "web.email.MAX_EMAIL": "Address of mail",
    "web.queries.DEFAULT_LIMIT": "Rows of a page, unless asked for",
    "web.fields.MAX_LIMIT": "Rows of a page",
    "ledger.dynamodb.store.MAX_READ": "Entries that are read for one page of transactions",
    "web.queries.MAX_RANGE_SECONDS": "`from` to `to` of a list of transactions",
    "ledger.web.transactions.MAX_ROWS": (
        "Rows from which a table of transactions reads no further page"
    ),
    "web.tables.MAX_SENT_BYTES": "Bytes of a table of transactions, or of a report",
    "analytics.usage.MAX_DAYS": "Days of one report",
    "analytics.usage.DEFAULT_DAYS": "Days of a report, unless asked for",
    "analytics.usage_entries.MAX_ENTRIES": (
        "Entries that one report reads, by reference or for the largest"
    ),
    "runtime.wiring.analytics.ENTRIES_SECONDS": "Time in which one report reads entries",
    "analytics.usage_entries.MAX_REFERENCES": "References with a row of their own",
    "analytics.usage_entries.LARGEST": "Largest entries of a report",
    "runtime.wiring.rankings.MOST_RANKED": "Accounts that `GET admin/users` lists with `sort`",
    "analytics.system.SHOWN": "Accounts that a ranking of the system's report shows",
    "accounts.web.accounts.SHOWN_GRANTS": "Grants that support sees with an account",
    "accounts.web.accounts.SHOWN": (
        "Entries, purchases and alerts that support sees with an account"
    ),
    "accounts.grants.MOST": "Entries of one kind from which grants are listed",
    "ledger.related.MOST": "Other entries that a transaction is shown with",
    "domain.grants.MAX_GRANTS": "Grants with credits left",
    "domain.holds.MAX_HOLDS": "Open holds of an account",
    "domain.holds.MAX_HOLD_SECONDS": "Time of a hold, from when it is opened or extended",
    "domain.holds.MAX_OPEN_SECONDS": "A hold with all its extensions",
    "domain.holds.MAX_PARTS": "Parts of one hold, before the capture that ends it",
    "domain.usage.MAX_OPERATIONS": (
        "Operations that an account uses on its day, holds for, or carries a fraction of"
    ),
    "metering.web.usage.MAX_EVENTS": "Events of one batch",
    "metering.web.quantities.MAX_UNITS": "Units of one use, check, hold or capture",
    "domain.pricing.MAX_QUANTITY": "Quantity of one unit",
    "domain.credits.MAX_HUNDREDTHS": (
        "Amount of credits, and a balance after a grant or a correction"
    ),
    "domain.spending.MAX_AGE_SECONDS": "Age of usage (`occurred_at`)",
    "domain.spending.MAX_AHEAD_SECONDS": "Usage (`occurred_at`) ahead of our clock",
    "metering.work.MAX_ATTEMPTS": "Attempts at one piece of metered work",
    "middleware.run.MAX_STORED_BYTES": "Answer of metered work that is kept for a repeat",
    "domain.limits.MAX_LIMITS": "Spending limits that a user sets, and an admin besides",
    "accounts.settings.MAX_THRESHOLDS": (
        "Thresholds of an account's balance, and of its runway besides"
    ),
    "accounts.settings.MAX_RUNWAY_DAYS": "Runway threshold",
    "catalogue.ports.LIFETIME_SECONDS": "Age of a price that a function knows",
    "catalogue.price_editing.LEAD_SECONDS": "A version begins after its announcement",
    "catalogue.price_editing.MAX_VERSIONS": "Versions of one operation's price in one plan",
    "catalogue.price_drafts.MAX_DRAFTS": "Drafts of prices, of all plans",
    "accounts.web.prices.MAX_UNITS": "Units of one price",
    "accounts.web.prices.PlanId": "Name of a plan",
    "accounts.web.packages.PackageId": "Id of a package, or of a draft",
    "accounts.web.packages.MAX_PRICE": "Price of a package, in the smallest unit of its currency",
    "accounts.web.packages.MAX_DAYS": "Days until credits, or a bonus, of a package expire",
    "accounts.web.packages.MAX_AUDIENCE": "Accounts that an unlisted package is for",
    "accounts.web.administration.MAX_PRIORITY": "Priority of a grant that an admin gives",
    "payments.purchase_starts.MAX_STARTED": "Purchases that an account starts in an hour",
    "payments.stripe.signature.TOLERANCE_SECONDS": (
        "A signature of Stripe's is older or newer than our clock by"
    ),
    "payments.reconciliation.EVENT_DAYS": "Events of Stripe are compared as far back as",
    "payments.reconciliation.OBJECT_DAYS": "Objects of Stripe are compared as far back as",
    "payments.reconciliation.IN_FLIGHT_SECONDS": "An event has its webhook on the way",
    "calls.pricing.LEAST_SECONDS": "Shortest call that may be asked for",
    "calls.pricing.LONGEST_SECONDS": "Longest call that may be asked for",
    "calls.pricing.DEFAULT_SECONDS": "A call, unless parameter `LongestCallSeconds` says otherwise",
    "calls.pricing.GRACE_SECONDS": "A call's hold outlives the longest that the call may be by",
    "calls.pricing.WARNING_SECONDS": "A caller is warned before the end",
    "calls.pricing.LATEST_HOOK_SECONDS": "Latest moment of a call at which its caller is warned",
    "calls.call.CHECK_SECONDS": "A call that runs is looked at every",
    "calls.call.REPORT_SECONDS": "A call is reported after its end within",
    "calls.call.GIVEN_UP_AFTER_SECONDS": (
        "A call without a report is given up, from when it was seen first, after"
    ),
    "calls.vapi.authentication.TOLERANCE_SECONDS": (
        "A signature of Vapi's is older or newer than our clock by"
    ),
    "runtime.wiring.calls.PROMPT_SECONDS": "It is tried to admit an inbound call for",
    "calls.web.admission.LONGEST_ID": "Id of Vapi's, in a request",
    "domain.thresholds.COOLDOWN_SECONDS": (
        "A threshold, or an empty balance, is announced again after"
    ),
    "domain.grants.NOTICE_DAYS": "A grant is announced before it expires",
    "domain.runway.DAYS": "Days that the burn rate looks back",
    "domain.runway.LEAST_DAYS": "Days with usage that a runway needs",
    "domain.spikes.TIMES": "An hour is a spike from, by the mean hour of seven days",
    "domain.spikes.LEAST": "An hour that costs less is no spike",
    "alerts.channels.MAX_RECIPIENTS": "Recipients of an account's mail",
    "alerts.channels.MAX_COOLDOWN_SECONDS": "Cooldown of a channel",
    "alerts.channels.MAX_REPEAT_DAYS": "Days between repeats of a low balance",
    "alerts.links.CONFIRM_SECONDS": "A link that confirms an address is good for",
    "alerts.addresses.MAX_CONFIRMATIONS": (
        "Confirmations that an account asks for in a day, of all addresses"
    ),
    "alerts.addresses.PAUSE_SECONDS": "An address is asked again after",
    "alerts.addresses.PAUSE_AFTER_FEEDBACK_SECONDS": (
        "One that bounced or complained is asked again after"
    ),
    "alerts.trials.MAX_TRIALS": "Test messages that an account asks for in an hour",
    "alerts.delivery.OVERDUE_SECONDS": "An alert is the sweep's after",
    "alerts.delivery.CLAIM_SECONDS": "A claim of an alert ends after",
    "alerts.delivery.GIVEN_UP_SECONDS": "An alert gets a case after",
    "webhooks.managing.MAX_WEBHOOKS": "Webhooks in all",
    "webhooks.webhook.MAX_SECRETS": "Valid secrets of one webhook",
    "webhooks.webhook.MAX_REMEMBERED": "Secrets that one webhook remembers, ended ones too",
    "webhooks.webhook.OVERLAP_SECONDS": "A rotated secret stays valid for",
    "webhooks.web.webhooks.MAX_TYPES": "Types of events of one webhook",
    "webhooks.web.webhooks.MAX_ACCOUNTS": "Accounts of one webhook",
    "webhooks.addresses.MAX_URL": "Address of a webhook",
    "webhooks.https.SECONDS": "A receiver answers within",
    "webhooks.https.CONNECT_SECONDS": "A connection is made within",
    "webhooks.https.EXCERPT_BYTES": "Bytes of an answer that are read",
    "webhooks.https.EXCERPT_CHARACTERS": "Characters of an answer that are kept",
    "webhooks.delivery.MAX_LOGGED": "Tries that a delivery remembers",
    "webhooks.retrying.TRIES": "Tries of a delivery",
    "webhooks.retrying.LONGEST_WAIT_SECONDS": "A receiver's `Retry-After` counts up to",
    "webhooks.retrying.FAILING_SECONDS": "A webhook of which every try fails is disabled after",
    "webhooks.retrying.REPLAY_SECONDS": "A delivery can be replayed for",
    "webhooks.delivery.GRACE_SECONDS": "A queued message counts as lost after",
    "inbox.dead_letters.KEPT_SECONDS": "A dead letter is kept for",
    "inbox.dead_letters.LARGEST_BODY_BYTES": "Bytes of a dead letter",
    "inbox.ports.AUDIT_MONTHS": "Months that one page of the audit looks back",
    "accounts.finding.MOST_CASES": "Open cases that are looked through for drift",
    "runtime.wiring.case_retries.VERIFYING_SECONDS": "Verification of one account by `retry`",
    "ledger.audit.PASS_SECONDS": "A pass of verification that was whole begins anew after",
    "ledger.audit.LONG": "An account has a checkpoint from",
    "runtime.jobs.RESERVE_MILLISECONDS": "A job begins nothing new before its end",
    "runtime.retries.DEADLINE_SECONDS": "Rivals for one account go on trying",
    "analytics.snapshot.DAYS": "Days that a snapshot adds up anew, today among them",
    "runtime.secrets.LIFETIME_SECONDS": "Keys, secrets and parameters are read again after",
    "runtime.secrets.LONGEST_SECONDS": "While nothing newer can be read, they serve for",
    "runtime.jwks.MAX_BYTES": "Published keys of tokens",
    "accounts.web.profiles.LONGEST_NAME": "Name of a profile",
}
"""What stands in the first column for each constant, under its name in the package."""


def rows() -> dict[str, str]:
    """Return the second column of the page by the first."""
    found = re.findall(r"^\| (.+?) \| (.+?) \| ?(.*?) ?\|$", PAGE.read_text(), flags=re.MULTILINE)
    return {what: figure for what, figure, _ in found if what not in {"What", "---"}}


def constant(name: str) -> object:
    """Return the value that a name in the package stands for; of a kind of text, its length."""
    module, _, attribute = name.rpartition(".")
    value = getattr(import_module(f"prepaid.{module}"), attribute)
    bounds = getattr(value, "__metadata__", ())
    return bounds[0].longest if bounds and isinstance(bounds[0], Text) else value


def numbers(figure: str, name: str) -> tuple[Decimal, ...]:
    """Return the numbers of a figure in the unit of a constant."""
    scales = SCALES.get(name.rpartition("_")[2].rpartition(".")[2], {}) | {"KB": 1_024}
    unit = figure.rpartition(" ")[2] if " " in figure else ""
    found = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", figure)
    return tuple(Decimal(each.replace(",", "")) * scales.get(unit, 1) for each in found)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_codes(name: str) -> None:
    value = constant(name)

    said = numbers(rows()[FIGURES[name]], name)

    match value:
        case Credits():
            assert said == (Decimal(str(value)),)
        case tuple():
            assert said == value
        case _:
            assert said == (value,)


def test_every_figure_is_compared() -> None:
    assert rows().keys() == set(FIGURES.values())


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("analytics.usage.MAX_DAYS", "analytics.system.MAX_DAYS"),
        ("analytics.usage.DEFAULT_DAYS", "analytics.system.DEFAULT_DAYS"),
        ("web.paging.MAX_CURSOR", "web.fields.MAX_CURSOR"),
        ("runtime.wiring.rankings.MOST_RANKED", "analytics.standing.TOP"),
        ("web.fields.Reason", "web.fields.Note"),
        ("accounts.web.packages.PackageId", "accounts.web.prices.DraftId"),
    ],
)
def test_a_figure_of_two_constants_is_that_of_both(name: str, same: str) -> None:
    assert constant(name) == constant(same)


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("payments.purchase_starts.STARTED_WITHIN_SECONDS", 60 * 60),
        ("alerts.trials.HOUR_SECONDS", 60 * 60),
        ("alerts.addresses.DAY_SECONDS", 24 * 60 * 60),
    ],
)
def test_an_hour_or_a_day_is_what_the_page_calls_it(name: str, seconds: int) -> None:
    assert constant(name) == seconds
