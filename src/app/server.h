// The running server of an installation: routes, listener, clocks; started once, stopped once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/command_socket.h"
#include "app/installation.h"
#include "signin/administration.h"

namespace khien::app {

class Server {
 public:
  /// Runs a command that somebody gives on the machine.
  using OnCommand = std::function<void(FrameStream&, const Peer&, Installation& installation,
                                       signin::Administration& administration)>;

  /// Listens when it returns. `port` overrides the configuration. Without `on_command` there is no command socket.
  static Result<std::unique_ptr<Server>> start(Installation& installation, std::optional<std::uint16_t> port,
                                               OnCommand on_command = {});
  ~Server();

  /// Where it can be reached: `https://127.0.0.1:8443`.
  [[nodiscard]] const std::string& url() const;

  /// What is done from time to time: checkpoints each second, sessions, codes and a renewed certificate each minute,
  /// failures each hour. To be
  /// called about once a second.
  void tick();
  /// Finishes what is in flight, signs the last checkpoint. Idempotent.
  void stop();

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace khien::app
