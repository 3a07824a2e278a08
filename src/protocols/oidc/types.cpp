#include "protocols/oidc/types.h"

#include <algorithm>
#include <stdexcept>

#include "http/language.h"

namespace khien::oidc {

std::string_view name_of(AuthMethod method) {
  switch (method) {
    case AuthMethod::SecretBasic:
      return "client_secret_basic";
    case AuthMethod::SecretPost:
      return "client_secret_post";
    case AuthMethod::None:
      return "none";
  }
  throw std::logic_error("no such authentication method");
}

std::optional<AuthMethod> parse_auth_method(std::string_view name) {
  for (const auto method : {AuthMethod::SecretBasic, AuthMethod::SecretPost, AuthMethod::None})
    if (name_of(method) == name) return method;
  return std::nullopt;
}

std::string_view name_of(SigningAlg alg) {
  return alg == SigningAlg::RS256 ? "RS256" : "ES256";
}

std::optional<SigningAlg> parse_signing_alg(std::string_view name) {
  for (const auto alg : {SigningAlg::RS256, SigningAlg::ES256})
    if (name_of(alg) == name) return alg;
  return std::nullopt;
}

Scopes parse_scopes(std::string_view text) {
  Scopes scopes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (word == "openid") scopes.openid = true;
    if (word == "profile") scopes.profile = true;
    if (word == "email") scopes.email = true;
    if (word == "unit") scopes.unit = true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

std::string text_of(const Scopes& scopes) {
  std::string text;
  const auto add = [&](bool granted, std::string_view word) {
    if (!granted) return;
    if (!text.empty()) text += ' ';
    text += word;
  };
  add(scopes.openid, "openid");
  add(scopes.profile, "profile");
  add(scopes.email, "email");
  add(scopes.unit, "unit");
  return text;
}

std::optional<Language> first_spoken(std::string_view ui_locales) {
  while (!ui_locales.empty()) {
    const std::size_t end = std::min(ui_locales.find(' '), ui_locales.size());
    std::string language(ui_locales.substr(0, std::min(ui_locales.find('-'), end)));
    std::ranges::transform(language, language.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
    if (const auto spoken = http::parse_language(language)) return spoken;
    ui_locales.remove_prefix(std::min(end + 1, ui_locales.size()));
  }
  return std::nullopt;
}

}  // namespace khien::oidc
