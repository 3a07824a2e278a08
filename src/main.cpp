// khien: one program for the server and every command.
#include <exception>
#include <iostream>

#include "base/digest.h"
#include "cli/run.h"

int main(int argc, char** argv) {
  if (!khien::start_crypto()) {
    std::cerr << "libsodium cannot start\n";
    return 1;
  }
  try {
    return khien::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "Lỗi bên trong / internal error: " << error.what() << '\n';
    return 1;
  }
}
