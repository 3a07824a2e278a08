#include "cli/remote.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "app/folder.h"
#include "base/digest.h"
#include "cli/run.h"
#include "cli/terminal.h"

namespace khien::cli {
namespace {

using app::Frame;
using app::FrameKind;
using app::FrameStream;

constexpr std::string_view kProtocol = "khien 1";
/// A command may work for a long time before it says anything.
constexpr std::chrono::hours kLongestSilence{2};
constexpr std::chrono::seconds kGreeting{10};

/// Where the token of an administrator's session with that server is kept between commands: for this user only, and
/// gone with the login to the machine where there is a folder for that.
std::filesystem::path token_path(const std::string& socket) {
  const std::string mark = hex(ByteView(sha256(bytes_of(socket))).first(8));
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime != nullptr && *runtime != '\0')
    return std::filesystem::path(runtime) / ("khien-session-" + mark);
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
    return std::filesystem::path(home) / (".khien-session-" + mark);
  return {};
}

std::string kept_token(const std::filesystem::path& path) {
  if (path.empty() || !std::filesystem::exists(path)) return {};
  const auto text = app::read_file(path.string(), 256);
  return text ? *text : std::string();
}

/// This end of one forwarded command.
class Client {
 public:
  Client(FrameStream& stream, const std::vector<std::string>& words, Language language, std::filesystem::path token)
      : stream_(stream), words_(words), language_(language), token_(std::move(token)) {}

  int run() {
    std::vector<std::string> fields{std::string(kProtocol), language_ == Language::English ? "en" : "vi",
                                    kept_token(token_)};
    fields.insert(fields.end(), words_.begin(), words_.end());
    if (!stream_.send({FrameKind::Command, fields})) return lost();
    for (;;) {
      auto frame = stream_.receive(kLongestSilence);
      if (!frame) return lost();
      if (frame->kind == FrameKind::Exit && frame->fields.size() == 1) return std::atoi(frame->fields[0].c_str());
      if (!answer(*frame)) return lost();
    }
  }

 private:
  int lost() {
    const Text text{"Mất kết nối với máy chủ Khiên; chưa biết lệnh đã xong hay chưa, hãy kiểm tra lại.",
                    "The Khiên server is gone; whether the command was done is not known, look again."};
    terminal_.err(text.in(language_) + "\n");
    return 1;
  }

  bool answer(const Frame& frame) {
    const auto& fields = frame.fields;
    switch (frame.kind) {
      case FrameKind::Out:
        return fields.size() == 1 && (terminal_.out(fields[0]), true);
      case FrameKind::Err:
        if (fields.size() == 2)
          terminal_.err(fields[language_ == Language::English ? 1 : 0]);
        else if (fields.size() == 1)
          terminal_.err(fields[0]);
        return !fields.empty();
      case FrameKind::ReadFile:
        return fields.size() == 4 && read_file(fields);
      case FrameKind::WriteFile:
        return fields.size() == 2 && write_file(fields);
      case FrameKind::Ask:
      case FrameKind::AskSecret:
        return fields.size() == 1 && ask(frame);
      case FrameKind::KeepToken:
        return fields.size() == 1 && keep(fields[0]);
      default:
        return false;
    }
  }

  /// A server reads and writes no file of the operator's but those that he named.
  [[nodiscard]] bool was_named(const std::string& path) const {
    return std::ranges::any_of(words_, [&](const std::string& word) {
      return word == path || (word.starts_with("--") && word.ends_with("=" + path));
    });
  }
  bool refuse(const std::string& path) {
    return stream_
        .send({FrameKind::NoFile,
               {"Tệp " + path + " không có trong lệnh.", "The file " + path + " is not named by the command."}})
        .has_value();
  }

  bool read_file(const std::vector<std::string>& fields) {
    std::size_t most = 0;
    std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), most);
    if (!was_named(fields[0])) return refuse(fields[0]);
    auto bytes = terminal_.read_file(fields[0], std::min<std::size_t>(most, 64U << 20), {fields[2], fields[3]});
    if (bytes) return stream_.send({FrameKind::File, {std::move(*bytes)}}).has_value();
    return stream_.send({FrameKind::NoFile, {bytes.error().text().vi, bytes.error().text().en}}).has_value();
  }

  bool write_file(const std::vector<std::string>& fields) {
    if (!was_named(fields[0])) return refuse(fields[0]);
    if (const auto written = terminal_.write_new_file(fields[0], fields[1]); !written)
      return stream_.send({FrameKind::NoFile, {written.error().text().vi, written.error().text().en}}).has_value();
    return stream_.send({FrameKind::Written, {}}).has_value();
  }

  bool ask(const Frame& frame) {
    if (frame.kind == FrameKind::Ask) {
      const auto text = terminal_.ask(frame.fields[0]);
      return stream_.send(text ? Frame{FrameKind::Answer, {*text}} : Frame{FrameKind::NoAnswer, {}}).has_value();
    }
    const auto secret = terminal_.ask_secret(frame.fields[0]);
    return stream_
        .send(secret ? Frame{FrameKind::Answer, {std::string(secret->reveal())}} : Frame{FrameKind::NoAnswer, {}})
        .has_value();
  }

  bool keep(const std::string& token) {
    std::error_code ignored;
    if (token.empty())
      std::filesystem::remove(token_, ignored);
    else if (!token_.empty() && !std::filesystem::is_symlink(token_))
      static_cast<void>(app::write_file(token_.string(), token, true));
    return true;
  }

  FrameStream& stream_;
  const std::vector<std::string>& words_;
  Language language_;
  std::filesystem::path token_;
  LocalTerminal terminal_;
};

}  // namespace

std::string command_socket_path(const std::string& data) {
  if (const char* named = std::getenv("KHIEN_SOCKET"); named != nullptr && *named != '\0') return named;
  // The folder of the machine's installation is closed to everybody but its server.
  return data == app::kSystemFolder ? app::kSystemSocket : app::Folder{data}.command_socket();
}

std::optional<int> forward(const std::string& path, const std::vector<std::string>& words, Language language) {
  auto stream = app::connect_to(path);
  if (!stream) {
    if (stream.error().kind() == ErrorKind::NotFound) return std::nullopt;
    LocalTerminal().err(stream.error().line(language) + "\n");
    return 1;
  }
  return Client(*stream, words, language, token_path(path)).run();
}

void run_forwarded(FrameStream& stream, const app::Peer& peer, app::Installation& installation,
                   signin::Administration& administration) {
  auto frame = stream.receive(kGreeting, app::kMostCommandBytes);
  if (!frame || frame->kind != FrameKind::Command || frame->fields.size() < 3) return;
  auto& fields = frame->fields;
  const Language language = fields[1] == "en" ? Language::English : Language::Vietnamese;
  RemoteTerminal terminal(stream, peer.user, Secret(std::move(fields[2])));
  int status = 1;
  if (fields[0] != kProtocol)
    terminal.err(Text{"Chương trình khien này khác phiên bản với máy chủ đang chạy; hãy khởi động lại máy chủ.\n",
                      "This khien and the running server are of different versions; restart the server.\n"}
                     .in(language));
  else
    status = run_words({fields.begin() + 3, fields.end()}, language, terminal,
                       Context::Live{installation, administration, peer.uid});
  static_cast<void>(stream.send({FrameKind::Exit, {std::to_string(status)}}));
}

}  // namespace khien::cli
