// Pages of ours: a template with the layout's own values, in the language of the request.
#pragma once

#include <string>

#include "http/language.h"
#include "http/static_files.h"
#include "http/template.h"
#include "http/types.h"

namespace khien::http {

/// Shared by all that answers with pages. Safe to share between threads.
class Pages {
 public:
  Pages(Templates templates, StaticFiles files, std::string installation_name)
      : templates_(std::move(templates)), files_(std::move(files)), installation_name_(std::move(installation_name)) {}

  /// The page with `title`; a chosen language is kept in a cookie.
  [[nodiscard]] Response page(const Request& request, std::string_view name, const Text& title, Data::Map data,
                              int status = 200) const;
  /// A page with one message and a way back.
  [[nodiscard]] Response message(const Request& request, const Text& title, const Text& text, int status,
                                 const std::string& back = "/") const;
  [[nodiscard]] Response error(const Request& request, const Error& error) const;
  /// For an answer that no handler gave (Router::ErrorPage): its heading is of the status too.
  [[nodiscard]] Response status_page(const Request& request, int status, const Text& text) const;

  [[nodiscard]] const StaticFiles& files() const { return files_; }

 private:
  Templates templates_;
  StaticFiles files_;
  std::string installation_name_;
};

}  // namespace khien::http
