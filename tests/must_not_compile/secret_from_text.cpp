// Text does not become a secret by accident, nor a secret text.
// expects: no viable conversion
#include "base/secret.h"

std::string revealed(const khien::Secret& secret) {
#ifdef MUST_NOT_COMPILE
  return secret;
#else
  return std::string(secret.reveal());
#endif
}
