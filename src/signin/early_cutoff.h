// What a directive that is about to be adopted does at once: its dates of cutoff that have passed, or lie before its
// first day, shut people out without notice.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "signin/standing.h"

namespace khien::signin {

struct EarlyCutoff {
  Date date;
  std::vector<std::string> clauses;  ///< ids
  Date acts_on;                      ///< the first day on which somebody can be shut out by it: never before today
  std::size_t shut_out_today = 0;    ///< logins that the directive would shut out at this moment
  std::size_t shut_out_then = 0;  ///< at the beginning of `acts_on`, if nobody changes anything; now, if that is today
};

/// By date. `adopted` is what is adopted without it; those that it replaces end when it begins.
std::vector<EarlyCutoff> early_cutoffs(const Standings& standings, const directives::Register& adopted,
                                       const policy::Directive& wanted, std::span<const DirectiveId> replaced,
                                       Instant now);

}  // namespace khien::signin
