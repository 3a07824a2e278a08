#include "cli/terminal.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "app/folder.h"

namespace khien::cli {
namespace {

using app::Frame;
using app::FrameKind;

/// How long somebody may think about a question.
constexpr std::chrono::seconds kPatience{180};
constexpr std::size_t kLongestAnswer = 4096;

/// The terminal that controls this process, however its input and output are redirected.
class ControllingTerminal {
 public:
  ControllingTerminal() : descriptor_(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {}
  ~ControllingTerminal() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  ControllingTerminal(const ControllingTerminal&) = delete;

  [[nodiscard]] bool is_there() const { return descriptor_ >= 0; }

  std::optional<std::string> ask(const std::string& prompt, bool shown) {
    write_all(prompt);
    termios before{};
    const bool hides = !shown && tcgetattr(descriptor_, &before) == 0;
    if (hides) {
      termios silent = before;
      silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      tcsetattr(descriptor_, TCSAFLUSH, &silent);
    }
    std::optional<std::string> line = read_line();
    if (hides) {
      tcsetattr(descriptor_, TCSAFLUSH, &before);
      write_all("\n");
    }
    return line;
  }

 private:
  void write_all(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t n = write(descriptor_, text.data(), text.size());
      if (n <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  std::optional<std::string> read_line() const {
    std::string line;
    for (char c = 0; line.size() < kLongestAnswer;) {
      if (read(descriptor_, &c, 1) != 1) return std::nullopt;
      if (c == '\n') return line;
      line += c;
    }
    return std::nullopt;
  }

  int descriptor_;
};

}  // namespace

void LocalTerminal::out(const std::string& text) {
  std::cout << text;
}

void LocalTerminal::err(const std::string& text) {
  std::cout.flush();
  std::cerr << text;
}

Result<std::string> LocalTerminal::read_file(const std::string& path, std::size_t most, const Text& advice) {
  return app::read_file(path, most, advice);
}

Result<void> LocalTerminal::write_new_file(const std::string& path, const std::string& bytes) {
  if (std::filesystem::exists(path))
    return Failure(Error::conflict(Text::format("Tệp {0} đã có; hãy chọn tên khác.",
                                                "The file {0} is there already; choose another name.", path)));
  return app::write_file(path, bytes, true);
}

/// The next line of the file of answers. It may hold a password: others must not be able to read it.
std::optional<std::string> LocalTerminal::from_file() {
  if (!answers_) {
    answers_.emplace();
    const char* path = std::getenv("KHIEN_SIGN_IN_FILE");
    if (path == nullptr) return std::nullopt;
    using std::filesystem::perms;
    std::error_code failed;
    const auto mode = std::filesystem::status(path, failed).permissions();
    const auto text = app::read_file(path, kLongestAnswer);
    if (failed || !text) {
      err("KHIEN_SIGN_IN_FILE: " + std::string(path) + " ?\n");
      return std::nullopt;
    }
    if ((mode & (perms::group_all | perms::others_all)) != perms::none) {
      err("KHIEN_SIGN_IN_FILE: chmod 600 " + std::string(path) + "\n");
      return std::nullopt;
    }
    std::string_view rest = *text;
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      answers_->emplace_back(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
  }
  if (answers_->empty()) return std::nullopt;
  std::string line = std::move(answers_->front());
  answers_->erase(answers_->begin());
  return line;
}

std::optional<std::string> LocalTerminal::ask(const std::string& prompt) {
  if (auto line = from_file()) return line;
  ControllingTerminal terminal;
  return terminal.is_there() ? terminal.ask(prompt, true) : std::nullopt;
}

std::optional<Secret> LocalTerminal::ask_secret(const std::string& prompt) {
  auto line = from_file();
  if (!line) {
    ControllingTerminal terminal;
    if (terminal.is_there()) line = terminal.ask(prompt, false);
  }
  return line ? std::optional(Secret(std::move(*line))) : std::nullopt;
}

std::string LocalTerminal::system_user() const {
  return app::operating_system_user();
}

void RemoteTerminal::out(const std::string& text) {
  static_cast<void>(stream_.send({FrameKind::Out, {text}}));
}

void RemoteTerminal::err(const std::string& text) {
  static_cast<void>(stream_.send({FrameKind::Err, {text}}));
}

Result<Frame> RemoteTerminal::call(const Frame& frame) {
  TRY(stream_.send(frame));
  return stream_.receive(kPatience);
}

Result<std::string> RemoteTerminal::read_file(const std::string& path, std::size_t most, const Text& advice) {
  Frame got = TRY(call({FrameKind::ReadFile, {path, std::to_string(most), advice.vi, advice.en}}));
  if (got.kind == FrameKind::File && got.fields.size() == 1 && got.fields[0].size() <= most)
    return std::move(got.fields[0]);
  if (got.kind == FrameKind::NoFile && got.fields.size() == 2)
    return Failure(Error::unavailable({got.fields[0], got.fields[1]}, ""));
  return Failure(Error::invalid({"Không nhận được tệp " + path + ".", "The file " + path + " did not come."}));
}

Result<void> RemoteTerminal::write_new_file(const std::string& path, const std::string& bytes) {
  Frame got = TRY(call({FrameKind::WriteFile, {path, bytes}}));
  if (got.kind == FrameKind::Written) return {};
  if (got.kind == FrameKind::NoFile && got.fields.size() == 2)
    return Failure(Error::unavailable({got.fields[0], got.fields[1]}, ""));
  return Failure(Error::invalid({"Không ghi được tệp " + path + ".", "The file " + path + " cannot be written."}));
}

std::optional<std::string> RemoteTerminal::answer(FrameKind kind, const std::string& prompt) {
  auto got = call({kind, {prompt}});
  if (!got || got->kind != FrameKind::Answer || got->fields.size() != 1) return std::nullopt;
  if (got->fields[0].size() > kLongestAnswer) return std::nullopt;
  return std::move(got->fields[0]);
}

std::optional<std::string> RemoteTerminal::ask(const std::string& prompt) {
  return answer(FrameKind::Ask, prompt);
}

std::optional<Secret> RemoteTerminal::ask_secret(const std::string& prompt) {
  auto text = answer(FrameKind::AskSecret, prompt);
  return text ? std::optional(Secret(std::move(*text))) : std::nullopt;
}

void RemoteTerminal::keep_token(const Secret& token) {
  token_ = token;
  static_cast<void>(stream_.send({FrameKind::KeepToken, {std::string(token.reveal())}}));
}

}  // namespace khien::cli
