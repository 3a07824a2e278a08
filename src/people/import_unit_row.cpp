#include "people/import_unit_row.h"

#include <tuple>

#include "base/vietnamese.h"
#include "people/import_values.h"
#include "people/name_rules.h"
#include "people/person_rules.h"
#include "people/timeline.h"

namespace khien::people {
namespace {

/// Reads one row, noting every mistake at its cell.
class RowReader {
 public:
  RowReader(const sheets::Table& table, const sheets::TableRow& cells, std::vector<Error>& problems)
      : table_(table), cells_(cells), problems_(problems) {}

  template <class T>
  T value(std::string_view key, Result<T> (*read)(const sheets::Cell&)) {
    auto result = read(table_.cell(cells_, key));
    if (result) return std::move(*result);
    problem(key, std::move(result).error());
    return T{};
  }
  std::string text(std::string_view key) { return value(key, read_text); }
  std::optional<std::string> text_if_there(std::string_view key) {
    return table_.has(key) ? std::optional(text(key)) : std::nullopt;
  }
  [[nodiscard]] bool is_blank(std::string_view key) const { return squeeze(table_.cell(cells_, key).text).empty(); }
  [[nodiscard]] std::size_t problems() const { return problems_.size(); }
  void problem(std::string_view key, Error error) {
    problems_.push_back(std::move(error).at(table_.place(cells_, key)));
  }

 private:
  const sheets::Table& table_;
  const sheets::TableRow& cells_;
  std::vector<Error>& problems_;
};

void read_row(RowReader& reader, UnitRow& row, Instant as_of) {
  row.code = reader.text("code");
  row.name = reader.text("name");
  if (auto name = clean_unit_name(row.name); !name) reader.problem("name", std::move(name).error());
  row.parent_code = reader.text_if_there("parent_code");
  row.level = reader.text_if_there("level");
  row.tree = reader.value("tree", read_tree);
  const auto before_dates = reader.problems();
  const auto from = reader.value("from", read_start);
  row.to = reader.value("to", read_start);
  row.is_dated = reader.problems() == before_dates;
  row.says_from = from.has_value();
  row.from = from.value_or(as_of);
  row.merged_into = read_codes(reader.text("merged_into"));
}

void check_row(RowReader& reader, UnitRow& row) {
  if (reader.is_blank("code"))
    reader.problem("code", Error::invalid({"Thiếu mã đơn vị.", "The unit code is missing."}));
  if (reader.is_blank("name"))
    reader.problem("name", Error::invalid({"Thiếu tên đơn vị.", "The name of the unit is missing."}));
  if (!row.merged_into.empty() && reader.is_blank("to"))
    reader.problem("to", Error::invalid({"Đơn vị sáp nhập phải có ngày kết thúc (đến ngày).",
                                         "A unit that merges needs the date at which it ends."}));
  if (row.is_dated && (row.says_from || !row.to))
    if (auto checked = check_validity({row.from, row.to}); !checked) {
      reader.problem("from", std::move(checked).error());
      row.is_dated = false;
    }
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
    const auto before = problems.size();
    RowReader reader(table, cells, problems);
    UnitRow row;
    row.number = cells.number;
    read_row(reader, row, as_of);
    check_row(reader, row);
    row.complete = problems.size() == before;
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
