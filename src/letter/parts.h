// Where the head of a letter ends and where its tail begins.
#pragma once

#include <cstddef>

#include "letter/source.h"

namespace khien::letter {

struct Parts {
  std::size_t head_end = 0;    ///< line that follows number, subject and addressees
  std::size_t tail_begin = 0;  ///< line of "Nơi nhận" or of the signature
  std::size_t annex = 0;       ///< line that begins an annex behind the tail; the number of lines if there is none
};

Parts parts_of(const Source& source);

}  // namespace khien::letter
