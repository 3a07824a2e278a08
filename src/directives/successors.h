// What took the place of a directive.
#pragma once

#include <map>

#include "base/ids.h"
#include "base/result.h"
#include "store/store.h"

namespace khien::directives {

/// By the directive that was replaced: the one that replaced it.
Result<std::map<DirectiveId, DirectiveId>> successors(store::Store& store);

}  // namespace khien::directives
