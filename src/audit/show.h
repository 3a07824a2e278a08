// Reading the log: which entries, and how a machine and a person see them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/encode.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::audit {

struct EntryQuery {
  std::uint64_t from_leaf = 0;
  std::uint64_t to_leaf = UINT64_MAX;  ///< not included
  std::optional<Instant> from{};
  std::optional<Instant> to{};          ///< not included
  std::string type_prefix{};            ///< `password.` or `password.changed`
  std::vector<std::string> subjects{};  ///< any of these, each whole, such as `login/…`; empty means all
  std::vector<std::string> about{};     ///< mentions(…) of any of these ids; empty means all
  std::uint64_t limit = UINT64_MAX;
};

struct ShownEntry {
  std::uint64_t leaf = 0;
  std::string bytes;
  StoredEntry stored;
  std::vector<Fact> personal;  ///< as far as they were asked for and could be opened
};

struct CheckpointShown {
  std::uint64_t size = 0;  ///< entries that it covers
  Instant signed_at{};
};
/// nullopt before the first.
std::optional<CheckpointShown> newest_checkpoint(store::Reader& reader);

/// In the order of the log. Personal facts are opened if a keyring is given: the caller has checked that whoever asks
/// may see them. An error for an entry that cannot be read.
Result<void> each_shown(store::Reader& reader, const EntryQuery& query, const store::Keyring* keyring,
                        const std::function<void(const ShownEntry&)>& callback);

/// The leaf from which on just `query.limit` entries match, or all if there are fewer: the newest ones.
std::uint64_t first_of_newest(store::Reader& reader, const EntryQuery& query);

/// Whether the entry names one of the ids (without `kind/`): as actor, subject, person, in a clause or in a fact.
bool mentions(const StoredEntry& entry, std::span<const std::string> ids);

/// `{"leaf":N,"entry":<the exact bytes>[,"personal":{"name":"value"}]}`, without a line feed.
std::string json_line(const ShownEntry& entry);
/// What an id is called, in an entry of that time; nullopt if that is not known, then the id is shown.
using NameOf = std::function<std::optional<std::string>(std::string_view id, Instant at)>;

/// Number, time, type, result, subject, actor, clauses and facts; in Vietnamese with what the codes of the log mean.
/// Ids are shown by their names.
std::string human_line(const ShownEntry& entry, Language language, const NameOf& name_of);

}  // namespace khien::audit
