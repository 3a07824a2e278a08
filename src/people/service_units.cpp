#include "people/id_source.h"
#include "people/name_rules.h"
#include "people/record_changes.h"
#include "people/service.h"
#include "people/store.h"

namespace khien::people {

using store::Transaction;

namespace {

/// What somebody writes of a unit from now on. Whether it is there at all is asked of the whole book.
Result<void> clean_words_of(UnitVersion& version) {
  version.code = TRY(clean_unit_code(version.code));
  version.name = TRY(clean_unit_name(version.name));
  version.level = TRY(clean_level(version.level));
  return {};
}

}  // namespace

/// With the evidence of each unit; who was posted in a unit that merged goes on in its successor.
Result<void> People::save_units(Transaction& tx, const By& by, const std::string& type, Instant now,
                                const UnitBook& before, const UnitBook& after, IdSource::Series ids) {
  for (const auto& id : people::save_units(tx, before, after, now))
    recorder_.record(tx, unit_entry(by, type, now, before, after, id));
  for (std::size_t i = before.successions.size(); i < after.successions.size(); ++i) {
    const auto& succession = after.successions[i];
    if (succession.how == UnitSuccession::How::Split) continue;
    for (const auto& person : find_people_posted_in(tx, succession.old)) {
      const auto record = load_person(tx, person);
      if (!record) continue;
      PersonRecord moved = *record;
      if (rehang_postings(moved, succession.old, succession.successor, succession.at, ids))
        TRY(save_record(tx, by, "posting.moved", now, *record, std::move(moved)));
    }
  }
  bump_generation(tx);
  return {};
}

Result<void> People::change_units(const By& by, const std::string& type, const UnitChange& change) {
  const Instant now = clock_.now();
  const IdSource ids(random_);
  return store_.write([&](Transaction& tx) -> Result<void> {
    const UnitBook before = load_units(tx);
    UnitBook after = before;
    TRY(change(after));
    TRY(check(after));
    return save_units(tx, by, type, now, before, after, ids.series());
  });
}

Result<UnitId> People::add_unit(const By& by, UnitVersion version) {
  TRY(check_validity(version.valid));
  TRY(clean_words_of(version));
  const auto id = UnitId::make(random_);
  TRY(change_units(by, "unit.added", [&](UnitBook& book) { return begin_unit(book, id, version); }));
  return id;
}

Result<void> People::change_unit(const By& by, const UnitId& unit, UnitVersion version) {
  TRY(clean_words_of(version));
  return change_units(by, "unit.changed", [&](UnitBook& book) { return people::change_unit(book, unit, version); });
}

Result<void> People::correct_unit(const By& by, const UnitId& unit, Instant from, UnitVersion right) {
  TRY(check_validity(right.valid));
  TRY(clean_words_of(right));
  return change_units(by, "unit.corrected",
                      [&](UnitBook& book) { return people::correct_unit(book, unit, from, right); });
}

Result<void> People::end_unit(const By& by, const UnitId& unit, Instant at) {
  return change_units(by, "unit.ended", [&](UnitBook& book) { return people::end_unit(book, unit, at); });
}

Result<void> People::merge_units(const By& by, const std::vector<UnitId>& old, const UnitId& successor, Instant at,
                                 UnitSuccession::How how) {
  return change_units(by, "unit.merged",
                      [&](UnitBook& book) { return people::merge_units(book, old, successor, at, how); });
}

Result<void> People::split_unit(const By& by, const UnitId& old, const std::vector<UnitId>& successors, Instant at) {
  return change_units(by, "unit.split", [&](UnitBook& book) { return people::split_unit(book, old, successors, at); });
}

}  // namespace khien::people
