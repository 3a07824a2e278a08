// Fields of the command socket: what is accepted is what encoding gives.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/frames.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto fields = khien::app::decode_fields(bytes);
  if (fields && khien::app::encode_fields(*fields) != bytes) std::abort();
  return 0;
}
