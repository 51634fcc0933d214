"""A keep-alive HTTP client on bare sockets, to load a server with little work of its own.

Run as a process, `python -m bench.client HOST PORT PATH SECONDS CONNECTIONS STATUS [HEADER ...]`;
prints JSON: the latency of each answer in microseconds, the seconds that all took, and how many
had another status.
"""

import json
import socket
import sys
import threading
import time

CHUNK = 1 << 16


class Connection:
    """One connection that asks for the same address again and again."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.request = request
        self.socket = socket.create_connection((host, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> int:
        """Send the request, read the whole answer, return its status."""
        self.socket.sendall(self.request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._receive()
        head, got = data[:end].lower(), len(data) - end - 4
        status = int(head[9:12])
        if b"content-length:" in head:
            length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            while got < length:
                got += len(self._receive())
        elif b"transfer-encoding: chunked" in head:
            tail = data[end + 4 :]
            while not tail.endswith(b"0\r\n\r\n"):
                tail = tail[-5:] + self._receive()
        return status

    def _receive(self) -> bytes:
        data = self.socket.recv(CHUNK)
        if not data:
            raise ConnectionError("The server closed the connection.")
        return data


def load(connection: Connection, seconds: float, status: int, latencies: list[int]) -> int:
    """Ask until the time is up. Adds each latency in microseconds; returns wrong answers."""
    wrong = 0
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        wrong += connection.ask() != status
        latencies.append(int((time.perf_counter() - began) * 1_000_000))
    return wrong


def main(arguments: list[str]) -> None:
    """Load one address over several connections for some seconds."""
    host, port, path, seconds, connections, status, *headers = arguments
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}", *headers, "", ""]
    request = "\r\n".join(lines).encode()
    latencies: list[int] = []
    wrong: list[int] = []

    def run() -> None:
        connection = Connection(host, int(port), request)
        wrong.append(load(connection, float(seconds), int(status), latencies))

    threads = [threading.Thread(target=run) for _ in range(int(connections))]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    failed = int(connections) - len(wrong)
    print(json.dumps({"latencies": latencies, "seconds": took, "wrong": sum(wrong) + failed}))


if __name__ == "__main__":
    main(sys.argv[1:])
