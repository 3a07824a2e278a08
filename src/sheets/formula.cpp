#include "sheets/formula.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

constexpr std::array<std::string_view, 4> kAlways{"=", "@", "＝", "＠"};
constexpr std::array<std::string_view, 4> kSigns{"+", "-", "＋", "－"};

/// What follows one of the characters; nullopt if none of them is in front.
std::optional<std::string_view> after(std::span<const std::string_view> characters, std::string_view text) {
  const auto found = std::ranges::find_if(characters, [&](const auto& one) { return text.starts_with(one); });
  return found == characters.end() ? std::nullopt : std::optional(text.substr(found->size()));
}

}  // namespace

bool could_be_formula(std::string_view text) {
  if (text.starts_with('\t') || text.starts_with('\r') || text.starts_with('\n')) return true;
  const std::string bare = squeeze(text);
  return after(kAlways, bare) || after(kSigns, bare);
}

bool is_like_formula(std::string_view text) {
  const std::string bare = squeeze(text);
  if (after(kAlways, bare)) return true;
  const auto signed_text = after(kSigns, bare);
  return signed_text && !signed_text->empty() && !signed_text->starts_with(' ');
}

}  // namespace khien::sheets
