// URLs: the origin of what is accepted is a URL of the same origin; percent-encoding goes there and back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (http::percent_decode(http::percent_encode(text)) != text) std::abort();
  const auto url = http::parse_url(text);
  if (!url) return 0;
  const std::string origin = http::origin_of(*url);
  if (!origin.empty() && http::origin_of(origin) != origin) std::abort();
  const auto longer = http::parse_url(http::with_query(text, {{"state", "a b&c#d"}}));
  if (longer && (longer->fragment != url->fragment || longer->path != url->path || longer->host != url->host))
    std::abort();
  return 0;
}
