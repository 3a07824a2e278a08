// Which of the two languages a request is answered in.
#pragma once

#include <optional>
#include <string_view>

#include "base/text.h"
#include "http/types.h"

namespace khien::http {

/// `?lang=vi|en`, then the cookie `lang`, then Accept-Language (RFC 9110 section 12.5.4), then Vietnamese.
Language language_of(const Request& request);

/// The request as a browser sends it whose reader prefers that language: for what somebody else asks for on behalf of
/// whoever reads. What he chose himself, now or in the past year, goes before it, and nothing is kept.
Request preferring(Request request, Language language);

/// "vi" or "en".
std::string_view code_of(Language language);
std::optional<Language> parse_language(std::string_view code);

/// Keeps the choice for a year.
Cookie language_cookie(Language language);

}  // namespace khien::http
