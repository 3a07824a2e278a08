// A guard before libxml2: how long the tags are that it is going to read.
#pragma once

#include <cstddef>
#include <string_view>

namespace khien::sheets {

/// A tag is read whole before anything of it can be counted, and libxml2 looks for repeated attributes in more than
/// quadratic time. Nothing in a sheet needs a tag near this long.
inline constexpr std::size_t kLongestTag = 64 * 1024;

/// Follows the raw bytes just closely enough to see how long a tag is: quotes hide a '>' in it, and comments and
/// sections of text are no tags.
class TagLength {
 public:
  /// False once a tag is longer than allowed.
  bool accept(std::string_view bytes) {
    for (const char c : bytes) {
      if (!inside_) {
        inside_ = c == '<';
        length_ = 0;
        quote_ = 0;
        continue;
      }
      if (++length_ == 1) is_tag_ = c != '!' && c != '?';
      if (quote_ != 0)
        quote_ = c == quote_ ? '\0' : quote_;
      else if (is_tag_ && (c == '"' || c == '\''))
        quote_ = c;
      else if (c == '>')
        inside_ = false;
      if (is_tag_ && length_ > kLongestTag) return false;
    }
    return true;
  }

 private:
  bool inside_ = false;
  bool is_tag_ = false;
  char quote_ = 0;
  std::size_t length_ = 0;
};

}  // namespace khien::sheets
