"""Where one local stack lives: its ports, its files, and the environment its tools run in."""

import hashlib
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BUILD = PROJECT / ".aws-sam" / "local"
STACK_NAME = "prepaid"
REGION = "us-east-1"
DEFAULT_PORT = 5001

_MEMORY = Path("/dev/shm")  # noqa: S108 - one directory per stack, made by this user
_PLENTY_BYTES = 12 * 1024**3

# What a function may see of this machine: the emulator hands its own environment on to functions.
_INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "USER", "DOCKER_HOST")


@dataclass(frozen=True, slots=True)
class StackLayout:
    """One stack's ports and files. Two places with different ports share nothing but the build."""

    port: int
    root: Path

    @classmethod
    def from_environment(cls) -> "StackLayout":
        """PORT moves the ports, PREPAID_LOCAL_DIR the files. Raises SystemExit for a bad port."""
        text = os.environ.get("PORT") or str(DEFAULT_PORT)
        if not text.isdecimal() or not 1024 <= int(text) <= 65_000:
            raise SystemExit(f"PORT must be a number from 1024 to 65000, not {text!r}")
        return cls(int(text), Path(os.environ.get("PREPAID_LOCAL_DIR") or PROJECT / ".local"))

    @property
    def directory(self) -> Path:
        """Everything that this stack keeps."""
        return self.root / str(self.port)

    @property
    def state(self) -> Path:
        """What the emulator keeps between two starts."""
        return self.directory / "state"

    @property
    def temporary(self) -> Path:
        """Where the emulator unpacks code, for each worker anew; emptied at every start.

        In memory where there is plenty: thousands of small files are six times faster there.
        """
        if _has_plenty_of_memory():
            return _MEMORY / f"prepaid-{self.port}-{self.identity[:8]}"
        return self.directory / "tmp"

    @property
    def clock_file(self) -> Path:
        """Holds the seconds by which the functions' clock is shifted."""
        return self.directory / "clock"

    @property
    def token_secret_file(self) -> Path:
        """A copy of the secret that signs tokens, for this machine's user only."""
        return self.directory / "token-secret.json"

    @property
    def running_file(self) -> Path:
        """Records the emulator while it runs, and after a stop that saved nothing."""
        return self.directory / "running"

    @property
    def lock_file(self) -> Path:
        """Locked by the process that runs the stack; holds its process id."""
        return self.directory / "stack.pid"

    @property
    def standin_file(self) -> Path:
        """Records the stand-in for Stripe while it runs."""
        return self.directory / "stripe.process"

    @property
    def vapi_file(self) -> Path:
        """Records the stand-in for Vapi while it runs."""
        return self.directory / "vapi.process"

    @property
    def identity(self) -> str:
        """Tells this stack from that of another clone which uses the same ports."""
        return hashlib.sha256(str(self.directory.resolve()).encode()).hexdigest()[:12]

    def make(self, words: str) -> str:
        """The command `make …` as it must be typed for this stack."""
        return f"make {words}" if self.port == DEFAULT_PORT else f"make {words} PORT={self.port}"

    def log(self, name: str) -> Path:
        """The log of one part of the stack: `stack`, `emulator`, `stripe`, `vapi` and so on."""
        return self.directory / f"{name}.log"

    @property
    def url(self) -> str:
        """The gateway: what people and programs call."""
        return f"http://localhost:{self.port}"

    @property
    def emulator_port(self) -> int:
        """The port beside the gateway's."""
        return self.port + 1

    @property
    def standin_port(self) -> int:
        """The port after the emulator's."""
        return self.port + 2

    @property
    def standin_url(self) -> str:
        """Stripe's API, played by the stand-in."""
        return f"http://127.0.0.1:{self.standin_port}"

    @property
    def vapi_port(self) -> int:
        """The port after the one of `sam local`."""
        return self.port + 4

    @property
    def vapi_url(self) -> str:
        """Vapi's API, played by the stand-in."""
        return f"http://127.0.0.1:{self.vapi_port}"

    @property
    def emulator_url(self) -> str:
        """Every AWS service, emulated."""
        return f"http://127.0.0.1:{self.emulator_port}"


def _has_plenty_of_memory() -> bool:
    return _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).total >= _PLENTY_BYTES


def architecture() -> str:
    """This machine's processor in Lambda's words."""
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


def clean_environment() -> dict[str, str]:
    """What tools and functions inherit: no profile, no real credentials, this Python first."""
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    tools = str(Path(sys.executable).parent)
    return environment | {
        "PATH": os.pathsep.join([tools, environment.get("PATH", os.defpath)]),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "SAM_CLI_TELEMETRY": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
