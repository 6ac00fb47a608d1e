"""The alert jobs do as much as is due, however many accounts there are."""

import pytest

from benchmarks.alert_jobs import DUE, measured
from tests.support.indexed_tables import IndexedTables


@pytest.mark.fault("Z6")
def test_the_alert_jobs_ask_for_as_much_among_many_accounts_as_among_few() -> None:
    few, many = measured(DUE), measured(60 * DUE)

    assert [each.requests for each in few] == [each.requests for each in many]
    assert [each.done for each in many] == [DUE] * 3


def test_what_an_account_chose_is_read_once_for_each_alert_that_is_delivered() -> None:
    delivered = measured(DUE)[0]

    assert delivered.requests["GetItem"] == delivered.done == DUE


def test_pages_of_an_index_end_at_the_bound_and_go_on_where_the_last_one_ended() -> None:
    tables = IndexedTables()
    for number in range(5):
        item = {"account_id": {"S": str(number)}, "due_shard": {"S": "1"}}
        tables.put("user_credits", {**item, "due_at": {"N": str(number)}})
    tables.put("user_credits", {"account_id": {"S": "never"}})
    asked = {
        "TableName": "user_credits",
        "IndexName": "due",
        "KeyConditionExpression": "due_shard = :shard AND due_at <= :now",
        "ExpressionAttributeValues": {":shard": {"S": "1"}, ":now": {"N": "3"}},
        "Limit": 3,
    }

    first = tables.query(**asked)
    second = tables.query(**asked, ExclusiveStartKey=first["LastEvaluatedKey"])

    found = [each["account_id"]["S"] for each in (*first["Items"], *second["Items"])]
    assert (found, "LastEvaluatedKey" in second) == (["0", "1", "2", "3"], False)
