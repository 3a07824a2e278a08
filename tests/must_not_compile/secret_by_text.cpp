// A secret cannot get into a message.
// expects: Cannot format an argument
#include "base/secret.h"
#include "base/text.h"

khien::Text shown(const khien::Secret& secret) {
#ifdef MUST_NOT_COMPILE
  return khien::Text::format("{}", "{}", secret);
#else
  return khien::Text::format("{}", "{}", secret.size());
#endif
}
