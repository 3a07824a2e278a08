// The reader of compact tokens: no crash, and what it takes it takes in one form only.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/encoding.h"
#include "protocols/oidc/jwt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = khien::text_of(khien::ByteView(data, size));
  const auto jwt = khien::oidc::parse_jwt(text);
  if (!jwt) return 0;
  if (size > khien::oidc::kTokenBytes || jwt->kid.empty() || jwt->typ.empty()) std::abort();
  // Nothing besides the three members that we know, each once.
  const auto header = khien::from_base64url(text.substr(0, text.find('.')));
  if (!header || std::ranges::count(*header, ':') < 3 || text.find("=") != std::string_view::npos) std::abort();
  static_cast<void>(jwt->time("exp"));
  static_cast<void>(jwt->text("sub"));
  return 0;
}
