// Stored entries: what is accepted is exactly what encoding it gives.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "audit/encode.h"
#include "audit/show.h"
#include "base/vietnamese.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto stored = audit::decode(bytes);
  if (!stored) return 0;
  const auto again = audit::encode(stored->entry, stored->commitments);
  if (!again || *again != bytes) std::abort();
  const std::string line =
      audit::human_line({0, std::string(bytes), *stored, stored->entry.facts}, Language::Vietnamese,
                        [](std::string_view id, Instant) { return std::optional(std::string(id)); });
  if (!is_utf8(line) || line.find('\n') != std::string::npos || line.find('\x1b') != std::string::npos) std::abort();
  return 0;
}
