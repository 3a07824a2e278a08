#include "http/csrf.h"

#include <algorithm>

#include "base/digest.h"
#include "base/encoding.h"

namespace khien::http {

std::string CsrfTokens::token(std::string_view cookie_value) const {
  return base64url(keyed_digest(key_, {bytes_of("csrf token"), bytes_of(cookie_value)}));
}

bool CsrfTokens::matches(std::string_view cookie_value, std::string_view token) const {
  if (cookie_value.empty()) return false;
  return Secret(this->token(cookie_value)).equals(token);
}

bool CsrfTokens::matches(const Request& request, std::string_view cookie_name, const Values& form) const {
  const std::string_view sent = request.header(kHeader);
  return matches(request.cookie(cookie_name), sent.empty() ? form.value(kField) : sent);
}

Site site_of(const Request& request, std::span<const std::string> our_origins) {
  const std::string_view fetch_site = request.header("Sec-Fetch-Site");
  // "none" is the user's own act, which another site cannot cause.
  if (fetch_site == "same-origin" || fetch_site == "none") return Site::Ours;
  if (!fetch_site.empty()) return Site::Foreign;
  const std::string_view origin = request.header("Origin");
  if (origin.empty()) return Site::Unknown;
  return std::ranges::find(our_origins, origin) == our_origins.end() ? Site::Foreign : Site::Ours;
}

}  // namespace khien::http
