// Reads the cells of one row of a table. What is wrong is noted at its cell and reading goes on, so that a row is told
// all that is wrong with it at once.
#pragma once

#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sheets/table.h"
#include "sheets/values.h"

namespace khien::sheets {

class RowReader {
 public:
  /// Problems are added to `problems`. All must outlive the reader.
  RowReader(const Table& table, const TableRow& row, std::vector<Error>& problems)
      : table_(table), row_(row), problems_(problems) {}

  /// What the cell means by a function of a cell, such as those of sheets/values.h; nullopt if it is blank, or wrong,
  /// which is noted. A column that the table lacks is blank.
  template <std::invocable<const Cell&> Meaning>
  auto read(const std::string& key, const Meaning& meaning)
      -> std::optional<typename std::invoke_result_t<Meaning, const Cell&>::value_type> {
    if (is_blank(key)) return std::nullopt;
    auto result = std::invoke(meaning, table_.cell(row_, key));
    if (result) return std::move(*result);
    note(key, std::move(result).error());
    return std::nullopt;
  }

  /// The same by a function of the text of the cell.
  template <std::invocable<const std::string&> Meaning>
  auto read(const std::string& key, const Meaning& meaning) {
    return read(key, [&](const Cell& cell) -> std::invoke_result_t<Meaning, const std::string&> {
      return std::invoke(meaning, TRY(text_value(cell)));
    });
  }

  /// Single spaces; empty if the cell is blank or wrong.
  std::string text(const std::string& key);

  /// A text as `form` reads it from the cell, such as phone_value, brought to its stored form by `clean`.
  template <class Clean>
  std::string text(const std::string& key, const Clean& clean, Result<std::string> (*form)(const Cell&) = text_value) {
    return read(key, [&](const Cell& cell) -> Result<std::string> { return clean(TRY(form(cell))); })
        .value_or(std::string());
  }

  /// The beginning of a day.
  std::optional<Instant> start_of_day(const std::string& key);

  /// Words separated by semicolons, commas or line breaks, without repetition.
  std::vector<std::string> list(const std::string& key);

  /// What follows from cells that were read, or T{} and a problem at that cell.
  template <class T>
  T value(const std::string& key, Result<T> result) {
    if (result) return std::move(*result);
    note(key, std::move(result).error());
    return T{};
  }

  /// Notes a problem of the cell unless that holds.
  template <class T>
  void check(const std::string& key, const Result<T>& holds) {
    if (!holds) note(key, holds.error());
  }

  /// A blank cell is a problem.
  void require(const std::string& key, const Text& missing);
  void note(const std::string& key, Error error);

  [[nodiscard]] bool has(const std::string& key) const { return table_.has(key); }
  /// What a formula failed with is not blank.
  [[nodiscard]] bool is_blank(const std::string& key) const;
  /// True if nothing was noted of that cell.
  [[nodiscard]] bool is_right(const std::string& key) const;
  /// True if nothing was noted of the row.
  [[nodiscard]] bool is_right() const { return wrong_.empty(); }

 private:
  const Table& table_;
  const TableRow& row_;
  std::vector<Error>& problems_;
  std::vector<std::string> wrong_;  ///< keys of columns
};

}  // namespace khien::sheets
