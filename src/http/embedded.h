// Files that were put into the program when it was built (khien_embed in cmake/embed.cmake).
#pragma once

#include <string_view>

namespace khien::http {

/// Both views point into the program itself and live as long as it runs.
struct EmbeddedFile {
  std::string_view name;  ///< relative to the embedded folder, with '/': "css/app.css"
  std::string_view bytes;
};

}  // namespace khien::http
