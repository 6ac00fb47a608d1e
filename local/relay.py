"""Let containers reach the emulator, which listens on this machine's loopback only."""

import asyncio
import socket
import subprocess
import sys
import threading

from local.progress import StackError
from local.stack_layout import StackLayout, clean_environment

_IP_FREEBIND = 15  # Linux: an address may be bound before the interface that will carry it
_CHUNK_BYTES = 65_536


def reachable_emulator(layout: StackLayout) -> str:
    """A URL of the emulator that works inside containers, for as long as this process lives.

    On Linux a relay listens on the container network's gateway, on PORT+5; elsewhere the engine
    forwards `host.docker.internal` by itself. Raises StackError when the engine names no gateway.
    """
    if sys.platform != "linux":
        return f"http://host.docker.internal:{layout.emulator_port}"
    address, port = _gateway(), layout.port + 5
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_IP, _IP_FREEBIND, 1)
    listener.bind((address, port))
    work = _relay(listener, layout.emulator_port)
    threading.Thread(target=asyncio.run, args=(work,), name="relay", daemon=True).start()
    return f"http://{address}:{port}"


def _gateway() -> str:
    command = ["docker", "network", "inspect", "bridge"]
    command += ["--format", "{{(index .IPAM.Config 0).Gateway}}"]
    asked = subprocess.run(  # noqa: S603 - a fixed command, no shell
        command, env=clean_environment(), capture_output=True, text=True, check=False
    )
    address = asked.stdout.strip()
    if not address:
        raise StackError(f"the container engine names no network gateway: {asked.stderr.strip()}")
    return address


async def _relay(listener: socket.socket, emulator_port: int) -> None:
    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", emulator_port)
        await asyncio.gather(_copy(reader, forth), _copy(back, writer))

    server = await asyncio.start_server(connect, sock=listener)
    await server.serve_forever()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while chunk := await source.read(_CHUNK_BYTES):
            target.write(chunk)
            await target.drain()
    except ConnectionError:
        return
    finally:
        target.close()
