// Errors as values: what a peer, an operator or a disk can cause is returned, not thrown.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace khien {

/// What a caller can do about an error.
enum class ErrorKind {
  Invalid,      ///< the input is wrong: correct it
  NotFound,     ///< no such thing
  Conflict,     ///< it contradicts what is there
  Refused,      ///< a rule or a right forbids it
  Busy,         ///< a queue is full: try again
  Unavailable,  ///< the disk, the database or a peer does not answer
  Internal,     ///< our own mistake
};

/// Where in a foreign file something is wrong. `line` and `column` count from 1; 0 means not known.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
};

/// A failure. The public text may be shown to a peer; the detail goes to the log only and holds no secret.
class Error {
 public:
  Error(ErrorKind kind, Text public_text, std::string detail = {})
      : kind_(kind), public_text_(std::move(public_text)), detail_(std::move(detail)) {}

  static Error invalid(Text text, std::string detail = {}) {
    return {ErrorKind::Invalid, std::move(text), std::move(detail)};
  }
  static Error not_found(Text text) { return {ErrorKind::NotFound, std::move(text)}; }
  static Error conflict(Text text) { return {ErrorKind::Conflict, std::move(text)}; }
  static Error refused(Text text) { return {ErrorKind::Refused, std::move(text)}; }
  static Error busy() {
    return {ErrorKind::Busy, {"Hệ thống đang bận, xin thử lại sau ít phút.", "The system is busy; please try again."}};
  }
  static Error unavailable(Text text, std::string detail) {
    return {ErrorKind::Unavailable, std::move(text), std::move(detail)};
  }
  static Error internal(std::string detail) {
    return {ErrorKind::Internal,
            {"Lỗi bên trong hệ thống; đã ghi nhật ký.", "An internal error occurred; it has been logged."},
            std::move(detail)};
  }

  [[nodiscard]] ErrorKind kind() const { return kind_; }
  [[nodiscard]] const Text& text() const { return public_text_; }
  [[nodiscard]] const std::string& detail() const { return detail_; }
  [[nodiscard]] const std::optional<Place>& place() const { return place_; }

  /// The same error, said to be at a place of a file.
  Error at(Place place) && {
    place_ = std::move(place);
    return std::move(*this);
  }

  /// One line for a terminal: `file:line: text`.
  [[nodiscard]] std::string line(Language language) const {
    std::string out;
    if (place_) {
      out = place_->file;
      if (place_->line != 0) out += ":" + std::to_string(place_->line);
      if (place_->column != 0) out += ":" + std::to_string(place_->column);
      out += ": ";
    }
    return out + public_text_.in(language);
  }

 private:
  ErrorKind kind_;
  Text public_text_;
  std::string detail_;
  std::optional<Place> place_;
};

/// Several mistakes of one input as one Error, in the order of their lines: every line of its text names its own place.
Error combine(const std::vector<Error>& errors);

/// A T or an Error.
template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
};

using Failure = std::unexpected<Error>;

namespace detail {
template <class T>
T release(Result<T>&& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
}  // namespace detail

}  // namespace khien

/// Evaluates to the value of a Result, or returns its error from the enclosing function.
#define TRY(expression)                                             \
  ({                                                                \
    auto khien_try_result = (expression);                           \
    if (!khien_try_result.has_value()) [[unlikely]]                 \
      return ::khien::Failure(std::move(khien_try_result).error()); \
    ::khien::detail::release(std::move(khien_try_result));          \
  })
