// The headers of every answer: which are added, which must not leave.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/types.h"

namespace khien::http {

/// The policy of pages that did not ask for another: everything comes from us, nobody frames us, no inline script.
/// `form_origins` may receive our forms besides ourselves.
std::string content_security_policy(std::span<const std::string> form_origins = {});

/// The defaults that the response did not set itself; Strict-Transport-Security only over TLS.
void append_default_headers(const Response& response, bool tls, std::string& out);

/// True for a token (RFC 9110 section 5.6.2).
bool is_token(std::string_view text);
/// True if the text holds no control characters but the tab (RFC 9110 section 5.5).
bool is_field_value(std::string_view text);
/// True if every header of the response may stand on the wire and none is one that the server alone sets.
bool may_leave(const Response& response);

/// Status line and header block, up to and with the empty line.
struct HeadFacts {
  bool tls = false;
  bool keep_alive = true;
  std::string_view date;  ///< IMF-fixdate
};
std::string head_of(const Response& response, const HeadFacts& facts);

/// The reason phrase, or "Status" for one that we do not know.
std::string_view reason_of(int status);

}  // namespace khien::http
