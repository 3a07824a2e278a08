// What the log says of sign-ins and changes of password that failed, bounded: a guesser must not fill it.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "audit/recorder.h"
#include "base/clock.h"
#include "signin/standing.h"
#include "store/store.h"

namespace khien::signin {

/// Thread-safe.
class SignInLog {
 public:
  SignInLog(store::Store& store, audit::Recorder& recorder, const Clock& clock)
      : store_(store), recorder_(recorder), clock_(clock) {}

  /// Counts a refusal for the figures of monitoring; `reason` is one of few words of ours.
  void count(std::string_view reason);
  /// By reason; since the start.
  [[nodiscard]] std::map<std::string, std::uint64_t> refusals() const;

  /// Writes that the login was refused, with the clauses: once an hour for each login and reason.
  Result<void> refused(const Standing& standing);
  /// Writes that a new password was refused, and by what it was judged: once an hour for each login and sort. Whoever
  /// tries many is not the holder, or is asking about the holder.
  Result<void> change_refused(const credentials::Login& login, std::string_view judged_by);
  /// Counts a wrong name or password; nothing is written yet.
  void failed(const std::string& address);
  /// Writes the aggregate of failures since the last call, if there were any.
  Result<void> flush_failures();

 private:
  /// Writes the entry unless the log has one of this hour for the login and that.
  Result<void> once_an_hour(const LoginId& login, const std::string& what, audit::Entry entry);

  store::Store& store_;
  audit::Recorder& recorder_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> refusals_;
  /// Refusals of this hour that the log has already: login and what.
  std::set<std::pair<LoginId, std::string>> refused_;
  Instant refused_hour_{};
  std::map<std::string, std::uint64_t> failures_;  ///< by address, bounded
  std::uint64_t failures_elsewhere_ = 0;
};

}  // namespace khien::signin
