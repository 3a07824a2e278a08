// Who a client says it is at the token endpoint, and whether it knows its secret (RFC 6749 section 2.3).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "http/types.h"
#include "protocols/oidc/errors.h"
#include "protocols/oidc/types.h"

namespace khien::oidc {

struct Credentials {
  ClientId client;
  Secret secret;
  AuthMethod method = AuthMethod::None;
};

/// Pure. InvalidRequest: two methods at once; InvalidClient: none, or a malformed one.
std::expected<Credentials, Fault> read_credentials(std::string_view authorization, const http::Values& form);

/// Whether they are the client's: the method that it registered, and its secret, compared in constant time. `client` is
/// nullptr if there is none of that id: then it takes just as long.
bool are_good(const Credentials& credentials, const Client* client);

}  // namespace khien::oidc
