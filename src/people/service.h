// The service of units, persons, postings and groups: every change in one transaction with its evidence, and a snapshot
// that follows the log.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/feed.h"
#include "base/clock.h"
#include "people/directory.h"
#include "people/entries.h"
#include "people/founding.h"
#include "people/id_source.h"
#include "people/import_people.h"
#include "people/import_units.h"
#include "people/person_rules.h"
#include "people/unit_changes.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::people {

/// Changes may be asked for from any thread. Who may change what is decided by the caller. Every `at` and every
/// validity is valid time; recorded time is the clock's. The snapshot follows `unit/ID`, `person/ID`, `group/ID`;
/// `people/*` is everything.
class People final : public audit::Followed<Directory> {
 public:
  People(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, const Clock& clock,
         Random& random);

  /// Everything as it was known at that time: what we demanded of whom, by what we knew.
  [[nodiscard]] Result<Directory> as_known_at(Instant known_at) const;

  Result<UnitId> add_unit(const By& by, UnitVersion version);
  /// From `version.valid.from` on the unit is as said, until the version that held then would have ended.
  Result<void> change_unit(const By& by, const UnitId& unit, UnitVersion version);
  /// The version that begins at `from` was never right.
  Result<void> correct_unit(const By& by, const UnitId& unit, Instant from, UnitVersion right);
  Result<void> end_unit(const By& by, const UnitId& unit, Instant at);
  /// Units below and postings in the old units go on in the successor.
  Result<void> merge_units(const By& by, const std::vector<UnitId>& old, const UnitId& successor, Instant at,
                           UnitSuccession::How how = UnitSuccession::How::Merged);
  /// Postings stay where they are: stranded_postings() lists them, and a person says where each goes.
  Result<void> split_unit(const By& by, const UnitId& old, const std::vector<UnitId>& successors, Instant at);

  /// Takes out what makes the person recognisable, here and in the log, for good, within a write of the caller. Refused
  /// while a posting lasts or is to come. Whether accounts and logins are closed is for the caller to see to.
  Result<void> erase_person_in(store::Transaction& tx, const By& by, const PersonId& person, const std::string& reason,
                               Instant now);

  Result<PersonId> add_person(const By& by, PersonDetails details);
  Result<void> correct_person(const By& by, const PersonId& person, PersonDetails details);
  /// The name on record was misspelt, or the person changed names. Gives back the name before.
  Result<std::string> rename_person(const By& by, const PersonId& person, const std::string& name,
                                    const std::string& reason);
  /// `posting.id` is ignored.
  Result<PostingId> post(const By& by, Posting posting);
  /// The posting was never right; its person stays the same.
  Result<void> correct_posting(const By& by, const Posting& right);
  Result<void> unpost(const By& by, const PostingId& posting, Instant at);
  /// The main posting ends at that time and goes on in another unit.
  Result<PostingId> transfer(const By& by, const PersonId& person, const UnitId& unit, const std::string& position,
                             Instant at);

  Result<GroupId> add_group(const By& by, std::string code, std::string name);
  Result<void> correct_group(const By& by, const Group& right);
  Result<void> join_group(const By& by, const GroupId& group, const PersonId& person, const Validity& valid);
  Result<void> leave_group(const By& by, const GroupId& group, const PersonId& person, Instant at);

  /// What an import would do, and the state of the data that it was planned on.
  struct Planned {
    sheets::ImportPlan plan;
    std::int64_t generation = 0;
  };
  /// Columns as in people/import_units.h and people/import_people.h; rows that say no date begin today.
  Result<Planned> plan_units(const sheets::Table& table);
  Result<Planned> plan_people(const sheets::Table& table);
  /// A plan of people with what it would save.
  struct PlannedPeople {
    PeopleImport import;
    std::int64_t generation = 0;
    std::string digest_key;  ///< under which the marks of its people are
  };
  Result<PlannedPeople> prepare_people(const sheets::Table& table);
  /// Saves it whole, in one transaction. Refused if it has a problem, or if the data changed since it was made.
  Result<void> store_people(const By& by, const PlannedPeople& planned);
  /// Plans anew and applies whole, in one transaction, if the plan has no problem; otherwise nothing is changed and the
  /// plan says why. With a generation it is refused if the data changed since that plan.
  Result<sheets::ImportPlan> import_units(const By& by, const sheets::Table& table,
                                          std::optional<std::int64_t> planned_on = std::nullopt);
  Result<sheets::ImportPlan> import_people(const By& by, const sheets::Table& table,
                                           std::optional<std::int64_t> planned_on = std::nullopt);

  /// `grant.id` is ignored. Who may grant what is for the caller; what one person cannot be at once is refused here.
  Result<RoleGrantId> grant_role(const By& by, RoleGrant grant);
  /// Refused if fewer than two administrators of the centre would remain.
  Result<void> end_role(const By& by, const RoleGrantId& grant, Instant at);
  /// Appoints the first administrators, two or more, together. Once: after it every change takes a person with a role.
  Result<void> found_roles(const By& by, const std::vector<PersonId>& centre);
  Result<bool> has_founded_roles();

  /// Into an empty installation only: everything or nothing, with an entry for each unit, group and person.
  Result<void> found(const By& by, Founding founding);

  /// By the keyed digest of the number; the number itself is in no index.
  Result<std::optional<PersonId>> find_person_by_identity(const std::string& identity_number);
  /// Decrypts. The caller has decided that the asker may see them, and records that.
  Result<PrivateFacts> private_facts(const PersonId& person);

  /// Seals and marks the next persons with the current keys whose columns are under older ones, at most `limit`, in one
  /// write. No entry: what is known of nobody changes.
  Result<audit::RenewalStep> renew_keys(const PersonId& after, std::uint64_t limit);

 private:
  using UnitChange = std::function<Result<void>(UnitBook&)>;
  using RecordChange = std::function<Result<void>(store::Reader&, PersonRecord&)>;

  Result<void> change_units(const By& by, const std::string& type, const UnitChange& change);
  Result<void> save_units(store::Transaction& tx, const By& by, const std::string& type, Instant now,
                          const UnitBook& before, const UnitBook& after, IdSource::Series ids);
  void save_imported(store::Transaction& tx, const By& by, Instant now, const std::vector<PersonChange>& changes,
                     const std::vector<SealedFacts>& sealed, const std::string& digest_key);
  Result<void> change_record(const By& by, const std::string& type, const PersonId& person, const RecordChange& change);
  Result<void> save_record(store::Transaction& tx, const By& by, const std::string& type, Instant now,
                           PersonRecord before, PersonRecord after);
  Result<void> save_person(const By& by, const std::string& type, const PersonId& id, PersonDetails details);
  Result<Directory> read_all(store::Reader& reader) override;
  Result<void> read_anew(store::Reader& reader, Directory& directory, const audit::Subject& subject) override;
  Result<PersonId> person_of_posting(const PostingId& posting);

  audit::Recorder& recorder_;
  const store::Keyring& keys_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace khien::people
