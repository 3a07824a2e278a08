// Every act that can be kept in a request.
#pragma once

#include "app/account_import.h"
#include "app/act.h"
#include "people/authority.h"

namespace khien::app {

/// A directive from a YAML text, perhaps in the place of others.
class AdoptDirective final : public Act {
 public:
  std::string file;  ///< its name, for messages
  std::string yaml;
  std::string adopted_by;       ///< code of a unit; empty: as the text says
  std::optional<Instant> from;  ///< absent: as the text says
  std::vector<DirectiveId> replaces;
  std::string successor_by;

  [[nodiscard]] people::Act kind() const override { return people::Act::AdoptDirective; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  [[nodiscard]] std::string payload() const override { return yaml; }
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters, std::string payload);

 private:
  struct Checked {
    directives::DirectiveText text;
    policy::Directive directive;
    Lines notes;
  };
  Result<directives::DirectiveText> text() const;
  Result<Checked> check(Installation& opened, bool adopting) const;
};

/// Ends a directive, or, within the grace period after it was adopted, undoes it with everything that it replaced.
class WithdrawDirective final : public Act {
 public:
  DirectiveId directive;
  std::optional<Instant> at;  ///< absent: when it is carried out
  bool undo = false;
  std::string reason;

  [[nodiscard]] people::Act kind() const override { return people::Act::WithdrawDirective; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

/// A cutoff acts later, for everybody or for a unit and those below it: a pause, or one of several staggered days.
class DelayCutoff final : public Act {
 public:
  directives::CutoffKey cutoff;
  UnitId unit;
  Instant until;
  std::string reason;

  [[nodiscard]] people::Act kind() const override { return people::Act::PauseCutoff; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

/// A cutoff that shuts out many may act.
class ConfirmCutoff final : public Act {
 public:
  directives::CutoffKey cutoff;

  [[nodiscard]] people::Act kind() const override { return people::Act::ConfirmCutoff; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

/// Whoever a cutoff shut out at a desk that serves citizens goes on until the end of the day; once for each cutoff.
class ContinueDesk final : public Act {
 public:
  UnitId unit;    ///< everybody in it and below, or
  LoginId login;  ///< one
  Date day;
  std::string reason;

  [[nodiscard]] people::Act kind() const override { return people::Act::ContinueDesk; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);

 private:
  std::vector<LoginId> logins(Installation& opened) const;
};

class MakeException final : public Act {
 public:
  policy::Exception wanted;  ///< without an id
  bool at_once = false;      ///< it begins when it is carried out, whatever `wanted.from` says

  [[nodiscard]] people::Act kind() const override { return people::Act::MakeException; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

/// A list of units, people or accounts, as a file. What it would do is worked out once for each object.
class ImportList final : public Act {
 public:
  people::Act what = people::Act::ImportUnits;
  std::string file;   ///< its name, for messages
  std::string sheet;  ///< which, if several hold a list; empty: the first that does
  std::string bytes;
  std::size_t most = 40;      ///< lines shown
  bool keeps_sheets = false;  ///< for `give_back`

  [[nodiscard]] people::Act kind() const override { return what; }
  [[nodiscard]] people::About about(Installation&) const override { return people::About::whole(); }
  [[nodiscard]] Parameters parameters() const override;
  [[nodiscard]] std::string payload() const override { return bytes; }
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(people::Act kind, const Parameters& parameters, std::string payload);

  /// Valid as long as the act.
  Result<const sheets::ImportPlan*> plan(Installation& opened) const;
  /// The file with a column of errors, as XLSX.
  Result<std::string> give_back(Installation& opened, Language language) const;

 private:
  struct Prepared;
  Result<std::shared_ptr<const Prepared>> prepare(Installation& opened) const;

  mutable std::shared_ptr<const Prepared> prepared_;
};

class ErasePerson final : public Act {
 public:
  PersonId person;
  std::string reason;

  [[nodiscard]] people::Act kind() const override { return people::Act::ErasePerson; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

/// Rotating the key of a purpose, destroying one that nothing uses, wrapping all by another root key.
class ChangeKeys final : public Act {
 public:
  enum class What { Rotate, Remove, Rewrap };
  What what = What::Rotate;
  std::string value;  ///< the purpose, the id of the key, or the file of the new root key

  [[nodiscard]] people::Act kind() const override { return people::Act::RotateKey; }
  [[nodiscard]] people::About about(Installation&) const override { return people::About::whole(); }
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

class GrantRole final : public Act {
 public:
  people::RoleGrant grant;  ///< without an id

  [[nodiscard]] people::Act kind() const override { return people::Act::GrantRole; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

class EndRole final : public Act {
 public:
  RoleGrantId grant;
  PersonId person;

  [[nodiscard]] people::Act kind() const override { return people::Act::EndRole; }
  [[nodiscard]] people::About about(Installation& opened) const override;
  [[nodiscard]] Parameters parameters() const override;
  Result<Prospect> look(Installation& opened) const override;
  Result<Lines> carry_out(Installation& opened, const people::By& by) const override;
  static Result<std::unique_ptr<Act>> from_request(const Parameters& parameters);
};

/// A role with whom and where, without the person's name: "quản trị của trung tâm CNTT, toàn hệ thống".
Text words_of(Installation& opened, const people::RoleGrant& grant);

}  // namespace khien::app
