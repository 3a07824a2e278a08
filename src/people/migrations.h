// The schema of this subject, step by step.
#pragma once

#include <span>

#include "store/store.h"

namespace khien::people {

std::span<const store::Migration> migrations();

}  // namespace khien::people
