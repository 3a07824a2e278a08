// What is wrong or doubtful with an installation and its machine, and which command mends it.
#pragma once

#include <vector>

#include "app/installation.h"

namespace khien::app {

struct Diagnosis {
  bool good = true;
  Text text;
  Text remedy{};  ///< what to do; empty if all is well
};

/// Of the machine and the folder, also if the installation does not open.
std::vector<Diagnosis> examine_machine(const Folder& folder, const Config& config);
/// Of an opened installation: keys, backups, checkpoints outside, certificate.
std::vector<Diagnosis> examine(Installation& installation);

/// Advised at most: a key in use, a backup, a checkpoint that is not yet outside; at least: days of a certificate,
/// disk.
inline constexpr std::chrono::days kKeyAge{2 * 365};
inline constexpr std::chrono::days kBackupAge{7};
inline constexpr std::chrono::hours kCheckpointAge{2};
inline constexpr std::chrono::days kCertificateLeft{21};
inline constexpr std::uint64_t kDiskReserveMib = 1024;

}  // namespace khien::app
