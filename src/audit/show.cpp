#include "audit/show.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/openings.h"
#include "audit/store.h"
#include "audit/words.h"
#include "base/characters.h"

namespace khien::audit {
namespace {

constexpr std::uint64_t kRun = 1024;

bool matches(const EntryQuery& query, const EntryRow& row) {
  if (!row.type.starts_with(query.type_prefix) || (query.from && row.at < *query.from) ||
      (query.to && row.at >= *query.to))
    return false;
  if (!query.subjects.empty() && std::ranges::find(query.subjects, row.subject) == query.subjects.end()) return false;
  if (query.about.empty()) return true;
  // Most entries do not hold the ids at all, and need not be decoded to know it.
  if (std::ranges::none_of(query.about, [&](const auto& id) { return row.bytes.contains(id); })) return false;
  const auto stored = decode(row.bytes);
  return !stored || mentions(*stored, query.about);  // what cannot be read is told to whoever reads it
}

/// What may stand around an id: `ID ID`, `ID,ID`, `kind/ID`, `ID/LA-13`.
constexpr std::string_view kAroundIds = " ,/";

/// Whether one of the ids stands in the text by itself, or among others.
bool names_one(std::string_view text, std::span<const std::string> ids) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(kAroundIds), text.size());
    if (std::ranges::find(ids, text.substr(0, end)) != ids.end()) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::vector<Fact> opened(store::Reader& reader, const store::Keyring& keyring, const ShownEntry& entry) {
  std::vector<Fact> out;
  if (entry.stored.commitments.empty()) return out;
  const auto key = person_key(reader, keyring, *entry.stored.entry.person);
  if (!key) return out;
  const Digest leaf = leaf_hash(bytes_of(entry.bytes));
  for (const auto& commitment : entry.stored.commitments)
    if (auto opening = read_opening(reader, *key, leaf, commitment.name))
      if (commit_to(opening->salt, commitment.name, opening->value) == commitment.digest)
        out.push_back({commitment.name, std::move(opening->value)});
  return out;
}

Text name_in_words(Actor::Kind kind) {
  switch (kind) {
    case Actor::Kind::Person:
      return {"người", "person"};
    case Actor::Kind::Login:
      return {"tên đăng nhập", "login"};
    case Actor::Kind::Client:
      return {"hệ thống", "client"};
    case Actor::Kind::Operator:
      return {"người vận hành", "operator"};
    case Actor::Kind::Clock:
      return {"đến hạn", "clock"};
    case Actor::Kind::Anonymous:
      break;
  }
  return {"không rõ ai", "anonymous"};
}

/// What is known of an actor beside who it is.
std::vector<std::pair<Text, std::string>> more_of(const Actor& actor) {
  std::vector<std::pair<Text, std::string>> out;
  if (actor.break_glass) out.push_back({{"quyền", "rights"}, "break_glass"});
  if (!actor.system_user.empty()) out.push_back({{"người dùng máy", "system user"}, actor.system_user});
  if (actor.approver) out.push_back({{"người duyệt", "approved by"}, actor.approver->text()});
  if (actor.request) out.push_back({{"theo đề nghị", "on request"}, actor.request->text()});
  return out;
}

/// On one line, with what steers as escapes: a fact must not move the cursor of who reads it.
std::string printable(std::string_view text) {
  std::string quoted;
  append_quoted(quoted, text);
  return khien::printable(std::string_view(quoted).substr(1, quoted.size() - 2));
}

/// The text with names in the place of ids.
std::string named(std::string_view text, Instant at, const NameOf& name_of) {
  std::string out;
  while (true) {
    const auto end = std::min(text.find_first_of(kAroundIds), text.size());
    const std::string_view word = text.substr(0, end);
    const auto name = word.empty() ? std::nullopt : name_of(word, at);
    out += name ? *name : std::string(word);
    if (end == text.size()) return out;
    out += text[end];
    text.remove_prefix(end + 1);
  }
}

/// At most `kRun` rows of the query from `begin` on, matching or not.
template <class Take>
void read_run(store::Reader& reader, const EntryQuery& query, std::uint64_t begin, std::uint64_t end,
              const Take& take) {
  if (query.subjects.size() == 1)
    each_entry_of(reader, query.subjects.front(), begin, end, kRun, take);
  else
    each_entry(reader, begin, end, kRun, take);
}

}  // namespace

std::optional<CheckpointShown> newest_checkpoint(store::Reader& reader) {
  const auto row = latest_checkpoint(reader);
  return row ? std::optional(CheckpointShown{row->size, row->signed_at}) : std::nullopt;
}

Result<void> each_shown(store::Reader& reader, const EntryQuery& query, const store::Keyring* keyring,
                        const std::function<void(const ShownEntry&)>& callback) {
  std::optional<Error> problem;
  std::uint64_t shown = 0;
  std::uint64_t next = query.from_leaf;
  for (bool more = true; more && !problem && shown < query.limit;) {
    more = false;
    const auto take = [&](const EntryRow& row) {
      more = true;
      next = row.leaf + 1;
      if (problem || shown == query.limit || !matches(query, row)) return;
      auto stored = decode(row.bytes);
      if (!stored) {
        problem = Error{ErrorKind::Conflict,
                        Text::format("Mục số {0} không đọc được; hãy chạy «khien audit verify».",
                                     "Entry number {0} cannot be read; run `khien audit verify`.", row.leaf)};
        return;
      }
      ShownEntry entry{row.leaf, std::string(row.bytes), std::move(*stored), {}};
      if (keyring != nullptr) entry.personal = opened(reader, *keyring, entry);
      ++shown;
      callback(entry);
    };
    read_run(reader, query, next, query.to_leaf, take);
  }
  if (problem) return Failure(std::move(*problem));
  return {};
}

std::uint64_t first_of_newest(store::Reader& reader, const EntryQuery& query) {
  std::uint64_t missing = query.limit;
  std::uint64_t end = std::min(query.to_leaf, count_entries(reader));
  while (missing > 0 && end > query.from_leaf) {
    const std::uint64_t begin = end - std::min(kRun, end - query.from_leaf);
    std::vector<std::uint64_t> found;
    read_run(reader, query, begin, end, [&](const EntryRow& row) {
      if (matches(query, row)) found.push_back(row.leaf);
    });
    if (found.size() >= missing) return found[found.size() - missing];
    missing -= found.size();
    end = begin;
  }
  return query.from_leaf;
}

bool mentions(const StoredEntry& stored, std::span<const std::string> ids) {
  const Entry& entry = stored.entry;
  const auto named = [&](const auto& text) { return names_one(text, ids); };
  return named(entry.actor.id) || named(entry.subject) || (entry.person && named(entry.person->text())) ||
         std::ranges::any_of(entry.clauses, named) ||
         std::ranges::any_of(entry.facts, [&](const Fact& fact) { return named(fact.value); });
}

std::string json_line(const ShownEntry& entry) {
  std::string out = fmt::format(R"({{"leaf":{},"entry":{})", entry.leaf, entry.bytes);
  char before = '{';
  if (!entry.personal.empty()) out += ",\"personal\":";
  for (const auto& fact : entry.personal) {
    out += before;
    append_quoted(out, fact.name);
    out += ':';
    append_quoted(out, fact.value);
    before = ',';
  }
  return out + (entry.personal.empty() ? "}" : "}}");
}

std::string human_line(const ShownEntry& entry, Language language, const NameOf& name_of) {
  const Entry& said = entry.stored.entry;
  const auto shown = [&](std::string_view text) { return printable(named(text, said.at, name_of)); };
  std::string out =
      fmt::format("{}  {}  {}  {}  {}  {}", entry.leaf, iso(said.at), printable(words_of_type(said.type, language)),
                  printable(words_of_result(said.result, language)), shown(said.subject),
                  name_in_words(said.actor.kind).in(language));
  if (!said.actor.id.empty()) out += " " + shown(said.actor.id);
  for (const auto& [what, value] : more_of(said.actor)) out += "  " + what.in(language) + "=" + shown(value);
  for (const auto& clause : said.clauses) out += "  §" + printable(clause);
  for (const auto* facts : {&said.facts, &entry.personal})
    for (const auto& fact : *facts)
      out += "  " + printable(words_of_fact(fact.name, language)) + "=" + shown(fact.value);
  return out;
}

}  // namespace khien::audit
