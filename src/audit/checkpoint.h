// The signed statement of how long the log is and what it holds: C2SP tlog-checkpoint in a C2SP signed-note. Pure.
//
//   khien/<installation>          origin, and name of the key
//   1234                          number of leaves
//   <base64 root>
//   time 2026-11-21T21:30:00+07:00   extension lines: when it was signed
//                                 (a blank line)
//   — khien/<installation> <base64 of key hash ‖ Ed25519 signature>
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/merkle.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace khien::audit {

constexpr std::size_t kMostCheckpointBytes = 16 * 1024;
constexpr std::size_t kMostSignatures = 16;

/// Who may sign. As text: `name+<8 hex digits of the key hash>+base64(0x01 ‖ public key)`.
struct VerifierKey {
  std::string name;
  std::array<unsigned char, 32> public_key{};
  bool operator==(const VerifierKey&) const = default;
};
using KeyHash = std::array<unsigned char, 4>;
/// The first four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key).
KeyHash key_hash(const VerifierKey& key);
std::string text_of(const VerifierKey& key);
Result<VerifierKey> parse_verifier_key(std::string_view text);

struct Checkpoint {
  std::string origin;
  TreeHead head;
  std::vector<std::string> extensions{};  ///< further lines, none of them empty
  bool operator==(const Checkpoint&) const = default;
};

struct NoteSignature {
  std::string name;
  KeyHash key_hash{};
  Bytes signature;
};

/// A checkpoint as it was read; nothing about its signatures has been checked.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::string body;  ///< what is signed: the lines above the blank one
  std::vector<NoteSignature> signatures;
};

/// More generations than restores there can be.
constexpr std::uint64_t kMostGeneration = 1'000'000;
/// The origin of an installation's log. A restored backup starts a new generation, which is another log.
std::string origin_of(std::string_view installation, std::uint64_t generation);

std::string body_of(const Checkpoint& checkpoint);
/// The whole note, signed with an Ed25519 seed under the key name.
std::string sign_checkpoint(const Checkpoint& checkpoint, std::string_view key_name, const Secret& seed);
/// The note with one more signature of the same body.
std::string cosign(std::string note, std::string_view key_name, const Secret& seed);

/// The extension line that says when a checkpoint was signed.
std::string time_line(Instant at);
/// When it was signed; nullopt for a checkpoint from before that was said.
std::optional<Instant> time_of(const Checkpoint& checkpoint);

/// Reads the form strictly; at most kMostCheckpointBytes and kMostSignatures.
Result<SignedCheckpoint> parse_checkpoint(std::string_view note);
/// True if the key signed it, whatever log it is of.
bool is_signed_by(const SignedCheckpoint& note, const VerifierKey& key);
/// The checkpoint, if its origin is the key's name and the key signed it. Signatures of other keys are passed over.
Result<Checkpoint> verify_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace khien::audit
