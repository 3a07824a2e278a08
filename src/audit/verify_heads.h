// Compares the roots that a check computes with the checkpoints stored in the database and with those kept elsewhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "audit/handover.h"
#include "audit/store.h"
#include "audit/verify.h"

namespace khien::audit {

class HeadCheck {
 public:
  HeadCheck(store::Reader& reader, const VerifyOptions& options) : reader_(reader), options_(options) {}

  /// Reads the kept checkpoints; an error if one is no checkpoint.
  Result<MaybeFinding> start();
  /// The smallest size that a checkpoint still has to be compared at.
  [[nodiscard]] bool wants(std::uint64_t size) const { return size >= next_size_; }
  MaybeFinding compare(const TreeHead& head);
  /// No checkpoint speaks of more than there is.
  MaybeFinding finish(std::uint64_t size);

  [[nodiscard]] std::uint64_t checked() const { return checked_; }
  [[nodiscard]] std::uint64_t kept() const { return kept_agreed_; }
  [[nodiscard]] const std::optional<CheckpointRow>& newest() const { return newest_; }

 private:
  /// A checkpoint whose signature is right and that waits for its size to be reached.
  struct Expected {
    TreeHead head;
    Text source;
    bool given = false;  ///< by whoever asks, from elsewhere
  };
  Result<Checkpoint> verified(std::string_view note) const;
  MaybeFinding follow_keys();
  MaybeFinding next_stored();
  void aim();
  MaybeFinding compare_one(const Expected& expected, const TreeHead& head);

  store::Reader& reader_;
  const VerifyOptions& options_;
  std::vector<TrustedKey> trusted_{};
  std::vector<Expected> kept_{};  ///< the smallest last
  std::optional<Expected> stored_{};
  std::optional<CheckpointRow> newest_{};  ///< of the stored ones, the last read
  std::uint64_t next_size_ = 0;
  std::uint64_t good_until_ = 0;  ///< size of the last checkpoint that was right
  std::uint64_t checked_ = 0;
  std::uint64_t kept_agreed_ = 0;
};

}  // namespace khien::audit
