// Writing a demonstration province into an empty installation.
#pragma once

#include "accounts/service.h"
#include "credentials/service.h"
#include "demo/province.h"

namespace khien::demo {

/// The services of an empty installation, whose snapshots follow the log.
struct Services {
  people::People& people;
  accounts::Accounts& accounts;
  credentials::Credentials& credentials;
  const store::Keyring& keys;
  Random& random;
};

/// Through the services, with an entry for each thing. Only the known logins get a password that somebody knows; the
/// others get a well-formed verifier that no password meets.
Result<void> apply(const Province& province, const Services& services, const people::By& by);

}  // namespace khien::demo
