// Text in the two languages that every message, page and report speaks.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace khien {

enum class Language { Vietnamese, English };

/// One message in both languages. Vietnamese comes first; neither is derived from the other.
struct Text {
  std::string vi;
  std::string en;

  [[nodiscard]] const std::string& in(Language language) const { return language == Language::Vietnamese ? vi : en; }
  bool operator==(const Text&) const = default;

  /// Formats both languages with the same arguments; use numbered fields ({0}, {1}) where the order differs.
  template <class... Args>
  static Text format(std::string_view vi_form, std::string_view en_form, const Args&... args) {
    return Text{fmt::format(fmt::runtime(vi_form), args...), fmt::format(fmt::runtime(en_form), args...)};
  }
};

}  // namespace khien
