// Restoring a backup: into a folder of its own, as a new generation of the log, with every session ended. Nothing is in
// its place before everything was checked.
#pragma once

#include <string>
#include <vector>

#include "app/backup.h"

namespace khien::app {

struct RestoreOptions {
  std::string file;
  std::string identity;       ///< the private key of age
  std::string root_key_file;  ///< empty: the one that the configuration names
  std::string checkpoints;    ///< file of checkpoints kept elsewhere; empty if there are none
  std::string erasures;       ///< file with `khien audit show --type person.erased --json`; empty if there is none
  std::string older_because;  ///< why an older state than the one that is known is wanted
};

struct Restored {
  BackupManifest manifest;
  std::uint64_t generation = 0;
  std::string replaced;      ///< where the folder that was there before is now; empty if there was none
  std::vector<Text> said{};  ///< what the operator has to know: what is lost, what is still to do
};

/// `folder` is not there, or holds an installation (or only its configuration and root key). Refused: a backup of
/// another installation than the folder's, one older than what the folder or the checkpoints know unless a reason is
/// given, a damaged one, one of a newer schema, a wrong root key, a log that does not verify.
Result<Restored> restore(const Folder& folder, const RestoreOptions& options, const people::By& by,
                         const Environment& environment, const Clock& clock, Random& random);

}  // namespace khien::app
