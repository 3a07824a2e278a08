// HTML pages named as spreadsheets, and any text whose encoding must be found out.
#include "sheets/decode.h"
#include "sheets/html.h"
#include "sheets/read.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace khien::sheets;
  Limits limits;
  limits.cells = 100'000;
  (void)read({data, size}, "f.xls", limits);
  if (const auto text = decode_text({data, size}, "f.xls")) (void)read_html(text->text, "f.xls", limits);
  return 0;
}
