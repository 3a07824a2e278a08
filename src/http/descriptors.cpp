#include "http/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

namespace khien::http {

Descriptors descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return {};
  return {.soft = limit.rlim_cur, .hard = limit.rlim_max};
}

Descriptors raise_descriptors_for(std::size_t connections) {
  const Descriptors before = descriptors();
  const std::size_t wanted = std::min(before.hard, connections + kReservedDescriptors);
  if (wanted <= before.soft) return before;
  const rlimit raised{.rlim_cur = wanted, .rlim_max = before.hard};
  return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? descriptors() : before;
}

std::size_t connections_within(std::size_t descriptors, std::size_t wanted) {
  // Where there are very few, half of them.
  const std::size_t reserved = std::min(kReservedDescriptors, descriptors / 2);
  return std::min(wanted, descriptors - reserved);
}

}  // namespace khien::http
