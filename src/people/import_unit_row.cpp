#include "people/import_unit_row.h"

#include <tuple>

#include "people/import_values.h"
#include "people/name_rules.h"
#include "people/person_rules.h"
#include "people/timeline.h"
#include "sheets/row_reader.h"

namespace khien::people {
namespace {

UnitRow read_row(sheets::RowReader& reader, Instant as_of) {
  UnitRow row;
  reader.require("code", {"Thiếu mã đơn vị.", "The unit code is missing."});
  row.code = reader.text("code");  // a wrong one too, so that rows that name it are not told that nobody bears it
  if (auto code = clean_unit_code(row.code))
    row.code = std::move(*code);
  else
    reader.note("code", std::move(code).error());
  reader.require("name", {"Thiếu tên đơn vị.", "The name of the unit is missing."});
  row.name = reader.text("name", clean_unit_name);
  if (reader.has("parent_code")) row.parent_code = reader.text("parent_code");
  if (reader.has("level")) row.level = reader.text("level", clean_level);
  row.tree = reader.read("tree", tree_value);
  const auto from = reader.start_of_day("from");
  row.to = reader.start_of_day("to");
  row.says_from = from.has_value();
  row.from = from.value_or(as_of);
  row.merged_into = reader.list("merged_into");
  if (!row.merged_into.empty() && reader.is_blank("to"))
    reader.note("to", Error::invalid({"Đơn vị sáp nhập phải có ngày kết thúc (đến ngày).",
                                      "A unit that merges needs the date at which it ends."}));
  row.is_dated = reader.is_right("from") && reader.is_right("to");
  if (row.is_dated && (row.says_from || !row.to)) reader.check("from", check_validity({row.from, row.to}));
  row.is_dated = row.is_dated && reader.is_right("from");
  row.complete = reader.is_right();
  return row;
}

/// What two rows of one code, the earlier first, may not say.
std::optional<Error> clash(const UnitRow& previous, const UnitRow& row) {
  if (previous.from == row.from)
    return Error::conflict(Text::format("Mã đơn vị {0} lặp lại ở dòng {1} với cùng ngày bắt đầu.",
                                        "The unit code {0} stands in row {1} too, with the same start.", row.code,
                                        previous.number));
  if (previous.to && *previous.to > row.from)
    return Error::conflict(Text::format("Mã đơn vị {0}: khoảng thời gian chồng lên dòng {1} (đến {2}).",
                                        "Unit code {0}: the time overlaps row {1} (until {2}).", row.code,
                                        previous.number, dmy(date_of(*previous.to))));
  return std::nullopt;
}

}  // namespace

std::vector<UnitRow> read_unit_rows(const sheets::Table& table, Instant as_of, std::vector<Error>& problems) {
  std::vector<UnitRow> rows;
  for (const auto& cells : table.rows) {
    sheets::RowReader reader(table, cells, problems);
    auto row = read_row(reader, as_of);
    row.number = cells.number;
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const UnitRow& row) { return std::tuple(row.from, row.number); });
  return rows;
}

UnitCodes::UnitCodes(const UnitBook& known, std::vector<UnitRow>& rows) : known_(known), rows_(rows) {
  for (const auto& [id, unit] : known.units)
    for (const auto& version : unit.versions) known_coded_[version.code].push_back(id);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].complete)
      rows_coded_[rows[i].code].push_back(i);
    else
      codes_of_incomplete_.insert(rows[i].code);
}

void UnitCodes::identify(IdSource::Series& ids, const std::string& file, std::vector<Error>& problems) {
  for (const auto& [code, indexes] : rows_coded_) {
    const UnitRow* previous = nullptr;
    for (const auto index : indexes) {
      UnitRow& row = rows_[index];
      if (previous != nullptr)
        if (auto error = clash(*previous, row)) {
          problems.push_back(std::move(*error).at({file, row.number, 0}));
          continue;
        }
      const auto known = known_bearer(code, row.seen_at());
      row.is_new = false;
      if (previous != nullptr && !previous->to)
        row.unit = previous->unit;  // a later name of the same unit
      else if (known && (previous == nullptr || *known != previous->unit))
        row.unit = *known;
      else
        row.is_new = true;
      if (row.is_new) row.unit = ids.next<UnitId>();
      first_row_.emplace(row.unit, index);
      previous = &row;
    }
  }
}

std::optional<UnitId> UnitCodes::known_bearer(const std::string& code, Instant at) const {
  const auto found = known_coded_.find(code);
  if (found == known_coded_.end()) return std::nullopt;
  for (const auto& id : found->second) {
    const auto* version = item_at(known_.units.at(id).versions, at);
    if (version != nullptr && version->code == code) return id;
  }
  return std::nullopt;
}

std::optional<UnitId> UnitCodes::bearer(const std::string& code, Instant at) const {
  const UnitRow* last = nullptr;
  if (const auto found = rows_coded_.find(code); found != rows_coded_.end())
    for (const auto index : found->second)
      if (rows_[index].seen_at() <= at) last = &rows_[index];
  if (last != nullptr && (!last->to || at < *last->to)) return last->unit;
  const auto known = known_bearer(code, at);
  if (known && last != nullptr && *known == last->unit) return std::nullopt;  // the file ended it
  return known;
}

bool UnitCodes::may_be_borne(const std::string& code, const std::optional<Instant>& at) const {
  if (codes_of_incomplete_.contains(code)) return true;
  return at ? bearer(code, *at).has_value() : rows_coded_.contains(code) || known_coded_.contains(code);
}

const UnitRow* UnitCodes::row_of(const UnitId& unit) const {
  const auto found = first_row_.find(unit);
  return found == first_row_.end() ? nullptr : &rows_[found->second];
}

}  // namespace khien::people
