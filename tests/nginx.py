"""A real nginx in front of a server, with the example of `deploy/nginx.conf`."""

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests import programs
from tests.server import ROOT

EXAMPLE = ROOT / "deploy" / "nginx.conf"
NEEDED = pytest.mark.skipif(programs.found("nginx") is None, reason="nginx is not installed")
# What is around a site; the folder is the test's, and nobody else's process.
_AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def site(folder: Path, *, app: int, http: int, https: int, changes: Mapping[str, str]) -> str:
    """Return the example with its ports, its certificate and what a test changes in it."""
    key, certificate = _certificate(folder)
    text = EXAMPLE.read_text(encoding="utf-8")
    for before, after in {
        "127.0.0.1:8501": f"127.0.0.1:{app}",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl;\n": "",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl;": f"listen 127.0.0.1:{https} ssl;",
        "server_name example.vn;": "server_name localhost;",
        "/etc/ssl/example.vn.pem": str(certificate),
        "/etc/ssl/example.vn.key": str(key),
        **changes,
    }.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


@contextmanager
def proxy(folder: Path, site: str, *, port: int) -> Iterator[None]:
    """Run nginx with a site until it is no longer needed."""
    folder.mkdir(exist_ok=True)
    configuration = folder / "nginx.conf"
    configuration.write_text(_AROUND.format(folder=folder, site=site), encoding="utf-8")
    log = str(folder / "start.log")
    command = [programs.found("nginx") or "", "-c", str(configuration), "-e", log]
    process = subprocess.Popen(command)
    try:
        _wait_for(process, port, folder)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, (folder / "start.log").read_text()
        try:
            httpx.get(f"http://127.0.0.1:{port}/")
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx does not answer")


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a key, and a certificate that it has signed itself."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "site.key", folder / "site.pem"
    files[0].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    files[1].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return files
