// What a client may register, and which addresses it may be answered at. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "protocols/oidc/types.h"

namespace khien::oidc {

/// An address of a client: absolute, https, or http on the loopback interface (native and development); no fragment, no
/// user part, no blank or control character; at most 1024 bytes.
Result<void> check_client_uri(std::string_view uri);

/// Every mistake at once: no name, no redirect URI, too many, a malformed one.
Result<void> check_client(const Client& client);

/// Whether the client may be answered at that address: exactly one of those registered, byte for byte (RFC 9700 section
/// 2.1). For a public client on a loopback IP address the port is free (RFC 8252 section 7.3).
bool may_answer_at(const Client& client, std::string_view redirect_uri);

/// OpenID Connect RP-Initiated Logout 1.0 section 3: byte for byte.
bool may_return_to(const Client& client, std::string_view post_logout_redirect_uri);

}  // namespace khien::oidc
