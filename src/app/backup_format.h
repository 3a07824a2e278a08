// What is in a backup, before it is encrypted: a tar archive, which common tools read in an emergency
// (`age -d -i KEY FILE | tar x`).
//
//   manifest.json               what this is a backup of
//   khien.yaml                  the configuration, if there is one
//   rows/<table>/<number>.jsonl one line with the names of columns, then a line for each row
//   end.json                    number of rows of each table, digest of everything before, and a seal by a key of the
//                               installation: anybody can encrypt to a recipient, only the installation can seal
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"

namespace khien::app {

constexpr int kBackupFormat = 1;

struct BackupManifest {
  int format = kBackupFormat;
  std::string program;  ///< version of the program that made it
  std::string installation;
  Instant made_at{};
  std::vector<std::pair<std::string, std::int64_t>> steps{};  ///< of the schema
  std::string root_key;                                       ///< id of the root key that it needs
  std::vector<std::pair<std::string, std::string>> keys{};    ///< id and purpose
  std::string seal_key;                                       ///< id of the log key that seals it
  std::uint64_t generation = 1;
  std::uint64_t entries = 0;
  std::string checkpoint;  ///< the newest note; empty before the first
};
std::string json_of(const BackupManifest& manifest);
/// Strict: every field, of its type. Refused if the format is one of a later program.
Result<BackupManifest> parse_manifest(std::string_view json);

struct BackupEnd {
  std::map<std::string, std::uint64_t> rows;
  Digest digest{};
  Digest seal{};
};
std::string json_of(const BackupEnd& end);
Result<BackupEnd> parse_end(std::string_view json);
/// By a key of Purpose::Log.
Digest seal_of(const Secret& log_key, const Digest& digest);

/// The digest of files in their order.
class ContentDigest {
 public:
  ContentDigest();
  ~ContentDigest();
  void add(std::string_view name, std::string_view content);
  [[nodiscard]] Digest value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes the archive piece by piece.
class ArchiveWriter {
 public:
  using Sink = std::function<Result<void>(std::string_view)>;
  explicit ArchiveWriter(Sink sink);
  ~ArchiveWriter();
  Result<void> add(const std::string& name, std::string_view content, Instant at);
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads an archive from a source (0 bytes at its end) and hands over each file whole, in order. Refused: a file larger
/// than 32 MiB, what is no plain file, bytes behind the archive.
Result<void> read_archive(const std::function<Result<std::size_t>(std::span<char>)>& source,
                          const std::function<Result<void>(const std::string& name, std::string content)>& take);

}  // namespace khien::app
