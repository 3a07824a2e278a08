#!/usr/bin/env python3
"""Checks Khiên's evidence log without any code of Khiên, with the Python standard library only.

  verify_log.py --key NAME+HASH+BASE64 --log FOLDER_OR_URL [--against CHECKPOINT_FILE]... [--proof PROOF_FILE]...

LOG holds what the server gives out below /log/: `checkpoint`, `tile/<L>/<N>`, `tile/entries/<N>` (C2SP tlog-tiles), as
files or at an address. The signature of the checkpoint is checked (C2SP signed-note, Ed25519 of RFC 8032), the root is
computed again from every entry, each tile is compared, and each entry must be JSON. --against names a checkpoint that was
kept elsewhere: the log must still begin with what it states. PROOF_FILE holds one line of `khien audit prove` each.

Exit status: 0 all is right, 1 something is wrong (the first thing is named), 2 wrong usage.
"""
import argparse
import base64
import hashlib
import json
import pathlib
import sys
import urllib.parse
import urllib.request

WIDTH = 256


class Wrong(Exception):
    pass


# --- Ed25519, RFC 8032 section 5.1.7, with points as extended coordinates (X, Y, Z, T) -------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add_points(a, b):
    left = (a[1] - a[0]) * (b[1] - b[0]) % P
    right = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    out = (0, 1, 1, 0)
    while number:
        if number & 1:
            out = add_points(out, point)
        point = add_points(point, point)
        number >>= 1
    return out


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point_of(encoded):
    number = int.from_bytes(encoded, "little")
    y = number & ((1 << 255) - 1)
    x = x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def ed25519_verifies(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = point_of(public_key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % Q
    return same_point(times(scalar, BASE), add_points(commitment, times(challenge, key)))


# --- The tree, RFC 9162 section 2.1: proofs are followed by the recursive definition ---------------------------------


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def split(size):
    return 1 << (size - 1).bit_length() - 1


def root_of(hashes):
    """The root over leaf hashes, by halving rows where that is exact and by the definition elsewhere."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) & (len(hashes) - 1) == 0:
        while len(hashes) > 1:
            hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
        return hashes[0]
    middle = split(len(hashes))
    return node_hash(root_of(hashes[:middle]), root_of(hashes[middle:]))


def root_by_inclusion(hash_, leaf, size, proof):
    if size == 1:
        if proof:
            raise Wrong("the inclusion proof is too long")
        return hash_
    if not proof:
        raise Wrong("the inclusion proof is too short")
    middle = split(size)
    if leaf < middle:
        return node_hash(root_by_inclusion(hash_, leaf, middle, proof[:-1]), proof[-1])
    return node_hash(proof[-1], root_by_inclusion(hash_, leaf - middle, size - middle, proof[:-1]))


def roots_by_consistency(older, newer, proof, whole, old_root):
    """The roots (older, newer) that the proof gives; `whole`: the older tree is a left part so far."""
    if older == newer:
        if whole:
            if proof:
                raise Wrong("the consistency proof is too long")
            return old_root, old_root
        if len(proof) != 1:
            raise Wrong("the consistency proof has a wrong length")
        return proof[0], proof[0]
    if not proof:
        raise Wrong("the consistency proof is too short")
    middle = split(newer)
    if older <= middle:
        old, new = roots_by_consistency(older, middle, proof[:-1], whole, old_root)
        return old, node_hash(new, proof[-1])
    old, new = roots_by_consistency(older - middle, newer - middle, proof[:-1], False, old_root)
    return node_hash(proof[-1], old), node_hash(proof[-1], new)


# --- Checkpoints: C2SP signed-note and tlog-checkpoint ---------------------------------------------------------------


def decode64(text):
    return base64.b64decode(text, validate=True)


class Key:
    def __init__(self, text):
        self.name, hash_, typed = text.split("+", 2)
        typed = decode64(typed)
        if len(typed) != 33 or typed[0] != 1:
            raise ValueError("no Ed25519 key")
        self.public_key = typed[1:]
        self.hash = hashlib.sha256(self.name.encode() + b"\n" + typed).digest()[:4]
        if self.hash.hex() != hash_:
            raise ValueError("the hash of the verifier key is not its own")


def verified_checkpoint(note, key):
    """(size, root) of a note (bytes) that the key signed."""
    body, blank, signatures = note.rpartition(b"\n\n")
    body += b"\n"
    if not blank or not signatures.endswith(b"\n"):
        raise Wrong("the checkpoint is no signed note")
    signed = False
    for line in signatures[:-1].split(b"\n"):
        dash, name, value = line.split(b" ")
        value = decode64(value)
        if dash == "\u2014".encode() and name == key.name.encode() and value[:4] == key.hash:
            signed = ed25519_verifies(key.public_key, body, value[4:])
            break
    if not signed:
        raise Wrong("the checkpoint is not signed by the key")
    origin, size, root = body.split(b"\n")[:3]
    if origin != key.name.encode() or str(int(size)).encode() != size or len(decode64(root)) != 32:
        raise Wrong("the checkpoint is of another log or malformed")
    return int(size), decode64(root)


# --- The log as it is given out --------------------------------------------------------------------------------------


class Source:
    def __init__(self, place):
        self.address = place if place.startswith(("http://", "https://")) else None
        self.folder = pathlib.Path(place)

    def read(self, path):
        try:
            if self.address is None:
                return (self.folder / path).read_bytes()
            address = urllib.parse.urljoin(self.address.rstrip("/") + "/", path)
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.read()
        except OSError as error:
            raise Wrong(f"{path} cannot be read: {error}") from error


def tile_path(kind, index, width):
    path = f"{index % 1000:03}"
    while index >= 1000:
        index //= 1000
        path = f"x{index % 1000:03}/{path}"
    return f"tile/{kind}/{path}" + (f".p/{width}" if width != WIDTH else "")


def entries_of(source, size):
    """(leaf number, bytes) of every entry."""
    for first in range(0, size, WIDTH):
        width = min(WIDTH, size - first)
        path = tile_path("entries", first // WIDTH, width)
        bundle = source.read(path)
        at = 0
        for offset in range(width):
            length = int.from_bytes(bundle[at:at + 2], "big")
            entry = bundle[at + 2:at + 2 + length]
            if at + 2 > len(bundle) or len(entry) != length:
                raise Wrong(f"{path} ends too early")
            at += 2 + length
            yield first + offset, entry
        if at != len(bundle):
            raise Wrong(f"{path} has something behind its last entry")


def check_tiles(source, level, hashes):
    for first in range(0, len(hashes), WIDTH):
        row = hashes[first:first + WIDTH]
        path = tile_path(level, first // WIDTH, len(row))
        if source.read(path) != b"".join(row):
            raise Wrong(f"{path} is not what the entries give")


def check_log(source, key, against):
    size, root = verified_checkpoint(source.read("checkpoint"), key)
    hashes = []
    for leaf, entry in entries_of(source, size):
        try:
            if json.loads(entry)["v"] != 1:
                raise Wrong(f"entry {leaf}: unknown version")
        except (ValueError, KeyError, TypeError) as error:
            raise Wrong(f"entry {leaf} is no entry") from error
        hashes.append(leaf_hash(entry))
    for path in against:
        kept_size, kept_root = verified_checkpoint(pathlib.Path(path).read_bytes(), key)
        if kept_size > size:
            raise Wrong(f"{path} states {kept_size} entries, the log has only {size}")
        if root_of(hashes[:kept_size]) != kept_root:
            raise Wrong(f"{path}: the first {kept_size} entries are not those of then")
    if root_of(hashes) != root:
        raise Wrong("the entries do not give the root of the checkpoint")
    level, row = 0, hashes
    while row:
        check_tiles(source, level, row)
        row = [root_of(row[i:i + WIDTH]) for i in range(0, len(row) - WIDTH + 1, WIDTH)]
        level += 1
    return size


def check_proof(line, key):
    proof = json.loads(line)
    path = [decode64(hash_) for hash_ in proof["proof"]]
    if proof["kind"] == "inclusion":
        size, root = verified_checkpoint(proof["checkpoint"].encode(), key)
        hash_ = leaf_hash(decode64(proof["entry"]))
        if hash_ != decode64(proof["leaf_hash"]) or not 0 <= proof["leaf"] < size:
            raise Wrong("the proof is not of its entry")
        if root_by_inclusion(hash_, proof["leaf"], size, path) != root:
            raise Wrong(f"entry {proof['leaf']} is not in the log of the checkpoint")
        return
    old_size, old_root = proof["older"]["size"], decode64(proof["older"]["root"])
    new_size, new_root = proof["newer"]["size"], decode64(proof["newer"]["root"])
    if proof["checkpoint"] is not None:
        if verified_checkpoint(proof["checkpoint"].encode(), key) != (new_size, new_root):
            raise Wrong("the checkpoint is not of the newer log")
    if old_size == 0:
        if path or old_root != root_of([]):
            raise Wrong("the empty log has another root")
    elif roots_by_consistency(old_size, new_size, path, True, old_root) != (old_root, new_root):
        raise Wrong(f"the log of {new_size} entries does not begin with that of {old_size}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--key", required=True)
    parser.add_argument("--log")
    parser.add_argument("--against", action="append", default=[])
    parser.add_argument("--proof", action="append", default=[])
    given = parser.parse_args()
    try:
        key = Key(given.key)
    except ValueError as error:
        parser.error(f"--key: {error}")
    proofs = 0
    try:
        if given.log:
            print(f"{check_log(Source(given.log), key, given.against)} entries: right")
        for path in given.proof:
            for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
                check_proof(line, key)
                proofs += 1
    except (Wrong, ValueError, KeyError) as error:
        print(f"WRONG: {error}")
        return 1
    print(f"{proofs} proofs: right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
