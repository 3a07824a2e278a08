#include "accounts/service.h"

#include <array>

#include "accounts/store.h"

namespace khien::accounts {

using store::Reader;

namespace {

constexpr std::array<std::string_view, 5> kKinds{"system", "account", "exception", "observations", "accounts"};

}  // namespace

Accounts::Accounts(store::Store& store, audit::Recorder& recorder, const people::People& people,
                   const store::Keyring& keys, const Clock& clock, Random& random)
    : Followed(store, kKinds), recorder_(recorder), people_(people), keys_(keys), clock_(clock), random_(random) {}

Result<Register> Accounts::as_known_at(Instant known_at) const {
  return store_.read([&](Reader& reader) -> Result<Register> { return load_register(reader, known_at); });
}

Result<Register> Accounts::read_all(Reader& reader) {
  return load_register(reader);
}

Result<void> Accounts::read_anew(Reader& reader, Register& known, const audit::Subject& subject) {
  if (subject.kind == "system")
    refresh_system(reader, known, TRY(subject.as<SystemId>()));
  else if (subject.kind == "observations")
    refresh_accounts_of(reader, known, TRY(subject.as<SystemId>()));
  else if (subject.kind == "exception")
    refresh_exception(reader, known, TRY(subject.as<ExceptionId>()));
  else
    refresh_account(reader, known, TRY(subject.as<AccountId>()));
  return {};
}

}  // namespace khien::accounts
