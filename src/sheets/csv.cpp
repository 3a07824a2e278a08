#include "sheets/csv.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace khien::sheets {
namespace {

constexpr std::array<char, 3> kSeparators{',', ';', '\t'};
constexpr std::size_t kSample = 64;         // records
constexpr std::size_t kMostFields = 16384;  // a record; Excel's own limit

/// How well a separator cuts the text. Compared in this order.
struct Agreement {
  bool cuts = false;
  bool between_quotes = false;  ///< every quote opens or closes a cell
  std::size_t records = 0;      ///< with equally many cells
  std::size_t cells = 0;

  auto operator<=>(const Agreement&) const = default;
};

Agreement agreement(std::string_view text, char separator) {
  std::map<std::size_t, std::size_t> records_with;
  CsvScanner scanner(text, separator);
  std::vector<std::string> fields;
  for (std::size_t i = 0; i < kSample && scanner.next(fields); ++i)
    if (fields.size() > 1) ++records_with[fields.size()];
  const bool between_quotes = scanner.stray_quotes() == 0 && scanner.unclosed_quote() == 0;
  Agreement best;
  for (const auto& [cells, records] : records_with) best = std::max(best, {true, between_quotes, records, cells});
  return best;
}

/// `sep=;` on a line of its own.
std::optional<char> named_separator(std::string_view text) {
  if (!text.starts_with("sep=") || text.size() < 5) return std::nullopt;
  if (text.size() > 5 && text[5] != '\r' && text[5] != '\n') return std::nullopt;
  if (std::ranges::find(kSeparators, text[4]) == kSeparators.end()) return std::nullopt;
  return text[4];
}

}  // namespace

void CsvScanner::quoted(std::string& field) {
  const std::size_t first_line = line_;
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') {
        ++at_;
        return;
      }
      ++at_;
    } else if (c == '\n' || (c == '\r' && !text_.substr(at_).starts_with("\r\n"))) {
      ++line_;
    }
    field += c;
  }
  unclosed_ = first_line;
}

bool CsvScanner::at_end_of_record() {
  if (at_ == text_.size()) return true;
  if (text_[at_] != '\n' && text_[at_] != '\r') return false;
  at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
  ++line_;
  return true;
}

bool CsvScanner::next(std::vector<std::string>& fields) {
  fields.clear();
  if (at_ == text_.size() || unclosed_ != 0) return false;
  for (;;) {
    std::string& field = fields.emplace_back();
    if (at_ < text_.size() && text_[at_] == '"') quoted(field);
    if (unclosed_ != 0) return false;
    // Beyond the limit separators stay in the last cell, so that a line of them takes no memory.
    while (at_ < text_.size() && (text_[at_] != separator_ || fields.size() == kMostFields) && text_[at_] != '\n' &&
           text_[at_] != '\r') {
      if (text_[at_] == '"') ++stray_;
      field += text_[at_++];
    }
    if (at_end_of_record()) return true;
    ++at_;  // the separator
  }
}

char find_separator(std::string_view text) {
  char found = ',';
  Agreement best;
  for (const char separator : kSeparators) {
    const Agreement score = agreement(text, separator);
    if (score > best) {
      best = score;
      found = separator;
    }
  }
  return found;
}

Result<Sheet> read_csv(std::string_view text, std::string_view file_name, const Limits& limits) {
  Usage usage;
  SheetBuilder builder(file_name, "", usage, limits);
  const auto named = named_separator(text);
  CsvScanner scanner(text, named ? *named : find_separator(text));
  std::vector<std::string> fields;
  std::size_t row = 1;
  if (named) scanner.next(fields), ++row;
  for (; scanner.next(fields); ++row)
    for (std::size_t i = 0; i < fields.size(); ++i)
      TRY(builder.put(row, i + 1, Cell{.text = std::move(fields[i]), .kind = CellKind::Text}));
  if (const auto line = scanner.unclosed_quote(); line != 0)
    return Failure(builder.wrong(row, 0,
                                 Text::format("dấu nháy kép mở ở dòng {} không được đóng.",
                                              "the quotation mark opened on line {} is never closed.", line)));
  return std::move(builder).finish();
}

}  // namespace khien::sheets
