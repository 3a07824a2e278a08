// What the provider says about itself (OpenID Connect Discovery 1.0 section 3, RFC 8414).
#pragma once

#include <string>

namespace khien::oidc {

/// The JSON document for an issuer without a trailing slash.
std::string discovery_document(const std::string& issuer);

}  // namespace khien::oidc
