// The routes of the OpenID provider.
#pragma once

#include "http/router.h"
#include "protocols/oidc/provider.h"

namespace khien::oidc {

/// The provider outlives the router.
void add_routes(http::Router& router, Provider& provider);

}  // namespace khien::oidc
