// A bounded queue in which nobody's rush makes others wait: first in, first out within a source, sources in turn.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <utility>

namespace khien {

/// Jobs of many sources (say, the peers' networks). One source may hold half of the queue at most. Not thread-safe.
template <class Source, class Job>
class TurnQueue {
 public:
  /// At most `limit` jobs, over all sources.
  explicit TurnQueue(std::size_t limit) : limit_(limit) {}

  [[nodiscard]] std::size_t size() const { return size_; }

  /// False, and the job is left as it was, if there is no place for one more of this source.
  [[nodiscard]] bool push(const Source& source, Job&& job) {
    if (size_ >= limit_) return false;
    auto& waiting = by_source_[source];
    // An empty queue takes anything, so that a limit of one still serves.
    if (!waiting.empty() && waiting.size() >= (limit_ + 1) / 2) return false;
    if (waiting.empty()) turns_.push_back(source);
    waiting.push_back(std::move(job));
    ++size_;
    return true;
  }

  /// The oldest job of the source whose turn it is.
  std::optional<std::pair<Source, Job>> pop() {
    return pop([](const Source&) { return true; });
  }

  /// The same among the sources that `may` be served now; the others keep their turn.
  template <class May>
  std::optional<std::pair<Source, Job>> pop(May may) {
    for (auto turn = turns_.begin(); turn != turns_.end(); ++turn) {
      if (!may(std::as_const(*turn))) continue;
      Source source = std::move(*turn);
      turns_.erase(turn);
      const auto found = by_source_.find(source);
      Job job = std::move(found->second.front());
      found->second.pop_front();
      if (found->second.empty())
        by_source_.erase(found);
      else
        turns_.push_back(source);
      --size_;
      return std::pair(std::move(source), std::move(job));
    }
    return std::nullopt;
  }

 private:
  std::size_t limit_;
  std::size_t size_ = 0;
  std::map<Source, std::deque<Job>> by_source_;
  std::deque<Source> turns_;
};

}  // namespace khien
