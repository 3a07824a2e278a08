#include "people/import_person_row.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "people/import_values.h"
#include "people/rules.h"
#include "sheets/identity_number.h"

namespace khien::people {
namespace {

/// Zeros are put back only where the birth date of the row bears the number out.
Result<sheets::IdentityNumber> identity_of(const sheets::Cell& cell, const std::optional<BirthDate>& born) {
  const auto year = born ? std::optional(static_cast<int>(born->year())) : std::nullopt;
  auto number = TRY(sheets::identity_value(cell, year));
  if (number.restored && !year)
    return Failure(Error::invalid(
        {"Số CCCD thiếu số 0 ở đầu, và dòng này không có ngày sinh để đối chiếu. Hãy gõ lại đủ 12 chữ số.",
         "The identity number lacks leading zeros, and the row has no birth date to check it against. Type all 12 "
         "digits again."}));
  return number;
}

PersonDetails read_details(sheets::RowReader& reader, Date today, PersonRow& row) {
  PersonDetails details;
  reader.require("name", {"Thiếu họ và tên.", "The name is missing."});
  details.name = reader.text("name", clean_name);
  details.work_mail = reader.text("work_mail", clean_mail, sheets::email_value);
  details.staff_code = reader.text("staff_code", clean_staff_code);
  details.category = reader.read("category", category_value).value_or(Category::Unknown);
  details.secret.phone = reader.text("phone", clean_phone, sheets::phone_value);
  details.secret.birth_date = reader.read("birth_date", [&](const sheets::Cell& cell) -> Result<BirthDate> {
    return check_birth_date(TRY(birth_value(cell)), today);
  });
  const auto identity = reader.read(
      "identity_number", [&](const sheets::Cell& cell) { return identity_of(cell, details.secret.birth_date); });
  if (identity) details.secret.identity_number = identity->digits;
  row.restored_identity = identity && identity->restored;
  if (reader.is_blank("identity_number") && reader.is_blank("staff_code") && reader.is_blank("birth_date"))
    reader.note(
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
  sheets::RowReader reader(table_, cells, problems);
  PersonRow row;
  row.number = cells.number;
  row.details = read_details(reader, date_of(as_of_), row);
  const std::string position = reader.text("position", clean_position);
  if (!position.empty()) row.position = position;
  row.from = reader.start_of_day("from");
  row.to = reader.start_of_day("to");
  if (row.from) reader.check("from", check_validity({*row.from, row.to}));
  for (const auto& group : reader.list("groups")) row.groups.push_back(reader.value("groups", group_coded(group)));
  read_unit(reader, row);
  row.marked = marker_.person_of({}, row.details);
  if (row.marked.identity) row.identities = marker_.identities(row.details.secret.identity_number);
  if (row.marked.likeness) row.likenesses = marker_.likenesses(row.details.name, *row.details.secret.birth_date);
  row.complete = reader.is_right();
  if (!row.complete) row.marked.likeness.reset();  // it is looked for in the unit, which may be wrong
  return row;
}

void PersonRowReader::read_unit(sheets::RowReader& reader, PersonRow& row) const {
  const std::string code = reader.text("unit_code");
  const std::string name = reader.text("unit_name");
  const char* key = code.empty() ? "unit_name" : "unit_code";
  const Instant seen = row.seen_at(as_of_);
  const bool is_named = reader.is_right("unit_code") && reader.is_right("unit_name");
  const bool is_dated = reader.is_right("from") && reader.is_right("to");
  if (is_named && is_dated)
    row.unit = reader.value(key, unit_of(code, name, seen));
  else if (auto error = is_named ? never_known(code, name) : std::nullopt)
    reader.note(key, std::move(*error));
  if (const auto* version = UnitTree(known_, seen).version(row.unit)) row.unit_code = version->code;
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
