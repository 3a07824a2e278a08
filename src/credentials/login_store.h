// Tables of logins, verifiers, their history, and the salt of each holder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "credentials/login.h"
#include "store/store.h"

namespace khien::credentials {

Logins load_logins(store::Reader& reader);
std::optional<Login> load_login(store::Reader& reader, const LoginId& id);
std::vector<Login> load_logins_of(store::Reader& reader, const PersonId& holder);
std::optional<LoginId> find_login(store::Reader& reader, const std::string& user_name);

void insert_login(store::Transaction& tx, const Login& login, const std::optional<std::string>& verifier);
/// Both raise the epoch of the login.
void update_login_state(store::Transaction& tx, const LoginId& id, policy::LifecycleState state);
void update_suspicion(store::Transaction& tx, const LoginId& id, std::optional<Instant> suspected_at);
void raise_epoch(store::Transaction& tx, const LoginId& id);

/// The present verifier; nullopt if there is no password.
std::optional<std::string> load_verifier(store::Reader& reader, const LoginId& id);
/// The present verifier of the login of that id or of the next that has one, around to the first; nullopt if there is
/// none at all. As ids are random, any login may be next to a random id. One look into an index.
std::optional<std::string> load_some_verifier(store::Reader& reader, const LoginId& near);
/// Earlier verifiers, newest first.
std::vector<std::string> load_history(store::Reader& reader, const LoginId& id, std::int64_t last);
/// Sets facts and verifier; the old verifier goes to the history, of which the newest 24 are kept.
void replace_verifier(store::Transaction& tx, const LoginId& id, const std::string& verifier,
                      const policy::PasswordFacts& facts, Instant now);
/// The same password under another pepper or other parameters: no change of facts.
void renew_verifier(store::Transaction& tx, const LoginId& id, const std::string& verifier);

/// Takes out verifier, history and facts of the password of every login of the holder, and the holder's salt. The
/// number of passwords, present and past.
std::int64_t erase_passwords(store::Transaction& tx, const PersonId& holder);

/// Verifiers made with that pepper: of present passwords, and of earlier ones in the history.
struct PepperUse {
  std::int64_t present = 0;
  std::int64_t history = 0;
};
PepperUse count_verifiers_under(store::Reader& reader, std::string_view pepper_id);

std::optional<Bytes> load_salt(store::Reader& reader, const PersonId& holder);
void insert_salt(store::Transaction& tx, const PersonId& holder, ByteView salt);

}  // namespace khien::credentials
