#include "app/command_socket.h"

#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace khien::app {
namespace {

Result<sockaddr_un> address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path))
    return Failure(Error::invalid(
        Text::format("Đường dẫn ổ cắm lệnh {0} dài quá {1} byte; hãy đặt command_socket trong khien.yaml.",
                     "The path of the command socket {0} has more than {1} bytes; set command_socket in khien.yaml.",
                     path, sizeof(address.sun_path) - 1)));
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

Result<int> local_socket() {
  const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0)
    return Failure(
        Error::unavailable({"Không mở được ổ cắm cục bộ.", "Cannot open a local socket."}, std::strerror(errno)));
  return descriptor;
}

bool answers(const sockaddr_un& address) {
  const auto descriptor = local_socket();
  if (!descriptor) return true;
  const bool connected = connect(*descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(*descriptor);
  return connected;
}

/// Whether a server of that user may be told a password.
bool is_trusted(const Peer& server, const std::string& path) {
  struct stat folder{};
  const bool known = stat(std::filesystem::path(path).parent_path().c_str(), &folder) == 0;
  return server.uid == 0 || server.uid == geteuid() || (known && server.uid == folder.st_uid);
}

}  // namespace

Result<Peer> peer_of(int descriptor) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
    return Failure(Error::unavailable(
        {"Không xác định được người dùng hệ điều hành.", "The operating system does not say who is connected."},
        std::strerror(errno)));
  passwd entry{};
  passwd* found = nullptr;
  std::string buffer(16384, '\0');
  getpwuid_r(credentials.uid, &entry, buffer.data(), buffer.size(), &found);
  return Peer{credentials.uid,
              found == nullptr ? "uid " + std::to_string(credentials.uid) : std::string(found->pw_name)};
}

Result<FrameStream> connect_to(const std::string& path) {
  const sockaddr_un address = TRY(address_of(path));
  FrameStream stream(TRY(local_socket()));
  if (connect(stream.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Failure(Error::not_found({"Không có máy chủ Khiên ở " + path + ".", "No Khiên server at " + path + "."}));
  const Peer server = TRY(peer_of(stream.descriptor()));
  if (!is_trusted(server, path))
    return Failure(Error::refused(
        Text::format("Ổ cắm {0} do người dùng {1} mở, không phải chủ của thư mục; không gửi lệnh và mật khẩu vào đó.",
                     "The socket {0} belongs to the user {1}, who does not own its folder; nothing is sent there.",
                     path, server.user)));
  return stream;
}

Result<std::unique_ptr<CommandSocket>> CommandSocket::listen(const std::string& path, bool for_others,
                                                             Handler handler) {
  const sockaddr_un address = TRY(address_of(path));
  struct stat found{};
  if (lstat(path.c_str(), &found) == 0) {
    if (!S_ISSOCK(found.st_mode) || answers(address))
      return Failure(
          Error::conflict(Text::format("Không dùng được {0} làm ổ cắm lệnh: đã có tệp hoặc máy chủ khác ở đó.",
                                       "{0} cannot be the command socket: a file or another server is there.", path)));
    unlink(path.c_str());
  }
  const int descriptor = TRY(local_socket());
  const mode_t before = umask(0177);
  const bool bound = bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  umask(before);
  if (!bound || (for_others && chmod(path.c_str(), 0666) != 0) || ::listen(descriptor, 16) != 0) {
    const std::string why = std::strerror(errno);
    close(descriptor);
    return Failure(Error::unavailable(
        {"Không mở được ổ cắm lệnh " + path + ".", "Cannot open the command socket " + path + "."}, why));
  }
  return std::unique_ptr<CommandSocket>(new CommandSocket(path, descriptor, std::move(handler)));
}

CommandSocket::CommandSocket(std::string path, int descriptor, Handler handler)
    : path_(std::move(path)), descriptor_(descriptor), handler_(std::move(handler)) {
  acceptor_ = std::thread([this] { accept_all(); });
}

CommandSocket::~CommandSocket() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (auto& one : running_)
      if (!one.done) shutdown(one.descriptor, SHUT_RDWR);
  }
  shutdown(descriptor_, SHUT_RDWR);  // wakes the acceptor
  acceptor_.join();
  for (auto& one : running_) one.thread.join();
  close(descriptor_);
  unlink(path_.c_str());
}

/// Under the mutex. One user of the machine must not keep the others from giving commands.
bool CommandSocket::has_room_for(unsigned uid) const {
  if (running_.size() >= kMostCommands) return false;
  if (uid == 0 || uid == geteuid()) return true;
  return static_cast<std::size_t>(std::ranges::count(running_, uid, &Running::uid)) < kMostOfOne;
}

void CommandSocket::accept_all() {
  for (;;) {
    const int accepted = accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::scoped_lock lock(mutex_);
    if (stopping_) {
      if (accepted >= 0) close(accepted);
      return;
    }
    running_.remove_if([](Running& one) {
      if (one.done) one.thread.join();
      return one.done.load();
    });
    if (accepted < 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));  // no descriptors left, perhaps
      continue;
    }
    const auto peer = peer_of(accepted);
    if (!peer || !has_room_for(peer->uid)) {
      FrameStream turned_away(accepted);
      const Error busy = Error::busy();
      static_cast<void>(turned_away.send({FrameKind::Err, {busy.text().vi + "\n", busy.text().en + "\n"}}));
      static_cast<void>(turned_away.send({FrameKind::Exit, {"1"}}));
      continue;
    }
    Running& one = running_.emplace_back();
    one.descriptor = accepted;
    one.uid = peer->uid;
    one.thread = std::thread([this, &one] {
      {
        FrameStream stream(dup(one.descriptor));
        if (const auto peer = peer_of(stream.descriptor())) handler_(stream, *peer);
      }
      const std::scoped_lock done(mutex_);
      close(one.descriptor);
      one.done = true;
    });
  }
}

}  // namespace khien::app
