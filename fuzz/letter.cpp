// Any bytes: the reader refuses or reads them, and every quote stands in the NFC text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/vietnamese.h"
#include "letter/draft.h"
#include "letter/json.h"
#include "letter/read.h"
#include "letter/show.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto reading = khien::letter::read(bytes);
  if (!reading) return 0;
  const auto text = khien::nfc(bytes);
  if (!text) std::abort();
  for (const auto& control : reading->controls)
    if (control.quote.empty() || text->find(control.quote) == std::string::npos) std::abort();
  if (khien::letter::to_json(*reading).empty() || khien::letter::to_draft(*reading).empty()) std::abort();
  if (khien::letter::show(*reading, khien::Language::English).empty()) std::abort();
  return 0;
}
