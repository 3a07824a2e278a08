// The command line of Khiên.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"

namespace khien::cli {

/// Exit status: 0 done, 1 found something to say no to, 2 wrong usage. A command about an installation whose server
/// runs is given to that server.
int run(int argc, char** argv);

/// The same for words without the program's name, here: in this process, or for whoever is at the terminal in the
/// server where they are live.
int run_words(std::vector<std::string> words, Language language, Terminal& terminal,
              const std::optional<Context::Live>& live);

}  // namespace khien::cli
