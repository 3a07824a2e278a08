// The head of a letter: number, date, issuer, subject; State letters and Party letters.
#pragma once

#include <vector>

#include "letter/layout.h"
#include "letter/types.h"

namespace khien::letter {

Header read_header(const Source& source, const Layout& layout, std::vector<Text>& notes);

/// Cells of the head: lines, and the columns of a line that two blanks or a tab keep apart.
std::vector<Range> head_cells(const Source& source, const std::vector<Range>& head);

std::optional<std::string> read_number(const Source& source, const std::vector<Range>& cells, std::vector<Text>& notes);
std::optional<std::string> read_date(const Source& source, const std::vector<Range>& head,
                                     const std::vector<Range>& cells, const std::vector<Range>& tail,
                                     std::vector<Text>& notes);
std::optional<std::string> read_subject(const Source& source, const std::vector<Range>& head);
std::optional<std::string> read_issuer(const Source& source, const Layout& layout, const std::vector<Range>& cells,
                                       const std::optional<std::string>& number);

}  // namespace khien::letter
