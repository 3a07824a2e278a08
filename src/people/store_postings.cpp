#include <algorithm>

#include "people/store.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kAllPostings{
    "select id, person, unit, position, main, valid_from, valid_to from posting"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2)",
    "ttttiii"};
constexpr Sql kPostingsOf{
    "select id, person, unit, position, main, valid_from, valid_to from posting"
    " where person = :1 and superseded_at is null order by valid_from, id",
    "ttttiii"};
constexpr Sql kPersonOfPosting{"select person from posting where id = :1 and superseded_at is null", "t"};
constexpr Sql kPostedIn{"select distinct person from posting where unit = :1 and superseded_at is null", "t"};
constexpr Sql kSupersedePosting{"update posting set superseded_at = :1 where id = :2 and superseded_at is null"};
constexpr Sql kInsertPosting{
    "insert into posting (id, revision, person, unit, position, main, valid_from, valid_to, recorded_at)"
    " values (:1, (select coalesce(max(revision), 0) + 1 from posting where id = :2), :3, :4, :5, :6, :7, :8, :9)"};

constexpr Sql kAllMemberships{
    "select group_id, person, valid_from, valid_to from membership"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2)",
    "ttii"};
constexpr Sql kMembershipsOf{
    "select group_id, person, valid_from, valid_to from membership where person = :1 and superseded_at is null"
    " order by group_id, valid_from",
    "ttii"};
constexpr Sql kSupersedeMembership{
    "update membership set superseded_at = :1"
    " where person = :2 and group_id = :3 and valid_from = :4 and superseded_at is null"};
constexpr Sql kInsertMembership{
    "insert into membership (person, group_id, revision, valid_from, valid_to, recorded_at) values (:1, :2,"
    " (select coalesce(max(revision), 0) + 1 from membership where person = :3 and group_id = :4), :5, :6, :7)"};

Posting posting_of(const Row& row) {
  return {row.id<PostingId>(0), row.id<PersonId>(1), row.id<UnitId>(2),
          row.string(3),        row.flag(4),         {row.instant(5), row.maybe_instant(6)}};
}
Membership membership_of(const Row& row) {
  return {row.id<GroupId>(0), row.id<PersonId>(1), {row.instant(2), row.maybe_instant(3)}};
}
}  // namespace

void load_postings(Reader& reader, Directory& directory, Instant known_at) {
  reader.each(kAllPostings, [&](const Row& row) { directory.add(posting_of(row)); }, known_at, known_at);
}

void load_memberships(Reader& reader, Directory& directory, Instant known_at) {
  reader.each(kAllMemberships, [&](const Row& row) { directory.add(membership_of(row)); }, known_at, known_at);
}

std::vector<Posting> load_postings_of(Reader& reader, const PersonId& id) {
  std::vector<Posting> postings;
  reader.each(kPostingsOf, [&](const Row& row) { postings.push_back(posting_of(row)); }, id);
  return postings;
}

std::vector<Membership> load_memberships_of(Reader& reader, const PersonId& id) {
  std::vector<Membership> memberships;
  reader.each(kMembershipsOf, [&](const Row& row) { memberships.push_back(membership_of(row)); }, id);
  return memberships;
}

std::optional<PersonId> find_person_of_posting(Reader& reader, const PostingId& posting) {
  std::optional<PersonId> found;
  reader.first(kPersonOfPosting, [&](const Row& row) { found = row.id<PersonId>(0); }, posting);
  return found;
}

std::vector<PersonId> find_people_posted_in(Reader& reader, const UnitId& unit) {
  std::vector<PersonId> found;
  reader.each(kPostedIn, [&](const Row& row) { found.push_back(row.id<PersonId>(0)); }, unit);
  return found;
}

void save_postings(Transaction& transaction, const std::vector<Posting>& before, const std::vector<Posting>& after,
                   Instant now) {
  for (const auto& posting : before)
    if (std::ranges::find(after, posting) == after.end()) transaction.execute(kSupersedePosting, now, posting.id);
  for (const auto& posting : after)
    if (std::ranges::find(before, posting) == before.end())
      transaction.execute(kInsertPosting, posting.id, posting.id, posting.person, posting.unit, posting.position,
                          posting.main, posting.valid.from, posting.valid.to, now);
}

void save_memberships(Transaction& transaction, const std::vector<Membership>& before,
                      const std::vector<Membership>& after, Instant now) {
  for (const auto& membership : before)
    if (std::ranges::find(after, membership) == after.end())
      transaction.execute(kSupersedeMembership, now, membership.person, membership.group, membership.valid.from);
  for (const auto& membership : after)
    if (std::ranges::find(before, membership) == before.end())
      transaction.execute(kInsertMembership, membership.person, membership.group, membership.person, membership.group,
                          membership.valid.from, membership.valid.to, now);
}

}  // namespace khien::people
