// The shipped directives as a demonstration adopts them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "credentials/service.h"
#include "directives/service.h"

namespace khien::demo {

/// A template of directives/, as text, and what errors call it.
struct Template {
  std::string file;
  std::string yaml;
};

/// Each template as text for directives::parse_directive, adopted by the province (`tinh`) or, VB, by its Party
/// committee (`tinhuy`), in force for four months; LA for 30 days, with a cutoff three days before `today`.
Result<std::vector<std::string>> demo_directives(std::span<const Template> templates, Date today);

/// Known logins whose answer is "allowed" have read and signed what was adopted; otherwise that step would come first.
/// The snapshots of both services hold what was added.
Result<void> confirm_for_allowed(directives::Directives& directives, const credentials::Credentials& credentials,
                                 const people::By& by);

}  // namespace khien::demo
