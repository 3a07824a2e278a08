// Guarding those who administer: against somebody who takes their logins over, and against being locked out together.
#pragma once

#include "app/acts.h"

namespace khien::app {

/// True if whoever signs in as this person can act for others.
bool has_power(Installation& opened, const PersonId& person);

/// Refused if the login belongs to a break-glass administrator, or if fewer than two administrators of the centre could
/// still sign in without it: what one person must not do alone.
Result<void> require_administrators_remain(Installation& opened, const credentials::Login& without);

/// A new password for the login of somebody with power: whoever has it acts in that person's name.
class IssueToAdministrator final : public Act {
 public:
  LoginId login;
  std::string reason;

  [[nodiscard]] people::Act kind() const override { return people::Act::IssueToAdministrator; }
  [[nodiscard]] people::About about(Installation&) const override { return people::About::whole(); }
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

/// A new password for handing over, by the rule of the login.
Result<Secret> issue_password(Installation& opened, const people::By& by, const credentials::Login& login);

}  // namespace khien::app
