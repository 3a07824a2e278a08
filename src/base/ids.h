// Identifiers: 128 random bits, permanent, never reused, one type for each kind of thing so that they cannot be
// swapped.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/encoding.h"
#include "base/random.h"

namespace khien {

template <class Tag>
struct Id {
  std::array<unsigned char, 16> bytes{};

  static Id make(Random& random) {
    Id id;
    random.fill(id.bytes);
    // One whose text began with "-" would be taken for an option where it stands on a command line.
    if (id.bytes[0] >> 2 == 62) id.bytes[0] ^= 0x80;
    return id;
  }

  /// 22 characters of base64url, as stored and shown.
  [[nodiscard]] std::string text() const { return base64url(bytes); }

  static std::optional<Id> parse(std::string_view text) {
    Id id;
    if (!read_base64url(text, id.bytes)) return std::nullopt;
    return id;
  }

  /// True for the all-zero value, which is nobody's.
  [[nodiscard]] bool is_nil() const { return *this == Id{}; }

  auto operator<=>(const Id&) const = default;
};

using UnitId = Id<struct UnitTag>;
using PersonId = Id<struct PersonTag>;
using PostingId = Id<struct PostingTag>;
using GroupId = Id<struct GroupTag>;
using SystemId = Id<struct SystemTag>;
using LoginId = Id<struct LoginTag>;
using AccountId = Id<struct AccountTag>;
using DirectiveId = Id<struct DirectiveTag>;
using ExceptionId = Id<struct ExceptionTag>;
using SessionId = Id<struct SessionTag>;
using ClientId = Id<struct ClientTag>;
using RoleGrantId = Id<struct RoleGrantTag>;
using RequestId = Id<struct RequestTag>;

}  // namespace khien

template <class Tag>
struct std::hash<khien::Id<Tag>> {
  std::size_t operator()(const khien::Id<Tag>& id) const noexcept {
    std::uint64_t value = 0;
    std::memcpy(&value, id.bytes.data(), sizeof value);  // random bits need no mixing
    return value;
  }
};
