#include "people/service.h"

#include <array>

#include "people/store.h"

namespace khien::people {

using store::Reader;

namespace {

constexpr std::array<std::string_view, 4> kKinds{"unit", "person", "group", "people"};

}  // namespace

People::People(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, const Clock& clock,
               Random& random)
    : Followed(store, kKinds), recorder_(recorder), keys_(keys), clock_(clock), random_(random) {}

Result<Directory> People::as_known_at(Instant known_at) const {
  return store_.read([&](Reader& reader) -> Result<Directory> { return load_directory(reader, known_at); });
}

Result<Directory> People::read_all(Reader& reader) {
  return load_directory(reader);
}

Result<void> People::read_anew(Reader& reader, Directory& directory, const audit::Subject& subject) {
  if (subject.kind == "unit")
    refresh_unit(reader, directory, TRY(subject.as<UnitId>()));
  else if (subject.kind == "group")
    refresh_group(reader, directory, TRY(subject.as<GroupId>()));
  else
    refresh_person(reader, directory, TRY(subject.as<PersonId>()));
  return {};
}

}  // namespace khien::people
