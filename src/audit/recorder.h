// Where services put their entries; the log behind it gives them their order after the commit.
#pragma once

#include "audit/entry.h"
#include "store/store.h"

namespace khien::audit {

class Recorder {
 public:
  virtual ~Recorder() = default;
  /// Adds the entry to the transaction, unsequenced: it is there if and only if the change is.
  virtual void record(store::Transaction& transaction, const Entry& entry) = 0;
  /// Destroys the key of everything personal that the log holds about somebody, and records that, with these facts.
  virtual void erase_person(store::Transaction& transaction, const PersonId& person, const Actor& by, Instant at,
                            std::vector<Fact> facts) = 0;
};

/// A sequenced entry, as snapshots and caches hear of it: after the commit, in the order of the log, in one thread.
struct Change {
  std::uint64_t leaf;
  std::string type;
  std::string subject;
};

}  // namespace khien::audit
