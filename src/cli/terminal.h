// Where a command prints, reads its files and asks: this process, or the far end of the command socket.
#pragma once

#include <optional>
#include <string>

#include "app/frames.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/text.h"

namespace khien::cli {

class Terminal {
 public:
  virtual ~Terminal() = default;
  virtual void out(const std::string& text) = 0;
  virtual void err(const std::string& text) = 0;
  /// At most `most` bytes; the error of a larger file says `advice`.
  virtual Result<std::string> read_file(const std::string& path, std::size_t most, const Text& advice) = 0;
  /// Whole or not at all, readable by its owner only. Conflict if there is a file already.
  virtual Result<void> write_new_file(const std::string& path, const std::string& bytes) = 0;
  /// What a person types; nullopt if there is nobody to ask.
  virtual std::optional<std::string> ask(const std::string& prompt) = 0;
  virtual std::optional<Secret> ask_secret(const std::string& prompt) = 0;
  /// As which operating-system user the command is given.
  [[nodiscard]] virtual std::string system_user() const = 0;
  /// The token of an administrator's session that came with the command, and one to keep for the next.
  [[nodiscard]] virtual Secret token() const = 0;
  virtual void keep_token(const Secret& token) = 0;
};

/// This process: standard output and error, its files, the terminal that controls it. Without a terminal the answers
/// come from the file that KHIEN_SIGN_IN_FILE names, one line each.
class LocalTerminal : public Terminal {
 public:
  void out(const std::string& text) override;
  void err(const std::string& text) override;
  Result<std::string> read_file(const std::string& path, std::size_t most, const Text& advice) override;
  Result<void> write_new_file(const std::string& path, const std::string& bytes) override;
  std::optional<std::string> ask(const std::string& prompt) override;
  std::optional<Secret> ask_secret(const std::string& prompt) override;
  [[nodiscard]] std::string system_user() const override;
  [[nodiscard]] Secret token() const override { return {}; }
  void keep_token(const Secret&) override {}

 private:
  std::optional<std::string> from_file();

  std::optional<std::vector<std::string>> answers_;  ///< what is left of the file
};

/// The far end of a socket: whoever gave the command.
class RemoteTerminal final : public Terminal {
 public:
  RemoteTerminal(app::FrameStream& stream, std::string system_user, Secret token)
      : stream_(stream), system_user_(std::move(system_user)), token_(std::move(token)) {}

  void out(const std::string& text) override;
  void err(const std::string& text) override;
  Result<std::string> read_file(const std::string& path, std::size_t most, const Text& advice) override;
  Result<void> write_new_file(const std::string& path, const std::string& bytes) override;
  std::optional<std::string> ask(const std::string& prompt) override;
  std::optional<Secret> ask_secret(const std::string& prompt) override;
  [[nodiscard]] std::string system_user() const override { return system_user_; }
  [[nodiscard]] Secret token() const override { return token_; }
  void keep_token(const Secret& token) override;

 private:
  Result<app::Frame> call(const app::Frame& frame);
  std::optional<std::string> answer(app::FrameKind kind, const std::string& prompt);

  app::FrameStream& stream_;
  std::string system_user_;
  Secret token_;
};

}  // namespace khien::cli
