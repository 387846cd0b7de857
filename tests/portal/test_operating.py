"""portal/OPERATING.md, followed to the letter: from an empty folder to a restored backup."""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shutil
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.compose import ROOT, SERVICES
from tests.databases import missing
from tests.deployment import Deployment, deployed
from tests.engine import Engine, engine
from tests.prepared import DEMO_PASSWORD
from tests.running import free_port
from tests.visitor import Visitor

SOMEBODY = (
    "docker compose run --rm manage shell --command "
    '"from portal.accounts.models import User; '
    "User.objects.create_user('learner@example.org', 'x', name='Lea')\"\n"
)
PAGE = (ROOT / "portal/OPERATING.md").read_text()


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


# --- Followed -------------------------------------------------------------------------------------


class Letter(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
                self.server.taken += 1  # type: ignore[attr-defined]
            greeting = b"250-here\r\n250 AUTH PLAIN\r\n" if line[:4] == b"EHLO" else b"250 ok\r\n"
            self.wfile.write(b"235 in\r\n" if line[:4] == b"AUTH" else greeting)
            if line == b"QUIT":
                return


@contextlib.contextmanager
def mail_server() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Letter) as server:
        server.daemon_threads = True
        server.taken = 0  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Short: a socket's path may not be long."""
    with tempfile.TemporaryDirectory(prefix="operating-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def repository(home: Path) -> Path:
    """What `git clone` and `git pull` speak to."""
    bare = home / "learning-portal.git"
    git = ["git", "-c", "safe.directory=*"]
    subprocess.run([*git, "clone", "--quiet", "--bare", ROOT, bare], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=True)
    for words in (["update-ref", "refs/heads/main", head.stdout.strip().decode()],
                  ["symbolic-ref", "HEAD", "refs/heads/main"]):  # fmt: skip
        subprocess.run([*git, "--git-dir", bare, *words], check=True)
    return bare


def operator(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    (home / "empty").mkdir()
    environment = {
        "HOME": str(home / "empty"),
        "PATH": f"{home}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "ENGINE": str(home / "engine.sock"),
    }
    return subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", script],
        cwd=home / "empty", env=environment, capture_output=True, text=True, timeout=900,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.xdist_group("deployment")
def test_the_page_leads_from_an_empty_folder_to_a_restored_backup(
    home: Path, repository: Path
) -> None:
    port = free_port()
    with mail_server() as mail:
        overrides = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail.server_address[1]),
            "EMAIL_TLS": "0",
            "DATABASE_PASSWORD": "",
            "SWEEP_SECONDS": "1",
            "WEB_WORKERS": "1",
            "DRAIN_SECONDS": "0",  # tests/test_deployment.py looks at that
        }
        with engine(home, overrides, port) as docker:
            script = "".join(prepared(block, repository, port) for block in fenced("sh"))
            answer = operator(home, script)
            assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-6000:]
            assert len(docker.asked) > 40
            assert answer.stdout.count("All is well.") == 4
            assert mail.taken == 1  # type: ignore[attr-defined]
            assert found_in(docker) == (["ada@example.org"], ["autumn-2026"])


def prepared(block: str, repository: Path, port: int) -> str:
    """This machine has no name and no TLS; and somebody has to be there to be forgotten."""
    block = block.replace("https://git.example.org/learning-portal.git", str(repository))
    block = block.replace("https://portal.example.org", f"http://127.0.0.1:{port}")
    return (SOMEBODY if "export_person" in block else "") + block


def found_in(docker: Engine) -> tuple[list[str], list[str]]:
    """People with a name, and cohorts, on the last machine."""
    *_before, last = docker.machines.values()
    with psycopg.connect(last.database) as database:
        people = database.execute("select email from accounts_user where name <> ''").fetchall()
        cohorts = database.execute("select slug from cohorts_cohort").fetchall()
    return [row[0] for row in people], [row[0] for row in cohorts]


# --- True -----------------------------------------------------------------------------------------


def test_every_sentence_of_the_doctor_that_is_a_worry_is_explained() -> None:
    """Each `look_at_…` that can have a cure has a row that begins as one of its sentences."""
    tree = ast.parse((ROOT / "portal/doctor.py").read_text())
    rows = re.findall(r"^\| ([A-Z].*?) \|", PAGE.split("## When something is wrong")[1], re.M)
    begun = [part.split("…")[0].strip() for row in rows for part in row.split("; ")]
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name.startswith("look_at_"):
            texts = [node.value for node in ast.walk(function) if isinstance(node, ast.Constant)]
            said = [text for text in texts if isinstance(text, str)]
            if function.name != "look_at_deployment":
                assert any(one in text for one in begun for text in said), function.name
    assert len(begun) > 9


def test_every_alert_is_explained() -> None:
    alerts = ROOT / "portal/operations/alerts.yml"
    named = re.findall(r"alert: *(\w+)", alerts.read_text()) if alerts.exists() else []
    assert [name for name in named if name not in PAGE] == []


def test_the_ports_of_the_override_are_those_of_the_services() -> None:
    [override] = [block for block in fenced("yaml") if "override" not in block]
    for service, port in re.findall(r'(\w+): \{ ports: \["127.0.0.1:\d+:(\d+)"\] \}', override):
        command = SERVICES[service]["command"]
        assert command[command.index("--port") + 1] == port


# --- nginx ----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.xdist_group("deployment")
def test_nginx_hands_on_a_page_and_a_live_event(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not nginx:
        missing("no nginx here")
        return
    port = free_port()
    given = {"HTTPS": "1", "CSRF_TRUSTED_ORIGINS": f"https://localhost:{port}"}
    with deployed("web", "events", **given) as deployment:
        [block] = fenced("nginx")
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        words = [
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ]
        words += ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run(["openssl", *words], check=True, capture_output=True)
        here = {
            "127.0.0.1:8001": f"127.0.0.1:{deployment.ports['web']}",
            "server 127.0.0.1:8002; ": "",
            "127.0.0.1:8002": f"127.0.0.1:{deployment.ports['web2']}",
            "127.0.0.1:8003": f"127.0.0.1:{deployment.ports['events']}",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "server_name portal.example.org": "server_name localhost",
            "/etc/ssl/portal.pem": str(certificate),
            "/etc/ssl/portal.key": str(key),
        }
        for inside, outside in here.items():
            assert inside in block
            block = block.replace(inside, outside)
        folders = "".join(
            f"{name}_temp_path {tmp_path}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        configuration = tmp_path / "nginx.conf"
        configuration.write_text(
            f"daemon off;\nuser root;\npid {tmp_path}/pid;\n"
            f"error_log {tmp_path}/error.log;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{folders}{block}\n}}\n"
        )
        start = [
            nginx,
            "-p",
            str(tmp_path),
            "-e",
            f"{tmp_path}/error.log",
            "-c",
            str(configuration),
        ]
        subprocess.run([*start, "-t"], check=True, capture_output=True)
        deployment.launch("nginx", start)
        look_through(f"https://localhost:{port}", certificate, deployment)


def look_through(site: str, certificate: Path, deployment: Deployment) -> None:
    """A page over TLS, an answer, and the stream that tells of its verdict. The worker comes after
    the page: a verdict may be there before it."""
    trusting = ssl.create_default_context(cafile=str(certificate))
    trusting.check_hostname = False
    lea = Visitor(site)
    lea.opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(), urllib.request.HTTPSHandler(context=trusting)
    )
    wait_until_open(lea)
    day = lea.sign_in("lea@demo.example", DEMO_PASSWORD)
    assert day.url == f"{site}/day/"
    page = lea.send(lea.get("/labs/let-the-web-in/"), r"/submit/$", text='{"inbound": []}')
    live = re.search(r'data-live="([^"]+)"', page.source)
    assert live
    deployment.start("worker")
    with urllib.request.urlopen(site + live.group(1), context=trusting, timeout=30) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert b"data: graded" in stream.read()


def wait_until_open(visitor: Visitor) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            assert visitor.get("/healthz").status == 200
            return
        time.sleep(0.1)
    raise AssertionError("nginx does not answer")
