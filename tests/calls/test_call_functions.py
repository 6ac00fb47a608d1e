"""Calls over HTTP: admitted, bound, told of by Vapi, assigned, and paid once."""

import json
from typing import Any

import pytest
from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import SetStatus
from prepaid.domain.keys import Writer

from tests.support.http_events import http_event
from tests.support.stage import NOW, OTHER, USER, Reply, Stage, function
from tests.support.vapi_messages import ABSENT, CALL_ID, CAMPAIGN_ID, NUMBER_ID, message

WEBHOOK = "/api/credits/vapi/webhook"
LONE = '{"message": {"type": "hang", "text": "\\ud83d"}}'
"""Half of a surrogate pair, which only an escape can bring in."""
BEARER = {"Authorization": "Bearer vapi_local"}


def admit(stage: Stage, key: str = "c", body: dict[str, Any] | None = None, **more: Any) -> Reply:
    return stage.call("admit_call", body or {}, key=key, **more)


def bind(stage: Stage, hold_id: str, call_id: str = CALL_ID, **more: Any) -> Reply:
    given = {"role": "service", "account_id": "calls", **more}
    return stage.call("bind_call", {"hold_id": hold_id}, path={"call_id": call_id}, **given)


def tell(stage: Stage, body: object, headers: dict[str, str] | None = None) -> Reply:
    """Send a message as Vapi does."""
    text = body if isinstance(body, str) else json.dumps(body)
    event = http_event(
        "POST", WEBHOOK, role=None, body=text, headers=BEARER if headers is None else headers
    )
    stage.requests += 1
    event["requestContext"]["requestId"] = f"vapi-{stage.requests}"
    answer = function("vapi_webhook")(event)
    return Reply(answer["statusCode"], answer["headers"], answer["body"])


def report(stage: Stage, **changes: Any) -> Reply:
    given = {path.replace("__", "/"): value for path, value in changes.items()}
    return tell(stage, message("end-of-call-report", given))


def map_number(stage: Stage, source_id: str = NUMBER_ID, **more: Any) -> Reply:
    body = {"account_id": USER, "assistant_id": "assistant-1", **more}
    return stage.call(
        "put_phone_number",
        body,
        role="admin",
        account_id="admin-1",
        path={"phone_number_id": source_id},
    )


def cases(stage: Stage) -> list[dict[str, Any]]:
    listed = stage.call("list_exceptions", role="admin", account_id="admin-1").json["items"]
    return list(listed)


def assign(stage: Stage, exception_id: str, account_id: str = USER, key: str = "a") -> Reply:
    return stage.call(
        "assign_exception",
        {"account_id": account_id, "reason": "theirs"},
        role="admin",
        account_id="admin-1",
        key=key,
        path={"exception_id": exception_id},
    )


@pytest.mark.parametrize(
    ("amount", "seconds", "warn", "held"),
    [("1.20", 24, 12, "1.20"), ("1.09", 10, 5, "1.09"), ("100.00", 600, 540, "6.00")],
)
def test_a_call_is_admitted_for_as_long_as_the_credits_last(
    stage: Stage, amount: str, seconds: int, warn: int, held: str
) -> None:
    stage.fund(amount)

    reply = admit(stage)

    assert reply.status == 201
    assert reply.json["allowed"] is True
    assert reply.json["max_duration_seconds"] == seconds
    assert reply.json["warn_at_seconds"] == warn
    assert stage.call("get_balance").json["held"] == held


@pytest.mark.fault(
    "D37.3",
    "The credits pay for less than the shortest call",
    "Not admitted, nothing written",
)
@pytest.mark.parametrize("amount", ["1.08", "0.90"])
def test_a_call_that_the_credits_do_not_pay_for_is_not_admitted(stage: Stage, amount: str) -> None:
    stage.fund(amount)

    reply = admit(stage)

    assert (reply.status, reply.json) == (
        200,
        {
            "allowed": False,
            "reason": "insufficient_credits",
            "required": "1.09",
            "available": amount,
        },
    )
    assert [entry.kind for entry in stage.entries()] == ["adjustment"]


def test_a_call_that_a_limit_leaves_too_little_for_is_not_admitted(funded: Stage) -> None:
    headers = {"if-match": "*"}
    funded.call("put_settings", {"limits": {"daily": "1.50"}}, headers=headers)

    first, second = admit(funded), admit(funded, key="another")

    assert first.status == 201
    assert funded.call("get_balance").json["held"] == "1.50"
    assert (second.status, second.json) == (
        200,
        {
            "allowed": False,
            "reason": "spending_limit_exceeded",
            "required": "1.09",
            "available": "0.00",
        },
    )


def test_an_account_that_nobody_wrote_is_not_admitted(stage: Stage) -> None:
    reply = admit(stage)

    assert (reply.json["allowed"], reply.json["available"]) == (False, "0.00")


def test_a_repeat_is_the_same_admission(funded: Stage) -> None:
    first, again = admit(funded), admit(funded)

    assert (first.status, again.status, again.text) == (201, 200, first.text)
    assert again.headers["idempotency-replayed"] == "true"
    assert len(funded.store.load(USER).holds) == 1


def test_a_repeat_says_the_same_when_the_balance_and_the_configuration_have_changed(
    funded: Stage,
) -> None:
    first = admit(funded)
    funded.spend()
    funded.longest_call_seconds = 60

    assert admit(funded).json["max_duration_seconds"] == first.json["max_duration_seconds"]


def test_another_call_under_the_key_is_refused(funded: Stage) -> None:
    admit(funded)

    reply = admit(funded, body={"max_duration_seconds": 60})

    assert (reply.status, reply.code) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(("asked", "seconds"), [(60, 60), (10, 10), (43_200, 600)])
def test_a_call_is_no_longer_than_asked_for_and_configured(
    funded: Stage, asked: int, seconds: int
) -> None:
    reply = admit(funded, body={"max_duration_seconds": asked, "assistant_id": "assistant-1"})

    assert reply.json["max_duration_seconds"] == seconds


@pytest.mark.parametrize("asked", [9, 43_201, "60", 10.5, True])
def test_a_call_shorter_or_longer_than_vapi_takes_is_a_422(funded: Stage, asked: object) -> None:
    reply = admit(funded, body={"max_duration_seconds": asked})

    assert (reply.status, reply.pointers) == (422, ["/max_duration_seconds"])


def test_a_hold_for_a_call_outlives_it_by_a_quarter_of_an_hour(funded: Stage) -> None:
    admit(funded)

    assert [hold.expires_at for hold in funded.store.load(USER).holds] == [NOW + 600 + 900]


@pytest.mark.fault(
    "D37.2",
    "A user ends the hold of their running call",
    "403: a call's hold is a service's",
)
def test_a_calls_hold_is_a_services_whoever_asked(funded: Stage) -> None:
    hold_id = admit(funded).json["hold_id"]

    void = funded.call("void_hold", {}, key="v", path={"hold_id": hold_id})

    assert (void.status, void.code) == (403, "forbidden")
    assert [hold.maker for hold in funded.store.load(USER).holds] == [Writer.SERVICE]


@pytest.mark.fault("D37.3")
def test_two_calls_do_not_use_the_same_credits(stage: Stage) -> None:
    stage.fund("2.29")

    first, second, third = (admit(stage, key) for key in "abc")

    assert first.json["max_duration_seconds"] == 154
    assert [second.json["allowed"], third.json["allowed"]] == [False, False]


def test_a_frozen_account_makes_no_calls(funded: Stage) -> None:
    funded.post(
        USER,
        SetStatus(
            key=keys.status("f"),
            actor="admin:a",
            request_id="f",
            status=Status.FROZEN,
        ),
    )

    reply = admit(funded)

    assert (reply.status, reply.json["reason"]) == (200, "account_frozen")


def test_the_201st_call_at_once_is_not_admitted(stage: Stage) -> None:
    stage.fund("5000.00")
    for number in range(200):
        assert admit(stage, f"c{number}").status == 201

    reply = admit(stage, "one-more")

    assert (reply.status, reply.json["reason"]) == (200, "limit_exceeded")


@pytest.mark.parametrize(("length", "status"), [(128, 200), (129, 404)])
def test_the_id_of_a_call_has_128_characters_at_most(
    funded: Stage, length: int, status: int
) -> None:
    assert bind(funded, admit(funded).json["hold_id"], "x" * length).status == status


def test_a_whole_call_is_paid_once(funded: Stage) -> None:
    admitted = admit(funded)
    metadata = admitted.json["metadata"]
    bound = bind(funded, admitted.json["hold_id"])
    for _ in range(2):
        tell(funded, message("status-update.in-progress"))
        tell(funded, message("status-update.ended"))
        reply = report(funded, call__assistantOverrides__metadata=metadata)
        assert (reply.status, reply.json) == (200, {"received": True})

    assert bound.json["settled"] is None
    assert funded.balance() == "97.40"
    assert funded.call("get_balance").json["held"] == "0.00"
    assert bind(funded, admitted.json["hold_id"]).json == {
        "call_id": CALL_ID,
        "account_id": USER,
        "hold_id": admitted.json["hold_id"],
        "status": "ended",
        "duration_seconds": "192.000",
        "settled": "paid",
    }


def test_the_metadata_of_an_admission_are_enough(funded: Stage) -> None:
    metadata = admit(funded).json["metadata"]

    report(funded, call__assistantOverrides__metadata=metadata)

    assert funded.balance() == "97.40"
    assert [entry.kind for entry in funded.entries()] == ["adjustment", "hold", "capture"]


def test_a_call_that_was_reported_before_it_was_bound_is_paid_when_it_is(funded: Stage) -> None:
    report(funded)
    hold_id = admit(funded).json["hold_id"]

    reply = bind(funded, hold_id)

    assert (reply.json["settled"], funded.balance()) == ("paid", "97.40")


def test_another_binding_is_a_409(funded: Stage) -> None:
    first, second = admit(funded, "1").json["hold_id"], admit(funded, "2").json["hold_id"]
    bind(funded, first)

    reply = bind(funded, second)

    assert (reply.status, reply.code) == (409, "call_already_bound")
    assert bind(funded, first).status == 200


@pytest.mark.parametrize("hold_id", ["nonsense", "OTk6dXNlci0x"])
def test_a_hold_that_never_was_binds_nothing(funded: Stage, hold_id: str) -> None:
    reply = bind(funded, hold_id)

    assert (reply.status, reply.code) == (404, "not_found")
    assert funded.calls.stored == {}


def test_a_call_id_that_vapi_never_gives_is_a_404(funded: Stage) -> None:
    hold_id = admit(funded).json["hold_id"]

    assert bind(funded, hold_id, call_id="x" * 129).status == 404


@pytest.mark.fault(
    "B28",
    "A message of Vapi's does not prove who sent it, or no secret can be read",
    "400, counted, nothing written",
)
@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"X-Vapi-Secret": "wrong"}, {"x-signature": "00"}],
)
def test_a_message_that_proves_nothing_is_a_400_and_changes_nothing(
    funded: Stage, headers: dict[str, str]
) -> None:
    metadata = admit(funded).json["metadata"]
    body = message("end-of-call-report", {"call/metadata": metadata})

    reply = tell(funded, body, headers)

    assert (reply.status, reply.code) == (400, "malformed_request")
    assert (funded.balance(), funded.calls.stored) == ("100.00", {})


@pytest.mark.fault("B28")
def test_without_a_readable_secret_nobody_is_believed(funded: Stage) -> None:
    for secret in ("", "{", '{"bearer": {}}'):
        funded.vapi_secret = secret
        for headers in (BEARER, {"Authorization": "Bearer "}, {"X-Vapi-Secret": ""}):
            assert tell(funded, message("hang"), headers).status == 400


def test_the_legacy_header_is_believed(funded: Stage) -> None:
    assert tell(funded, message("hang"), {"X-Vapi-Secret": "vapi_local"}).status == 200


@pytest.mark.parametrize("body", ["[]", "{", '{"message": {}}', '{"message": {"type": 7}}', LONE])
def test_what_vapi_sends_that_is_no_message_is_accepted_and_for_an_admin(
    stage: Stage, body: str
) -> None:
    reply = tell(stage, body)

    assert (reply.status, reply.json) == (200, {"received": True})
    assert [case["kind"] for case in cases(stage)] == ["unreadable_call_message"]


def test_an_inbound_call_is_answered_by_its_numbers_assistant(funded: Stage) -> None:
    map_number(funded)

    first = tell(funded, message("assistant-request"))
    again = tell(funded, message("assistant-request"))

    assert (first.status, again.text) == (200, first.text)
    overrides = first.json["assistantOverrides"]
    assert first.json["assistantId"] == "assistant-1"
    assert overrides["maxDurationSeconds"] == 600
    assert set(overrides) == {"maxDurationSeconds", "metadata"}
    assert funded.call("get_balance").json["held"] == "6.00"
    report(funded)
    assert (funded.balance(), funded.call("get_balance").json["held"]) == ("97.40", "0.00")


@pytest.mark.parametrize(
    ("number_id", "said"), [("number-9", "number-9"), (ABSENT, "that Vapi does not name")]
)
def test_an_inbound_call_of_a_number_that_nobody_mapped_says_which(
    funded: Stage, number_id: object, said: str
) -> None:
    map_number(funded)
    changes = {"call/phoneNumberId": number_id, "call/phoneNumber": ABSENT, "phoneNumber": ABSENT}

    tell(funded, message("assistant-request", changes))

    assert [case["detail"] for case in cases(funded)] == [
        f"inbound, refused: the number {said} is not mapped"
    ]


@pytest.mark.fault("B28.8")
def test_an_inbound_call_is_paid_out_of_its_hold_though_its_binding_was_lost(
    funded: Stage,
) -> None:
    map_number(funded)
    tell(funded, message("assistant-request"))
    funded.calls.stored.clear()

    report(funded)

    assert [entry.kind for entry in funded.entries()] == ["adjustment", "hold", "capture"]


@pytest.mark.parametrize("amount", ["1.08", None])
def test_an_inbound_call_without_credits_is_refused_in_words(
    stage: Stage, amount: str | None
) -> None:
    if amount:
        stage.fund(amount)
    map_number(stage)

    reply = tell(stage, message("assistant-request"))

    assert (reply.status, reply.json) == (200, {"error": "Sorry, not enough credits."})
    assert stage.call("get_balance").json["held"] == "0.00"


@pytest.mark.fault(
    "B28.8",
    "An inbound call comes while the ledger does not answer",
    "Refused in words, in time",
)
def test_an_inbound_call_is_refused_while_the_ledger_does_not_answer(funded: Stage) -> None:
    map_number(funded)
    funded.store.broken = True

    reply = tell(funded, message("assistant-request"))

    assert (reply.status, reply.json) == (200, {"error": "Sorry, not enough credits."})


def test_a_report_is_a_503_while_the_ledger_does_not_answer(funded: Stage) -> None:
    metadata = admit(funded).json["metadata"]
    funded.store.broken = True
    lost = report(funded, call__metadata=metadata)
    funded.store.broken = False

    report(funded, call__metadata=metadata)

    assert (lost.status, lost.code) == (503, "unavailable")
    assert funded.balance() == "97.40"


@pytest.mark.fault(
    "B28.7",
    "A call of nobody who is known",
    "Kept for an admin; assigned to one account, which pays once",
)
def test_an_unmapped_number_is_refused_assigned_later_and_paid_once(funded: Stage) -> None:
    refused = tell(funded, message("assistant-request"))
    report(funded)
    report(funded)
    [case] = cases(funded)

    first = assign(funded, case["exception_id"])
    again = assign(funded, case["exception_id"], key="b")
    report(funded)

    assert refused.json == {"error": "Sorry, not enough credits."}
    assert (case["kind"], case["subject"]) == ("unknown_call", CALL_ID)
    assert (first.status, again.status, again.text) == (201, 200, first.text)
    assert (first.json["account_id"], first.json["resolved_by"]) == (USER, "admin:admin-1")
    assert (funded.balance(), cases(funded)) == ("97.40", [])


def test_a_call_that_is_assigned_before_its_report_is_paid_by_it(funded: Stage) -> None:
    tell(funded, message("assistant-request"))
    assign(funded, cases(funded)[0]["exception_id"])
    assert funded.balance() == "100.00"

    report(funded)

    assert funded.balance() == "97.40"


@pytest.mark.fault("B28.7")
def test_a_call_is_assigned_to_one_account_only(funded: Stage) -> None:
    funded.fund("50.00", OTHER)
    report(funded)
    [case] = cases(funded)
    assign(funded, case["exception_id"])

    reply = assign(funded, case["exception_id"], OTHER, key="other")

    assert (reply.status, reply.code) == (409, "call_already_bound")
    assert "adjust both accounts" in reply.json["detail"]
    assert (funded.balance(), funded.balance(OTHER)) == ("97.40", "50.00")


def test_a_call_is_not_assigned_to_an_account_that_nobody_wrote(funded: Stage) -> None:
    report(funded)
    [case] = cases(funded)

    reply = assign(funded, case["exception_id"], "nobody")

    assert (reply.status, len(cases(funded))) == (404, 1)


def test_what_is_no_call_cannot_be_assigned(funded: Stage) -> None:
    tell(funded, "[]")

    reply = assign(funded, cases(funded)[0]["exception_id"])

    assert (reply.status, reply.code) == (422, "invalid_request")


@pytest.mark.parametrize("exception_id", ["x", "dW5rbm93bl9jYWxsI2NhbGwtOQ", "bm9raW5k"])
def test_an_exception_that_is_not_there_is_a_404(funded: Stage, exception_id: str) -> None:
    assert assign(funded, exception_id).status == 404


def test_exceptions_are_listed_page_by_page_newest_first(funded: Stage) -> None:
    for number in range(5):
        funded.now = NOW + number
        report(funded, call__id=f"call-{number}")
    seen, query = [], {"limit": "2"}

    while True:
        page = funded.call("list_exceptions", role="admin", account_id="admin-1", query=query).json
        seen += [each["subject"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        query = {"limit": "2", "cursor": page["next_cursor"]}

    assert seen == [f"call-{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("amount", "mapped", "eligible"),
    [("100.00", True, True), ("1.09", True, True), ("1.08", True, False), ("100.00", False, False)],
)
def test_a_campaign_dials_only_for_an_account_that_can_pay(
    stage: Stage, amount: str, mapped: bool, eligible: bool
) -> None:
    stage.fund(amount)
    if mapped:
        map_number(stage, CAMPAIGN_ID, assistant_id=None)

    reply = tell(stage, message("campaign.predial"))

    assert (reply.status, reply.json) == (200, {"eligible": eligible})
    assert [entry.kind for entry in stage.entries()] == ["adjustment"]


@pytest.mark.parametrize("odd", [ABSENT, None, "", 7])
def test_a_campaign_without_an_id_does_not_dial(stage: Stage, odd: object) -> None:
    reply = tell(stage, message("campaign.predial", {"campaignId": odd}))

    assert reply.json == {"eligible": False}


def test_a_campaign_does_not_dial_while_the_ledger_does_not_answer(funded: Stage) -> None:
    map_number(funded, CAMPAIGN_ID)
    funded.store.broken = True

    assert tell(funded, message("campaign.predial")).json == {"eligible": False}


def test_calls_of_a_campaign_belong_to_its_account(funded: Stage) -> None:
    map_number(funded, CAMPAIGN_ID, assistant_id=None)

    report(funded, call__phoneNumberId=ABSENT, call__campaignId=CAMPAIGN_ID)

    assert funded.balance() == "97.40"


def test_numbers_are_mapped_listed_and_forgotten(stage: Stage) -> None:
    mapped = [map_number(stage, f"number-{number}") for number in range(3)]
    first = stage.call(
        "list_phone_numbers", role="admin", account_id="admin-1", query={"limit": "2"}
    ).json
    rest = stage.call(
        "list_phone_numbers",
        role="admin",
        account_id="admin-1",
        query={"limit": "2", "cursor": first["next_cursor"]},
    ).json
    gone = [
        stage.call(
            "delete_phone_number",
            role="admin",
            account_id="admin-1",
            path={"phone_number_id": "number-1"},
        )
        for _ in range(2)
    ]

    assert first["items"] + rest["items"] == [each.json for each in mapped]
    assert mapped[0].json["updated_by"] == "admin:admin-1"
    assert [each.status for each in gone] == [200, 404]
    assert gone[0].json == {"phone_number_id": "number-1", "deleted": True}


def test_a_report_for_another_accounts_hold_is_paid_by_the_holds_account(funded: Stage) -> None:
    funded.fund("50.00", OTHER)
    theirs = admit(funded, account_id=OTHER).json["metadata"]
    map_number(funded)

    report(funded, call__assistantOverrides__metadata=theirs)

    assert (funded.balance(), funded.balance(OTHER)) == ("100.00", "47.40")


def test_what_a_user_sees_of_a_call_says_nothing_of_the_providers_cost(funded: Stage) -> None:
    report(funded, call__metadata=admit(funded).json["metadata"])

    shown = funded.call("list_transactions").text

    assert "cost" not in shown
    assert "0.3185" not in shown
    assert "318500" not in shown


def test_a_message_as_large_as_lambda_takes_is_read_and_no_larger_one(stage: Stage) -> None:
    most = 6_291_456
    text = json.dumps({"message": {"type": "hang"}})

    assert tell(stage, text.ljust(most)).status == 200
    assert tell(stage, text.ljust(most + 1)).status == 413
