#include "people/search.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/vietnamese.h"

namespace khien::people {
namespace {

/// A query word, once folded and once as typed keys: the keys of hòa and hoà are the same.
struct QueryWord {
  std::string folded;
  std::string keys;  ///< empty if the word has no mark
};

std::vector<QueryWord> query_words(std::string_view query) {
  std::vector<QueryWord> out;
  for (const auto& word : words(query)) {
    const std::string small = lower(word);
    std::string plain = fold(word);
    out.push_back({plain, small == plain ? std::string() : telex(small)});
  }
  return out;
}

/// True if a word of the text begins so. Names are stored with single plain spaces.
bool has_word_beginning(std::string_view text, std::string_view beginning) {
  for (std::size_t at = 0; at != std::string_view::npos;) {
    if (text.substr(at).starts_with(beginning)) return true;
    at = text.find(' ', at);
    if (at != std::string_view::npos) ++at;
  }
  return false;
}

/// Only a name that matches without marks is looked at with marks.
bool matches_name(const std::string& name, const std::vector<QueryWord>& query) {
  const std::string plain = fold(name);
  for (const auto& wanted : query)
    if (!has_word_beginning(plain, wanted.folded)) return false;
  if (std::ranges::all_of(query, [](const QueryWord& wanted) { return wanted.keys.empty(); })) return true;
  const auto marked = words(lower(name));
  return std::ranges::all_of(query, [&](const QueryWord& wanted) {
    return wanted.keys.empty() ||
           std::ranges::any_of(marked, [&](const std::string& word) { return telex(word) == wanted.keys; });
  });
}

}  // namespace

void sort_by_name(const Directory& directory, std::vector<PersonId>& people) {
  std::vector<std::pair<std::string, PersonId>> keyed;
  keyed.reserve(people.size());
  for (const auto& id : people) {
    const PersonRecord* record = directory.person(id);
    keyed.emplace_back(record == nullptr ? std::string() : name_sort_key(record->person.name), id);
  }
  std::ranges::sort(keyed);
  std::ranges::transform(keyed, people.begin(), [](const auto& entry) { return entry.second; });
}

std::vector<PersonId> search(const Directory& directory, std::string_view query, std::size_t most) {
  const std::string typed = lower(squeeze(query));
  if (typed.empty() || most == 0) return {};
  const bool is_mail = typed.contains('@');
  const bool is_code = typed.find_first_of("0123456789") != std::string::npos;
  const auto wanted = query_words(typed);
  std::vector<PersonId> out;
  directory.people().for_each([&](const PersonId& id, const PersonRecord& record) {
    const Person& person = record.person;
    const bool matches = is_mail   ? person.work_mail.starts_with(typed)
                         : is_code ? lower(person.staff_code) == typed
                                   : matches_name(person.name, wanted);
    if (matches) out.push_back(id);
  });
  sort_by_name(directory, out);
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace khien::people
