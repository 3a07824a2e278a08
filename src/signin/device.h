// A machine that its holder said is used by nobody else: a sealed cookie by which the limits of guessing know it again.
//
// It opens nothing. Whoever guesses elsewhere cannot delay the holder at it, and whoever steals it gets the few tries
// of one more place. A machine at a counter, used by many, must not get one: it is made only where the box is ticked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"
#include "credentials/login.h"
#include "store/keyring.h"

namespace khien::signin {

inline constexpr std::string_view kDeviceCookie = "__Host-khien-device";

using DeviceId = Id<struct DeviceTag>;

struct TrustedDevice {
  DeviceId id;
  LoginId login;
  std::int64_t epoch = 0;  ///< of the login when the device was trusted: void once it is another
  Instant trusted_at;      ///< by the last complete sign-in

  bool operator==(const TrustedDevice&) const = default;
};

class TrustedDevices {
 public:
  /// `trust`: how long a device stays known after the last sign-in.
  TrustedDevices(const store::Keyring& keys, const Clock& clock, Random& random, std::chrono::seconds trust)
      : keys_(keys), clock_(clock), random_(random), trust_(trust) {}

  /// The value of the cookie of a device that this login has just signed in from, known before or new.
  [[nodiscard]] std::string trust(const credentials::Login& login, const std::optional<TrustedDevice>& known);
  /// nullopt for anything that was not sealed here, and once it is too old.
  [[nodiscard]] std::optional<TrustedDevice> open(std::string_view cookie) const;
  /// The device, if it is one of this very login as it is now; nullptr is nobody's, and takes the same time.
  [[nodiscard]] std::optional<TrustedDevice> of(const credentials::Login* login, std::string_view cookie) const;

  /// For the cookie's own end.
  [[nodiscard]] std::chrono::seconds lives() const { return trust_; }

 private:
  const store::Keyring& keys_;
  const Clock& clock_;
  Random& random_;
  std::chrono::seconds trust_;
};

}  // namespace khien::signin
