// A check of the whole log that shares no state with its writer: recomputes every hash from the stored bytes and
// compares it with tiles, tree, checkpoints (also such as were kept elsewhere) and openings. Streams: memory does not
// grow with the log.
//
// What it cannot see: entries cut off the end after the newest checkpoint it is given, and a database exchanged for a
// copy that the same keys made. Checkpoints kept elsewhere are what shows these.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/finding.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::audit {

/// A checkpoint from a file, mail or another machine.
struct KeptCheckpoint {
  std::string name;  ///< for messages: the file
  std::string note;
};

struct VerifyOptions {
  /// Who may have signed: the key of now and earlier ones. Kept outside, it also shows that the key was exchanged.
  std::vector<VerifierKey> keys;
  /// To open what is personal and to check the tag of the tree; without it the report says what was not checked.
  const store::Keyring* keyring = nullptr;
  std::vector<KeptCheckpoint> against{};
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

struct Report {
  std::uint64_t entries = 0;
  Digest root{};
  std::uint64_t checkpoints = 0;  ///< whose signature and root were found right, kept ones included
  std::uint64_t openings = 0;     ///< that were opened and match
  std::uint64_t erased = 0;       ///< commitments whose opening was erased with its person
  std::uint64_t kept = 0;         ///< of the checkpoints given from elsewhere, those that agree
  std::vector<Text> notes{};      ///< what this check could not see
  MaybeFinding wrong{};           ///< the first thing that is wrong

  [[nodiscard]] bool passed() const { return !wrong; }
};

/// An error only if the database cannot be read, or a kept checkpoint is no checkpoint at all.
Result<Report> verify(store::Reader& reader, const VerifyOptions& options);

/// One sentence for a person: what was found.
Text summary_of(const Report& report);

}  // namespace khien::audit
