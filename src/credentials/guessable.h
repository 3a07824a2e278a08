// Whether a password can be guessed by whoever knows its holder, our habits and the common lists
// (`password.not_guessable`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/time.h"

namespace khien::credentials {

/// What a guesser knows. Only of the holder: a refusal must not tell anything about others. And it tells something of
/// the holder: whoever may ask without end reads every number out of the answers, so `numbers` and `birth_date` are
/// left out until the asking is limited (`Credentials::change`).
struct GuessContext {
  std::vector<std::string> user_names{};    ///< of the holder's logins, with or without `@domain`
  std::string full_name{};                  ///< with marks
  std::vector<std::string> unit_names{};    ///< of the holder's units and their superiors
  std::vector<std::string> system_names{};  ///< of the systems that the login opens, and short names of them
  std::string issuer{};                     ///< name or host of this installation
  std::vector<std::string> numbers{};       ///< telephone, identity number: digits
  std::optional<Date> birth_date{};
  double min_guesses = 1e8;  ///< fewer expected guesses than that are too few
};

enum class GuessReason : std::uint8_t { NotText, UserName, FullName, Number, Unit, System, Common, Pattern, Weak };

struct Guess {
  GuessReason reason;
  Text text;  ///< one sentence that never repeats the password
};

/// nullopt if the password stands. Looks at the first 100 characters where the work grows with the square.
std::optional<Guess> why_guessable(std::string_view password, const GuessContext& context);

/// The sentence for a password that is weak by numbers of its holder, by common words, or altogether.
Text too_guessable();

/// The number of guesses after which a guesser who knows the context can expect to have it, as log2.
double guess_bits(std::string_view password, const GuessContext& context);

/// A hint if a letter outside ASCII appears, as a Telex or VNI keyboard makes them. It never repeats the password.
std::optional<Text> telex_hint(std::string_view password);

}  // namespace khien::credentials
