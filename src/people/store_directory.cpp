#include <algorithm>

#include "people/store.h"

namespace khien::people {

using store::Reader;

Directory load_directory(Reader& reader, Instant known_at) {
  Directory directory;
  UnitBook book = load_units(reader, known_at);
  for (auto& [id, unit] : book.units) directory.put(std::move(unit));
  std::ranges::sort(book.successions, {}, &UnitSuccession::old);
  for (std::size_t i = 0; i < book.successions.size();) {
    const UnitId old = book.successions[i].old;
    std::vector<UnitSuccession> same;
    for (; i < book.successions.size() && book.successions[i].old == old; ++i) same.push_back(book.successions[i]);
    directory.put_successions(old, std::move(same));
  }
  load_persons(reader, directory, known_at);
  load_postings(reader, directory, known_at);
  load_memberships(reader, directory, known_at);
  load_roles(reader, directory, known_at);
  for (auto& group : load_groups(reader)) directory.put(std::move(group));
  return directory;
}

std::optional<PersonRecord> load_person(Reader& reader, const PersonId& id) {
  auto person = load_plain_person(reader, id);
  if (!person) return std::nullopt;
  return PersonRecord{std::move(*person), load_postings_of(reader, id), load_memberships_of(reader, id),
                      load_roles_of(reader, id)};
}

void refresh_person(Reader& reader, Directory& directory, const PersonId& id) {
  if (auto record = load_person(reader, id)) directory.put(std::move(*record));
}

}  // namespace khien::people
