// What a connected system is told of a login, out of one view.
#pragma once

#include "signin/identity.h"
#include "signin/standing.h"

namespace khien::signin {

/// nullopt if the login is gone.
std::optional<Identity> identity_in(const View& view, const LoginId& login);
/// Refused also if the login is gone.
Admission admission_in(const View& view, const LoginId& login, const SystemId& system);

}  // namespace khien::signin
