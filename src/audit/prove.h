// Proofs that can be checked without this program: tests/independent/verify_log.py does so.
//
// All hashes are base64, the path of a proof in the order of RFC 9162. One line of JSON, in this order:
//   {"kind":"inclusion","leaf":N,"entry":"<base64 of the entry's bytes>","leaf_hash":"…","proof":["…"],
//    "checkpoint":"<signed note>"}
//   {"kind":"consistency","older":{"size":N,"root":"…"},"newer":{"size":N,"root":"…"},"proof":["…"],
//    "checkpoint":"<signed note of the newer size>" or null}
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace khien::audit {

/// That the entry is in the log of the oldest stored checkpoint that covers it. NotFound if there is no such entry;
/// Conflict if no checkpoint covers it yet.
Result<std::string> inclusion_json(store::Reader& reader, std::uint64_t leaf);

/// That the log of `newer` leaves begins with that of `older`. Invalid unless older ≤ newer ≤ what there is.
Result<std::string> consistency_json(store::Reader& reader, std::uint64_t older, std::uint64_t newer);

}  // namespace khien::audit
