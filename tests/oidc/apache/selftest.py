#!/usr/bin/env python3
"""selftest.py: Apache starts with our configuration, reads the discovery document of a tiny provider over TLS, and sends a browser there.

So that a failure of the whole test is a failure of the provider, not of its relying party. Exit status 77 without Apache.
"""
import http.client
import http.server
import json
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse

from relying_party import RelyingParty, free_port, installed


class Provider(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        Provider.asked.append(self.path)
        issuer = f"https://127.0.0.1:{self.server.server_port}"
        body = json.dumps({"issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token",
                           "jwks_uri": issuer + "/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                           "id_token_signing_alg_values_supported": ["RS256"]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj",
                    "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/ca.pem"],
                   check=True, capture_output=True)


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Accept": "text/html"})  # others are told 401
    answer = connection.getresponse()
    answer.read()
    return answer


def main():
    if not installed():
        print("Apache with mod_auth_openidc is not installed")
        return 77
    with tempfile.TemporaryDirectory(prefix="khien-provider-") as folder:
        make_certificate(folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/ca.pem", f"{folder}/key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        issuer, port = f"https://127.0.0.1:{server.server_port}", free_port()
        with RelyingParty(port, issuer, pathlib.Path(folder, "ca.pem"), "the-client", "the-secret") as party:
            answer = get(port, "/protected/")
            location = answer.getheader("Location", "")
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
            problems = [text for good, text in [
                (get(port, "/goodbye.html").status == 200, "the open page is not served"),
                (answer.status == 302 and location.startswith(issuer + "/authorize?"), f"no redirect to the provider: {answer.status} {location}"),
                ("/.well-known/openid-configuration" in Provider.asked, "the discovery document was not read"),
                (query.get("client_id") == "the-client", "no client_id"),
                (query.get("redirect_uri") == f"{party.url}/protected/callback", "another redirect_uri"),
                (query.get("response_type") == "code" and query.get("code_challenge_method") == "S256", "no code flow with PKCE"),
                (bool(query.get("state")) and bool(query.get("nonce")), "no state or nonce")] if not good]
            log = party.log()
        server.shutdown()
        server.server_close()
    for problem in problems:
        print(problem)
    if problems:
        print(log)
    else:
        print("Apache read the discovery document and sends browsers to", urllib.parse.urlsplit(location).path)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
