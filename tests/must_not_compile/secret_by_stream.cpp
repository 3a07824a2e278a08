// A secret cannot be streamed.
// expects: invalid operands to binary expression
#include <iostream>

#include "base/secret.h"

void show(const khien::Secret& secret) {
#ifdef MUST_NOT_COMPILE
  std::cout << secret;
#else
  std::cout << secret.size();
#endif
}
