#include "signin/sealed.h"

#include <charconv>

#include "base/digest.h"

namespace khien::signin {
namespace {

constexpr std::size_t kMostBytes = 8192;

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

}  // namespace

std::string seal_fields(const Secret& key, std::string_view context, const std::vector<std::string>& fields,
                        Random& random) {
  std::string plain;
  for (const auto& field : fields) put(plain, field);
  return base64url(seal(key, bytes_of(plain), bytes_of(context), random));
}

std::optional<std::vector<std::string>> open_fields(const Secret& key, std::string_view context,
                                                    std::string_view cookie, std::size_t count) {
  if (cookie.empty() || cookie.size() > kMostBytes) return std::nullopt;
  const auto sealed = from_base64url(cookie);
  const auto plain = sealed ? open_sealed(key, *sealed, bytes_of(context)) : std::nullopt;
  auto fields = plain ? split(plain->reveal()) : std::nullopt;
  if (!fields || fields->size() != count) return std::nullopt;
  return fields;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Instant> parse_micros(std::string_view text) {
  const auto value = parse_number(text);
  return value ? std::optional(instant_of(*value)) : std::nullopt;
}

}  // namespace khien::signin
