"""Real clusters on loopback: a Spark standalone master with two workers, and Sail with worker processes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.serving import free_port

HOME = "127.0.0.1"
WAIT_SECONDS = 120


@contextmanager
def process(command: list[str], port: int, log: Path, **environment: str) -> Iterator[None]:
    """Run a server until the end of the block; ready when it listens on ``port``."""
    with log.open("wb") as file:
        server = subprocess.Popen(
            command, stdout=file, stderr=file, env={**os.environ, **environment}, start_new_session=True
        )
    try:
        _wait_for(server, port, log)
        yield
    finally:
        os.killpg(server.pid, 15)
        server.wait(30)


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOME, port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError(f"not up: {log.name}\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def sail(folder: Path) -> Iterator[str]:
    """Sail in its cluster mode: a driver that starts worker processes."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "sail"), "spark", "server", "--ip", HOME, "--port", str(port)]
    with process(command, port, folder / "sail.log", SAIL_MODE="local-cluster"):
        yield f"sc://{HOME}:{port}"


@contextmanager
def spark(folder: Path) -> Iterator[str]:
    """Spark standalone: a master, two workers, and the Connect server that drives them."""
    import pyspark

    home = Path(pyspark.__file__).parent
    master, web, connect = free_port(), free_port(), free_port()
    run = str(home / "bin" / "spark-class")
    common = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOME, "SPARK_WORKER_DIR": str(folder / "work")}
    package = "org.apache.spark.deploy"
    with ExitStack() as stack:
        ports = ["--host", HOME, "--port", str(master), "--webui-port", str(web)]
        stack.enter_context(process([run, f"{package}.master.Master", *ports], master, folder / "master.log", **common))
        for n in (1, 2):
            port, page = free_port(), free_port()
            options = ["--host", HOME, "--port", str(port), "--webui-port", str(page), "--cores", "1", "--memory", "1g"]
            command = [run, f"{package}.worker.Worker", *options, f"spark://{HOME}:{master}"]
            stack.enter_context(process(command, port, folder / f"worker{n}.log", **common))
        stack.enter_context(process(_connect(home, master, connect), connect, folder / "connect.log", **common))
        yield f"sc://{HOME}:{connect}"


def _connect(home: Path, master: int, port: int) -> list[str]:
    settings = {
        "spark.connect.grpc.binding.address": HOME, "spark.connect.grpc.binding.port": str(port),
        "spark.driver.host": HOME, "spark.executor.memory": "512m", "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false", "spark.sql.ansi.enabled": "true",
    }  # fmt: skip
    options = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    server = "org.apache.spark.sql.connect.service.SparkConnectServer"
    return [str(home / "bin/spark-submit"), "--master", f"spark://{HOME}:{master}", "--class", server, *options]
