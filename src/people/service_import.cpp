#include <algorithm>

#include "people/rules.h"
#include "people/sealing.h"
#include "people/service.h"
#include "people/store.h"

namespace khien::people {
namespace {

using sheets::ImportPlan;
using sheets::PlannedAct;
using store::Reader;
using store::Transaction;

Result<void> require_generation(Reader& reader, std::optional<std::int64_t> planned_on) {
  if (planned_on && load_generation(reader) != *planned_on)
    return Failure(Error::conflict({"Dữ liệu đã thay đổi từ lúc xem trước; hãy xem trước lại rồi mới áp dụng.",
                                    "The data have changed since the preview; look at it again before applying."}));
  return {};
}

/// One entry for the whole, beside those of each unit or person.
audit::Entry import_entry(const By& by, const std::string& what, Instant now, const ImportPlan& plan) {
  audit::Entry entry{what + ".imported", now, by.actor, "import/" + what, {}, {}, "imported", std::nullopt, {}};
  if (!by.basis.empty()) entry.facts.push_back({"basis", by.basis});
  entry.facts.push_back({"file", plan.file});
  const auto add = [&](const char* name, PlannedAct act) {
    entry.facts.push_back({name, std::to_string(plan.count(act))});
  };
  add("added", PlannedAct::Add);
  add("changed", PlannedAct::Change);
  add("ended", PlannedAct::End);
  add("unchanged", PlannedAct::Unchanged);
  return entry;
}

/// Units that would end with people in them and nothing to take their place.
std::vector<Error> left_behind(const UnitBook& before, const UnitBook& after, const Directory& directory) {
  std::vector<Error> out;
  for (const auto& [id, unit] : after.units) {
    if (unit.versions.empty() || !unit.versions.back().valid.to) continue;
    const Instant end = *unit.versions.back().valid.to;
    const auto known = before.units.find(id);
    if (known != before.units.end() && known->second.versions == unit.versions) continue;
    const auto is_taken_up = [&](const UnitSuccession& succession) { return succession.old == id; };
    if (std::ranges::any_of(after.successions, is_taken_up)) continue;
    const auto people = people_of(directory, id, end).size();
    if (people == 0) continue;
    const auto& version = unit.versions.back();
    out.push_back(Error::conflict(Text::format(
        "{0} ({1}) kết thúc ngày {2} mà còn {3} người và không có đơn vị nào thay thế (cột «Sáp nhập vào»). Chỉ đạo "
        "đang "
        "áp dụng với họ vẫn giữ nguyên; hãy nhập nơi công tác mới của họ.",
        "{0} ({1}) ends on {2} with {3} people in it, and no unit takes its place (column \"Merged into\"). The "
        "directives that bind them go on to; import where they work from then on.",
        version.name, version.code, dmy(date_of(end)), people)));
  }
  return out;
}

}  // namespace

Result<People::Planned> People::plan_units(const sheets::Table& table) {
  const Instant now = clock_.now();
  const IdSource ids(random_);
  const auto directory = snapshot();
  return store_.read([&](Reader& reader) -> Result<Planned> {
    const UnitBook before = load_units(reader);
    auto import = people::plan_units(table, before, start_of(date_of(now)), ids.series());
    if (import.plan.can_apply())
      std::ranges::move(left_behind(before, import.after, *directory), std::back_inserter(import.plan.notes));
    return Planned{std::move(import.plan), load_generation(reader)};
  });
}

Result<ImportPlan> People::import_units(const By& by, const sheets::Table& table,
                                        std::optional<std::int64_t> planned_on) {
  const Instant now = clock_.now();
  const IdSource unit_ids(random_);
  const IdSource posting_ids(random_);
  return store_.write([&](Transaction& tx) -> Result<ImportPlan> {
    TRY(require_generation(tx, planned_on));
    const UnitBook before = load_units(tx);
    const auto import = people::plan_units(table, before, start_of(date_of(now)), unit_ids.series());
    if (!import.plan.can_apply() || import.plan.changes_nothing()) return import.plan;
    TRY(save_units(tx, by, "unit.imported", now, before, import.after, posting_ids.series()));
    recorder_.record(tx, import_entry(by, "units", now, import.plan));
    return import.plan;
  });
}

/// On a consistent view of the database, not on the snapshot, so that the generation belongs to what was planned on.
Result<People::PlannedPeople> People::prepare_people(const sheets::Table& table) {
  const Instant now = clock_.now();
  const IdSource ids(random_);
  const Marker marker(keys_);
  return store_.read([&](Reader& reader) -> Result<PlannedPeople> {
    const Directory known = load_directory(reader);
    const PrivateReader read_private = [&](const PersonId& id) -> Result<PrivateFacts> {
      const auto sealed = load_sealed(reader, id);
      if (!sealed) return Failure(Error::internal("no row of person " + id.text()));
      return open_facts(keys_, id, *sealed);
    };
    auto import = people::plan_people(table, known, marker, read_private, start_of(date_of(now)), ids.series());
    return PlannedPeople{std::move(import), load_generation(reader), marker.key_id()};
  });
}

Result<People::Planned> People::plan_people(const sheets::Table& table) {
  auto planned = TRY(prepare_people(table));
  return Planned{std::move(planned.import.plan), planned.generation};
}

Result<ImportPlan> People::import_people(const By& by, const sheets::Table& table,
                                         std::optional<std::int64_t> planned_on) {
  auto planned = TRY(prepare_people(table));
  if (!planned.import.plan.can_apply()) return std::move(planned.import.plan);
  if (planned_on && *planned_on != planned.generation) planned.generation = *planned_on;  // refused as out of date
  TRY(store_people(by, planned));
  return std::move(planned.import.plan);
}

Result<void> People::store_people(const By& by, const PlannedPeople& planned) {
  const auto& import = planned.import;
  if (!import.plan.can_apply())
    return Failure(Error::refused({"Danh sách còn lỗi; chưa ghi gì.", "The list has problems; nothing is stored."}));
  if (import.plan.changes_nothing()) return {};
  const Instant now = clock_.now();
  std::vector<SealedFacts> sealed;
  sealed.reserve(import.changes.size());
  for (const auto& change : import.changes)
    sealed.push_back(change.details_change ? seal_facts(keys_, change.after.person.id, change.details.secret, random_)
                                           : SealedFacts{});
  if (planned.digest_key != Marker(keys_).key_id())
    return Failure(Error::conflict(
        {"Khóa vừa được thay trong lúc nhập; hãy nhập lại.", "A key was rotated meanwhile; import again."}));
  return store_.write([&](Transaction& tx) -> Result<void> {
    TRY(require_generation(tx, planned.generation));
    save_imported(tx, by, now, planned.import.changes, sealed, planned.digest_key);
    recorder_.record(tx, import_entry(by, "people", now, planned.import.plan));
    bump_generation(tx);
    return {};
  });
}

void People::save_imported(Transaction& tx, const By& by, Instant now, const std::vector<PersonChange>& changes,
                           const std::vector<SealedFacts>& sealed, const std::string& digest_key) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto& change = changes[i];
    if (change.is_new)
      insert_person(tx, change.after.person, sealed[i], digest_key, now);
    else if (change.details_change)
      update_person(tx, change.after.person, sealed[i], digest_key, now);
    save_postings(tx, change.before.postings, change.after.postings, now);
    save_memberships(tx, change.before.memberships, change.after.memberships, now);
    recorder_.record(tx, person_entry(by, change.is_new ? "person.added" : "person.changed", now, change.before,
                                      change.after, change.secret_changes));
  }
}

}  // namespace khien::people
