"""Serve the gateway from a thread, beside the process that watches over the stack."""

import threading
import time

import httpx
import uvicorn

from local import deploy
from local.aws import client
from local.gateway import PATIENCE_SECONDS, Gateway, Upstream, application
from local.origins import Origins
from local.people import Pages
from local.progress import StackError
from local.stack_layout import StackLayout

_STARTED_WITHIN_SECONDS = 20
_WEBHOOK = "StripeWebhookFunction"


class Server:
    """A running gateway."""

    def __init__(self, layout: StackLayout) -> None:
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(PATIENCE_SECONDS, connect=5), trust_env=False
        )
        self._gateway = Gateway(_upstream(layout), self._client)
        config = uvicorn.Config(
            application(self._gateway, Pages(layout, self._client).routes()),
            host="127.0.0.1",
            port=layout.port,
            log_level="warning",
            access_log=False,
            date_header=False,  # the emulator sends its own
            server_header=False,
            timeout_graceful_shutdown=10,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="gateway", daemon=True)

    def start(self) -> None:
        """Return once the port answers. Raises StackError if it never does."""
        self._thread.start()
        deadline = time.monotonic() + _STARTED_WITHIN_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise StackError("the gateway did not start")
            time.sleep(0.02)

    def open(self) -> None:
        """Let the health check say that the stack is ready."""
        self._gateway.ready = True

    def stop(self) -> None:
        """Let requests finish, then close the port."""
        self._server.should_exit = True
        self._thread.join(15)


def _upstream(layout: StackLayout) -> Upstream:
    resources = deploy.resources(layout)
    return Upstream(
        url=layout.emulator_url,
        api_id=deploy.outputs(layout)["ApiId"],
        webhook_url_id=_webhook_url_id(layout, resources.get(_WEBHOOK)),
        vapi_url_id=_webhook_url_id(layout, resources.get("VapiWebhookFunction")),
        stack=layout.identity,
        origins=Origins.from_environment(layout),
    )


def _webhook_url_id(layout: StackLayout, function_name: str | None) -> str | None:
    if function_name is None:
        return None
    functions = client(layout, "lambda")
    url: str = functions.get_function_url_config(FunctionName=function_name)["FunctionUrl"]
    return url.split("//", 1)[1].split(".", 1)[0]
