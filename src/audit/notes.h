// Checkpoints in what people keep them in: a file of many, one after the other, a mail, the log of a syslog server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khien::audit {

/// A checkpoint on one line, for syslog; notes_in finds it in any line.
std::string one_line(std::string_view note);

/// Every note in a text, as it was signed: whole notes with lines of anything between them, and those on one line.
/// Lines may end with CR LF. What looks like a note and is none is given too, for the caller to say so.
std::vector<std::string> notes_in(std::string_view text);

}  // namespace khien::audit
