// Hashes of the tree out of the stored tiles, for proofs and roots at older sizes: a few rows whatever the size.
#pragma once

#include "audit/merkle.h"
#include "store/store.h"

namespace khien::audit {

/// Complete subtrees as the tiles give them; Unavailable if a tile that is needed is not there. Not longer than the
/// reader.
CompleteSubtrees subtrees_in(store::Reader& reader);

}  // namespace khien::audit
