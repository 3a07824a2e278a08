// Forms: what is accepted is clean, within the limits, and survives being written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/vietnamese.h"
#include "http/form.h"
#include "http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien;
  const http::FormLimits limits{.fields = 20, .name_bytes = 30, .value_bytes = 200};
  const auto values = http::parse_urlencoded({reinterpret_cast<const char*>(data), size}, limits);
  if (!values) return 0;
  if (values->fields().size() > limits.fields) std::abort();
  http::Fields kept;
  for (const http::Field& field : values->fields()) {
    if (!is_utf8(field.name) || !is_utf8(field.value) || field.value.size() > limits.value_bytes) std::abort();
    if (field.value.find('\0') != std::string::npos) std::abort();
    if (!field.name.empty() || !field.value.empty()) kept.push_back(field);
  }
  const auto again = http::parse_urlencoded(http::build_query(values->fields()), limits);
  if (!again || again->fields() != values->fields()) std::abort();
  return 0;
}
