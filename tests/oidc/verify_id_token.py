#!/usr/bin/env python3
"""verify_id_token.py JWKS TOKEN_RESPONSE ISSUER AUDIENCE: checks an ID token as a relying party does, without any of our code.

Only the standard library: RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2.2) and ECDSA on P-256 (FIPS 186-5 section 6.4.2) are written out.
Prints the claims as JSON; exit status 1 and a reason if the token is not good.
"""
import base64
import hashlib
import json
import sys

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def number(text):
    return int.from_bytes(decode(text), "big")


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(k, point):
    total = None
    while k:
        if k & 1:
            total = add(total, point)
        point, k = add(point, point), k >> 1
    return total


def rs256(key, message, signature):
    n, size = number(key["n"]), (number(key["n"]).bit_length() + 7) // 8
    if len(signature) != size or size < 256:
        return False
    digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(message).digest()
    expected = b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest
    return pow(int.from_bytes(signature, "big"), number(key["e"]), n).to_bytes(size, "big") == expected


def es256(key, message, signature):
    x, y = number(key["x"]), number(key["y"])
    if key["crv"] != "P-256" or (y * y - x * x * x + 3 * x - B) % P or len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    point = add(times(int.from_bytes(hashlib.sha256(message).digest(), "big") * inverse % N, G), times(r * inverse % N, (x, y)))
    return point is not None and point[0] % N == r


def thumbprint(key):
    names = ["e", "kty", "n"] if key["kty"] == "RSA" else ["crv", "kty", "x", "y"]
    text = json.dumps({name: key[name] for name in names}, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def main():
    keys = json.load(open(sys.argv[1]))["keys"]
    response = json.load(open(sys.argv[2]))
    head, body, signature = response["id_token"].split(".")
    header, claims = json.loads(decode(head)), json.loads(decode(body))
    matching = [key for key in keys if key["kid"] == header["kid"]]
    if len(matching) != 1:
        sys.exit("the key set has not exactly one key of that id")
    key = matching[0]
    if thumbprint(key) != key["kid"] or key["use"] != "sig" or key["alg"] != header["alg"]:
        sys.exit("the key does not describe itself rightly")
    check = {"RS256": rs256, "ES256": es256}[header["alg"]]
    if not check(key, f"{head}.{body}".encode(), decode(signature)):
        sys.exit("the signature is wrong")
    if check(key, f"{head}.{body}x".encode(), decode(signature)):
        sys.exit("this check would let anything pass")
    if claims["iss"] != sys.argv[3] or claims["aud"] != sys.argv[4] or claims["exp"] <= claims["iat"]:
        sys.exit("issuer, audience or times are wrong")
    half = hashlib.sha256(response["access_token"].encode()).digest()[:16]
    if decode(claims["at_hash"]) != half:
        sys.exit("at_hash is wrong")
    print(json.dumps(claims, ensure_ascii=False))


if __name__ == "__main__":
    main()
