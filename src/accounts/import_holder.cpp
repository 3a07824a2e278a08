#include "accounts/import_holder.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/vietnamese.h"
#include "people/person_rules.h"
#include "people/rules.h"

namespace khien::accounts {
namespace {

Failure nobody() {
  return Failure(Error::not_found(
      {"Không tìm thấy người này trong danh sách cán bộ; hãy nhập danh sách cán bộ trước, hoặc kiểm tra số định danh, "
       "mã cán bộ.",
       "Nobody in the staff list matches; import the staff list first, or check identity number and staff code."}));
}

/// The value of a cell for a message. What has as many digits as an identity number, or nearly, keeps its last three.
std::string shown(const std::string& text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits.size() < 8 ? text : "…" + digits.substr(digits.size() - 3);
}

}  // namespace

HolderFinder::HolderFinder(const people::Directory& directory, const people::Marker& marker, Instant now)
    : directory_(directory), marker_(marker), now_(now) {
  directory.people().for_each([&](const PersonId& id, const people::PersonRecord& record) {
    if (record.person.identity) identities_.emplace(*record.person.identity, id);
    if (record.person.likeness) likenesses_.emplace(*record.person.likeness, id);
    if (!record.person.staff_code.empty()) staff_codes_.emplace(record.person.staff_code, id);
    if (!record.person.work_mail.empty()) work_mails_.emplace(record.person.work_mail, id);
  });
}

std::optional<PersonId> HolderFinder::by_identity(const std::string& number) const {
  if (number.empty()) return std::nullopt;
  const auto found = identities_.find(marker_.identity(number));
  return found == identities_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<PersonId> HolderFinder::by_staff_code(const std::string& code) const {
  if (code.empty()) return std::nullopt;
  const auto found = staff_codes_.find(code);
  return found == staff_codes_.end() ? std::nullopt : std::optional(found->second);
}

std::string HolderFinder::name_of(const PersonId& person) const {
  const auto* record = directory_.person(person);
  return record == nullptr ? std::string() : record->person.name;
}

Result<PersonId> HolderFinder::named_alike(const PersonId& person, const std::string& name) const {
  if (name.empty() || fold(name) == fold(name_of(person))) return person;
  return Failure(Error::conflict(Text::format(
      "Số định danh hoặc mã cán bộ trong dòng này thuộc về “{0}”, khác họ tên ghi trong tệp.",
      "The identity number or staff code of this row belongs to “{0}”, who has another name.", name_of(person))));
}

Result<PersonId> HolderFinder::find(const PersonWords& words) const {
  const auto identity = by_identity(words.identity_number);
  const auto code = by_staff_code(words.staff_code);
  if (identity && code && *identity != *code)
    return Failure(Error::conflict(Text::format("Số định danh thuộc về “{0}” nhưng mã cán bộ thuộc về “{1}”.",
                                                "The identity number belongs to “{0}” but the staff code to “{1}”.",
                                                name_of(*identity), name_of(*code))));
  if (identity) return named_alike(*identity, words.name);
  if (code) {
    const auto* record = directory_.person(*code);
    if (!words.identity_number.empty() && record != nullptr && record->person.identity)
      return Failure(Error::conflict(
          Text::format("Mã cán bộ thuộc về “{0}”, người có số định danh khác với số trong tệp.",
                       "The staff code belongs to “{0}”, whose identity number is another one.", name_of(*code))));
    return named_alike(*code, words.name);
  }
  // A number that nobody has must not fall back to what is weaker.
  if (!words.identity_number.empty() || !words.staff_code.empty()) return nobody();
  return by_likeness(words);
}

Result<PersonId> HolderFinder::by_likeness(const PersonWords& words) const {
  if (words.name.empty() || !words.birth_date || words.unit.is_nil())
    return Failure(
        Error::invalid({"Cần số định danh, hoặc mã cán bộ, hoặc họ tên cùng ngày sinh và mã đơn vị để biết tài khoản "
                        "của ai; chỉ họ tên thì không đủ.",
                        "Give the identity number, or the staff code, or name, birth date and unit code together; a "
                        "name alone is not enough."}));
  std::vector<PersonId> found;
  const auto [begin, end] = likenesses_.equal_range(marker_.likeness(words.name, *words.birth_date));
  for (auto it = begin; it != end; ++it)
    if (belongs_to(it->second, words.unit)) found.push_back(it->second);
  if (found.size() == 1) return found.front();
  if (found.empty()) return nobody();
  return Failure(Error::conflict(Text::format(
      "Có {0} người cùng họ tên và ngày sinh trong đơn vị này. Hãy ghi số định danh hoặc mã cán bộ.",
      "{0} people in this unit have that name and birth date. Give the identity number or staff code.", found.size())));
}

/// Works in the subtree now, or was posted in that very unit: lists of accounts are often older than postings.
bool HolderFinder::belongs_to(const PersonId& person, const UnitId& unit) const {
  const auto& postings = directory_.person(person)->postings;
  return people::works_within(directory_, person, unit, now_) ||
         std::ranges::any_of(postings, [&](const people::Posting& posting) { return posting.unit == unit; });
}

Result<std::optional<PersonId>> HolderFinder::by_work_mail(const std::string& mail) const {
  if (mail.empty()) return std::nullopt;
  const auto [begin, end] = work_mails_.equal_range(mail);
  if (begin == end) return std::nullopt;
  if (std::next(begin) == end) return begin->second;
  return Failure(
      Error::conflict(Text::format("Có {0} người mang thư công vụ «{1}»; hãy ghi số CCCD hoặc mã cán bộ.",
                                   "{0} people have the work mail \"{1}\"; give the identity number or the staff code.",
                                   std::distance(begin, end), shown(mail))));
}

Result<PersonId> HolderFinder::find_by_word(const std::string& text) const {
  const auto code = people::clean_staff_code(text);
  const auto number = people::clean_identity_number(text);
  const auto mail = people::clean_mail(text);
  std::set<PersonId> found;
  if (const auto person = code ? by_staff_code(*code) : std::nullopt) found.insert(*person);
  if (const auto person = number ? by_identity(*number) : std::nullopt) found.insert(*person);
  if (const auto person = mail ? TRY(by_work_mail(*mail)) : std::nullopt) found.insert(*person);
  if (found.size() == 1) return *found.begin();
  if (found.empty())
    return Failure(Error::not_found(Text::format(
        "Không tìm thấy người nào theo «{0}». Hãy ghi số CCCD, mã cán bộ hoặc thư công vụ có trong danh sách cán bộ.",
        "Nobody is found by \"{0}\". Give an identity number, a staff code or a work mail that stands in the staff "
        "list.",
        shown(text))));
  return Failure(Error::conflict(Text::format(
      "«{0}» là mã cán bộ hoặc thư công vụ của người này và số định danh của người khác; hãy ghi giá trị khác.",
      "\"{0}\" is the staff code or work mail of one person and the identity number of another; give another value.",
      shown(text))));
}

}  // namespace khien::accounts
