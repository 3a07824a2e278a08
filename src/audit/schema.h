// The tables of the evidence log.
#pragma once

#include <span>

#include "store/store.h"

namespace khien::audit {

std::span<const store::Migration> migrations();

}  // namespace khien::audit
