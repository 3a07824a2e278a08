// A program that is run beside this one, with an argument vector and never a shell, its input or output a pipe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khien::app {

/// A file descriptor that is closed with the object.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  [[nodiscard]] int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  /// False if what was written before cannot be stored.
  bool close();

 private:
  int number_ = -1;
};

class Child {
 public:
  enum class Talk {
    Feed,  ///< we write what it reads; it writes to the descriptor given
    Hear,  ///< we read what it writes; it reads nothing
  };
  /// `arguments[0]` is the path of the program. It gets no descriptor, signal mask or environment of ours but what is
  /// said here.
  static Result<Child> start(const std::vector<std::string>& arguments, Talk talk, int output = -1);
  /// Ends it if it still runs.
  ~Child();
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;

  /// Feed: an error once it reads no more.
  Result<void> write(std::string_view bytes);
  /// Hear: number of bytes, 0 at the end.
  Result<std::size_t> read(std::span<char> into);
  /// Closes the pipe and waits; an error unless it ended with status 0, with the first it said on standard error.
  Result<void> finish();

 private:
  Child(std::string name, int process, Descriptor pipe, Descriptor complaints);

  std::string name_;
  int process_ = -1;
  Descriptor pipe_;
  Descriptor complaints_;
};

}  // namespace khien::app
