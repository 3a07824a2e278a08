// What the public paths of the log answer: checkpoint, tiles of hashes and bundles of entries (C2SP tlog-tiles).
#pragma once

#include <string>
#include <string_view>

#include "base/encoding.h"
#include "base/result.h"
#include "store/store.h"

namespace khien::audit {

/// Whether the answer can change, for its cache headers.
enum class Lifetime {
  Changing,  ///< the checkpoint
  Forever,   ///< a tile of that width
};

struct Resource {
  Bytes body;
  std::string content_type;
  Lifetime lifetime = Lifetime::Changing;
};

/// `path` is what follows `/log/`: `checkpoint`, `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`. NotFound for
/// anything else, and for what the log does not hold yet. Only what the newest checkpoint covers is given out.
Result<Resource> resource(store::Reader& reader, std::string_view path);

}  // namespace khien::audit
