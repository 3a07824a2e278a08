// What a decision says to a person: the reason, the letter, the clause's words, and one thing to do.
#pragma once

#include <string>
#include <vector>

#include "signin/standing.h"

namespace khien::signin {

/// A clause as its reader needs it.
struct ClauseWords {
  std::string id;
  Text letter;  ///< number, date and issuer
  Text words;
};
std::vector<ClauseWords> words_of(const Standing& standing, const policy::ClauseSet& clauses);

/// A refusal on a page.
struct RefusalWords {
  Text reason;
  std::vector<ClauseWords> clauses;
  Text action;  ///< the one thing to do
};
RefusalWords refusal_words(const Standing& standing);

/// Why a password must be changed, in one sentence; `due` is until when it may wait, the midnight that begins a cutoff.
Text reason_words(policy::ChangeReason reason, std::optional<Instant> due);
/// The same in a few words, for lists: "quá thời hạn".
Text short_words(policy::RefusalReason reason);
Text short_words(policy::ChangeReason reason);
Text short_words(policy::StepKind kind);
/// The last day on which what is due then can be left.
Text last_free_day(Instant due);
/// A clock that will fire, and by when to act: "Mật khẩu hết hạn vào 14:35 26/10/2024. Hãy đổi trước lúc đó."
Text notice_words(const policy::Notice& notice);
/// The clock with its clauses: "Mật khẩu hết hạn vào 00:00 26/10/2024, theo AG-24 (Công văn số …)."
Text notice_words(const Standing& standing, const policy::Notice& notice);
/// "ít nhất 8 ký tự, chữ hoa, chữ số"; bit i of `classes`: the class with code i of password.composition.require.
Text composition_words(std::int64_t min_length, unsigned classes);
/// What a new password must have, one line each.
std::vector<Text> rule_words(const policy::PasswordRule& rule);

/// One word for the log and the metrics: `cutoff`, `suspended` …
std::string_view code_of(policy::RefusalReason reason);
std::string_view code_of(policy::ChangeReason reason);
std::string_view code_of(policy::StepKind kind);

}  // namespace khien::signin
