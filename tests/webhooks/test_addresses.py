"""Webhooks go to public addresses by HTTPS; for tests, to the one origin that a stack names."""

import pytest
from prepaid.domain.errors import InvalidRequest
from prepaid.runtime.settings import Settings
from prepaid.webhooks.addresses import (
    AddressRefused,
    refuse_address,
    refuse_own_machine,
    refuse_url,
    target_of,
    usable_test_origin,
)

from tests.support.deployed import Deployed
from tests.support.template import template

PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "169.254.170.2", "100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fd00:ec2::254", "fec0::1", "ff0e::1", "2001:db8::1", "2001:20::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808"),
    *("2002:7f00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::1%eth0", "not an address"),
]


@pytest.mark.fault(
    "W7",
    "The name of a receiver resolves to 127.0.0.1, to 169.254.169.254 or into a private network",
    "No connection is made; the log says `address_refused`",
)
@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        refuse_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "52.94.236.248", "2606:4700:4700::1111"])
def test_public_addresses_are_let_through(address: str) -> None:
    assert refuse_address(address) is None  # type: ignore[func-returns-value]  # it did not raise


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.com/", "ftp://example.com/", "//example.com/", "example.com", ""),
        *("https://user@example.com/", "https://user:pw@example.com/", "https://example.com/#top"),
        *("https:///path", "https://example.com:22/", "https://example.com:0/"),
        *("https://example.com:99999/", "https://ex ample.com/", "https://exämple.com/"),
        *("https://example.com\\@127.0.0.1/", "https://[::1]/", "https://127.0.0.1/"),
        *("https://169.254.169.254/latest", "https://10.1.2.3/", "https://example.com/\r\nx: y"),
        "https://example.com/" + "a" * 2_000,
    ],
)
def test_a_url_to_which_nothing_is_ever_sent_is_refused_when_it_is_given(url: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        refuse_url(url)

    assert refused.value.pointer == "/url"


def test_a_url_is_where_it_says() -> None:
    target = target_of("https://Example.com:8443/hook?a=b")

    assert (target.host, target.port, target.path) == ("example.com", 8443, "/hook?a=b")
    assert target.host_header == "example.com:8443"
    assert target_of("https://example.com").host_header == "example.com"
    assert target_of("https://example.com").path == "/"


def test_one_origin_may_be_reached_for_tests_and_no_other() -> None:
    origin = "http://127.0.0.1:5604"

    assert target_of(f"{origin}/hook", test_origin=origin).port == 5604
    for other in (
        "http://127.0.0.1:5605/",
        "https://127.0.0.1:5604/",
        "http://127.0.0.1/",
        "http://localhost:5604/",
        "http://127.0.0.1:5604.example.com/",
    ):
        with pytest.raises(InvalidRequest):
            refuse_url(other, test_origin=origin)
    with pytest.raises(InvalidRequest):
        refuse_url(f"{origin}/hook")


@pytest.mark.fault(
    "W8",
    "A deployed stack is given this machine's own address as `WebhookTestOrigin`",
    "It counts for nothing: loopback on AWS is what runs the function",
)
@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:9001", "http://localhost:9001", "http://a.localhost", "https://127.9.9.9"],
)
def test_a_deployed_stack_refuses_loopback_as_its_test_origin(origin: str) -> None:
    assert usable_test_origin(origin, emulator_url="") == ""
    assert usable_test_origin(origin, emulator_url="https://vpce-1.amazonaws.com") == ""
    assert usable_test_origin(origin, emulator_url="http://127.0.0.1:5002") == origin


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.170.2", "::"])
def test_a_name_that_leads_to_the_machine_itself_is_refused_once_it_is_resolved(
    address: str,
) -> None:
    with pytest.raises(AddressRefused):
        refuse_own_machine(address)
    assert refuse_own_machine("10.0.0.1") is None  # type: ignore[func-returns-value]  # as above


@pytest.mark.fault("W8")
def test_no_stack_has_a_test_origin_unless_somebody_sets_it() -> None:
    deployed = Deployed()
    environment = deployed.environment("deliver_webhooks")

    assert template()["Parameters"]["WebhookTestOrigin"]["Default"] == ""
    assert environment["WEBHOOK_TEST_ORIGIN"] == ""
    assert "AWS_ENDPOINT_URL" not in environment
    assert usable_test_origin(Settings(environment).webhook_test_origin, emulator_url="") == ""
    assert usable_test_origin("https://receiver.test", emulator_url="") == "https://receiver.test"
