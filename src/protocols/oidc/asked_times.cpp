#include "protocols/oidc/asked_times.h"

#include <charconv>
#include <cstdint>

#include "base/digest.h"
#include "base/encoding.h"
#include "http/url.h"

namespace khien::oidc {
namespace {

http::Fields without_time(const http::Values& request) {
  http::Fields rest = request.fields();
  std::erase_if(rest, [](const http::Field& field) { return field.name == kAskedAt || field.name == "lang"; });
  return rest;
}

}  // namespace

std::string AskedTimes::sealed(std::string_view micros, const http::Fields& rest) const {
  const std::string request = http::build_query(rest);
  const auto digest = keyed_digest(key_, {bytes_of(kAskedAt), bytes_of(micros), bytes_of(request)});
  return std::string(micros) + "." + base64url(digest);
}

http::Fields AskedTimes::with_time(const http::Values& request, Instant asked_at) const {
  http::Fields fields = without_time(request);
  std::string time = sealed(std::to_string(micros_of(asked_at)), fields);
  fields.push_back({std::string(kAskedAt), std::move(time)});
  return fields;
}

std::optional<Instant> AskedTimes::read(const http::Values& request) const {
  const std::string_view said = request.value(kAskedAt);
  const std::string_view text = said.substr(0, said.find('.'));
  if (text.empty() || !Secret(sealed(text, without_time(request))).equals(said)) return std::nullopt;
  std::int64_t micros = 0;
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), micros);
  if (bad != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return instant_of(micros);
}

}  // namespace khien::oidc
