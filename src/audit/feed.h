// The change feed: values in memory that are filled from the database at the start and then follow the log.
//
// Who owns what: load() belongs to whoever starts the process, before the first write; apply() to the writer's thread.
// snapshot() may be called from any thread.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "audit/log.h"
#include "audit/recorder.h"
#include "base/snapshot.h"

namespace khien::audit {

class Follower {
 public:
  virtual ~Follower() = default;
  /// Reads everything.
  virtual Result<void> load() = 0;
  /// Reads anew what the entries of a commit name. After an error the next call reads everything.
  virtual Result<void> apply(std::span<const Change> changes) = 0;
};

/// Loads them all, each in a thread of its own; the first error in the order given.
Result<void> load(std::span<Follower* const> followers);

/// From now on they hear of every commit, in the order given, before its writers are answered. One that fails ends the
/// process with its reason on standard error: a snapshot that missed a change would decide wrongly.
void follow(Log& log, std::vector<Follower*> followers);

/// What an entry is about, as it stands in the log: `unit/ID`.
struct Subject {
  std::string_view kind;
  std::string_view id;

  template <class IdType>
  [[nodiscard]] Result<IdType> as() const {
    if (const auto parsed = IdType::parse(id)) return *parsed;
    return Failure(Error::internal("a change names no id: " + std::string(kind) + "/" + std::string(id)));
  }
  auto operator<=>(const Subject&) const = default;
};

/// What a commit means to a follower of some kinds of subject.
struct Touched {
  std::vector<Subject> subjects;  ///< views into the changes; each once
  bool everything = false;        ///< an entry says `KIND/*`, or so many that one reading of everything is faster
};
Touched touched_by(std::span<const Change> changes, std::span<const std::string_view> kinds);

/// A follower with one immutable value of type T: cheap to copy, whole in a default T when there is nothing.
template <class T>
class Followed : public Follower {
 public:
  Result<void> load() final {
    stale_ = true;
    known_.publish(TRY(store_.read([&](store::Reader& reader) -> Result<T> { return read_all(reader); })));
    stale_ = false;
    return {};
  }

  /// What cannot be read alone (an id of another form, a failing read) is read with everything else.
  Result<void> apply(std::span<const Change> changes) final {
    const Touched touched = touched_by(changes, kinds_);
    if (stale_ || touched.everything) return load();
    if (touched.subjects.empty()) return {};
    auto next = store_.read([&](store::Reader& reader) -> Result<T> {
      T copy = *known_.get();
      for (const Subject& subject : touched.subjects) TRY(read_anew(reader, copy, subject));
      return copy;
    });
    if (!next) return load();
    known_.publish(std::move(*next));
    return {};
  }

  [[nodiscard]] std::shared_ptr<const T> snapshot() const { return known_.get(); }

 protected:
  /// `kinds` are those of the subjects that change the value; static storage.
  Followed(store::Store& store, std::span<const std::string_view> kinds) : store_(store), kinds_(kinds) {}

  virtual Result<T> read_all(store::Reader& reader) = 0;
  /// Reads one subject of the kinds into the value; what is no longer there goes.
  virtual Result<void> read_anew(store::Reader& reader, T& value, const Subject& subject) = 0;

  store::Store& store_;

 private:
  const std::span<const std::string_view> kinds_;
  Snapshot<T> known_;
  bool stale_ = true;  ///< a reading failed, or there was none
};

}  // namespace khien::audit
