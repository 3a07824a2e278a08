// When an authorization request first came: told to the browser that we send to sign in, and taken back from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/secret.h"
#include "http/types.h"

namespace khien::oidc {

/// The parameter that carries it (AuthorizationRequest::asked_at): microseconds, a dot and a keyed digest over them and
/// over every other parameter of the request but the language that a person turned our page to. Whoever could choose it
/// could pass an old sign-in for the new one that `prompt=login` and `max_age` ask for.
inline constexpr std::string_view kAskedAt = "khien_asked_at";

class AskedTimes {
 public:
  /// 32 bytes, used for nothing else.
  explicit AskedTimes(Secret key) : key_(std::move(key)) {}

  /// The request with the time, in place of any that it says itself.
  [[nodiscard]] http::Fields with_time(const http::Values& request, Instant asked_at) const;
  /// The time that we gave to this very request; nullopt if it has none, or one that is not ours.
  [[nodiscard]] std::optional<Instant> read(const http::Values& request) const;

 private:
  [[nodiscard]] std::string sealed(std::string_view micros, const http::Fields& rest) const;

  Secret key_;
};

}  // namespace khien::oidc
