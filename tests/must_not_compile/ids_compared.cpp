// Ids of different kinds cannot be compared.
// expects: invalid operands to binary expression
#include "base/ids.h"

bool same(khien::PersonId person, khien::UnitId unit) {
#ifdef MUST_NOT_COMPILE
  return person == unit;
#else
  return person == khien::PersonId{} && unit == khien::UnitId{};
#endif
}
