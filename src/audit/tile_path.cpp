// The names of tiles in C2SP tlog-tiles.
#include <fmt/format.h>

#include <charconv>

#include "audit/tile.h"

namespace khien::audit {
namespace {

constexpr unsigned kMostLevel = 63;
constexpr std::size_t kMostIndexElements = 6;  // 10^18 tiles

/// A decimal number without sign or leading zero.
std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || text != std::to_string(value)) return std::nullopt;
  return value;
}

/// Takes the text up to the next slash, and the slash.
std::string_view take_element(std::string_view& path) {
  const auto slash = path.find('/');
  const auto element = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  return element;
}

/// The last element may end in `.p`, which is left in `path`.
std::optional<std::uint64_t> take_index(std::string_view& path) {
  std::uint64_t index = 0;
  for (std::size_t elements = 0; elements < kMostIndexElements; ++elements) {
    const bool more = path.starts_with('x');
    if (more) path.remove_prefix(1);
    if (path.size() < 3) return std::nullopt;
    for (const char digit : path.substr(0, 3)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      index = index * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    path.remove_prefix(3);
    if (!more) return index;
    if (!path.starts_with('/')) return std::nullopt;
    path.remove_prefix(1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<TilePath> parse_tile_path(std::string_view path) {
  const std::string_view whole = path;
  TilePath out;
  if (take_element(path) != "tile") return std::nullopt;
  const auto level = take_element(path);
  if (level == "entries") {
    out.kind = TilePath::Kind::Entries;
  } else {
    const auto number = number_of(level);
    if (!number || *number > kMostLevel) return std::nullopt;
    out.level = static_cast<unsigned>(*number);
  }
  const auto index = take_index(path);
  if (!index) return std::nullopt;
  out.index = *index;
  if (!path.empty()) {
    if (!path.starts_with(".p/")) return std::nullopt;
    const auto width = number_of(path.substr(3));
    if (!width || *width == 0 || *width >= kTileWidth) return std::nullopt;
    out.width = static_cast<std::size_t>(*width);
  }
  // One name for one thing: leading zero elements and the like are not it.
  if (text_of(out) != whole) return std::nullopt;
  return out;
}

std::string text_of(const TilePath& path) {
  std::string index = fmt::format("{:03}", path.index % 1000);
  for (std::uint64_t rest = path.index / 1000; rest != 0; rest /= 1000)
    index = fmt::format("x{:03}/{}", rest % 1000, index);
  std::string out = path.kind == TilePath::Kind::Entries ? "tile/entries/" : fmt::format("tile/{}/", path.level);
  out += index;
  if (path.width != kTileWidth) out += fmt::format(".p/{}", path.width);
  return out;
}

}  // namespace khien::audit
