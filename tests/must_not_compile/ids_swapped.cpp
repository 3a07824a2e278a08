// A person's id is not a unit's.
// expects: no known conversion from 'Id<
#include "base/ids.h"

void move_person(khien::PersonId, khien::UnitId) {}

void call(khien::PersonId person, khien::UnitId unit) {
#ifdef MUST_NOT_COMPILE
  move_person(unit, person);
#else
  move_person(person, unit);
#endif
}
