// An entry as the exact bytes that are stored and hashed: one line of JSON whose keys, order and escapes are fixed, so
// that there is one encoding of an entry and decoding accepts nothing else. Pure.
//
//   {"v":1,"type":"…","at":<microseconds UTC>,"actor":{"kind":"…","id":"…"},"subject":"…","clauses":["…"],
//    "facts":{"name":"value"},"result":"…"[,"person":"<id>"[,"commitments":{"name":"<base64url SHA-256>"}]]}
//
// and of an actor of whom more is known than kind and id, and of no other, version 2 with
//
//   "actor":{"kind":"…","id":"…"[,"system_user":"…"][,"break_glass":true][,"approver":"<person>"][,"request":"<id>"]}
//
// (without the line break). Strings are escaped as in RFC 8785. A commitment is
// SHA-256(0x02 ‖ salt ‖ length of name as 4 bytes, big-endian ‖ name ‖ value) with a salt of 32 random bytes.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "audit/entry.h"
#include "base/digest.h"
#include "base/result.h"

namespace khien::audit {

/// An entry has to fit the two-byte length of a bundle (C2SP tlog-tiles).
constexpr std::size_t kMostEntryBytes = 65535;

/// The type of the entry that says that a person's openings were destroyed.
constexpr std::string_view kPersonErased = "person.erased";

using Salt = std::array<unsigned char, 32>;

/// What an entry says about a personal fact: nothing to who does not have the opening, which is salt and value.
struct Commitment {
  std::string name;
  Digest digest{};
};
Digest commit_to(const Salt& salt, std::string_view name, std::string_view value);

/// An entry as read from its bytes.
struct StoredEntry {
  Entry entry;  ///< `personal` is empty
  std::vector<Commitment> commitments;
};

std::string_view name_of(Actor::Kind kind);

/// The bytes of an entry with the commitments that stand for its personal facts. Invalid if a text is not UTF-8, a name
/// comes twice, a commitment has no person, or the whole is too long: our own mistake or a caller's unchecked text.
Result<std::string> encode(const Entry& entry, std::span<const Commitment> commitments);
/// Accepts exactly what `encode` gives; the error says at which byte it stopped.
Result<StoredEntry> decode(std::string_view bytes);

/// Appends the text in quotes, escaped as in RFC 8785.
void append_quoted(std::string& out, std::string_view text);

}  // namespace khien::audit
