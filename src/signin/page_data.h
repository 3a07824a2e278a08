// What the pages of signing in show, as data for their templates.
#pragma once

#include <string>
#include <vector>

#include "http/template.h"
#include "signin/identity.h"
#include "signin/service.h"

namespace khien::signin {

/// `[{text}]`.
http::Data::List texts(const std::vector<Text>& texts, Language language);

/// `clauses`: `[{id, letter, words}]`, and `has_clauses`.
void put_clauses(http::Data::Map& data, const std::vector<ClauseWords>& clauses, Language language);

/// `notices`: `[{text, clauses}]` of the clocks that will fire, and `has_notices`.
void put_notices(http::Data::Map& data, const std::vector<policy::Notice>& notices, const Standing& standing,
                 Language language);

/// `problems`: `[{text, clauses, own_rule}]`, and `has_problems`.
void put_problems(http::Data::Map& data, const std::vector<Text>& problems, Language language);
void put_problems(http::Data::Map& data, const Standing& standing,
                  const std::vector<credentials::PasswordProblem>& problems, Language language);

/// Everything of the page of steps but its token and problems.
http::Data::Map steps_data(const Standing& standing, const Identity& identity, Instant now, Language language);
/// Everything of one's own page but its token.
http::Data::Map home_data(const View& view, const Standing& standing, const Identity& identity, Language language);

/// Of a user name with letters that no user name has.
Text marked_name_words();
/// Of a wrong password with letters with marks, whoever's it was to be.
Text marked_password_words();

/// `changed`: that very answer has set a new password.
Text too_many_sessions_words(bool changed);
/// "Thử lại sau 10:35 20/11/2026."
Text wait_words(Instant until);

}  // namespace khien::signin
