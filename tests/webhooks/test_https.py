"""What a receiver may do to whoever sends to it: real servers on this machine, by HTTP and TLS."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from prepaid.domain.credits import Instant
from prepaid.webhooks.https import (
    EXCERPT_CHARACTERS,
    HttpsSender,
    _Deadline,
    resolve,
    signed_headers,
)
from prepaid.webhooks.ports import SignedMessage
from standardwebhooks import Webhook, WebhookVerificationError

SECRETS = ("whsec_" + "QUFB" * 8, "whsec_" + "QkJC" * 8)
NAME = "receiver.test"


def message(url: str = "https://receiver.test/hook") -> SignedMessage:
    return SignedMessage(
        url=url,
        message_id="msg_1",
        body='{"type":"credits.entry.posted","note":"ünïcode"}',
        at=Instant(int(time.time())),
        secrets=SECRETS,
    )


@dataclass
class Receiver:
    """A server on a port of this machine; each connection is *answer*'s to do with."""

    answer: Callable[[socket.socket, bytes], object]
    port: int = 0
    received: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def receiving(
    answer: Callable[[socket.socket, bytes], object], *, tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    listener = socket.create_server(("127.0.0.1", 0))
    receiver = Receiver(answer, port=listener.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            receiver.connections += 1
            try:
                with tls.wrap_socket(connection, server_side=True) if tls else connection as one:
                    raw = _request(one)
                    receiver.received.append(raw)
                    receiver.answer(one, raw)
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _request(one: socket.socket) -> bytes:
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += one.recv(65_536)
    head, _, body = raw.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += one.recv(65_536)
    return head + b"\r\n\r\n" + body


def says(status: str, *headers: str, body: bytes = b"") -> Callable[[socket.socket, bytes], object]:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"content-length: {len(body)}", *headers])
    return lambda one, _: one.sendall(head.encode() + b"\r\n\r\n" + body)


def sender(origin: str = "", *, seconds: float = 5.0, emulated: bool = True) -> HttpsSender:
    return HttpsSender(clock=time.monotonic, test_origin=origin, emulated=emulated, seconds=seconds)


def at(receiver: Receiver, path: str = "/hook?a=b") -> SignedMessage:
    return message(receiver.origin + path)


def test_a_receiver_gets_the_event_signed_so_that_the_library_of_the_standard_accepts_it() -> None:
    with receiving(says("200 OK", body=b'{"ok": true}')) as receiver:
        outcome = sender(receiver.origin).send(at(receiver))

    head, _, body = receiver.received[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    signed = dict(line.split(": ", 1) for line in lines[1:])
    assert lines[0] == "POST /hook?a=b HTTP/1.1"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert headers["content-type"] == "application/json"
    assert body.decode() == message().body
    for secret in SECRETS:
        assert Webhook(secret).verify(body, signed) == {
            "type": "credits.entry.posted",
            "note": "ünïcode",
        }
    assert (outcome.succeeded, outcome.status, outcome.excerpt) == (True, 200, '{"ok": true}')
    assert outcome.error is None


def test_what_was_changed_on_its_way_or_is_old_is_not_verified() -> None:
    headers = signed_headers(message())
    old = signed_headers(replace(message(), at=Instant(message().at - 301)))

    Webhook(SECRETS[0]).verify(message().body, headers)
    for body, given in ((message().body + " ", headers), (message().body, old)):
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRETS[0]).verify(body, given)


def test_the_time_that_is_signed_is_utc_wherever_the_function_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = signed_headers(message())
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()

    try:
        assert signed_headers(replace(message(), at=Instant(int(before["webhook-timestamp"])))) == (
            before
        )
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.fault("W1")
@pytest.mark.parametrize("status", ["500 Oops", "404 Not Found", "410 Gone", "429 Too Many"])
def test_every_status_but_2xx_is_a_failure_that_the_log_shows(status: str) -> None:
    with receiving(says(status, body=b"no\x00\x1b[31m thanks\n" + b"x" * 5_000)) as receiver:
        outcome = sender(receiver.origin).send(at(receiver))

    assert (outcome.status, outcome.succeeded) == (int(status[:3]), False)
    assert outcome.excerpt.startswith("no[31m thanksxxx")
    assert len(outcome.excerpt) == EXCERPT_CHARACTERS


@pytest.mark.fault(
    "W13",
    "A receiver redirects to 169.254.169.254",
    "Nothing is followed: a redirect is a failure like any other status",
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_no_redirect_is_followed(status: str) -> None:
    with receiving(says("200 OK")) as inner:
        away = says(status, f"location: {inner.origin}/latest/meta-data")
        with receiving(away) as receiver:
            outcome = sender(receiver.origin).send(at(receiver))

    assert (outcome.status, outcome.succeeded) == (int(status[:3]), False)
    assert (receiver.connections, inner.connections) == (1, 0)


@pytest.mark.fault(
    "W14",
    "A receiver never answers, or answers a byte at a time for ever",
    "The connection ends after 15 seconds, whatever came; nothing else waits for it",
)
@pytest.mark.parametrize("kind", ["nothing", "headers", "endless body", "half a status"])
def test_a_receiver_that_hangs_is_given_up(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    def answer(one: socket.socket, _: bytes) -> None:
        if kind == "endless body":
            one.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
        if kind == "headers":
            one.sendall(b"HTTP/1.1 200 OK\r\nx: ")
        if kind == "half a status":
            one.sendall(b"HTTP/1.1 2")
        one.settimeout(0.02)
        for _number in range(200):
            with suppress(TimeoutError):
                if one.recv(1) == b"":
                    return
            if kind in {"headers", "endless body"}:
                one.sendall(b"x")

    with receiving(answer) as receiver:
        started = time.monotonic()
        outcome = sender(receiver.origin, seconds=0.3).send(at(receiver))
        took = time.monotonic() - started

    assert took < 3
    assert receiver.origin not in caplog.text
    if kind == "endless body":
        assert (outcome.status, outcome.excerpt) == (200, "")
    else:
        assert (outcome.status, outcome.error) == (None, "timed_out")


def test_of_a_large_answer_little_is_read() -> None:
    sent = 0

    def answer(one: socket.socket, _: bytes) -> None:
        nonlocal sent
        one.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n")
        for _number in range(1_000):
            one.sendall(b"y" * 100_000)
            sent += 100_000

    with receiving(answer) as receiver:
        outcome = sender(receiver.origin).send(at(receiver))

    assert (outcome.status, outcome.excerpt) == (200, "y" * EXCERPT_CHARACTERS)
    assert sent < 50_000_000


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (lambda one, _: one.close(), "connection_failed"),
        (lambda one, _: one.sendall(b"SSH-2.0-OpenSSH\r\n\r\n"), "connection_failed"),
    ],
)
def test_what_speaks_no_http_is_a_failed_connection(
    answer: Callable[[socket.socket, bytes], object], error: str
) -> None:
    with receiving(answer) as receiver:
        outcome = sender(receiver.origin).send(at(receiver))

    assert (outcome.status, outcome.error) == (None, error)


def test_a_port_where_nobody_listens_is_a_failed_connection() -> None:
    with receiving(says("200 OK")) as receiver:
        gone = at(receiver)

    assert sender(receiver.origin).send(gone).error == "connection_failed"


@pytest.mark.fault("W2")
@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("0", 0), ("-5", None), ("soon", None), ("1e3", None), ("9" * 30, 999_999_999)],
)
def test_retry_after_is_read_in_seconds(text: str, seconds: int | None) -> None:
    with receiving(says("503 Busy", f"retry-after: {text}")) as receiver:
        outcome = sender(receiver.origin).send(at(receiver))

    assert outcome.retry_after == seconds


def test_retry_after_is_read_as_a_date() -> None:
    sent = message()
    later = datetime.fromtimestamp(sent.at + 90, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    with receiving(says("429 Slow", f"retry-after: {later}")) as receiver:
        outcome = sender(receiver.origin).send(replace(sent, url=receiver.origin))

    assert outcome.retry_after == 90


@pytest.mark.fault("W7")
@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::ffff:7f00:1"])
def test_a_name_that_resolves_to_a_private_address_is_not_connected_to(address: str) -> None:
    asked: list[str] = []
    with receiving(says("200 OK")) as receiver:
        url = f"https://{NAME}:{receiver.port}/hook"

        def resolving(host: str, _port: int) -> str:
            asked.append(host)
            return address

        outcome = replace(sender(), resolve=resolving).send(message(url))

    assert (outcome.error, receiver.connections, asked) == ("address_refused", 0, [NAME])


@pytest.mark.fault("W7")
@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
def test_this_machine_is_not_reached_under_any_of_its_names(host: str) -> None:
    with receiving(says("200 OK")) as receiver:
        outcome = sender().send(message(f"https://{host}:{receiver.port}/"))

    assert outcome.error in {"address_refused", "name_not_resolved"}
    assert receiver.connections == 0


def test_a_name_that_does_not_exist_is_not_resolved() -> None:
    def unknown(_host: str, _port: int) -> str:
        raise socket.gaierror

    assert replace(sender(), resolve=unknown).send(message()).error == "name_not_resolved"
    assert resolve("127.0.0.1", 443) == "127.0.0.1"


@pytest.mark.fault("W8")
def test_the_test_origin_leads_a_deployed_stack_nowhere_into_its_own_machine() -> None:
    with receiving(says("200 OK")) as receiver:
        outcome = sender(receiver.origin, emulated=False).send(at(receiver))

    assert (outcome.error, receiver.connections) == ("address_refused", 0)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of receiver.test alone, with its key, that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "receiver.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def tls_of(certificate: Path, names: list[str | None]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    return context


@pytest.mark.fault(
    "W15",
    "A name leads elsewhere the second time it is asked for",
    "It is asked for once: the judged address is connected to, under the name's own certificate",
)
def test_the_judged_address_is_connected_to_under_the_name_s_certificate(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names: list[str | None] = []
    asked: list[str] = []
    with receiving(says("200 OK"), tls=tls_of(certificate, names)) as receiver:

        def once(host: str, _port: int) -> str:
            asked.append(host)
            assert len(asked) == 1, "the name was resolved again"
            return "127.0.0.1"

        origin = f"https://{NAME}:{receiver.port}"
        outcome = replace(sender(origin), resolve=once).send(message(f"{origin}/hook"))

    assert (outcome.status, names, asked) == (200, [NAME], [NAME])
    assert f"host: {NAME}:{receiver.port}".encode() in receiver.received[0].lower()


@pytest.mark.fault("W15")
@pytest.mark.parametrize("trusted", [True, False])
def test_a_certificate_of_another_name_or_of_nobody_is_refused(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    host = "other.test" if trusted else NAME
    with receiving(says("200 OK"), tls=tls_of(certificate, [])) as receiver:
        origin = f"https://{host}:{receiver.port}"
        made = replace(sender(origin), resolve=lambda _host, _port: "127.0.0.1")
        outcome = made.send(message(f"{origin}/hook"))

    assert (outcome.status, outcome.error, receiver.received) == (None, "tls_failed", [])


def test_a_deadline_keeps_no_process_alive() -> None:
    late = _Deadline(60)
    try:
        assert late._timer.daemon
    finally:
        late.cancel()
