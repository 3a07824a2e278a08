// Generations of the log: a restored copy goes on as another log, whose first entries are those of the copy.
#pragma once

#include <cstdint>
#include <string_view>

#include "store/keyring.h"
#include "store/store.h"

namespace khien::audit {

/// Of the newest log in the database; 1 if it has none yet.
std::uint64_t generation(store::Reader& reader);

/// Makes what is there the beginning of a log of that generation, with a handover from the key before (`old_key`) to
/// the keyring's current one. For a log that nobody has opened. Refused if the log is not one that this program wrote,
/// or the generation is none to come.
Result<void> begin_generation(store::Transaction& tx, const store::Keyring& keyring, const store::Key& old_key,
                              std::string_view installation, std::uint64_t next, Instant now);

}  // namespace khien::audit
