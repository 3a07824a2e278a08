// Backups: the whole database as of one moment, encrypted to recipients whose private keys are elsewhere, while the
// server goes on.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/backup_format.h"
#include "app/installation.h"

namespace khien::app {

struct BackupMade {
  std::string path;
  std::uint64_t bytes = 0;
  BackupManifest manifest;
  std::chrono::microseconds took{};
};

/// `to` is a file that is not there yet, or a folder, in which the file is named after installation and time.
/// Recipients are public keys of age (`age1…`). The clear text goes to age by a pipe and never to a disk. The file has
/// its name only once it is whole and durable, and an entry says who made it for whom; on any failure there is neither.
Result<BackupMade> make_backup(Installation& installation, const people::By& by, const std::string& to,
                               const std::vector<std::string>& recipients);

/// The newest backup that the log knows of.
Result<std::optional<Instant>> last_backup(store::Store& store);

/// What a backup holds, as it is read.
class BackupContent {
 public:
  virtual ~BackupContent() = default;
  virtual Result<void> manifest(const BackupManifest& manifest) = 0;
  virtual Result<void> config(const std::string& yaml) = 0;
  /// Rows of a table: columns by name, then each row as the values of these columns.
  virtual Result<void> rows(const std::string& table, const std::vector<std::string>& columns,
                            const std::vector<std::vector<store::Value>>& rows) = 0;
};

struct BackupRead {
  BackupManifest manifest;
  BackupEnd end;  ///< its digest was compared; its seal is for whoever has the keys
};
/// Decrypts with the private key in `identity` and hands over the content. Refused if the file is damaged, cut off, or
/// holds other numbers of rows than it says; what was handed over by then is worth nothing.
Result<BackupRead> read_backup(const std::string& file, const std::string& identity, BackupContent& content);

/// Reads the whole file and keeps nothing.
Result<BackupRead> check_backup(const std::string& file, const std::string& identity);

}  // namespace khien::app
