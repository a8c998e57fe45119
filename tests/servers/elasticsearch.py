"""An Elasticsearch of our own for as long as the tests last: temporary folder, free loopback port, no trace.

It is the official server without its modules, as Maven Central has it, and a plugin beside this file that gives it the
analysis filters which the full distribution brings, under their names there. What Maven fetched is kept.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .memory import place_in_memory
from .packages import JAVA, MAVEN, Missing
from .ports import LOOPBACK, free_port, is_open
from .unprivileged import owner_of

VERSION = "8.19.16"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
FETCH = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
CACHE = Path(__file__).resolve().parents[2] / ".pytest_cache" / "elasticsearch"
PLUGIN = Path(__file__).with_name("elasticsearch_plugin")
QUICK_TO_START = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"
START_SECONDS = 180
END_SECONDS = 20
SETTINGS = {
    "cluster.name": "portal-tests",
    "discovery.type": "single-node",
    "network.host": LOOPBACK,
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
}


@dataclass
class ElasticsearchServer:
    """A server: where it answers, and how it is ended and started again on the same data."""

    folder: Path
    java: Path
    who: dict[str, int]
    java_options: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Start it and return once it can be searched; raises when it ends or hangs instead."""
        own = {"ES_JAVA_HOME": str(self.java), "ES_TMPDIR": str(self.folder / "tmp")}
        own["ES_JAVA_OPTS"] = self.java_options
        usual = {name: value for name, value in os.environ.items() if not name.startswith("ES_")}
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                ["bash", self.folder / "bin" / "elasticsearch", "-E", f"http.port={self.port}"],
                cwd=self.folder,
                env=usual | own,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.who,
            )
        self._wait()

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        """The program that starts the server and the server itself are one group of processes."""
        process, self.process = self.process, None
        for sign in (how, signal.SIGKILL) if process else ():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            if self._has_ended(process):
                return

    def _has_ended(self, process: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + END_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None and not is_open(self.port):
                return True
            time.sleep(0.05)
        return False

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/_cluster/health?wait_for_status=yellow", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"Elasticsearch did not start: {self._log.read_text()[-3000:]}")

    @property
    def _log(self) -> Path:
        return self.folder / "logs" / "told"


@contextmanager
def temporary_elasticsearch(java_options: str = QUICK_TO_START) -> Iterator[ElasticsearchServer]:
    """Start a server and stop it whatever happens. Raises ``Missing`` when there is none to be had."""
    java = JAVA.had()
    distribution = fetched()
    folder = Path(tempfile.mkdtemp(prefix="portal-elasticsearch-", dir=place_in_memory()))
    try:
        _unpack(distribution, folder)
        _add_plugin(folder, java)
        server = ElasticsearchServer(folder, java, owner_of(folder), java_options)
        try:
            server.start()
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fetched() -> Path:
    """The server's archive; fetched by whoever comes first, while the others wait."""
    kept = CACHE / f"elasticsearch-{VERSION}.zip"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _fetch(kept)
    return kept


def _fetch(kept: Path) -> None:
    print(f"Fetching Elasticsearch {VERSION} …", flush=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        command = [MAVEN.had(), "-B", "-q", "-ntp", FETCH, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if answer.returncode:
            raise Missing(f"Elasticsearch cannot be fetched by Maven: {answer.stdout[-500:]}")
        (Path(folder) / kept.name).rename(kept)


def _unpack(distribution: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as unpacked, zipfile.ZipFile(distribution) as archive:
        archive.extractall(unpacked)
        [top] = Path(unpacked).iterdir()
        for part in top.iterdir():
            part.rename(folder / part.name)
    for made in ("logs", "tmp"):
        (folder / made).mkdir(exist_ok=True)
    settings = "".join(f"{name}: {value}\n" for name, value in SETTINGS.items())
    (folder / "config" / "elasticsearch.yml").write_text(settings)


def _add_plugin(folder: Path, java: Path) -> None:
    """Compile the plugin against the server's own libraries and put it where the server looks for it."""
    into, classes = folder / "plugins" / "portal-analysis", folder / "tmp" / "classes"
    into.mkdir(parents=True)
    sources = sorted(PLUGIN.rglob("*.java"))
    libraries = folder / "lib" / "*"
    for command in (
        [java / "bin" / "javac", "--release", "17", "-cp", libraries, "-d", classes, *sources],
        [java / "bin" / "jar", "cf", into / "portal-analysis.jar", "-C", classes, "."],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for described in ("named_components.json", "stable-plugin-descriptor.properties"):
        shutil.copy(PLUGIN / described, into)
