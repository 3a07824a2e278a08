// The first units, groups and persons of an empty installation.
#include <set>

#include "people/record_changes.h"
#include "people/sealing.h"
#include "people/service.h"
#include "people/store.h"
#include "people/timeline.h"

namespace khien::people {
namespace {

using store::Transaction;

Error not_empty() {
  return Error::conflict({"Chỉ nạp được dữ liệu ban đầu vào nơi cài đặt còn trống.",
                          "The first data can only be brought into an empty installation."});
}

/// Identity numbers and staff codes belong to one person each; the installation is empty, so the list is all there is.
class OwnNumbers {
 public:
  Result<void> take(const Person& person) {
    const bool is_own = (!person.identity || identities_.insert(*person.identity).second) &&
                        (person.staff_code.empty() || staff_codes_.insert(person.staff_code).second);
    if (!is_own)
      return Failure(Error::conflict(Text::format("Số định danh hoặc mã cán bộ của {0} đã thuộc về một người khác.",
                                                  "The identity number or staff code of {0} belongs to another person.",
                                                  person.name)));
    return {};
  }

 private:
  std::set<Mark> identities_;
  std::set<std::string> staff_codes_;
};

Result<void> check_postings(const PersonRecord& record, const UnitBook& units) {
  for (const Posting& posting : record.postings) {
    const auto unit = units.units.find(posting.unit);
    if (unit == units.units.end() || item_at(unit->second.versions, posting.valid.from) == nullptr)
      return Failure(Error::conflict(Text::format(
          "Đơn vị không tồn tại vào ngày {0}.", "The unit does not exist on {0}.", dmy(date_of(posting.valid.from)))));
  }
  return check(record);
}

std::vector<std::string> columns_of(const PrivateFacts& facts) {
  std::vector<std::string> out;
  if (facts.birth_date) out.emplace_back("birth_date");
  if (!facts.identity_number.empty()) out.emplace_back("identity_number");
  if (!facts.phone.empty()) out.emplace_back("phone");
  return out;
}

}  // namespace

Result<void> People::found(const By& by, Founding founding) {
  const Instant now = clock_.now();
  TRY(check(founding.units));
  const Marker marker(keys_);
  OwnNumbers numbers;
  std::vector<SealedFacts> sealed;
  sealed.reserve(founding.people.size());
  for (FoundingPerson& one : founding.people) {
    one.details = TRY(clean(std::move(one.details), date_of(now)));
    one.record.person = marker.person_of(one.record.person.id, one.details);
    TRY(numbers.take(one.record.person));
    TRY(check_postings(one.record, founding.units));
    sealed.push_back(seal_facts(keys_, one.record.person.id, one.details.secret, random_));
  }
  return store_.write([&](Transaction& tx) -> Result<void> {
    if (load_generation(tx) != 0) return Failure(not_empty());
    const UnitBook nothing;
    for (const UnitId& id : people::save_units(tx, nothing, founding.units, now))
      recorder_.record(tx, unit_entry(by, "unit.added", now, nothing, founding.units, id));
    for (const Group& group : founding.groups) {
      insert_group(tx, group, now);
      recorder_.record(tx, group_entry(by, "group.added", now, group));
    }
    for (std::size_t i = 0; i < founding.people.size(); ++i) {
      const auto& [details, record] = founding.people[i];
      insert_person(tx, record.person, sealed[i], marker.key_id(), now);
      people::save_postings(tx, {}, record.postings, now);
      people::save_memberships(tx, {}, record.memberships, now);
      recorder_.record(tx, person_entry(by, "person.added", now, {}, record, columns_of(details.secret)));
    }
    bump_generation(tx);
    return {};
  });
}

}  // namespace khien::people
