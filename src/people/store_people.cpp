#include <algorithm>

#include "people/store.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kAllPeople{
    "select id, name, work_mail, staff_code, category, identity_digest, likeness_digest from person"
    " where recorded_at <= :1",
    "ttttttt"};
constexpr Sql kPerson{
    "select id, name, work_mail, staff_code, category, identity_digest, likeness_digest from person where id = :1",
    "ttttttt"};
constexpr Sql kByIdentity{"select id from person where identity_digest = :1", "t"};
constexpr Sql kByStaffCode{"select id from person where staff_code = :1 and staff_code <> ''", "t"};
constexpr Sql kSealed{"select birth_date_sealed, identity_number_sealed, phone_sealed from person where id = :1",
                      "ttt"};
constexpr Sql kInsertPerson{
    "insert into person (id, name, work_mail, staff_code, category, identity_digest, likeness_digest, digest_key,"
    " birth_date_sealed, identity_number_sealed, phone_sealed, recorded_at, changed_at)"
    " values (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13)"};
constexpr Sql kUpdatePerson{
    "update person set name = :1, work_mail = :2, staff_code = :3, category = :4, identity_digest = :5,"
    " likeness_digest = :6, digest_key = :7, birth_date_sealed = :8, identity_number_sealed = :9, phone_sealed = :10,"
    " changed_at = :11 where id = :12"};

constexpr Sql kErasePerson{
    "update person set name = :1, work_mail = '', staff_code = '', category = :2, identity_digest = null,"
    " likeness_digest = null, birth_date_sealed = '', identity_number_sealed = '', phone_sealed = '', changed_at = :3"
    " where id = :4"};
// Ids of keys have no character that `like` reads otherwise but `_`, which at worst counts a key too many.
constexpr Sql kNotUnder{
    "select id, name, digest_key, birth_date_sealed, identity_number_sealed, phone_sealed from person"
    " where id > :1 and (digest_key <> :2 or (birth_date_sealed <> '' and birth_date_sealed not like :3)"
    " or (identity_number_sealed <> '' and identity_number_sealed not like :3)"
    " or (phone_sealed <> '' and phone_sealed not like :3)) order by id limit :4",
    "tttttt"};
constexpr Sql kReplaceKeyed{
    "update person set identity_digest = :1, likeness_digest = :2, digest_key = :3, birth_date_sealed = :4,"
    " identity_number_sealed = :5, phone_sealed = :6"
    " where id = :7 and name = :8 and digest_key = :9 and birth_date_sealed = :10 and identity_number_sealed = :11"
    " and phone_sealed = :12"};
constexpr Sql kCountSealed{
    "select count(*) from person where birth_date_sealed like :1 or identity_number_sealed like :1"
    " or phone_sealed like :1",
    "i"};
constexpr Sql kCountMarked{
    "select count(*) from person where digest_key = :1 and (identity_digest is not null or likeness_digest is not "
    "null)",
    "i"};
constexpr Sql kErasePositions{"update posting set position = '' where person = :1"};

std::optional<std::string> text_of_mark(const std::optional<Mark>& mark) {
  return mark ? std::optional(base64url(*mark)) : std::nullopt;
}

std::optional<Mark> mark_of(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  Mark mark{};
  if (!read_base64url(row.text(column), mark)) return std::nullopt;
  return mark;
}

Person person_of(const Row& row) {
  return {row.id<PersonId>(0),
          row.string(1),
          row.string(2),
          row.string(3),
          mark_of(row, 5),
          mark_of(row, 6),
          parse_category(row.text(4)).value_or(Category::Unknown)};
}

template <class... P>
std::optional<PersonId> first_person(Reader& reader, const Sql& sql, const P&... parameters) {
  std::optional<PersonId> found;
  reader.first(sql, [&](const Row& row) { found = row.id<PersonId>(0); }, parameters...);
  return found;
}

}  // namespace

void load_persons(Reader& reader, Directory& directory, Instant known_at) {
  reader.each(kAllPeople, [&](const Row& row) { directory.put(PersonRecord{person_of(row), {}, {}}); }, known_at);
}

std::optional<Person> load_plain_person(Reader& reader, const PersonId& id) {
  std::optional<Person> found;
  reader.first(kPerson, [&](const Row& row) { found = person_of(row); }, id);
  return found;
}

std::optional<PersonId> find_person_by_identity(Reader& reader, const std::vector<Mark>& identities) {
  for (const auto& identity : identities)
    if (const auto found = first_person(reader, kByIdentity, base64url(identity))) return found;
  return std::nullopt;
}

std::vector<KeyedColumns> persons_not_under(Reader& reader, std::string_view field_key, std::string_view digest_key,
                                            const PersonId& after, std::uint64_t limit) {
  std::vector<KeyedColumns> out;
  const std::string field = std::string(field_key) + ".%";
  reader.each(
      kNotUnder,
      [&](const Row& row) {
        out.push_back(
            {row.id<PersonId>(0), row.string(1), row.string(2), {row.string(3), row.string(4), row.string(5)}});
      },
      after == PersonId{} ? std::string() : after.text(), digest_key, field, limit);
  return out;
}

void replace_keyed_columns(Transaction& transaction, const KeyedColumns& before, const Person& marked,
                           const KeyedColumns& after) {
  transaction.execute(kReplaceKeyed, text_of_mark(marked.identity), text_of_mark(marked.likeness), after.digest_key,
                      after.sealed.birth_date, after.sealed.identity_number, after.sealed.phone, after.id, before.name,
                      before.digest_key, before.sealed.birth_date, before.sealed.identity_number, before.sealed.phone);
}

std::int64_t count_sealed_under(Reader& reader, std::string_view field_key) {
  std::int64_t out = 0;
  reader.first(kCountSealed, [&](const Row& row) { out = row.integer(0); }, std::string(field_key) + ".%");
  return out;
}

std::int64_t count_marked_under(Reader& reader, std::string_view digest_key) {
  std::int64_t out = 0;
  reader.first(kCountMarked, [&](const Row& row) { out = row.integer(0); }, digest_key);
  return out;
}

std::optional<PersonId> find_person_by_staff_code(Reader& reader, const std::string& staff_code) {
  return first_person(reader, kByStaffCode, staff_code);
}

std::optional<SealedFacts> load_sealed(Reader& reader, const PersonId& id) {
  std::optional<SealedFacts> found;
  reader.first(kSealed, [&](const Row& row) { found = SealedFacts{row.string(0), row.string(1), row.string(2)}; }, id);
  return found;
}

void insert_person(Transaction& transaction, const Person& person, const SealedFacts& sealed,
                   const std::string& digest_key, Instant now) {
  transaction.execute(kInsertPerson, person.id, person.name, person.work_mail, person.staff_code,
                      code_of(person.category), text_of_mark(person.identity), text_of_mark(person.likeness),
                      digest_key, sealed.birth_date, sealed.identity_number, sealed.phone, now, now);
}

void erase_person(Transaction& transaction, const PersonId& id, Instant now) {
  transaction.execute(kErasePerson, kErasedName, code_of(Category::Unknown), now, id);
  transaction.execute(kErasePositions, id);
}

void update_person(Transaction& transaction, const Person& person, const SealedFacts& sealed,
                   const std::string& digest_key, Instant now) {
  transaction.execute(kUpdatePerson, person.name, person.work_mail, person.staff_code, code_of(person.category),
                      text_of_mark(person.identity), text_of_mark(person.likeness), digest_key, sealed.birth_date,
                      sealed.identity_number, sealed.phone, now, person.id);
}

}  // namespace khien::people
