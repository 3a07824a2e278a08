// What kind of paper a text is, as far as it decides whether it orders anything of its readers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letter/token.h"

namespace khien::letter {

enum class Genre : std::uint8_t {
  Letter,  ///< công văn, chỉ thị, kế hoạch …: asks where it has a word of asking
  Rules,   ///< thông báo, nội quy, quy định, hướng dẫn: what it lists is asked, with such a word or without
  Report,  ///< báo cáo, tờ trình: tells those above; asks only what it proposes to them
  Record,  ///< biên bản, giấy ủy quyền, bản cam kết, giấy mời …: orders nothing
  Plain,   ///< nothing says what it is: no title, number, subject or addressee
};

/// From the title in the head ("BÁO CÁO", "Biên bản họp …" as the first line), else from the symbol of the number
/// ("12/BC-SYT").
Genre genre_of(const Source& source, const std::vector<Range>& head, const std::optional<std::string>& number);

/// A line that is or begins the title of a document: "THÔNG BÁO", "BÁO CÁO KẾT QUẢ …".
bool is_document_title(Tokens line);

}  // namespace khien::letter
