// Secrets are compared in constant time only.
// expects: deleted
#include "base/secret.h"

bool same(const khien::Secret& one, const khien::Secret& other) {
#ifdef MUST_NOT_COMPILE
  return one == other;
#else
  return one.equals(other.reveal());
#endif
}
