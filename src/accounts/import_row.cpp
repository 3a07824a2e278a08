#include "accounts/import_row.h"

#include <algorithm>
#include <iterator>

#include "accounts/account_rules.h"
#include "accounts/import_values.h"
#include "base/vietnamese.h"
#include "people/import_values.h"
#include "people/person_rules.h"
#include "people/rules.h"
#include "sheets/values.h"

namespace khien::accounts {
namespace {

/// Reads the cells of one row, collecting every problem at its cell instead of stopping at the first.
class CellReader {
 public:
  CellReader(const sheets::Table& table, const sheets::TableRow& cells) : table_(table), cells_(cells) {}

  [[nodiscard]] const sheets::Cell& cell(std::string_view key) const { return table_.cell(cells_, key); }

  template <class T>
  T value(std::string_view key, Result<T> result) {
    if (result) return std::move(*result);
    problems.push_back(std::move(result).error().at(table_.place(cells_, key)));
    return T{};
  }
  std::string text(std::string_view key) { return value(key, people::read_text(cell(key))); }
  /// A cell read and then brought to its stored form; empty for an empty cell.
  template <class Read, class Clean>
  std::string text(std::string_view key, Read&& read, Clean&& clean) {
    if (cell(key).empty()) return {};
    auto raw = read(cell(key));
    return raw ? value(key, clean(*raw)) : value(key, std::move(raw));
  }

  std::vector<Error> problems;

 private:
  const sheets::Table& table_;
  const sheets::TableRow& cells_;
};

}  // namespace

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
  CellReader reader(table_, cells);
  AccountRow row;
  row.number = cells.number;
  row.system = reader.value("system", system_of(reader.text("system")));
  row.user_name = reader.value(user_name_key_, clean_user_name(reader.text(user_name_key_)));
  if (user_name_key_ != "login") row.wanted_login = reader.value("login", login_of(reader.text("login"), row.system));
  row.kind = reader.value("kind", read_kind(reader.text("kind")));
  row.state = reader.value("state", read_state(reader.text("state")));
  row.unit = reader.value("unit_code", unit_of(reader.text("unit_code")));
  row.created = reader.value("created", past(people::read_start(reader.cell("created"))));
  row.custodian = reader.text("custodian");
  row.named_users = read_list(reader.cell("named_users").text);
  row.person.identity_number = reader.text("identity_number", sheets::identity_value, people::clean_identity_number);
  row.person.staff_code = reader.text("staff_code", sheets::text_value, people::clean_staff_code);
  row.person.birth_date = reader.value("birth_date", people::read_day(reader.cell("birth_date")));
  row.person.unit = row.unit;
  // A name that stands alone may be a mailbox's ("Phòng 2"), and says nothing of whose the account is anyway.
  if (row.person.is_numbered() || row.person.birth_date)
    row.person.name = reader.text("name", sheets::text_value, people::clean_name);
  row.complete = reader.problems.empty();
  std::ranges::move(reader.problems, std::back_inserter(problems));
  return row;
}

Result<System> AccountRowReader::system_of(const std::string& text) const {
  const auto found = systems_.find(fold(squeeze(text)));
  if (found == systems_.end())
    return Failure(Error::not_found(Text::format("Không có hệ thống nào có mã hoặc tên “{0}”.",
                                                 "No system has the code or name “{0}”.", squeeze(text))));
  if (found->second.size() > 1)
    return Failure(Error::conflict(Text::format("Có nhiều hệ thống tên “{0}”; hãy ghi mã hệ thống.",
                                                "Several systems are called “{0}”; give the code.", squeeze(text))));
  return found->second.front();
}

Result<UnitId> AccountRowReader::unit_of(const std::string& code) const {
  if (code.empty()) return UnitId{};
  if (const auto unit = people::UnitTree(directory_, now_).unit_coded(code)) return *unit;
  return Failure(Error::not_found(Text::format("Không có đơn vị mang mã {0} vào ngày {1}.",
                                               "No unit bears the code {0} on {1}.", code, dmy(date_of(now_)))));
}

Result<std::optional<Instant>> AccountRowReader::past(Result<std::optional<Instant>> at) const {
  if (at && *at && **at > now_)
    return Failure(Error::invalid({"Ngày cấp không thể ở tương lai.", "The date of issue cannot be in the future."}));
  return at;
}

Result<std::string> AccountRowReader::login_of(const std::string& text, const System& system) const {
  if (squeeze(text).empty()) return std::string();
  if (!system.id.is_nil() && !opened_by_us(system))
    return Failure(Error::refused(
        Text::format("Hệ thống {0} tự xác thực người dùng nên không gắn với tên đăng nhập của Khiên.",
                     "The system {0} signs people in by itself, so that no login of Khiên opens it.", system.name)));
  return clean_user_name(text);
}

}  // namespace khien::accounts
