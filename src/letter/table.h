// Tables in plain text (`| a | b |`): every row is read as a sentence of its own, with the titles of its columns.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "letter/token.h"

namespace khien::letter {

/// The cells of a line of a table; empty if the line is none.
std::vector<Range> table_cells(const Source& source, Range line);

/// "Quản trị: Độ dài tối thiểu 14 ký tự; Thời hạn đổi 30 ngày": the first cell names whom the row is about.
std::vector<Token> row_sentence(const Source& source, const std::vector<Range>& titles, const std::vector<Range>& row);

}  // namespace khien::letter
