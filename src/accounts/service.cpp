#include "accounts/service.h"

#include <algorithm>

#include "accounts/store.h"

namespace khien::accounts {

using store::Reader;

namespace {

/// Beyond this many named subjects one reading of everything is faster.
constexpr std::size_t kMostSingleReads = 5000;

bool is_ours(std::string_view subject) {
  return subject.starts_with("account/") || subject.starts_with("system/") || subject.starts_with("exception/") ||
         subject.starts_with("observations/") || subject == "accounts/*";
}

}  // namespace

Accounts::Accounts(store::Store& store, audit::Recorder& recorder, const people::People& people,
                   const store::Keyring& keys, const Clock& clock, Random& random)
    : store_(store), recorder_(recorder), people_(people), keys_(keys), clock_(clock), random_(random) {}

Result<void> Accounts::load() {
  must_reload_ = true;
  snapshot_.publish(TRY(as_known_at(Instant::max())));
  must_reload_ = false;
  return {};
}

Result<Register> Accounts::as_known_at(Instant known_at) {
  return store_.read([&](Reader& reader) -> Result<Register> { return load_register(reader, known_at); });
}

Result<void> Accounts::apply(std::span<const audit::Change> changes) {
  std::vector<std::string_view> subjects;
  for (const auto& change : changes)
    if (is_ours(change.subject)) subjects.push_back(change.subject);
  std::ranges::sort(subjects);
  const auto repeated = std::ranges::unique(subjects);
  subjects.erase(repeated.begin(), repeated.end());
  if (subjects.empty() && !must_reload_) return {};
  if (must_reload_ || subjects.size() > kMostSingleReads || std::ranges::find(subjects, "accounts/*") != subjects.end())
    return load();
  must_reload_ = true;
  snapshot_.publish(TRY(store_.read([&](Reader& reader) -> Result<Register> {
    Register next = *snapshot_.get();
    for (const auto subject : subjects) TRY(read_subject(reader, next, subject));
    return next;
  })));
  must_reload_ = false;
  return {};
}

Result<void> Accounts::read_subject(Reader& reader, Register& known, std::string_view subject) {
  const auto slash = subject.find('/');
  const auto kind = subject.substr(0, slash);
  const auto id = subject.substr(slash + 1);
  const auto account = kind == "account" ? AccountId::parse(id) : std::nullopt;
  const auto exception = kind == "exception" ? ExceptionId::parse(id) : std::nullopt;
  const auto system = kind == "system" || kind == "observations" ? SystemId::parse(id) : std::nullopt;
  if (account) refresh_account(reader, known, *account);
  if (exception) refresh_exception(reader, known, *exception);
  if (system && kind == "system") refresh_system(reader, known, *system);
  if (system && kind == "observations") refresh_accounts_of(reader, known, *system);
  if (!account && !exception && !system)
    return Failure(Error::internal("a change names no id: " + std::string(subject)));
  return {};
}

}  // namespace khien::accounts
