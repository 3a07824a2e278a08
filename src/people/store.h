// Tables of this subject: everything that holds in time is kept twice dated, by when it is so and by when we knew it.
//
// A row is never overwritten: a change sets `superseded_at` on what is no longer believed and adds a row. What is known
// now are the rows without it; what was known at R are the rows recorded by R and not superseded by R. Persons and
// groups are rows of their own whose present values alone are kept; the evidence log has their past.
#pragma once

#include <optional>
#include <vector>

#include "people/directory.h"
#include "people/sealing.h"
#include "people/unit_changes.h"
#include "store/store.h"

namespace khien::people {

/// Everything as it was known at that time (persons with their present values); Instant::max() is what is known now.
Directory load_directory(store::Reader& reader, Instant known_at = Instant::max());

/// Each reads one thing anew into the directory.
void refresh_unit(store::Reader& reader, Directory& directory, const UnitId& id);
void refresh_person(store::Reader& reader, Directory& directory, const PersonId& id);
void refresh_group(store::Reader& reader, Directory& directory, const GroupId& id);

UnitBook load_units(store::Reader& reader, Instant known_at = Instant::max());
/// Without versions if there is no such unit.
Unit load_unit(store::Reader& reader, const UnitId& id);
/// Saves the difference; returns the units whose versions or successions changed.
std::vector<UnitId> save_units(store::Transaction& transaction, const UnitBook& before, const UnitBook& after,
                               Instant now);

/// Persons recorded by then, without postings and memberships, into the directory.
void load_persons(store::Reader& reader, Directory& directory, Instant known_at);
void load_postings(store::Reader& reader, Directory& directory, Instant known_at);
void load_memberships(store::Reader& reader, Directory& directory, Instant known_at);

void load_roles(store::Reader& reader, Directory& directory, Instant known_at);

std::optional<Person> load_plain_person(store::Reader& reader, const PersonId& id);
std::vector<Posting> load_postings_of(store::Reader& reader, const PersonId& id);
std::vector<Membership> load_memberships_of(store::Reader& reader, const PersonId& id);
std::vector<RoleGrant> load_roles_of(store::Reader& reader, const PersonId& id);
/// Of everybody, as known now.
std::vector<RoleGrant> load_grants(store::Reader& reader, Role role);
std::optional<PersonId> find_person_of_role(store::Reader& reader, const RoleGrantId& grant);
std::optional<PersonRecord> load_person(store::Reader& reader, const PersonId& id);
/// The person with one of these marks.
std::optional<PersonId> find_person_by_identity(store::Reader& reader, const std::vector<Mark>& identities);
std::optional<PersonId> find_person_by_staff_code(store::Reader& reader, const std::string& staff_code);
std::optional<PersonId> find_person_of_posting(store::Reader& reader, const PostingId& posting);
std::optional<SealedFacts> load_sealed(store::Reader& reader, const PersonId& id);
/// Persons with a posting in that unit, present, past or to come.
std::vector<PersonId> find_people_posted_in(store::Reader& reader, const UnitId& unit);

void insert_person(store::Transaction& transaction, const Person& person, const SealedFacts& sealed,
                   const std::string& digest_key, Instant now);
void update_person(store::Transaction& transaction, const Person& person, const SealedFacts& sealed,
                   const std::string& digest_key, Instant now);

/// What of a person is under keys.
struct KeyedColumns {
  PersonId id;
  std::string name;
  std::string digest_key;
  SealedFacts sealed;
};
/// The next persons after `after` of whom something is under other keys than these; at most `limit`.
std::vector<KeyedColumns> persons_not_under(store::Reader& reader, std::string_view field_key,
                                            std::string_view digest_key, const PersonId& after, std::uint64_t limit);
/// Unless name or columns are other ones by now.
void replace_keyed_columns(store::Transaction& transaction, const KeyedColumns& before, const Person& marked,
                           const KeyedColumns& after);

/// Takes out name, mail, staff code, category, digests and sealed columns, and the position of every posting that was
/// ever recorded. Id, units and dates stay.
void erase_person(store::Transaction& transaction, const PersonId& id, Instant now);

/// Each saves the difference between what was and what shall be known of one person.
void save_postings(store::Transaction& transaction, const std::vector<Posting>& before,
                   const std::vector<Posting>& after, Instant now);
void save_memberships(store::Transaction& transaction, const std::vector<Membership>& before,
                      const std::vector<Membership>& after, Instant now);
void save_roles(store::Transaction& transaction, const std::vector<RoleGrant>& before,
                const std::vector<RoleGrant>& after, Instant now);

/// When the first administrators were appointed; from then on the owner of the folder alone may do nothing.
std::optional<Instant> load_founded_at(store::Reader& reader);
void save_founded(store::Transaction& transaction, Instant now);

std::vector<Group> load_groups(store::Reader& reader);
void insert_group(store::Transaction& transaction, const Group& group, Instant now);
void update_group(store::Transaction& transaction, const Group& group);

/// Counts the changes of this subject, so that a plan made before another change is noticed.
std::int64_t load_generation(store::Reader& reader);
void bump_generation(store::Transaction& transaction);

}  // namespace khien::people
