// How many files and connections this process may have open at once (RLIMIT_NOFILE).
#pragma once

#include <cstddef>

namespace khien::http {

/// Kept back from connections: the store, certificates, logs, event loops.
constexpr std::size_t kReservedDescriptors = 256;

struct Descriptors {
  std::size_t soft = 0;  ///< in force
  std::size_t hard = 0;  ///< up to where a process may raise it by itself
};
Descriptors descriptors();

/// Raises the soft limit as far as needed for so many connections and as the hard one allows; what is in force then.
Descriptors raise_descriptors_for(std::size_t connections);

/// How many connections fit under the limit beside what is kept back, at most as many as wanted.
std::size_t connections_within(std::size_t descriptors, std::size_t wanted);

}  // namespace khien::http
