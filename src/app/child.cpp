#include "app/child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace khien::app {
namespace {

constexpr std::size_t kMostComplaint = 1000;

Error cannot(const std::string& name, const std::string& detail) {
  return Error::unavailable(Text::format("Không chạy được chương trình {0}, hoặc nó dừng giữa chừng.",
                                         "The program {0} cannot be run, or it ended halfway.", name),
                            detail);
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

bool Descriptor::close() {
  const int number = std::exchange(number_, -1);
  return number < 0 || ::close(number) == 0;
}

Child::Child(std::string name, int process, Descriptor pipe, Descriptor complaints)
    : name_(std::move(name)), process_(process), pipe_(std::move(pipe)), complaints_(std::move(complaints)) {}

Child::Child(Child&& other) noexcept
    : name_(std::move(other.name_)),
      process_(std::exchange(other.process_, -1)),
      pipe_(std::move(other.pipe_)),
      complaints_(std::move(other.complaints_)) {}

Result<Child> Child::start(const std::vector<std::string>& arguments, Talk talk, int output) {
  const std::string name = std::filesystem::path(arguments.front()).filename().string();
  // A socket, because a write to one whose reader has gone is an error without a signal to the process.
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return Failure(cannot(name, std::strerror(errno)));
  Descriptor ours(ends[0]);
  const Descriptor theirs(ends[1]);
  Descriptor complaints(memfd_create("complaints", MFD_CLOEXEC));
  const Descriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!complaints || !nothing) return Failure(cannot(name, std::strerror(errno)));

  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, talk == Talk::Feed ? theirs.get() : nothing.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, talk == Talk::Feed ? output : theirs.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, complaints.get(), STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);

  std::vector<char*> words;
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  std::string language = "LC_ALL=C.UTF-8";
  std::string path = "PATH=/usr/bin:/bin";
  std::array<char*, 3> environment{language.data(), path.data(), nullptr};
  pid_t process = -1;
  const int failed = posix_spawn(&process, words.front(), &actions, &attributes, words.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0)
    return Failure(
        Error::unavailable(Text::format("Không chạy được {0}; hãy cài gói «{1}» của Debian.",
                                        "Cannot run {0}; install Debian's package “{1}”.", arguments.front(), name),
                           std::strerror(failed)));
  return Child(name, process, std::move(ours), std::move(complaints));
}

Child::~Child() {
  if (process_ < 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

Result<void> Child::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = send(pipe_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) {
      const std::string reason = std::strerror(errno);
      const auto ended = finish();  // what it complained of says more
      return Failure(ended ? cannot(name_, reason) : ended.error());
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<std::size_t> Child::read(std::span<char> into) {
  for (;;) {
    const auto size = ::read(pipe_.get(), into.data(), into.size());
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno != EINTR) return Failure(cannot(name_, std::strerror(errno)));
  }
}

Result<void> Child::finish() {
  pipe_.close();
  if (process_ < 0) return Failure(cannot(name_, "it has ended"));
  int status = 0;
  while (waitpid(process_, &status, 0) < 0)
    if (errno != EINTR) return Failure(cannot(name_, std::strerror(errno)));
  process_ = -1;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  std::array<char, kMostComplaint> said{};
  const auto size = pread(complaints_.get(), said.data(), said.size(), 0);
  return Failure(cannot(name_, size > 0 ? std::string(said.data(), static_cast<std::size_t>(size)) : "it was killed"));
}

}  // namespace khien::app
