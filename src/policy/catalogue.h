// The control catalogue as data: every kind, its parameters with bounds, how two values join, who enforces it.
//
// Kinds and parameter names are the contract between letter reader, policy engine, API and reports.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/text.h"
#include "base/time.h"

namespace khien::policy {

enum class Kind : std::uint8_t {
  PasswordComposition,
  PasswordRotation,
  PasswordFirstChange,
  PasswordCutoff,
  PasswordHistory,
  PasswordDistinct,
  PasswordNotGuessable,
  PasswordChangeOnSuspicion,
  PasswordSecrecy,
  AccountCloseOnLeave,
  AccountReview,
  AccountHandlerChange,
  AccountDelegation,
  AccountAccountability,
  SessionLogoutIdle,
  BrowserNoSavedPasswords,
  BrowserClearData,
  BrowserApproved,
  WebTrustedSites,
  DeviceTrustedLogin,
  DeviceAntivirus,
  DeviceScan,
  DeviceUpdates,
  DeviceSoftwareAllowlist,
  DeviceSecureUsb,
  DeviceAssessBeforeUse,
  MailBulkNotice,
  MailUnknownSenders,
  PortalOfficer,
  PortalVulnerabilities,
  PortalChangeMonitoring,
  SystemVulnerabilities,
  PopdbAssessedTools,
  PopdbRegistration,
  PopdbConfidentiality,
  LeakMonitoring,
  IncidentReport,
  DirectiveDisseminate,
  ReportSubmit,
  AccountNeedToKnow,
  // Set by a person, never proposed by the reader.
  DirectiveCarryOut,
  AccountIdle,
  MfaRequired,
};
inline constexpr std::size_t kKindCount = static_cast<std::size_t>(Kind::MfaRequired) + 1;

/// What a parameter holds.
enum class ParameterType : std::uint8_t {
  Integer,   ///< within [low, high]
  Flag,      ///< true or absent
  Set,       ///< subset of `codes`
  Choice,    ///< one of `codes`
  Duration,  ///< ISO 8601, nominal length within [low, high] seconds
  Day,       ///< ISO date within [low, high] years
  Words,     ///< one text of at most `high` bytes
  List,      ///< texts, at most `high` of them; a set, as a union of two letters has no order
};

/// How the values of two directives join. Each is commutative, associative, idempotent, and never loosens.
enum class Join : std::uint8_t {
  Max,          ///< the larger integer
  Min,          ///< the smaller integer or the shorter duration
  Or,           ///< true if either says so
  Union,        ///< every element of either
  EarliestDue,  ///< every duration is kept; the earliest due date wins when it is computed
  KeepAll,      ///< every value is kept and judged on its own
};

struct Parameter {
  std::string_view name;
  ParameterType type;
  Join join;
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::span<const std::string_view> codes{};
  bool required = false;   ///< a control of this kind without it says nothing
  bool by_person = false;  ///< set by a person only, never proposed by the reader
  bool systems = false;    ///< codes of systems, which must exist where the directive is adopted
};

/// Where a control can be enforced by Khiên itself once a system stands behind its gate.
enum class Gate : std::uint8_t {
  None,            ///< a record, a task or an attestation
  PasswordChange,  ///< when a password is set
  SignIn,          ///< at sign-in, LDAP bind, token
  Session,         ///< while a session lives
  Lifecycle,       ///< issuing, locking, closing accounts
  Endpoint,        ///< policy files and checks of machines
  Mail,            ///< the mail filter
  Portal,          ///< scheduled checks of portals
  Popdb,           ///< the population-database gateway
};

struct KindSpec {
  Kind kind;
  std::string_view code;  ///< `password.composition`
  Gate gate;
  bool by_person;  ///< the reader never proposes it
  std::span<const Parameter> parameters;
  std::string_view vi;  ///< what it asks, one line
  std::string_view en;
  std::string_view proof_vi;  ///< what proves it; empty if nothing is counted
  std::string_view proof_en;
};

/// Every kind, in the order of the enumeration.
std::span<const KindSpec, kKindCount> catalogue();

const KindSpec& spec_of(Kind kind);
std::optional<Kind> parse_kind(std::string_view code);
inline std::string_view code_of(Kind kind) {
  return spec_of(kind).code;
}
/// nullptr if the kind has no such parameter.
const Parameter* find_parameter(Kind kind, std::string_view name);

}  // namespace khien::policy
