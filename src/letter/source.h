// The letter as text: checked bytes in NFC, its lines, and places in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khien::letter {

inline constexpr std::size_t kMaxLetterBytes = std::size_t{1} << 20;

/// Half-open byte range of the NFC text.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
};

struct Source {
  std::string text;          ///< NFC, without byte order mark; line ends as they came
  std::vector<Range> lines;  ///< without their line ends
  bool marked = true;        ///< written with marks; without, words are compared unmarked

  [[nodiscard]] std::string_view in(Range range) const {
    return std::string_view(text).substr(range.begin, range.end - range.begin);
  }
};

/// Refuses empty input, more than kMaxLetterBytes, bytes that are not UTF-8 (naming line and column), binary data, and
/// text without letters.
Result<Source> load(std::string_view bytes);

/// Line and column (code points) of a byte offset, from 1.
Place place_of(const Source& source, std::size_t offset);

/// One code point of well-formed UTF-8 at `at`; advances it.
char32_t next_code_point(std::string_view text, std::size_t& at);

}  // namespace khien::letter
