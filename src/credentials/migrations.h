// Schema of this subject.
#pragma once

#include <span>

#include "store/store.h"

namespace khien::credentials {

std::span<const store::Migration> migrations();

}  // namespace khien::credentials
