// The command line of Khiên.
#pragma once

namespace khien::cli {

/// Exit status: 0 done, 1 found something to say no to, 2 wrong usage.
int run(int argc, char** argv);

}  // namespace khien::cli
