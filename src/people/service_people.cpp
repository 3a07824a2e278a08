#include <algorithm>

#include "people/record_changes.h"
#include "people/sealing.h"
#include "people/service.h"
#include "people/store.h"
#include "people/store_requests.h"
#include "people/timeline.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Transaction;

Error unknown_person() {
  return Error::not_found({"Không có người này trong danh sách.", "There is no such person."});
}

/// Identity numbers and staff codes belong to one person each.
Result<void> require_own_numbers(Reader& reader, const Person& person, const std::vector<Mark>& identities) {
  const auto is_other = [&](const std::optional<PersonId>& found) { return found && *found != person.id; };
  if (is_other(find_person_by_identity(reader, identities)))
    return Failure(Error::conflict({"Số định danh này đã thuộc về một người khác trong danh sách.",
                                    "This identity number belongs to another person already."}));
  if (is_other(find_person_by_staff_code(reader, person.staff_code)))
    return Failure(
        Error::conflict(Text::format("Mã cán bộ {0} đã thuộc về một người khác.",
                                     "The staff code {0} belongs to another person already.", person.staff_code)));
  return {};
}

Result<void> require_unit_at(Reader& reader, const UnitId& unit, Instant at) {
  if (item_at(load_unit(reader, unit).versions, at) == nullptr)
    return Failure(Error::conflict(
        Text::format("Đơn vị không tồn tại vào ngày {0}.", "The unit does not exist on {0}.", dmy(date_of(at)))));
  return {};
}

std::vector<std::string> changed_columns(const PrivateFacts& before, const PrivateFacts& after) {
  std::vector<std::string> changed;
  if (before.birth_date != after.birth_date) changed.emplace_back("birth_date");
  if (before.identity_number != after.identity_number) changed.emplace_back("identity_number");
  if (before.phone != after.phone) changed.emplace_back("phone");
  return changed;
}

}  // namespace

Result<void> People::save_record(Transaction& tx, const By& by, const std::string& type, Instant now,
                                 PersonRecord before, PersonRecord after) {
  TRY(check(after));
  save_postings(tx, before.postings, after.postings, now);
  save_memberships(tx, before.memberships, after.memberships, now);
  save_roles(tx, before.roles, after.roles, now);
  recorder_.record(tx, person_entry(by, type, now, before, after, {}));
  return {};
}

Result<void> People::change_record(const By& by, const std::string& type, const PersonId& person,
                                   const RecordChange& change) {
  const Instant now = clock_.now();
  return store_.write([&](Transaction& tx) -> Result<void> {
    auto before = load_person(tx, person);
    if (!before) return Failure(unknown_person());
    PersonRecord after = *before;
    TRY(change(tx, after));
    TRY(save_record(tx, by, type, now, std::move(*before), std::move(after)));
    bump_generation(tx);
    return {};
  });
}

/// Adds if the person is new. Sealing happens outside the closure.
Result<void> People::save_person(const By& by, const std::string& type, const PersonId& id, PersonDetails details) {
  const Instant now = clock_.now();
  details = TRY(clean(std::move(details), date_of(now)));
  const Marker marker(keys_);
  const Person person = marker.person_of(id, details);
  const auto identities = person.identity ? marker.identities(details.secret.identity_number) : std::vector<Mark>();
  const SealedFacts sealed = seal_facts(keys_, id, details.secret, random_);
  const bool is_new = type == "person.added";
  const PrivateFacts known = is_new ? PrivateFacts{} : TRY(private_facts(id));
  return store_.write([&](Transaction& tx) -> Result<void> {
    auto before = load_person(tx, id);
    if (!before && !is_new) return Failure(unknown_person());
    TRY(require_own_numbers(tx, person, identities));
    if (is_new) {
      before.emplace();
      insert_person(tx, person, sealed, marker.key_id(), now);
    } else {
      update_person(tx, person, sealed, marker.key_id(), now);
    }
    PersonRecord after = *before;
    after.person = person;
    recorder_.record(tx, person_entry(by, type, now, *before, after, changed_columns(known, details.secret)));
    bump_generation(tx);
    return {};
  });
}

Result<PersonId> People::add_person(const By& by, PersonDetails details) {
  const auto id = PersonId::make(random_);
  TRY(save_person(by, "person.added", id, std::move(details)));
  return id;
}

Result<void> People::erase_person_in(Transaction& tx, const By& by, const PersonId& person, const std::string& reason,
                                     Instant now) {
  std::vector<audit::Fact> facts{{"reason", TRY(clean_reason(reason))}};
  if (!by.basis.empty()) facts.push_back({"basis", by.basis});
  const auto known = load_person(tx, person);
  if (!known) return Failure(unknown_person());
  if (known->person.name == kErasedName)
    return Failure(Error::conflict({"Dữ liệu cá nhân của người này đã được xóa trước đây.",
                                    "The personal data of this person were erased before."}));
  if (std::ranges::any_of(known->postings,
                          [&](const Posting& posting) { return !posting.valid.to || now < *posting.valid.to; }))
    return Failure(Error::refused({"Người này còn vị trí công tác; chỉ xóa sau khi đã thôi việc.",
                                   "This person still has a posting; erase only who has left."}));
  erase_person(tx, person, now);
  erase_request_words(tx, person);
  recorder_.erase_person(tx, person, by.actor, now, std::move(facts));
  bump_generation(tx);
  return {};
}

Result<void> People::correct_person(const By& by, const PersonId& person, PersonDetails details) {
  return save_person(by, "person.corrected", person, std::move(details));
}

Result<std::string> People::rename_person(const By& by, const PersonId& person, const std::string& name,
                                          const std::string& reason) {
  const std::string right = TRY(clean_name(name));
  const audit::Fact why{"reason", TRY(clean_reason(reason))};
  const Instant now = clock_.now();
  const Marker marker(keys_);
  return store_.write([&](Transaction& tx) -> Result<std::string> {
    const auto before = load_person(tx, person);
    const auto sealed = load_sealed(tx, person);
    if (!before || !sealed) return Failure(unknown_person());
    if (before->person.name == kErasedName)
      return Failure(Error::conflict({"Dữ liệu cá nhân của người này đã được xóa trước đây.",
                                      "The personal data of this person were erased before."}));
    if (before->person.name == right)
      return Failure(Error::conflict({"Hồ sơ đã mang đúng tên này.", "The record has that very name already."}));
    PersonRecord after = *before;
    const PrivateFacts facts = TRY(open_facts(keys_, person, *sealed));
    after.person.name = right;
    if (facts.birth_date) after.person.likeness = marker.likeness(right, *facts.birth_date);
    update_person(tx, after.person, *sealed, marker.key_id(), now);
    auto entry = person_entry(by, "person.renamed", now, *before, after, {});
    entry.facts.push_back(why);
    recorder_.record(tx, entry);
    bump_generation(tx);
    return before->person.name;
  });
}

Result<PostingId> People::post(const By& by, Posting posting) {
  posting.id = PostingId::make(random_);
  posting.position = TRY(clean_position(posting.position));
  TRY(change_record(by, "posting.added", posting.person, [&](Reader& reader, PersonRecord& record) -> Result<void> {
    TRY(require_unit_at(reader, posting.unit, posting.valid.from));
    record.postings.push_back(posting);
    return {};
  }));
  return posting.id;
}

Result<PersonId> People::person_of_posting(const PostingId& posting) {
  return store_.read([&](Reader& reader) -> Result<PersonId> {
    const auto found = find_person_of_posting(reader, posting);
    if (!found) return Failure(Error::not_found({"Không có vị trí công tác này.", "There is no such posting."}));
    return *found;
  });
}

Result<void> People::correct_posting(const By& by, const Posting& right) {
  const PersonId person = TRY(person_of_posting(right.id));
  Posting corrected = right;
  corrected.person = person;
  corrected.position = TRY(clean_position(right.position));
  return change_record(by, "posting.corrected", person, [&](Reader& reader, PersonRecord& record) -> Result<void> {
    TRY(require_unit_at(reader, corrected.unit, corrected.valid.from));
    std::ranges::replace_if(
        record.postings, [&](const Posting& posting) { return posting.id == corrected.id; }, corrected);
    return {};
  });
}

Result<void> People::unpost(const By& by, const PostingId& posting, Instant at) {
  const PersonId person = TRY(person_of_posting(posting));
  return change_record(by, "posting.ended", person,
                       [&](Reader&, PersonRecord& record) { return end_posting(record, posting, at); });
}

Result<PostingId> People::transfer(const By& by, const PersonId& person, const UnitId& unit,
                                   const std::string& position, Instant at) {
  const auto fresh = PostingId::make(random_);
  const std::string clean = TRY(clean_position(position));
  TRY(change_record(by, "posting.transferred", person, [&](Reader& reader, PersonRecord& record) -> Result<void> {
    TRY(require_unit_at(reader, unit, at));
    move_main_posting(record, fresh, unit, clean, at);
    return {};
  }));
  return fresh;
}

Result<std::optional<PersonId>> People::find_person_by_identity(const std::string& identity_number) {
  const std::string number = TRY(clean_identity_number(identity_number));
  if (number.empty()) return std::nullopt;
  const auto marks = Marker(keys_).identities(number);
  return store_.read([&](Reader& reader) -> Result<std::optional<PersonId>> {
    return people::find_person_by_identity(reader, marks);
  });
}

Result<PrivateFacts> People::private_facts(const PersonId& person) {
  const auto sealed = TRY(
      store_.read([&](Reader& reader) -> Result<std::optional<SealedFacts>> { return load_sealed(reader, person); }));
  if (!sealed) return Failure(unknown_person());
  return open_facts(keys_, person, *sealed);
}

}  // namespace khien::people
