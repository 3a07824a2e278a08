// Configuration files: whatever is in them, there is an answer.
#include <cstddef>
#include <cstdint>

#include "app/config.h"
#include "base/encoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien;
  const auto read =
      app::parse_config(text_of(ByteView(data, size)), "fuzz", [](const std::string&) { return std::nullopt; });
  static_cast<void>(read);
  return 0;
}
