// Reading the log: which entries, and how a machine and a person see them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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
  std::optional<Instant> to{};  ///< not included
  std::string type_prefix{};    ///< `password.` or `password.changed`
  std::string subject{};        ///< whole, such as `login/…`; empty means all
  std::uint64_t limit = UINT64_MAX;
};

struct ShownEntry {
  std::uint64_t leaf = 0;
  std::string bytes;
  StoredEntry stored;
  std::vector<Fact> personal;  ///< as far as they were asked for and could be opened
};

/// In the order of the log. Personal facts are opened if a keyring is given: the caller has checked that whoever asks
/// may see them. An error for an entry that cannot be read.
Result<void> each_shown(store::Reader& reader, const EntryQuery& query, const store::Keyring* keyring,
                        const std::function<void(const ShownEntry&)>& callback);

/// The leaf from which on just `query.limit` entries match, or all if there are fewer: the newest ones.
std::uint64_t first_of_newest(store::Reader& reader, const EntryQuery& query);

/// `{"leaf":N,"entry":<the exact bytes>[,"personal":{"name":"value"}]}`, without a line feed.
std::string json_line(const ShownEntry& entry);
/// Number, time, type, result, subject, actor, clauses and facts.
std::string human_line(const ShownEntry& entry, Language language);

}  // namespace khien::audit
