// The pages of signing in, of the steps owed, and of one's own accounts.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/csrf.h"
#include "http/page.h"
#include "http/router.h"
#include "signin/service.h"

namespace khien::signin {

struct PageParts {
  SignIn& sign_in;
  Flows& flows;
  const http::Pages& pages;
  const http::CsrfTokens& csrf;
  people::People& people;
  std::vector<std::string> origins;  ///< our own, for the check of where a form was sent from
  /// Origins that a form is redirected to in the end, for the Content-Security-Policy of the page it stands on.
  std::function<std::vector<std::string>(std::string_view continue_target)> form_origins;
  /// The way back for whoever is refused; nullopt if no system sent the browser.
  std::function<std::optional<WayBack>(std::string_view continue_target)> way_back;
  /// The language that the system asks for which sent the browser; it holds for this sign-in.
  std::function<std::optional<Language>(std::string_view continue_target)> language;
};

/// Adds `/`, `/signin…`, `/password`, `/signout`. The parts must outlive the router.
void add_routes(http::Router& router, std::shared_ptr<const PageParts> parts);

}  // namespace khien::signin
