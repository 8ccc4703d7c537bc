"""nginx in front of a Fingerpost, as a user's process, with a folder of its own."""

import contextlib
import os
import pwd
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local_servers import free_port, wait_for

NAME = "fingerpost.example.org"
SHOWN = Path(__file__).resolve().parent / "nginx" / "fingerpost.conf"
"""The configuration, as the operator's page prints it."""

# Around it, what a package's nginx.conf has: compression is on there, and must be off here.
_AROUND = """
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log warn;
{user}
events {{ worker_connections 256; }}
http {{
    log_format asked '$request_method $request_uri $status $upstream_cache_status $upstream_status';
    access_log access.log asked;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    gzip on;
    gzip_min_length 20;
    gzip_proxied any;
    gzip_types *;
    include {included};
}}
"""


@dataclass(frozen=True)
class Proxy:
    """An nginx that runs: its port, its folder, and the port of the Fingerpost behind it."""

    port: int
    folder: Path
    upstream: int

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def options(self) -> list[str]:
        """What curl needs to find it by its name, and to believe its certificate."""
        return ["--resolve", f"{NAME}:{self.port}:127.0.0.1", "--cacert", str(self.certificate)]

    @property
    def certificate(self) -> Path:
        return self.folder / "public.pem"

    def log(self, path: str) -> list[str]:
        """Return what became of the requests for a path, in their order, once written."""
        lines = (self.folder / "access.log").read_text("utf-8").splitlines()
        asked = [line.split(" ", 2) for line in lines]
        return [rest for _, target, rest in asked if target == path]

    def warnings(self) -> str:
        return (self.folder / "error.log").read_text("utf-8")


@contextlib.contextmanager
def fingerpost(*options: str) -> Iterator[int]:
    """Run a Fingerpost of the shipped data; its port."""
    port = free_port()
    command = [sys.executable, "-m", "fingerpost", "serve", "--port", str(port), *options]
    with ended(subprocess.Popen(command, stdout=subprocess.DEVNULL)):
        wait_for(urllib.request.Request(f"http://127.0.0.1:{port}/health/ready"))
        yield port


@contextlib.contextmanager
def nginx(program: str, folder: Path, upstream: int, text: str) -> Iterator[Proxy]:
    """Run nginx with a configuration in which only addresses and paths are replaced."""
    port = free_port()
    certify(folder)
    replaced = {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        # Not much of an answer fits into the kernel, so that a slow reader is felt by nginx.
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2 sndbuf=16k;",
        "/etc/ssl/certs/fingerpost.pem": str(folder / "public.pem"),
        "/etc/ssl/private/fingerpost.key": str(folder / "private.key"),
        "/var/cache/nginx/fingerpost": str(folder / "kept"),
    }
    for shown, real in replaced.items():
        assert text.count(shown) == 1, shown
        text = text.replace(shown, real)
    with ended(started(program, folder, "fingerpost.conf", text)):
        yield Proxy(port, folder, upstream)


def started(program: str, folder: Path, name: str, text: str) -> subprocess.Popen[bytes]:
    """Start nginx in a folder, with a configuration of that name, and wait until it is there."""
    user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
    (folder / name).write_text(text, "utf-8")
    (folder / "nginx.conf").write_text(_AROUND.format(user=user, included=name), "utf-8")
    command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_until_there(folder / "nginx.pid")
    return process


def certify(folder: Path) -> None:
    """Write a key and a certificate for the name, signed by itself."""
    files = ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.pem")]
    named = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*command, *named, *files], check=True, capture_output=True)


def wait_until_there(path: Path) -> None:
    end = time.monotonic() + 20
    while not path.exists() or not path.read_text():
        assert time.monotonic() < end, f"nginx has not begun: {path} is missing"
        time.sleep(0.05)


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process, by its own id, when what needs it is over."""
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
