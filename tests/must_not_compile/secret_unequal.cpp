// The comparison that != would be is deleted too.
// expects: deleted
#include "base/secret.h"

bool differ(const khien::Secret& one, const khien::Secret& other) {
#ifdef MUST_NOT_COMPILE
  return one != other;
#else
  return !one.equals(other.reveal());
#endif
}
