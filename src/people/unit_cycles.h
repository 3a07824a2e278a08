// The faults that are certain also of a book which lacks what could not be read.
#pragma once

#include <vector>

#include "people/unit_changes.h"

namespace khien::people {

/// Of the faults of faults_of(), the units that hang below themselves.
std::vector<UnitFault> cycles_of(const UnitBook& book);

}  // namespace khien::people
