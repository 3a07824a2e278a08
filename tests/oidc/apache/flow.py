#!/usr/bin/env python3
"""flow.py PORT ISSUER CA CLIENT_ID SECRET_FILE ALG: one whole flow with curl as the browser and Apache as the relying party.

For a provider that signs its visitor in without a question. Prints `NAME: VALUE` for what Apache learnt, and the path on which the
browser ended after signing out. Exit status 1 and the logs if a step does not go through, 77 without Apache.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from relying_party import RelyingParty, installed


def main():
    port, issuer, ca, client_id, secret_file, alg = sys.argv[1:7]
    if not installed():
        return 77
    secret = pathlib.Path(secret_file).read_text().strip()
    with tempfile.TemporaryDirectory() as folder, RelyingParty(int(port), issuer, ca, client_id, secret, alg) as party:
        def browse(path):
            """Follows every redirect; headers of the last answer, its body, the address on which it ended."""
            ran = subprocess.run(["curl", "-sS", "-L", "--max-redirs", "10", "--max-time", "30", "--cacert", ca, "-H", "Accept: text/html",
                                  "-b", f"{folder}/jar", "-c", f"{folder}/jar", "-D", f"{folder}/head", "-o", f"{folder}/body",
                                  "-w", "%{url_effective}", party.url + path], capture_output=True, text=True, check=False)
            head = pathlib.Path(folder, "head").read_text().strip().split("\n\n")[-1]
            headers = dict(line.split(": ", 1) for line in head.replace("\r", "").split("\n\n")[-1].splitlines() if ": " in line)
            return headers, pathlib.Path(folder, "body").read_text(), ran.stdout + ran.stderr

        headers, body, end = browse("/protected/")
        if "protected page" not in body:
            print(end, headers, body, party.log(), sep="\n")
            return 1
        for name in ("X-Remote-User", "X-Subject", "X-Unit-Code"):
            print(f"{name}: {headers.get(name)}")
        known = json.loads(browse("/protected/callback?info=json")[1])
        print("userinfo name:", known["userinfo"]["name"])
        print("id token sid:", known["id_token"]["sid"])
        print("signed out at:", browse(f"/protected/callback?logout=http%3A%2F%2F127.0.0.1%3A{port}%2Fgoodbye.html")[2])
    return 0


if __name__ == "__main__":
    sys.exit(main())
