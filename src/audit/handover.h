// How one signing key of the log follows another: a checkpoint signed by both, which names both. Whoever trusts one of
// them learns the other, and up to which size each may speak.
//
//   khien/<installation>
//   1234
//   <base64 root>
//   time …
//   khien-key-from khien/<installation>+…      the key until now
//   khien-key-to khien/<installation>/2+…      the key from now on; of another generation after a restore
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/checkpoint.h"

namespace khien::audit {

struct Handover {
  Checkpoint checkpoint;
  VerifierKey from;
  VerifierKey to;
};

/// The note, signed by both seeds. `from` and `to` are the names of the keys: origins of their logs.
std::string sign_handover(const TreeHead& head, Instant at, std::string_view from, const Secret& from_seed,
                          std::string_view to, const Secret& to_seed);
/// Refused unless both keys that it names signed it, and it is of the log of the first.
Result<Handover> parse_handover(std::string_view note);

/// A key, and of which sizes of its log it may speak.
struct TrustedKey {
  VerifierKey key;
  std::uint64_t first = 0;
  std::uint64_t last = UINT64_MAX;
  std::string next{};  ///< name of the key that it handed over to; of another log after a restore
};
/// What follows from trusting `given`: each handover by a trusted key makes the other one trusted. The old key of a
/// handover must not speak of more than it handed over: a stolen key that was replaced signs no new history.
std::vector<TrustedKey> follow_handovers(std::span<const VerifierKey> given, std::span<const Handover> handovers);

}  // namespace khien::audit
