#include "protocols/oidc/redemption.h"

#include <stdexcept>

#include "protocols/oidc/authorization_request.h"

namespace khien::oidc {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Good:
      return "good";
    case Verdict::Replayed:
      return "replayed";
    case Verdict::WrongClient:
      return "wrong_client";
    case Verdict::Expired:
      return "expired";
    case Verdict::WrongRedirect:
      return "wrong_redirect";
    case Verdict::WrongVerifier:
      return "wrong_verifier";
    case Verdict::SessionEnded:
      return "session_ended";
    case Verdict::NotAdmitted:
      return "not_admitted";
  }
  throw std::logic_error("no such verdict");
}

Verdict judge(const Code& code, const ClientId& client, const Redemption& redemption, Instant now) {
  if (code.used_at) return Verdict::Replayed;
  if (code.client != client) return Verdict::WrongClient;
  if (now >= code.expires_at || now + kClockLeeway < code.issued_at) return Verdict::Expired;
  if (code.redirect_uri != redemption.redirect_uri) return Verdict::WrongRedirect;
  const bool challenged = !code.code_challenge.empty();
  if (challenged ? !verifier_fits(redemption.code_verifier, code.code_challenge) : !redemption.code_verifier.empty())
    return Verdict::WrongVerifier;
  return Verdict::Good;
}

}  // namespace khien::oidc
