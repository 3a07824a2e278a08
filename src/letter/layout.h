// The parts of a letter: its head, its body as numbered blocks, its tail.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letter/token.h"

namespace khien::letter {

/// A paragraph or item of the body. Wrapped lines and paragraphs cut by a page end are one block.
struct Block {
  std::string marker;                 ///< "1", "2.3", "b", "-", "II"; empty for a plain paragraph
  std::string id;                     ///< the path to it: "2.b", "3.1"; dashes are counted
  std::optional<std::size_t> parent;  ///< the item it stands under
  bool heading = false;               ///< a short title without an end mark, or a lead that ends in a colon
  bool row = false;                   ///< of a table: its first cell says whom it is about
  std::vector<Token> tokens;
};

struct Layout {
  std::vector<Range> head;  ///< lines (or cells of lines) before the body
  std::vector<Block> blocks;
  std::vector<Range> tail;  ///< from "Nơi nhận" or the signature on
};

Layout lay_out(const Source& source);

}  // namespace khien::letter
