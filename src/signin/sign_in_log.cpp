#include "signin/sign_in_log.h"

#include <algorithm>

#include "signin/words.h"

namespace khien::signin {

Result<void> SignInLog::once_an_hour(const LoginId& login, const std::string& what, audit::Entry entry) {
  entry.at = clock_.now();
  const Instant hour = std::chrono::floor<std::chrono::hours>(entry.at);
  {
    const std::lock_guard lock(mutex_);
    if (hour != refused_hour_) refused_.clear();
    refused_hour_ = hour;
    if (!refused_.insert({login, what}).second) return {};
  }
  entry.actor = audit::Actor::login(login);
  entry.result = "refused";
  auto written = store_.write([&](store::Transaction& tx) -> Result<void> {
    recorder_.record(tx, entry);
    return {};
  });
  if (written) return {};
  const std::lock_guard lock(mutex_);
  refused_.erase({login, what});  // not in the log: the next one is to be
  return written;
}

void SignInLog::count(std::string_view reason) {
  const std::lock_guard lock(mutex_);
  ++refusals_[std::string(reason)];
}

std::map<std::string, std::uint64_t> SignInLog::refusals() const {
  const std::lock_guard lock(mutex_);
  return refusals_;
}

Result<void> SignInLog::refused(const Standing& standing) {
  const auto& refusal = standing.decision.refusal;
  const std::string reason(code_of(refusal.reason));
  audit::Entry entry;
  entry.type = "sign_in.refused";
  entry.subject = "sign_in/" + standing.login.id.text();
  entry.clauses = standing.clause_ids(refusal.clauses);
  const auto& password = standing.login.password;
  entry.facts = {{"reason", reason},
                 {"cutoff", refusal.cutoff ? iso(*refusal.cutoff) : ""},
                 {"password_set_at", password.changed_at ? iso(*password.changed_at) : ""},
                 {"password_state", std::to_string(static_cast<int>(password.state))},
                 {"rule_min_length", std::to_string(password.rule_min_length)},
                 {"rule_classes", std::to_string(password.rule_classes)}};
  return once_an_hour(standing.login.id, reason, std::move(entry));
}

Result<void> SignInLog::change_refused(const credentials::Login& login, std::string_view judged_by) {
  audit::Entry entry;
  entry.type = "password.change_refused";
  entry.subject = "sign_in/" + login.id.text();
  entry.facts = {{"holder", login.holder.text()}, {"judged_by", std::string(judged_by)}};
  return once_an_hour(login.id, "password by " + std::string(judged_by), std::move(entry));
}

void SignInLog::failed(const std::string& address) {
  constexpr std::size_t kMostNetworks = 1000;
  const std::lock_guard lock(mutex_);
  if (failures_.size() < kMostNetworks || failures_.contains(address))
    ++failures_[address];
  else
    ++failures_elsewhere_;
}

Result<void> SignInLog::flush_failures() {
  std::map<std::string, std::uint64_t> failures;
  std::uint64_t elsewhere = 0;
  {
    const std::lock_guard lock(mutex_);
    failures.swap(failures_);
    std::swap(elsewhere, failures_elsewhere_);
  }
  if (failures.empty()) return {};
  std::uint64_t total = elsewhere;
  std::uint64_t most = 0;
  for (const auto& [address, count] : failures) {
    total += count;
    most = std::max(most, count);
  }
  audit::Entry entry;
  entry.type = "sign_in.failures";
  entry.at = clock_.now();
  entry.actor = {audit::Actor::Kind::Anonymous, {}};
  entry.subject = "sign_in/*";
  entry.facts = {{"count", std::to_string(total)},
                 {"addresses", std::to_string(failures.size())},
                 {"most_from_one_address", std::to_string(most)}};
  entry.result = "failed";
  auto written = store_.write([&](store::Transaction& tx) -> Result<void> {
    recorder_.record(tx, entry);
    return {};
  });
  if (written) return {};
  const std::lock_guard lock(mutex_);  // counted again the next time
  for (const auto& [address, count] : failures) failures_[address] += count;
  failures_elsewhere_ += elsewhere;
  return written;
}

}  // namespace khien::signin
