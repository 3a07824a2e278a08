// Erasing what makes a person recognisable: what stands in the way, what goes, what stays.
#pragma once

#include <vector>

#include "app/installation.h"

namespace khien::app {

struct Erasure {
  std::string name;
  std::vector<Text> obstacles;  ///< nothing is erased while there are any
  std::vector<Text> goes;
  std::vector<Text> stays;
};

/// Reads only.
Result<Erasure> plan_erasure(Installation& installation, const PersonId& person);

/// Erases in one write, whole or not at all, and tells with numbers what was taken; or says what stands in the way.
Result<std::vector<Text>> erase_person(Installation& installation, const people::By& by, const PersonId& person,
                                       const std::string& reason);

}  // namespace khien::app
