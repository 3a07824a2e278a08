// Rows of a list of units, read into values, and which unit each speaks of; used by the planner of units only.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "people/id_source.h"
#include "people/unit_changes.h"
#include "sheets/table.h"

namespace khien::people {

struct UnitRow {
  std::size_t number = 0;
  bool complete = true;  ///< false if a cell is wrong: what that cell would say is empty
  bool is_dated = true;  ///< false if it is a cell of a date
  std::string code;
  std::string name;
  std::optional<std::string> parent_code;  ///< nullopt: not said; empty: a root
  std::optional<Tree> tree;
  std::optional<std::string> level;
  Instant from{};
  std::optional<Instant> to;
  bool says_from = false;
  std::vector<std::string> merged_into;

  UnitId unit;
  bool is_new = false;

  /// Where the row looks for its unit: at its start; without one today, but before an end that lies in the past.
  [[nodiscard]] Instant seen_at() const {
    if (says_from || !to) return from;
    return std::min(from, *to - std::chrono::microseconds{1});
  }
};

/// The rows in order of time; every mistake is told.
std::vector<UnitRow> read_unit_rows(const sheets::Table& table, Instant as_of, std::vector<Error>& problems);

/// Who bears a code at a time, by the rows of the file first and by what is known otherwise.
class UnitCodes {
 public:
  /// Both must outlive it.
  UnitCodes(const UnitBook& known, std::vector<UnitRow>& rows);

  /// Gives each complete row its unit, known or new. Rows of one code that contradict each other are told.
  void identify(IdSource::Series& ids, const std::string& file, std::vector<Error>& problems);

  [[nodiscard]] std::optional<UnitId> bearer(const std::string& code, Instant at) const;
  /// False if certainly nobody bears it: then, or ever if the time is not known. A row that is not complete may bear
  /// its code at any time.
  [[nodiscard]] bool may_be_borne(const std::string& code, const std::optional<Instant>& at) const;
  /// The first row that speaks of the unit, or nullptr.
  [[nodiscard]] const UnitRow* row_of(const UnitId& unit) const;

 private:
  [[nodiscard]] std::optional<UnitId> known_bearer(const std::string& code, Instant at) const;

  const UnitBook& known_;
  std::vector<UnitRow>& rows_;
  std::map<std::string, std::vector<UnitId>> known_coded_;
  std::map<std::string, std::vector<std::size_t>> rows_coded_;  ///< complete ones, in order of time
  std::set<std::string> codes_of_incomplete_;
  std::map<UnitId, std::size_t> first_row_;
};

}  // namespace khien::people
