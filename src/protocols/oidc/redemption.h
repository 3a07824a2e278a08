// Whether a code may be turned into tokens. Pure.
#pragma once

#include <string>
#include <string_view>

#include "protocols/oidc/types.h"

namespace khien::oidc {

/// What the token request brings, besides the code itself.
struct Redemption {
  std::string redirect_uri;
  std::string code_verifier;  ///< empty if none
};

/// The first presentation uses a code up, whatever is said here: whoever shows it with something wrong beside it should
/// not have it.
enum class Verdict {
  Good,
  Replayed,       ///< used before: also the tokens of the first use are refused from now on
  WrongClient,    ///< issued to another client
  Expired,        ///< too old, or issued in the future: the clock stepped back
  WrongRedirect,  ///< not the redirect_uri of the authorization request
  WrongVerifier,  ///< PKCE: missing, not fitting, or given where no challenge was (a downgrade)
  SessionEnded,   ///< signed out since
  NotAdmitted,    ///< the policy of now refuses
};
/// For the log: one word.
std::string_view name_of(Verdict verdict);

/// Everything that can be said from the code alone: the last two are not.
Verdict judge(const Code& code, const ClientId& client, const Redemption& redemption, Instant now);

}  // namespace khien::oidc
