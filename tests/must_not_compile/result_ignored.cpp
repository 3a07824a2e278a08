// An error cannot be dropped silently.
// expects: ignoring return value
#pragma clang diagnostic error "-Wunused-result"
#include "base/result.h"

khien::Result<void> save();

void call() {
#ifdef MUST_NOT_COMPILE
  save();
#else
  (void)save();
#endif
}
