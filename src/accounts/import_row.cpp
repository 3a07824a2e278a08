#include "accounts/import_row.h"

#include "accounts/account_rules.h"
#include "accounts/import_values.h"
#include "base/vietnamese.h"
#include "people/import_values.h"
#include "people/person_rules.h"
#include "people/rules.h"
#include "sheets/identity_number.h"
#include "sheets/row_reader.h"

namespace khien::accounts {
AccountRowReader::AccountRowReader(const sheets::Table& table, const Register& known,
                                   const people::Directory& directory, Instant now)
    : table_(table), directory_(directory), now_(now), user_name_key_(table.has("user_name") ? "user_name" : "login") {
  known.systems().for_each([&](const SystemId&, const System& system) {
    const std::string code = fold(system.code);
    const std::string name = fold(squeeze(system.name));
    systems_[code].push_back(system);
    if (name != code) systems_[name].push_back(system);
  });
}

AccountRow AccountRowReader::read(const sheets::TableRow& cells, std::vector<Error>& problems) const {
  sheets::RowReader reader(table_, cells, problems);
  AccountRow row;
  row.number = cells.number;
  reader.require("system", {"Thiếu hệ thống.", "The system is missing."});
  row.system = reader.read("system", [&](const std::string& text) { return system_of(text); }).value_or(System{});
  reader.require(user_name_key_, {"Thiếu tên tài khoản.", "The name of the account is missing."});
  row.user_name = reader.text(user_name_key_, clean_user_name);
  if (user_name_key_ != "login")
    row.wanted_login = reader.text("login", [&](const std::string& text) { return login_of(text, row.system); });
  row.kind = reader.read("kind", kind_value);
  row.state = reader.read("state", state_value);
  row.unit = reader.read("unit_code", [&](const std::string& code) { return unit_coded(code); }).value_or(UnitId{});
  row.created = reader.start_of_day("created");
  if (row.created && *row.created > now_)
    reader.note("created",
                Error::invalid({"Ngày cấp không thể ở tương lai.", "The date of issue cannot be in the future."}));
  row.custodian = reader.text("custodian");
  row.named_users = reader.list("named_users");
  // Zeros put back need no birth date here: the number must be that of somebody known.
  if (auto identity =
          reader.read("identity_number", [](const sheets::Cell& cell) { return sheets::identity_value(cell); }))
    row.person.identity_number = std::move(identity->digits);
  row.person.staff_code = reader.text("staff_code", people::clean_staff_code);
  row.person.birth_date = reader.read("birth_date", people::birth_value);
  row.person.unit = row.unit;
  // A name that stands alone may be a mailbox's ("Phòng 2"), and says nothing of whose the account is anyway.
  if (row.person.is_numbered() || row.person.birth_date) row.person.name = reader.text("name", people::clean_name);
  row.complete = reader.is_right();
  return row;
}

Result<System> AccountRowReader::system_of(const std::string& text) const {
  const auto found = systems_.find(fold(text));
  if (found == systems_.end())
    return Failure(Error::not_found(
        Text::format("Không có hệ thống nào có mã hoặc tên “{0}”.", "No system has the code or name “{0}”.", text)));
  if (found->second.size() > 1)
    return Failure(Error::conflict(Text::format("Có nhiều hệ thống tên “{0}”; hãy ghi mã hệ thống.",
                                                "Several systems are called “{0}”; give the code.", text)));
  return found->second.front();
}

Result<UnitId> AccountRowReader::unit_coded(const std::string& code) const {
  if (const auto unit = people::UnitTree(directory_, now_).unit_coded(code)) return *unit;
  return Failure(Error::not_found(Text::format("Không có đơn vị mang mã {0} vào ngày {1}.",
                                               "No unit bears the code {0} on {1}.", code, dmy(date_of(now_)))));
}

Result<std::string> AccountRowReader::login_of(const std::string& text, const System& system) const {
  if (!system.id.is_nil() && !opened_by_us(system))
    return Failure(Error::refused(
        Text::format("Hệ thống {0} tự xác thực người dùng nên không gắn với tên đăng nhập của Khiên.",
                     "The system {0} signs people in by itself, so that no login of Khiên opens it.", system.name)));
  return clean_user_name(text);
}

}  // namespace khien::accounts
