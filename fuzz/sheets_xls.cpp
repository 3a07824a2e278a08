// Old workbooks from both ends: whole compound files, and the stream of records in them, whose chains of sectors a
// mutated file would rarely let through.
#include "sheets/read.h"
#include "sheets/xls.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace khien::sheets;
  Limits limits;
  limits.cells = 100'000;
  limits.text = 8 << 20;
  const khien::ByteView bytes(data, size);
  if (khien::text_of(bytes).starts_with("\xD0\xCF\x11\xE0"))
    (void)read(bytes, "f.xls", limits);
  else
    (void)read_biff(bytes, "f.xls", limits);
  return 0;
}
