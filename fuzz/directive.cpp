// Directives as files: whatever is in them, what is taken can be written and read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/encoding.h"
#include "directives/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien;
  if (size > 65536) return 0;
  const auto read = directives::parse_directive(text_of(ByteView(data, size)), "fuzz");
  if (!read) return 0;
  const std::string written = directives::write_directive(*read);
  const auto again = directives::parse_directive(written, "again");
  if (!again || directives::write_directive(*again) != written) std::abort();
  return 0;
}
