// Schema of this subject.
#pragma once

#include <span>

#include "store/store.h"

namespace khien::oidc {

std::span<const store::Migration> migrations();

}  // namespace khien::oidc
