#include "signin/flow.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/digest.h"

namespace khien::signin {
namespace {

constexpr Period kLifetime{.seconds = 15 * 60};
constexpr std::string_view kContext = "khien sign-in flow 1";

/// Fields as `length:bytes`, so that no field can run into the next.
void put(std::string& out, std::string_view field) {
  out += std::to_string(field.size());
  out += ':';
  out += field;
}

std::optional<std::vector<std::string>> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error != std::errc{} || end == text.data() + text.size() || *end != ':') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    if (length > text.size()) return std::nullopt;
    out.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

std::optional<Instant> parse_micros(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return instant_of(value);
}

}  // namespace

std::string Flows::seal(const Flow& flow) {
  std::string plain;
  put(plain, flow.user_name);
  put(plain, flow.continue_target);
  put(plain, std::to_string(micros_of(flow.begun_at)));
  put(plain, flow.login.text());
  put(plain, std::to_string(micros_of(flow.password_checked_at)));
  put(plain, flow.password_set_at ? std::to_string(micros_of(*flow.password_set_at)) : "");
  return base64url(
      khien::seal(keys_.current(store::Purpose::Session).bytes, bytes_of(plain), bytes_of(kContext), random_));
}

std::optional<Flow> Flows::open(std::string_view cookie) const {
  if (cookie.empty() || cookie.size() > 8192) return std::nullopt;
  const auto sealed = from_base64url(cookie);
  if (!sealed) return std::nullopt;
  const auto plain = open_sealed(keys_.current(store::Purpose::Session).bytes, *sealed, bytes_of(kContext));
  const auto fields = plain ? split(plain->reveal()) : std::nullopt;
  if (!fields || fields->size() != 6) return std::nullopt;
  const auto begun = parse_micros((*fields)[2]);
  const auto login = LoginId::parse((*fields)[3]);
  const auto checked = parse_micros((*fields)[4]);
  const auto set = parse_micros((*fields)[5]);
  if (!begun || !login || !checked || (!set && !(*fields)[5].empty())) return std::nullopt;
  const Instant now = clock_.now();
  if (now >= add(*begun, kLifetime) || *begun > add(now, kLifetime)) return std::nullopt;
  return Flow{(*fields)[0], (*fields)[1], *begun, *login, *checked, set};
}

std::string safe_target(std::string_view target) {
  const bool is_path = target.size() <= 4096 && target.starts_with('/') && !target.starts_with("//") &&
                       !target.starts_with("/\\") && std::ranges::none_of(target, [](char c) {
                         return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\';
                       });
  return is_path ? std::string(target) : "/";
}

}  // namespace khien::signin
