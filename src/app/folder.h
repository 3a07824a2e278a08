// The folder of one installation: where its files lie, how it is made, and who holds it.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"

namespace khien::app {

/// Paths of an installation.
struct Folder {
  std::filesystem::path path;

  [[nodiscard]] std::string database() const { return (path / "khien.db").string(); }
  [[nodiscard]] std::string config() const { return (path / "khien.yaml").string(); }
  [[nodiscard]] std::string root_key() const { return (path / "root.key").string(); }
  [[nodiscard]] std::string lock() const { return (path / "khien.lock").string(); }
  [[nodiscard]] std::string command_socket() const { return (path / "khien.sock").string(); }
  [[nodiscard]] std::string certificate() const { return (path / "tls.crt").string(); }
  [[nodiscard]] std::string certificate_key() const { return (path / "tls.key").string(); }
};

/// Where Debian's package keeps the installation of a machine, and where its server takes commands of everybody.
inline constexpr const char* kSystemFolder = "/var/lib/khien";
inline constexpr const char* kSystemSocket = "/run/khien/khien.sock";
/// What is meant where no folder is named: `khien-data` here, otherwise the one of the machine if there is one.
std::string default_folder();

/// The exclusive hold on a folder: a server, or a command that changes something. Ends with the object.
class FolderLock {
 public:
  /// Conflict if somebody else holds it; the message says who.
  static Result<FolderLock> take(const Folder& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// 32 random bytes as hexadecimal, readable by the owner only. An error if the file is there.
Result<void> write_root_key(const std::string& path, Random& random);
Result<Secret> read_root_key(const std::string& path);

/// Writes a whole file, durable, readable by the owner only if `secret`.
Result<void> write_file(const std::string& path, std::string_view bytes, bool secret);
/// At most `most` bytes; the error of a larger file names the limit, and `advice` says what to do.
Result<std::string> read_file(const std::string& path, std::size_t most = 64U << 20, const Text& advice = {});

/// Name of the operating-system user who runs this program, for entries of the log.
std::string operating_system_user();

}  // namespace khien::app
