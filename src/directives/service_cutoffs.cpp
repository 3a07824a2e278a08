#include "directives/service.h"
#include "directives/store.h"
#include "directives/store_cutoffs.h"

namespace khien::directives {
namespace {

using store::Transaction;

audit::Entry entry_of(const By& by, std::string type, Instant now, std::string subject, std::string result) {
  audit::Entry entry{.type = std::move(type),
                     .at = now,
                     .actor = by.actor,
                     .subject = std::move(subject),
                     .result = std::move(result)};
  if (!by.basis.empty()) entry.facts.push_back({"basis", by.basis});
  return entry;
}

std::string subject_of(const CutoffKey& cutoff) {
  return "cutoff/" + cutoff.first.text();
}
std::string subject_of(const LoginId& login) {
  return "cutoff_leave/" + login.text();
}

/// Clauses of the directive that name the date; empty if it has no such cutoff.
std::vector<std::string> clauses_of(const policy::Directive& directive, Date date) {
  std::vector<std::string> out;
  for (const auto& clause : directive.clauses)
    for (const auto& control : clause.controls)
      if (control.kind == policy::Kind::PasswordCutoff)
        for (const auto& atom : control.values.front())
          if (policy::date_of(atom) == date) out.push_back(clause.id);
  return out;
}

Result<std::vector<std::string>> require_cutoff(store::Reader& reader, const CutoffKey& cutoff) {
  for (const auto& directive : load_directives(reader))
    if (directive.id == cutoff.first)
      if (auto clauses = clauses_of(directive, cutoff.second); !clauses.empty()) return clauses;
  return Failure(Error::not_found(Text::format("Chỉ đạo này không có mốc dừng truy cập {0}.",
                                               "This directive has no cutoff on {0}.", dmy(cutoff.second))));
}

}  // namespace

Result<void> Directives::delay_cutoff(const By& by, const CutoffDelay& delay) {
  const Instant now = clock_.now();
  CutoffDelay clean = delay;
  clean.reason = TRY(people::clean_reason(delay.reason));
  if (delay.until && khien::add(now, {.months = 12}) < *delay.until)
    return Failure(Error::invalid({"Chỉ lùi được nhiều nhất một năm.", "It can be put off by a year at most."}));
  return store_.write([&](Transaction& tx) -> Result<void> {
    auto entry = entry_of(by, "cutoff.delayed", now, subject_of(delay.cutoff), "delayed");
    entry.clauses = TRY(require_cutoff(tx, delay.cutoff));
    save_delay(tx, clean, now);
    entry.facts.push_back({"cutoff", iso(delay.cutoff.second)});
    if (!delay.unit.is_nil()) entry.facts.push_back({"unit", delay.unit.text()});
    entry.facts.push_back({"until", delay.until ? iso(*delay.until) : ""});
    entry.facts.push_back({"reason", clean.reason});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<void> Directives::confirm_cutoff(const By& by, const CutoffKey& cutoff, std::int64_t shown) {
  const Instant now = clock_.now();
  return store_.write([&](Transaction& tx) -> Result<void> {
    auto entry = entry_of(by, "cutoff.confirmed", now, subject_of(cutoff), "confirmed");
    entry.clauses = TRY(require_cutoff(tx, cutoff));
    save_confirmed(tx, cutoff, shown, now);
    end_waiting(tx, cutoff, now);
    entry.facts.push_back({"cutoff", iso(cutoff.second)});
    entry.facts.push_back({"affected", std::to_string(shown)});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<void> Directives::reopen_after_cutoff(const By& by, const LoginId& login, const std::string& reason) {
  const Instant now = clock_.now();
  const std::string why = TRY(people::clean_reason(reason));
  return store_.write([&](Transaction& tx) -> Result<void> {
    auto leave = load_leave(tx, login);
    leave.reopened_at = now;
    save_leave(tx, login, leave);
    auto entry = entry_of(by, "cutoff.reopened", now, subject_of(login), "reopened");
    entry.facts.push_back({"login", login.text()});
    entry.facts.push_back({"reason", why});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<void> Directives::continue_until(const By& by, const std::vector<LoginId>& logins, Instant until,
                                        const std::string& reason) {
  const Instant now = clock_.now();
  const std::string why = TRY(people::clean_reason(reason));
  return store_.write([&](Transaction& tx) -> Result<void> {
    for (const auto& login : logins) {
      auto leave = load_leave(tx, login);
      leave.continued_until = until;
      save_leave(tx, login, leave);
      auto entry = entry_of(by, "cutoff.continued", now, subject_of(login), "continued");
      entry.facts.push_back({"login", login.text()});
      entry.facts.push_back({"until", iso(until)});
      entry.facts.push_back({"reason", why});
      recorder_.record(tx, entry);
    }
    return {};
  });
}

}  // namespace khien::directives
