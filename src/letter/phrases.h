// Reading the names that letters give: offices that something is sent to, forms, lists.
#pragma once

#include <string>
#include <vector>

#include "letter/rules.h"

namespace khien::letter {

/// True if a word such as "Sở", "Công an", "bộ phận" stands there.
bool begins_office(Tokens words, std::size_t at);

/// The offices named from word `from` on: "Công an huyện (Đội An ninh) và Văn phòng HĐND và UBND huyện" gives two.
std::vector<std::string> offices_from(const Scene& scene, std::size_t from);

/// The words from `from` up to a comma, bracket or one of the words that end a name ("trước", "để", "qua" …).
std::string name_from(const Scene& scene, std::size_t from);

}  // namespace khien::letter
