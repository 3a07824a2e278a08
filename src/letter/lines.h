// What one line of a letter is: its content without decoration, an item marker, noise of pages, a signature.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "letter/source.h"

namespace khien::letter {

/// The line without blanks, Markdown emphasis, heading and quote marks at either end.
Range trimmed(const Source& source, Range line);

/// "1.", "2.3.", "Điều 4.", "a)", "II.", "-", "+", "•" at the front of a line.
struct Marker {
  std::string label;    ///< "1", "2.3", "Điều 4", "a", "II", "-"
  std::size_t end = 0;  ///< where the content begins
};
std::optional<Marker> marker_of(const Source& source, Range line);

/// Page numbers ("- 2 -", "2", "Trang 2/3"), rules of dashes, empty table rows.
bool is_page_noise(std::string_view line);

/// Letters without any lower case: a cell of the head, a title, a signature.
bool is_capitals(std::string_view line);

/// "Nơi nhận", or a signature such as "KT. GIÁM ĐỐC".
bool begins_tail(const Source& source, Range line);

}  // namespace khien::letter
