#include "protocols/oidc/jwt.h"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/encoding.h"

namespace khien::oidc {
namespace {

constexpr std::size_t kHeaderBytes = 256;
constexpr std::size_t kJsonDepth = 4;
constexpr std::int64_t kLatestSecond = 253'402'300'799;  // 9999-12-31

std::optional<std::array<std::string_view, 3>> split(std::string_view compact) {
  const std::size_t first = compact.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = compact.find('.', first + 1);
  if (second == std::string_view::npos || compact.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return std::array{compact.substr(0, first), compact.substr(first + 1, second - first - 1),
                    compact.substr(second + 1)};
}

std::optional<boost::json::object> parse_object(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kJsonDepth;
  boost::system::error_code bad;
  auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), bad, {}, options);
  if (bad || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(boost::json::string_view(name.data(), name.size()));
  return value && value->is_string() ? std::string(value->as_string()) : std::string{};
}

/// Our own headers are compact JSON. Asking for the same text again after parsing shuts out repeated members, which two
/// parsers may read differently.
bool read_header(std::string_view text, Jwt& jwt) {
  const auto header = parse_object(text);
  if (!header || header->size() != 3 || boost::json::serialize(*header) != text) return false;
  const auto alg = parse_signing_alg(member(*header, "alg"));
  jwt.kid = member(*header, "kid");
  jwt.typ = member(*header, "typ");
  if (!alg || jwt.kid.empty() || jwt.typ.empty()) return false;
  jwt.alg = *alg;
  return true;
}

}  // namespace

std::string_view Jwt::text(std::string_view name) const {
  const auto* value = claims.if_contains(boost::json::string_view(name.data(), name.size()));
  if (!value || !value->is_string()) return {};
  return {value->as_string().data(), value->as_string().size()};
}

std::optional<Instant> Jwt::time(std::string_view name) const {
  const auto* value = claims.if_contains(boost::json::string_view(name.data(), name.size()));
  if (!value || !value->is_int64()) return std::nullopt;
  const std::int64_t seconds = value->as_int64();
  if (seconds < 0 || seconds > kLatestSecond) return std::nullopt;
  return Instant{std::chrono::seconds{seconds}};
}

std::optional<Jwt> parse_jwt(std::string_view compact) {
  if (compact.size() > kTokenBytes) return std::nullopt;
  const auto parts = split(compact);
  if (!parts) return std::nullopt;
  const auto header = from_base64url((*parts)[0]);
  const auto payload = from_base64url((*parts)[1]);
  const auto signature = from_base64url((*parts)[2]);
  if (!header || !payload || !signature || signature->empty() || header->size() > kHeaderBytes) return std::nullopt;
  Jwt jwt;
  if (!read_header(khien::text_of(*header), jwt)) return std::nullopt;
  auto claims = parse_object(khien::text_of(*payload));
  if (!claims) return std::nullopt;
  jwt.claims = std::move(*claims);
  return jwt;
}

}  // namespace khien::oidc
