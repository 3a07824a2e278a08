// Commands given to a running server: the client's half, which forwards a command line, and the server's, which runs
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/command_socket.h"
#include "app/installation.h"
#include "base/text.h"
#include "signin/administration.h"

namespace khien::cli {

/// Where a server of that folder takes commands: KHIEN_SOCKET, or in the folder.
std::string command_socket_path(const std::string& data);

/// Forwards the words (without the program's name) to the server that listens at the path; its exit status. nullopt if
/// nobody listens there.
std::optional<int> forward(const std::string& path, const std::vector<std::string>& words, Language language);

/// Runs the command that comes over the stream.
void run_forwarded(app::FrameStream& stream, const app::Peer& peer, app::Installation& installation,
                   signin::Administration& administration);

}  // namespace khien::cli
