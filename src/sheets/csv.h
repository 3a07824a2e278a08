// Comma-, semicolon- and tab-separated text (RFC 4180, and what Excel makes of it).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sheets/builder.h"
#include "sheets/types.h"

namespace khien::sheets {

/// The records of a text one after another. A quote opens a quoted cell only where the cell begins; text after the
/// closing quote is kept as it stands. CR LF, LF and CR end a record.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, char separator) : text_(text), separator_(separator) {}

  /// False at the end of the text, and for ever after an unclosed quote.
  bool next(std::vector<std::string>& fields);
  /// The line (from 1) of a quote that is never closed; 0 if there is none.
  [[nodiscard]] std::size_t unclosed_quote() const { return unclosed_; }
  /// Quotes that stand in the middle of cells so far: many of them tell of a wrong separator.
  [[nodiscard]] std::size_t stray_quotes() const { return stray_; }

 private:
  void quoted(std::string& field);
  bool at_end_of_record();

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t unclosed_ = 0;
  std::size_t stray_ = 0;
};

/// The separator that cuts most of the first records into equally many cells, more than one, and preferably none in the
/// middle of a quoted cell; a comma if none does.
char find_separator(std::string_view text);

/// The sheet of a UTF-8 text; its first line may name the separator as Excel does (`sep=;`).
Result<Sheet> read_csv(std::string_view text, std::string_view file_name, const Limits& limits);

}  // namespace khien::sheets
