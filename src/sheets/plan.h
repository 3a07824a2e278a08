// What an import would do, before it does it: shown to whoever must say yes, and the same for every subject that
// imports.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sheets/table.h"

namespace khien::sheets {

enum class PlannedAct { Add, Change, End, Unchanged };

/// A field before and after; both empty where the values are personal and only the change may be shown.
struct FieldChange {
  Text field;
  std::string before;
  std::string after;
};

/// What one row of the file does.
struct PlanItem {
  std::size_t row = 0;  ///< in the file, from 1
  PlannedAct act = PlannedAct::Unchanged;
  std::string label;  ///< whom or what it is about
  std::vector<FieldChange> changes;
};

/// All or nothing: with any problem nothing is applied.
struct ImportPlan {
  std::string file;
  std::optional<Text> reading = {};  ///< how the sheet was understood (Table::reading)
  std::vector<PlanItem> items;       ///< by row
  std::vector<Error> problems;       ///< each with its place in the file, by row
  std::vector<Error> notes;          ///< the same of what should be known and stops nothing

  [[nodiscard]] std::size_t count(PlannedAct act) const;
  /// False if there is a problem.
  [[nodiscard]] bool can_apply() const { return problems.empty(); }
  /// True if applying it would leave everything as it is.
  [[nodiscard]] bool changes_nothing() const { return count(PlannedAct::Unchanged) == items.size(); }
  /// The item of a row; nullptr if there is none.
  [[nodiscard]] PlanItem* item_at(std::size_t row);
  /// Puts items and problems in the order of the rows. A row with a problem does nothing: its items go.
  void settle();
  /// Takes over what the table says of how it was read.
  void begin(const Table& table);
};

/// "thêm mới", "adds": the heading of the act in lists.
Text name_of(PlannedAct act);

/// Counts, problems, and what changes, for a terminal: at most `most` lines of each list, and how many are left out.
std::string printed(const ImportPlan& plan, Language language, std::size_t most);

}  // namespace khien::sheets
