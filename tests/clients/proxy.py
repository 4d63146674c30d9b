"""A CONNECT proxy on the loopback: how clients that hard-code Base's address reach the fake, as a user would do it.

The client is told of the proxy and of a certificate authority made on the spot, by the environment alone
(HTTPS_PROXY; REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE). The proxy ends TLS for the one host and hands
each request to the fake as it came; it connects to nothing else.
"""

import email.parser
import email.policy
import http.client
import http.server
import json
import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading
import urllib.parse

HOST = "api.baselinker.com"
SECONDS = 20
NOT_HANDED_ON = {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "content-length"}


class Proxy:
    """Serves while it is entered, and counts each method's answers as Base means them: HTTP 200 says nothing there."""

    def __init__(self, fake_url, counted):
        self.fake = urllib.parse.urlsplit(fake_url)
        self.counted = counted
        self.refused = []  # what else was asked for
        self._counting = threading.Lock()

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        certificate, key, self._authority = make_certificates(pathlib.Path(self._folder.name))
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate, key)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(SECONDS)
        self._folder.cleanup()

    def environment(self):
        """What tells a client of the proxy and of its certificate authority."""
        here = f"http://127.0.0.1:{self._server.server_address[1]}"
        authority = str(self._authority)
        return {
            "HTTPS_PROXY": here, "https_proxy": here, "REQUESTS_CA_BUNDLE": authority, "NODE_EXTRA_CA_CERTS": authority,
            "SSL_CERT_FILE": authority,
        }

    def count(self, method, answer):
        with self._counting:
            self.counted.answers[method][answer] += 1


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = SECONDS
    disable_nagle_algorithm = True  # Else an answer's body waits for the receipt of its head.
    secured = False

    def do_CONNECT(self):
        if self.secured or self.path != f"{HOST}:443":
            self.refuse()
            return
        self.send_response_only(200, "Connection established")
        self.end_headers()
        try:
            self.connection = self.server.proxy.tls.wrap_socket(self.connection, server_side=True)
        except OSError:  # The client does not trust the certificate, or has left.
            self.close_connection = True
            return
        self.secured = True
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False  # The request itself follows.

    def do_POST(self):
        if not self.secured:
            self.refuse()
            return
        # Clients behind a proxy hold a body back until their head is acknowledged, which else takes 40 ms.
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        proxy = self.server.proxy
        body = self.rfile.read(int(self.headers["Content-Length"]))
        handed_on = {name: value for name, value in self.headers.items() if name.lower() not in NOT_HANDED_ON}
        fake = http.client.HTTPConnection(proxy.fake.hostname, proxy.fake.port, timeout=SECONDS)
        try:
            fake.request(self.command, self.path, body, handed_on)
            answer = fake.getresponse()
            said = answer.read()
        finally:
            fake.close()
        proxy.count(asked_for(self.headers["Content-Type"], body), meaning(answer, said))
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in NOT_HANDED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_POST

    def refuse(self):
        self.server.proxy.refused.append(self.path)
        self.close_connection = True
        self.send_error(403, "Only " + HOST)

    def finish(self):
        try:
            super().finish()
        finally:
            if self.secured:  # The server closes the socket that it knows, which is no longer this one.
                self.connection.close()

    def log_message(self, *_):
        pass


def asked_for(content_type, body):
    """The field `method` of a form, of either kind; "" where there is none."""
    if content_type.startswith("multipart/form-data"):
        head = f"Content-Type: {content_type}\r\n\r\n".encode()
        parts = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body).iter_parts()
        fields = {part.get_param("name", header="Content-Disposition"): part.get_content() for part in parts}
        return fields.get("method", "").strip()
    return dict(urllib.parse.parse_qsl(body.decode())).get("method", "")


def meaning(answer, said):
    """SUCCESS, the code of a refusal, "not emulated" for the fake's loud one, or an HTTP status that is no 200."""
    if answer.getheader("X-Atrapa-Not-Emulated"):
        return "not emulated"
    if answer.status != 200:
        return f"HTTP {answer.status}"
    try:
        envelope = json.loads(said)
    except ValueError:
        return "no JSON"
    return envelope.get("error_code") or envelope.get("status", "no envelope")


def make_certificates(folder):
    """The files of a certificate for HOST, of its key, and of the authority behind it; good for a day, known to nobody."""

    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=SECONDS)

    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    (folder / "names").write_text(f"subjectAltName=DNS:{HOST}\n")
    openssl("req", "-x509", *new_key, "-subj", "/CN=Tests", "-days", "1", "-keyout", "authority.key", "-out", "authority.pem")
    openssl("req", *new_key, "-subj", f"/CN={HOST}", "-keyout", "host.key", "-out", "host.csr")
    openssl(
        "x509", "-req", "-in", "host.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "1",
        "-extfile", "names", "-out", "host.pem",
    )
    return folder / "host.pem", folder / "host.key", folder / "authority.pem"
