// The evidence log of an installation, as services use it.
//
// Who owns what: record, erase_person, before_commit and after_* run in the writer's thread (record in any thread that
// holds a transaction); sign_checkpoint, stop, head in any thread but the writer's. An entry is acknowledged with the
// write that recorded it, and has its leaf number by then.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/openings.h"
#include "audit/recorder.h"
#include "audit/sequencer.h"
#include "audit/store.h"

namespace khien::audit {

/// Must not throw: a snapshot that missed a change would decide wrongly, so the process ends instead.
using Subscriber = std::function<void(std::span<const Change>)>;

class Log final : public Recorder, public store::CommitObserver {
 public:
  /// Reads where the log stands, becomes the store's observer, and numbers what a killed process left. Refused if the
  /// log was changed from outside. `random` must be safe in the writer's thread; `installation` is the id in the origin
  /// of checkpoints.
  static Result<std::unique_ptr<Log>> open(store::Store& store, const store::Keyring& keyring, Random& random,
                                           std::string installation);
  /// Writes must have ended.
  ~Log() override;
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// Throws std::invalid_argument (and so fails the write) for an entry that cannot be encoded: text that is not UTF-8,
  /// a fact twice, personal facts of nobody, more than kMostEntryBytes.
  void record(store::Transaction& tx, const Entry& entry) override;
  void erase_person(store::Transaction& tx, const PersonId& person, const Actor& by, Instant at,
                    std::vector<Fact> facts = {}) override;

  void before_commit(store::Transaction& tx) override;
  void after_commit() noexcept override;
  void after_rollback() noexcept override;

  /// Hears of every entry from now on, in order, in the writer's thread, before the writers are answered. A
  /// subscriber must not subscribe another.
  void subscribe(Subscriber subscriber);

  /// Signs and stores a checkpoint unless the last one is younger than a second or covers all there is; true if it did.
  Result<bool> sign_checkpoint(Instant now);
  /// The last checkpoint of a run, however young the one before.
  Result<void> stop(Instant now);

  /// Adds the next signing key within a write, together with a checkpoint that hands over to it (audit/handover.h).
  /// `add` stores the key and records that; it may run more than once. From the commit on, once the keyring has heard
  /// of it, the next key signs and tags.
  Result<void> hand_over(const store::Key& next, Instant now,
                         const std::function<Result<void>(store::Transaction&)>& add);

  [[nodiscard]] TreeHead head() const;
  /// The newest signed note; nullopt before the first.
  [[nodiscard]] std::optional<std::string> latest() const;
  [[nodiscard]] VerifierKey verifier_key() const;

 private:
  Log(store::Store& store, const store::Keyring& keyring, Random& random, std::string installation);
  Result<void> start();
  Result<bool> sign(Instant now, std::chrono::microseconds least_age);

  store::Store& store_;
  const store::Keyring& keyring_;
  Random& random_;
  const std::string installation_;
  Openings openings_;
  Sequencer sequencer_;  ///< the writer's
  std::atomic<std::uint64_t> position_{0};

  mutable std::mutex mutex_;  ///< guards head_
  TreeHead head_;

  std::mutex subscribing_;  ///< guards subscribers_
  std::vector<Subscriber> subscribers_;

  mutable std::mutex signing_;  ///< one signature at a time; guards last_
  std::optional<CheckpointRow> last_;
};

}  // namespace khien::audit
