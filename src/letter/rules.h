// A rule: which words of a clause ask for which control, and how its parameters are read. The tables of rules are one
// file for each family of kinds; this is what they share.
#pragma once

#include <vector>

#include "letter/pattern.h"
#include "letter/sentences.h"
#include "letter/types.h"

namespace khien::letter {

/// A control before it is confirmed to be new and within bounds.
struct Draft {
  policy::Kind kind{};
  Parameters params;
  std::vector<Text> notes;
  Range quote;
  bool weak = false;  ///< only proposed if the letter says nothing firmer of this kind
};

/// What a rule can see.
struct Scene {
  Tokens words;  ///< the clause, or the whole sentence for rules of that reach
  Tokens sentence;
  Tokens context;  ///< the item so far and the items above it
  Tokens before;   ///< the items above and what stands in front of the sentence's request
  Tokens subject;  ///< of the letter
  int year = 0;    ///< of the letter, 0 if not known
  const Source& source;

  /// Until when by a date that stands before that word of the clause: in the sentence, in front of its request, or in
  /// a heading above.
  [[nodiscard]] std::optional<Date> due_before(std::size_t word) const;

  [[nodiscard]] std::string text(std::size_t begin,
                                 std::size_t end) const;      ///< words [begin, end) as the letter has them
  [[nodiscard]] bool about(const Patterns& patterns) const {  ///< in the clause, its item, or the subject
    return patterns.in(words) || patterns.in(context) || patterns.in(subject);
  }
};

enum class Reach : std::uint8_t { Clause, Sentence };

/// Fills parameters and notes; false if on a closer look nothing is asked.
using Fill = bool (*)(const Scene& scene, Match match, Draft& draft);

struct Rule {
  policy::Kind kind{};
  Patterns any = {};    ///< one of them says it
  Patterns none = {};   ///< none of them stands between the commas around the match
  Patterns never = {};  ///< none of them stands anywhere in the clause
  Patterns topic = {};  ///< empty, or one of them in the clause or its item
  Fill fill = nullptr;
  Reach reach = Reach::Clause;
};

/// Accounts of money: "tài khoản tiền gửi", "tài khoản tại Kho bạc".
bool about_money(const Scene& scene);

/// "Máy tra cứu dân cư chỉ cài phần mềm …": the population database tells which machine; what may be installed on it is
/// a matter of that machine, unless the software is one to query with.
bool software_of_a_machine(Tokens words);

std::vector<Rule> composition_rules();
std::vector<Rule> password_rules();
std::vector<Rule> secrecy_rules();
std::vector<Rule> account_rules();
std::vector<Rule> session_rules();
std::vector<Rule> browser_rules();
std::vector<Rule> device_rules();
std::vector<Rule> mail_rules();
std::vector<Rule> portal_rules();
std::vector<Rule> popdb_rules();
std::vector<Rule> reporting_rules();

/// Every rule of every family.
const std::vector<Rule>& all_rules();

/// What the rules find in one sentence, clause by clause.
struct Finding {
  Draft draft;
  Strength strength = Strength::Must;
  std::optional<std::string> group;
  std::string item;
};
struct Applied {
  std::vector<Finding> findings;
  std::vector<policy::Kind>
      unread;  ///< kinds that a clause speaks of without what the control needs (a period, a date)
};
Applied apply_rules(const Sentence& sentence, Tokens subject, int year, const Source& source);

}  // namespace khien::letter
