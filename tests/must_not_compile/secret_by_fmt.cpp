// A secret cannot be formatted, whatever the format.
// expects: Cannot format an argument
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include "base/secret.h"

std::string shown(const khien::Secret& secret) {
#ifdef MUST_NOT_COMPILE
  return fmt::format("{}", secret);
#else
  return fmt::format("{}", secret.size());
#endif
}
