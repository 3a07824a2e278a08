// Whether a password belongs to a name, asked from somewhere: the limits of guessing around the hash.
//
// The limits see keyed digests only: of names, networks, devices and candidates. They count time that never steps.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "credentials/guessing_limits.h"
#include "credentials/service.h"
#include "signin/device.h"
#include "signin/recent_places.h"

namespace khien::signin {

/// Where a request comes from, as the limits of guessing see it.
struct From {
  std::string address;
  std::string device{};  ///< value of the device cookie; empty if there is none
};

/// Neither of both: the name or the password is wrong, and nothing more is told.
struct Proof {
  std::optional<credentials::Login> login{};  ///< whose password it is
  std::optional<Instant> wait_until{};        ///< too many tries; the password was not looked at
};

/// Thread-safe.
class PasswordCheck {
 public:
  PasswordCheck(store::Store& store, const store::Keyring& keys, credentials::Credentials& credentials,
                const Clock& clock, Random& random);

  /// Tells the limits from where people signed in before the restart.
  Result<void> load();

  /// Hashes, so it blocks. An unknown name takes the same way as a known one.
  Result<Proof> prove(const std::string& user_name, const Secret& password, const From& from);

  /// True if the request comes from a trusted device of the login of that name.
  [[nodiscard]] bool is_trusted(const std::string& user_name, const From& from) const;
  [[nodiscard]] TrustedDevices& devices() { return devices_; }
  [[nodiscard]] const TrustedDevices& devices() const { return devices_; }

  /// For fair shares of the hashing pool: the network as a number that tells nothing about it.
  [[nodiscard]] std::uint64_t source_of(const std::string& address) const;
  /// A complete sign-in makes its network a place of the login, in the transaction that opens the session.
  void note_place(store::Transaction& tx, const LoginId& login, const std::string& address, Instant at) const;
  /// Forgets in the database from where people signed in longer ago than it counts.
  Result<void> forget_old_places();

 private:
  [[nodiscard]] std::uint64_t name_key(const std::string& name) const;
  [[nodiscard]] credentials::Network blinded(const std::string& address) const;
  [[nodiscard]] credentials::Attempt attempt_of(const std::string& name, const credentials::Login* login,
                                                const Secret& password, const From& from) const;

  store::Store& store_;
  const store::Keyring& keys_;
  credentials::Credentials& credentials_;
  const Clock& clock_;
  SteadyTime steady_;
  credentials::GuessingOptions options_;
  TrustedDevices devices_;
  std::mutex mutex_;
  credentials::GuessingLimits limits_;
};

}  // namespace khien::signin
