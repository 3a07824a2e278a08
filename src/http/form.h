// Form posts and query strings: application/x-www-form-urlencoded, read strictly.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "http/types.h"

namespace khien::http {

struct FormLimits {
  std::size_t fields = 256;
  std::size_t name_bytes = 256;
  std::size_t value_bytes = 256 * 1024;  ///< a signed SAML message fits
};

/// The fields of a posted form. Invalid: another content type, bad percent-encoding, ill-formed UTF-8, NUL, too many or
/// too long. CR, LF and tab are allowed in values (text areas).
Result<Values> form(const Request& request, const FormLimits& limits = {});

/// The same over bare text: `a=1&b=x%20y+z`. Empty pieces between '&' are skipped.
Result<Values> parse_urlencoded(std::string_view text, const FormLimits& limits = {});

}  // namespace khien::http
