// What every test may use: where the checkout lies.
#pragma once

#include <string>

namespace khien::testing_support {

/// Absolute path of the checkout, without a slash at the end.
std::string source_dir();

}  // namespace khien::testing_support
