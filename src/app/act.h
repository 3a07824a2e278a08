// What a person asks Khiên to do where it may take a second person: it can be looked at before it is done, kept in a
// request, and done from there. Everything that an act needs is in its words and files.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/installation.h"
#include "people/requests.h"

namespace khien::app {

/// What is said of an act, and how.
struct Line {
  enum class Kind { Result, Note, Remark };
  Kind kind = Kind::Result;
  Text text;
};
using Lines = std::vector<Line>;

/// What an act would do.
struct Prospect {
  Text summary;              ///< in one line, without names of persons: it outlives them
  Lines lines;               ///< what whoever approves should see
  std::string facts;         ///< whatever it rests on: if that is another text by then, it is not the same act any more
  std::size_t affected = 0;  ///< logins or rows that it shuts out, owes a step or changes within a week
  std::size_t of = 0;        ///< of so many
  /// It would be undone by its opposite alone, within the grace period after it: then one person may.
  bool undoes = false;
};

/// Words of an act as they are kept in a request.
using Parameters = std::map<std::string, std::string, std::less<>>;
std::string encode(const Parameters& parameters);
/// Empty if there is none of that name.
std::string value_of(const Parameters& parameters, std::string_view name);
Result<Parameters> decode_parameters(std::string_view json);

class Act {
 public:
  virtual ~Act() = default;
  [[nodiscard]] virtual people::Act kind() const = 0;
  [[nodiscard]] virtual people::About about(Installation& opened) const = 0;
  [[nodiscard]] virtual Parameters parameters() const = 0;
  [[nodiscard]] virtual std::string payload() const { return {}; }

  /// Reads only. An error is what stands against it.
  virtual Result<Prospect> look(Installation& opened) const = 0;
  /// Whole or not at all.
  virtual Result<Lines> carry_out(Installation& opened, const people::By& by) const = 0;
};

/// The act of a request.
Result<std::unique_ptr<Act>> act_of(people::Act kind, const Parameters& parameters, std::string payload);

/// An act was done, or waits for its second person.
struct Performed {
  Lines lines;
  std::optional<people::Request> request;  ///< if it waits
};

/// For whoever may: does it, or, where it takes two persons or touches many, makes a request of it. `by.actor` is the
/// person; as long as there are no administrators the operating-system user, and then nothing waits.
Result<Performed> perform(Installation& opened, const people::By& by, const Act& act);

/// What the act of a request would do now.
Result<Prospect> look(Installation& opened, const people::Request& request);
/// The second person approves, and it is done in the name of the first. An act that fails leaves the request failed.
Result<Performed> approve(Installation& opened, const people::By& by, const people::Request& request);

/// Whether so many touch so many that a second person must confirm: settings mass_effect_accounts, mass_effect_percent.
bool is_mass_effect(const Config& config, std::size_t affected, std::size_t of);

}  // namespace khien::app
