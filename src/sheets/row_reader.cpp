#include "sheets/row_reader.h"

#include <algorithm>

namespace khien::sheets {

std::string RowReader::text(const std::string& key) {
  return read(key, text_value).value_or(std::string());
}

std::optional<Instant> RowReader::start_of_day(const std::string& key) {
  return read(key, date_value).transform(start_of);
}

std::vector<std::string> RowReader::list(const std::string& key) {
  return read(key, list_value).value_or(std::vector<std::string>());
}

void RowReader::require(const std::string& key, const Text& missing) {
  if (is_blank(key)) note(key, Error::invalid(missing));
}

void RowReader::note(const std::string& key, Error error) {
  problems_.push_back(std::move(error).at(table_.place(row_, key)));
  wrong_.push_back(key);
}

bool RowReader::is_blank(const std::string& key) const {
  return sheets::is_blank(table_.cell(row_, key));
}

bool RowReader::is_right(const std::string& key) const {
  return std::ranges::find(wrong_, key) == wrong_.end();
}

}  // namespace khien::sheets
