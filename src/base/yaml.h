// YAML that a person wrote, loaded so that nothing in it is passed over in silence. Included by readers of files only.
#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khien {

/// The one document of a text. What yaml-cpp takes without a word is noted as a problem with its line: a key that
/// stands twice in one map (the first would win), a second document (it would be ignored). nullopt, with a problem, if
/// the text is malformed or has an alias, by which a small text can stand for a very large one. Linear in the text.
std::optional<YAML::Node> load_yaml(std::string_view yaml, const std::string& file, std::vector<Error>& problems);

/// Where in the file a node, a key or an exception of yaml-cpp stands.
Place place_of(const std::string& file, const YAML::Mark& mark);

}  // namespace khien
