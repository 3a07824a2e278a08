// The local socket on which a running server takes commands.
//
// One thread accepts; each command has a thread of its own, kMostCommands at once and of them kMostOfOne of one user
// who is neither root nor the server's; others are told that it is busy. The kernel says as which operating-system user
// a command is given; which person gives it is for whoever handles it.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/frames.h"

namespace khien::app {

/// Who is at the other end of a local socket, as the kernel says.
struct Peer {
  unsigned uid = 0;
  std::string user;  ///< its name
};
Result<Peer> peer_of(int descriptor);

/// A connection to the socket at that path; NotFound if nobody listens there. Refused if its server runs as a user who
/// is neither root, nor oneself, nor the owner of the folder in which the socket lies: it would get passwords.
Result<FrameStream> connect_to(const std::string& path);

class CommandSocket {
 public:
  static constexpr std::size_t kMostCommands = 8;
  static constexpr std::size_t kMostOfOne = 3;
  using Handler = std::function<void(FrameStream&, const Peer&)>;

  /// Listens when it returns. What lies at the path is replaced if it is a socket at which nobody listens. Only the
  /// owner may connect, unless `for_others`: then everybody on the machine may, and is asked who he is.
  static Result<std::unique_ptr<CommandSocket>> listen(const std::string& path, bool for_others, Handler handler);
  /// Stops: no new commands; those that run lose their terminals and are waited for.
  ~CommandSocket();

 private:
  CommandSocket(std::string path, int descriptor, Handler handler);
  void accept_all();
  [[nodiscard]] bool has_room_for(unsigned uid) const;

  struct Running {
    std::thread thread;
    int descriptor = -1;
    unsigned uid = 0;
    std::atomic<bool> done = false;
  };

  std::string path_;
  int descriptor_;
  Handler handler_;
  std::mutex mutex_;  // guards running_ and stopping_
  std::list<Running> running_;
  bool stopping_ = false;
  std::thread acceptor_;
};

}  // namespace khien::app
