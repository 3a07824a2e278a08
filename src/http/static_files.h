// Style sheets, scripts, pictures: embedded files served with ETag and long caching.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/embedded.h"
#include "http/router.h"
#include "http/types.h"

namespace khien::http {

/// How long a browser may keep the files under a prefix.
enum class Caching {
  Versioned,  ///< `/prefix/VERSION/name`, where VERSION is a digest of all files: kept for a year, never asked for
              ///< again
  Hashed,     ///< `/prefix/name`, and the names themselves hold a hash (what Vite makes): kept for a year
  Asked,      ///< `/prefix/name`: asked for each time, answered 304 by ETag
};

class StaticFiles {
 public:
  /// `prefix` without a slash at the end, such as "/static".
  StaticFiles(std::string prefix, Caching caching, std::span<const EmbeddedFile> files);

  /// The address of a file for a page: "/static/3f2a…/css/app.css".
  [[nodiscard]] std::string address_of(std::string_view name) const;
  /// Answers GET for a name below the prefix (after the version): 200, 304 or 404.
  [[nodiscard]] Response serve(const Request& request, std::string_view name) const;
  /// Adds the route; the router shares the files.
  void add_to(Router& router) const;

 private:
  struct Table;
  std::shared_ptr<const Table> table_;
};

/// `text/css; charset=utf-8` for "app.css"; application/octet-stream for what we do not know.
std::string_view content_type_of(std::string_view file_name);

}  // namespace khien::http
