// What the provider shows to a person, for whoever draws pages.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/text.h"
#include "http/types.h"
#include "signin/identity.h"

namespace khien::oidc {

struct Page {
  enum class Kind {
    Error,           ///< the client's request is wrong: nothing that the person can do but tell its operator
    Refused,         ///< the policy refuses: the reason, the letter, one thing to do
    ConfirmSignOut,  ///< asks; `form` is posted to `form_action`
    SignedOut,
  };
  Kind kind = Kind::Error;
  int status = 400;
  Text title;
  Text message;
  std::string technical;                ///< of an error: what administrators need to know, shown small
  std::optional<signin::WayBack> link;  ///< to a registered address of a client
  std::string form_action;              ///< a path of ours
  http::Fields form;                    ///< hidden fields, the CSRF token among them
  Text submit;                          ///< what the button says
};

/// Draws the page with its status. The provider adds the headers that the protocol wants.
using RenderPage = std::function<http::Response(const http::Request&, const Page&)>;

}  // namespace khien::oidc
