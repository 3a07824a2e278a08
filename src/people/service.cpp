#include "people/service.h"

#include "people/store.h"

namespace khien::people {

using store::Reader;

namespace {

/// Beyond this many named subjects one reading of everything is faster.
constexpr std::size_t kMostSingleReads = 5000;

bool is_ours(std::string_view subject) {
  return subject.starts_with("unit/") || subject.starts_with("person/") || subject.starts_with("group/") ||
         subject == "people/*";
}

}  // namespace

People::People(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, const Clock& clock,
               Random& random)
    : store_(store), recorder_(recorder), keys_(keys), clock_(clock), random_(random) {}

Result<void> People::load() {
  must_reload_ = true;
  snapshot_.publish(TRY(as_known_at(Instant::max())));
  must_reload_ = false;
  return {};
}

Result<Directory> People::as_known_at(Instant known_at) {
  return store_.read([&](Reader& reader) -> Result<Directory> { return load_directory(reader, known_at); });
}

Result<void> People::apply(std::span<const audit::Change> changes) {
  std::vector<std::string_view> subjects;
  for (const auto& change : changes)
    if (is_ours(change.subject)) subjects.push_back(change.subject);
  std::ranges::sort(subjects);
  const auto repeated = std::ranges::unique(subjects);
  subjects.erase(repeated.begin(), repeated.end());
  if (subjects.empty() && !must_reload_) return {};
  if (must_reload_ || subjects.size() > kMostSingleReads || std::ranges::find(subjects, "people/*") != subjects.end())
    return load();
  must_reload_ = true;
  snapshot_.publish(TRY(store_.read([&](Reader& reader) -> Result<Directory> {
    Directory next = *snapshot_.get();
    for (const auto subject : subjects) TRY(read_subject(reader, next, subject));
    return next;
  })));
  must_reload_ = false;
  return {};
}

Result<void> People::read_subject(Reader& reader, Directory& directory, std::string_view subject) {
  const auto slash = subject.find('/');
  const auto kind = subject.substr(0, slash);
  const auto id = subject.substr(slash + 1);
  const auto unit = kind == "unit" ? UnitId::parse(id) : std::nullopt;
  const auto person = kind == "person" ? PersonId::parse(id) : std::nullopt;
  const auto group = kind == "group" ? GroupId::parse(id) : std::nullopt;
  if (unit) refresh_unit(reader, directory, *unit);
  if (person) refresh_person(reader, directory, *person);
  if (group) refresh_group(reader, directory, *group);
  if (!unit && !person && !group) return Failure(Error::internal("a change names no id: " + std::string(subject)));
  return {};
}

}  // namespace khien::people
