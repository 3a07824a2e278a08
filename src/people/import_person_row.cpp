#include "people/import_person_row.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "people/import_values.h"
#include "people/rules.h"
#include "sheets/values.h"

namespace khien::people {
namespace {

/// Reads the cells of one row, collecting every problem at its cell instead of stopping at the first.
class RowReader {
 public:
  RowReader(const sheets::Table& table, const sheets::TableRow& cells) : table_(table), cells_(cells) {}

  [[nodiscard]] const sheets::Cell& cell(std::string_view key) const { return table_.cell(cells_, key); }
  [[nodiscard]] bool is_blank(std::string_view key) const { return cell(key).empty(); }

  template <class T>
  T value(std::string_view key, Result<T> result) {
    if (result) return std::move(*result);
    add(key, std::move(result).error());
    return T{};
  }
  /// A cell read and then brought to its stored form; empty for an empty cell.
  template <class Read, class Clean>
  std::string text(std::string_view key, Read&& read, Clean&& clean) {
    if (is_blank(key)) return {};
    auto raw = read(cell(key));
    return raw ? value(key, clean(*raw)) : value(key, std::move(raw));
  }
  void add(std::string_view key, Error error) { problems_.push_back(std::move(error).at(table_.place(cells_, key))); }

  [[nodiscard]] std::vector<Error>& problems() { return problems_; }

 private:
  const sheets::Table& table_;
  const sheets::TableRow& cells_;
  std::vector<Error> problems_;
};

void read_birth_date(RowReader& reader, PrivateFacts& facts, Date today) {
  const auto date = reader.value("birth_date", read_day(reader.cell("birth_date")));
  if (date) facts.birth_date = reader.value("birth_date", check_birth_date(*date, today));
}

PersonDetails read_details(RowReader& reader, Date today) {
  PersonDetails details;
  if (reader.is_blank("name")) reader.add("name", Error::invalid({"Thiếu họ và tên.", "The name is missing."}));
  details.name = reader.text("name", sheets::text_value, clean_name);
  details.work_mail = reader.text("work_mail", sheets::email_value, clean_mail);
  details.staff_code = reader.text("staff_code", sheets::text_value, clean_staff_code);
  details.category = reader.value("category", read_category(reader.cell("category"))).value_or(Category::Unknown);
  details.secret.identity_number = reader.text("identity_number", sheets::identity_value, clean_identity_number);
  details.secret.phone = reader.text("phone", sheets::phone_value, clean_phone);
  read_birth_date(reader, details.secret, today);
  if (reader.is_blank("identity_number") && reader.is_blank("staff_code") && reader.is_blank("birth_date"))
    reader.add(
        "identity_number",
        Error::invalid({"Cần có số định danh, mã cán bộ hoặc ngày sinh: không thể nhận ra một người chỉ bằng tên.",
                        "An identity number, staff code or birth date is needed: a name alone does not tell "
                        "who somebody is."}));
  return details;
}

std::string codes_of(const Directory& known, const std::vector<UnitId>& units, Instant at) {
  std::string out;
  for (const auto& id : units)
    if (const auto* version = UnitTree(known, at).version(id))
      out += (out.empty() ? "" : ", ") + version->name + " (" + version->code + ")";
  return out;
}

}  // namespace

PersonRowReader::PersonRowReader(const sheets::Table& table, const Directory& known, const Marker& marker,
                                 Instant as_of)
    : table_(table), known_(known), marker_(marker), as_of_(as_of) {
  known.groups().for_each([&](const GroupId& id, const Group& group) { groups_[fold(group.code)] = id; });
  known.units().for_each([&](const UnitId& id, const Unit& unit) {
    for (const auto& version : unit.versions) {
      auto& ids = named_[fold(version.name)];
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
  });
}

PersonRow PersonRowReader::read(const sheets::TableRow& cells, std::vector<Error>& problems) const {
  RowReader reader(table_, cells);
  PersonRow row;
  row.number = cells.number;
  row.details = read_details(reader, date_of(as_of_));
  const std::string position = reader.text("position", sheets::text_value, clean_position);
  if (!position.empty()) row.position = position;
  const auto before_dates = reader.problems().size();
  row.from = reader.value("from", read_start(reader.cell("from")));
  row.to = reader.value("to", read_start(reader.cell("to")));
  if (row.from)
    if (auto checked = check_validity({*row.from, row.to}); !checked) reader.add("from", std::move(checked).error());
  const bool is_dated = reader.problems().size() == before_dates;
  for (const auto& group : read_codes(reader.value("groups", read_text(reader.cell("groups")))))
    row.groups.push_back(reader.value("groups", group_coded(group)));
  const auto before_unit = reader.problems().size();
  const std::string code = reader.value("unit_code", read_text(reader.cell("unit_code")));
  const std::string name = reader.value("unit_name", read_text(reader.cell("unit_name")));
  const bool names_unit = reader.problems().size() == before_unit;
  const std::string_view unit_key = code.empty() ? "unit_name" : "unit_code";
  const Instant seen = row.seen_at(as_of_);
  if (names_unit && is_dated)
    row.unit = reader.value(unit_key, unit_of(code, name, seen));
  else if (auto error = names_unit ? never_known(code, name) : std::nullopt)
    reader.add(unit_key, std::move(*error));
  if (const auto* version = UnitTree(known_, seen).version(row.unit)) row.unit_code = version->code;
  row.marked = marker_.person_of({}, row.details);
  row.complete = reader.problems().empty();
  if (!row.complete) row.marked.likeness.reset();  // it is looked for in the unit, which may be wrong
  std::ranges::move(reader.problems(), std::back_inserter(problems));
  return row;
}

/// Of a row that does not say when: what is wrong whenever it is.
std::optional<Error> PersonRowReader::never_known(const std::string& code, const std::string& name) const {
  if (code.empty() && name.empty()) return unit_of(code, name, as_of_).error();
  if (!code.empty() && known_.units_coded(code).empty())
    return Error::not_found(Text::format("Không có đơn vị mang mã {0}.", "No unit bears the code {0}.", code));
  if (code.empty() && !named_.contains(fold(name)))
    return Error::not_found(Text::format("Không có đơn vị tên “{0}”.", "No unit is called “{0}”.", name));
  return std::nullopt;
}

Result<UnitId> PersonRowReader::unit_of(const std::string& code, const std::string& name, Instant at) const {
  if (!code.empty()) return unit_coded(code, at);
  if (!name.empty()) return unit_named(name, at);
  return Failure(
      Error::invalid({"Thiếu đơn vị: cần mã đơn vị hoặc tên đơn vị.", "The unit is missing: give its code or name."}));
}

Result<UnitId> PersonRowReader::unit_coded(const std::string& code, Instant at) const {
  if (const auto unit = UnitTree(known_, at).unit_coded(code)) return *unit;
  std::string successors;
  for (const auto& old : known_.units_coded(code))
    successors = codes_of(known_, UnitTree(known_, at).living_successors(old), at);
  if (!successors.empty())
    return Failure(Error::not_found(Text::format("Đơn vị có mã {0} không còn vào ngày {1}; đơn vị kế thừa: {2}.",
                                                 "The unit {0} no longer exists on {1}; its successors: {2}.", code,
                                                 dmy(date_of(at)), successors)));
  return Failure(Error::not_found(Text::format("Không có đơn vị mang mã {0} vào ngày {1}.",
                                               "No unit bears the code {0} on {1}.", code, dmy(date_of(at)))));
}

Result<UnitId> PersonRowReader::unit_named(const std::string& name, Instant at) const {
  const std::string wanted = lower(name);
  std::vector<UnitId> same;
  if (const auto found = named_.find(fold(name)); found != named_.end())
    for (const auto& id : found->second) {
      const auto* version = UnitTree(known_, at).version(id);
      if (version != nullptr && lower(version->name) == wanted) same.push_back(id);
    }
  if (same.size() == 1) return same.front();
  if (same.empty())
    return Failure(Error::not_found(Text::format("Không có đơn vị tên “{0}” vào ngày {1}.",
                                                 "No unit is called “{0}” on {1}.", name, dmy(date_of(at)))));
  return Failure(Error::conflict(Text::format("Có nhiều đơn vị tên “{0}”: {1}. Hãy ghi mã đơn vị.",
                                              "Several units are called “{0}”: {1}. Give the code.", name,
                                              codes_of(known_, same, at))));
}

Result<GroupId> PersonRowReader::group_coded(const std::string& code) const {
  const auto found = groups_.find(fold(code));
  if (found != groups_.end()) return found->second;
  return Failure(Error::not_found(Text::format("Không có nhóm mang mã {0}.", "No group has the code {0}.", code)));
}

}  // namespace khien::people
