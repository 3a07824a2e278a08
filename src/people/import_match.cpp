#include "people/import_match.h"

#include <algorithm>
#include <cstring>

#include "base/vietnamese.h"

namespace khien::people {
namespace {

template <class Map, class Key>
std::optional<PersonId> look_up(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

template <class Map>
std::optional<PersonId> look_up_any(const Map& map, const std::vector<Mark>& marks) {
  for (const auto& mark : marks)
    if (const auto found = look_up(map, mark)) return found;
  return std::nullopt;
}

bool was_posted_in(const PersonRecord& record, const UnitId& unit) {
  return std::ranges::any_of(record.postings, [&](const Posting& posting) { return posting.unit == unit; });
}

Error other_name(const std::string& vi_number, const std::string& en_number, const std::string& whose) {
  return Error::conflict(Text::format(
      "{0} trong dòng này thuộc về “{1}”, khác tên ghi trong tệp. Nếu tên trong tệp sai, hãy sửa tệp; nếu tên trong hồ "
      "sơ sai hoặc người đó đã đổi tên, hãy sửa hồ sơ bằng lệnh khien person rename.",
      "{2} of this row belongs to “{1}”, who has another name. If the name in the file is wrong, mend the file; if the "
      "one on record is, or the person changed names, correct the record with khien person rename.",
      vi_number, whose, en_number));
}

Error repeated(std::size_t row) {
  return Error::conflict(
      Text::format("Người này đã có ở dòng {0} của tệp.", "This person stands in row {0} already.", row));
}

}  // namespace

std::size_t PersonMatcher::MarkHash::operator()(const Mark& mark) const {
  std::size_t value = 0;
  std::memcpy(&value, mark.data(), sizeof value);
  return value;
}

PersonMatcher::PersonMatcher(const Directory& known, const PrivateReader& private_facts)
    : known_(known), private_facts_(private_facts) {
  known.people().for_each([&](const PersonId& id, const PersonRecord& record) {
    const Person& person = record.person;
    if (person.identity) by_identity_.emplace(*person.identity, id);
    if (person.likeness) by_likeness_.emplace(*person.likeness, id);
    if (!person.staff_code.empty()) by_staff_code_.emplace(person.staff_code, id);
  });
}

std::string PersonMatcher::described(const PersonId& id) const {
  const PersonRecord& record = *known_.person(id);
  std::string out = record.person.name;
  if (record.postings.empty()) return out;
  const Unit* unit = known_.unit(record.postings.back().unit);
  if (unit != nullptr && !unit->versions.empty()) out += " – " + unit->versions.back().name;
  return out;
}

Result<std::optional<PersonId>> PersonMatcher::match(const PersonRow& row) const {
  const auto by_identity = look_up_any(by_identity_, row.identities);
  const auto by_code = row.details.staff_code.empty() ? std::nullopt : look_up(by_staff_code_, row.details.staff_code);
  const std::string folded = fold(row.details.name);
  if (by_identity && fold(person(*by_identity).name) != folded)
    return Failure(other_name("Số định danh", "The identity number", described(*by_identity)));
  if (by_code && fold(person(*by_code).name) != folded)
    return Failure(other_name("Mã cán bộ", "The staff code", described(*by_code)));
  if (by_identity && by_code && *by_identity != *by_code)
    return Failure(Error::conflict(Text::format("Số định danh thuộc về “{0}” nhưng mã cán bộ thuộc về “{1}”.",
                                                "The identity number belongs to “{0}” but the staff code to “{1}”.",
                                                described(*by_identity), described(*by_code))));
  if (by_identity) return by_identity;
  if (by_code) {
    if (row.marked.identity && person(*by_code).identity)
      return Failure(Error::conflict(
          Text::format("Mã cán bộ thuộc về “{0}”, người có số định danh khác với số trong tệp.",
                       "The staff code belongs to “{0}”, whose identity number is another one.", described(*by_code))));
    return by_code;
  }
  return match_likeness(row);
}

Result<std::optional<PersonId>> PersonMatcher::match_likeness(const PersonRow& row) const {
  if (!row.marked.likeness) return std::nullopt;
  std::vector<PersonId> here;
  std::optional<PersonId> elsewhere;
  for (const auto& likeness : row.likenesses) {
    const auto [begin, end] = by_likeness_.equal_range(likeness);
    for (auto it = begin; it != end; ++it) {
      if (row.marked.identity && person(it->second).identity) continue;  // two numbers are two people
      if (was_posted_in(*known_.person(it->second), row.unit))
        here.push_back(it->second);
      else
        elsewhere = it->second;
    }
  }
  if (here.size() == 1) return here.front();
  if (here.size() > 1) {
    std::ranges::sort(here);
    return Failure(Error::conflict(
        Text::format("Có {0} người cùng tên và ngày sinh trong đơn vị này ({1}; {2}). Hãy ghi số định danh.",
                     "{0} people in this unit have that name and birth date ({1}; {2}). Give the identity number.",
                     here.size(), described(here[0]), described(here[1]))));
  }
  if (elsewhere && !row.marked.identity)
    return Failure(Error::conflict(Text::format(
        "Có người cùng tên và ngày sinh ở đơn vị khác: {0}. Hãy ghi số định danh để biết có phải cùng một người.",
        "Somebody of that name and birth date is in another unit: {0}. Give the identity number to tell whether it is "
        "the same person.",
        described(*elsewhere))));
  TRY(refuse_half_known(row));
  return std::nullopt;
}

/// Of somebody in the unit with that name the year of birth alone is known, or the row says no more: one cannot tell.
Result<void> PersonMatcher::refuse_half_known(const PersonRow& row) const {
  if (by_name_.empty())
    known_.people().for_each(
        [&](const PersonId& id, const PersonRecord& record) { by_name_.emplace(fold(record.person.name), id); });
  const auto [begin, end] = by_name_.equal_range(fold(row.details.name));
  for (auto it = begin; it != end; ++it) {
    const PersonRecord& record = *known_.person(it->second);
    if (!was_posted_in(record, row.unit) || (row.marked.identity && record.person.identity)) continue;
    const auto born = TRY(private_facts_(it->second)).birth_date;
    if (born && born->agrees_with(*row.details.secret.birth_date))
      return Failure(Error::conflict(Text::format(
          "Đơn vị này đã có “{0}” sinh cùng năm, nhưng một bên chỉ có năm sinh. Hãy ghi số định danh hoặc mã cán bộ để "
          "biết có phải cùng một người.",
          "“{0}”, born in the same year, is in this unit already, but one of the two has the year only. Give the "
          "identity number or staff code to tell whether it is the same person.",
          record.person.name)));
  }
  return {};
}

Result<void> PersonMatcher::claim(const PersonRow& row, const std::optional<PersonId>& found) {
  const auto claim_in = [&](auto& map, const auto& key) -> Result<void> {
    const auto [place, fresh] = map.try_emplace(key, row.number);
    if (!fresh) return Failure(repeated(place->second));
    return {};
  };
  if (found) TRY(claim_in(claimed_, *found));
  if (row.marked.identity) TRY(claim_in(claimed_identities_, *row.marked.identity));
  if (!row.details.staff_code.empty()) TRY(claim_in(claimed_staff_codes_, row.details.staff_code));
  if (row.marked.likeness && !row.marked.identity)
    TRY(claim_in(claimed_likenesses_, std::pair(*row.marked.likeness, row.unit)));
  return {};
}

}  // namespace khien::people
