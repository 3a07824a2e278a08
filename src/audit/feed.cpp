#include "audit/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace khien::audit {
namespace {

/// Beyond this many named subjects one reading of everything is faster.
constexpr std::size_t kMostSingleReads = 5000;

[[noreturn]] void end_process(const Error& error) {
  fmt::print(stderr, "khien: a snapshot could not follow the log, so the process ends: {} ({})\n",
             error.text().in(Language::English), error.detail());
  std::abort();
}

}  // namespace

Result<void> load(std::span<Follower* const> followers) {
  std::vector<Result<void>> outcomes(followers.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < followers.size(); ++i)
      threads.emplace_back([&, i] { outcomes[i] = followers[i]->load(); });
  }
  for (auto& outcome : outcomes) TRY(std::move(outcome));
  return {};
}

void follow(Log& log, std::vector<Follower*> followers) {
  log.subscribe([followers = std::move(followers)](std::span<const Change> changes) {
    for (Follower* follower : followers)
      if (const auto applied = follower->apply(changes); !applied) end_process(applied.error());
  });
}

Touched touched_by(std::span<const Change> changes, std::span<const std::string_view> kinds) {
  Touched touched;
  for (const auto& change : changes) {
    const std::string_view subject = change.subject;
    const auto slash = subject.find('/');
    if (slash == std::string_view::npos) continue;
    const Subject named{subject.substr(0, slash), subject.substr(slash + 1)};
    if (std::ranges::find(kinds, named.kind) == kinds.end()) continue;
    touched.subjects.push_back(named);
    touched.everything |= named.id == "*";
  }
  std::ranges::sort(touched.subjects);
  const auto repeated = std::ranges::unique(touched.subjects);
  touched.subjects.erase(repeated.begin(), repeated.end());
  touched.everything |= touched.subjects.size() > kMostSingleReads;
  return touched;
}

}  // namespace khien::audit
