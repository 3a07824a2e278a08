// Reads one letter and prints it as JSON, as a draft (--draft) or for people (--show): for measuring the reader without
// the whole program.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "letter/draft.h"
#include "letter/json.h"
#include "letter/read.h"
#include "letter/show.h"

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(stderr, "usage: letter_read FILE [--draft|--show]\n");
    return 2;
  }
  const std::string_view form = argc == 3 ? argv[2] : "";
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto reading = khien::letter::read(bytes);
  if (!reading) {
    fmt::print(stderr, "{}\n", reading.error().line(khien::Language::English));
    return 1;
  }
  if (form == "--draft") {
    fmt::print("{}", khien::letter::to_draft(*reading));
  } else if (form == "--show") {
    fmt::print("{}", khien::letter::show(*reading, khien::Language::Vietnamese));
  } else {
    fmt::print("{}", khien::letter::to_json(*reading));
  }
  return 0;
}
