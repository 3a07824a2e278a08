// The schema of this subject, step by step.
#pragma once

#include <span>

#include "store/store.h"

namespace khien::accounts {

/// They come after those of people.
std::span<const store::Migration> migrations();

}  // namespace khien::accounts
